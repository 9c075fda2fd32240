-- Passes albums on as albums: pictures that belong together come as messages with the same grouped_id.
--   tgscript run --account me album.lua
local albums = {}

client:on("message", { chats = tg.args.from or "Friends", func = function(event) return event.grouped_id ~= nil end }, function(event)
  local album = albums[event.grouped_id]
  if album then
    album[#album + 1] = event
    return
  end
  album = { event }
  albums[event.grouped_id] = album
  tg.after("500ms", function()
    albums[event.grouped_id] = nil
    client:forward_messages(tg.args.to or "me", album, nil, { drop_author = true })
  end)
end)

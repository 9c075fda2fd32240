-- Passes albums on as albums, without telling where they are from. The event comes once, with all the pictures; each
-- of them is a message, too.
--   tgscript run --account me album.lua
client:on("album", { chats = tg.args.from or "Friends" }, function(event)
  event:forward_to(tg.args.to or "me", { drop_author = true })
end)

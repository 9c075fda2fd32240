-- Brings the posts of one channel into another chat, with a line about where they are from. Edits follow.
-- Its args in config.yaml say which: args: { crosspost: { from: News, to: Workshop } }
--   tgscript run --account boss --play scenes/crosspost.lua crosspost.lua
local copies = {} -- by the id of the post

client:on("message", { chats = tg.args.from }, function(event)
  if event.is_service then return end
  local source = "\n\n__" .. tg.text.escape(event.chat.title) .. "__"
  copies[tostring(event.id)] = event:copy_to(tg.args.to, { text = event.text .. source })
end)

client:on("edit", { chats = tg.args.from }, function(event)
  local copy = copies[tostring(event.id)]
  if copy then copy:edit(event.text .. "\n\n__" .. tg.text.escape(event.chat.title) .. ", edited__") end
end)

-- Passes on what is written in one chat to another. Its args in config.yaml say which:
--   args: { relay: { from: Friends, to: me } }
--   tgscript run --account me relay.lua
client:on("message", { chats = tg.args.from or "Friends" }, function(event)
  local who = event.sender and event.sender.first_name or "Somebody"
  client:send_message(tg.args.to or "me", "**" .. who .. "**: " .. event.text)
end)

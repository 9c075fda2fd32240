-- "/find lunch" in Saved Messages forwards the newest messages with this word there, from all chats.
--   tgscript run --account me --chat --as bob search.lua
client:command("find", { outgoing = true, chats = "me" }, function(event)
  local found = {}
  for message in client:iter_messages(nil, { search = event.rest, limit = 20 }) do
    if message.chat_id ~= client.me.id then found[#found + 1] = message end
  end
  if #found == 0 then return event:reply("Nobody has said that.") end
  client:forward_messages("me", found, nil, { silent = true })
end)

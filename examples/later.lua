-- A list of what to read later: answer any message with "/later", and it is forwarded to Saved Messages. "/unread"
-- there lists the chats that have something new.
--   tgscript run --account me --chat --as bob later.lua
client:command("later", { outgoing = true }, function(event)
  local message = event:get_reply_message()
  if message then message:forward_to("me", { silent = true }) end
  event:delete()
end)

client:command("unread", { outgoing = true, chats = "me" }, function(event)
  local lines = {}
  for dialog in client:iter_dialogs() do
    if dialog.unread_count > 0 then lines[#lines + 1] = dialog.name .. ": " .. dialog.unread_count end
  end
  event:reply(#lines > 0 and table.concat(lines, "\n") or "You have read it all.", { parse_mode = "none" })
end)

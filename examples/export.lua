-- "/export Friends" in Saved Messages brings the history of a chat as a text file. It is asked for page by page,
-- as slowly as Telegram wants.
--   tgscript run --account me --chat --as bob export.lua
client:command("export", { outgoing = true, chats = "me" }, function(event)
  local chat = client:resolve(event.rest)
  local note = event:reply("Reading ...")
  local lines = {}
  for message in client:iter_messages(chat, { reverse = true }) do
    if not message.is_service then
      local who = message.sender and message.sender.name or chat.name
      lines[#lines + 1] = os.date("!%Y-%m-%d %H:%M", message.date) .. " " .. who .. ": " .. message.raw_text
    end
  end
  lines[#lines + 1] = ""
  client:send_file("me", { bytes = table.concat(lines, "\n"), name = chat.name .. ".txt" }, { caption = #lines - 1 .. " messages" })
  note:delete()
end)

-- "/remind 10m tea" writes "tea" ten minutes later, or when it runs again: a job outlives reloads and restarts.
-- "/reminders" lists what is to come.
--   tgscript run --account me --chat remind.lua
local remind = tg.job("remind", function(data, run)
  local late = run.late > 60 and " (" .. tg.time.span(run.late) .. " late)" or ""
  client:send_message(data.chat, "⏰ " .. data.what .. late, { reply_to = data.message })
end)

client:command("remind", function(event)
  local delay, what = event.args[1], table.concat(event.args, " ", 2)
  if not delay or what == "" then
    event:reply("Write it like this: `/remind 10m tea`")
    return
  end
  local data = { chat = event.chat_id, message = event.id, what = what }
  local ok, err = pcall(remind.after, remind, delay, { data = data })
  event:respond(ok and "I will remind you." or "I don't understand that: " .. err.message)
end)

client:command("reminders", function(event)
  local lines = {}
  for _, run in ipairs(remind:list()) do
    if run.data.chat == event.chat_id then
      lines[#lines + 1] = tg.time.format(run.due, "%H:%M") .. " " .. run.data.what
    end
  end
  event:respond(#lines > 0 and table.concat(lines, "\n") or "Nothing.")
end)

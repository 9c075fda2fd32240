-- Plans posts: "/plan 2h Good evening" in Saved Messages writes it into the channel in two hours, and "/planned"
-- lists what waits. Telegram keeps the posts: they go out even while no script runs.
--   tgscript run --account boss --chat schedule.lua
local channel = tg.args.channel or "News"

client:command("plan", { outgoing = true, chats = "me" }, function(event)
  local delay, text = event.rest:match("^(%S+)%s+(.+)$")
  if not delay then return event:reply("Write it like this: `/plan 2h Good evening`") end
  client:send_message(channel, text, { schedule = delay })
  event:reply("It will go out in " .. delay .. ".")
end)

client:command("planned", { outgoing = true, chats = "me" }, function(event)
  local lines = {}
  for message in client:iter_messages(channel, { scheduled = true }) do
    lines[#lines + 1] = os.date("!%d %b %H:%M", message.date) .. ": " .. message.raw_text
  end
  event:reply(#lines > 0 and table.concat(lines, "\n") or "Nothing waits.", { parse_mode = "none" })
end)

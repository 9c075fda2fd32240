-- "/remind 10m tea" writes "tea" ten minutes later. A timer belongs to the loaded version of the script: a
-- reload ends it.
--   tgscript run --account me --chat remind.lua
client:command("remind", function(event)
  local delay, what = event.args[1], table.concat(event.args, " ", 2)
  if not delay or what == "" then
    event:reply("Write it like this: `/remind 10m tea`")
    return
  end
  local ok, err = pcall(tg.after, delay, function() event:reply("⏰ " .. what) end)
  event:respond(ok and "I will remind you." or "I don't understand that: " .. err.message)
end)

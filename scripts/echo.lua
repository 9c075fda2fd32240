-- Answers every private message with its own text, and /name with a short conversation.
-- Try it without Telegram: tgscript run --chat scripts/echo.lua
client:command("name", function(event)
  event:stop() -- the handler below is not to echo the command
  local answer = event:ask("What is your name?", { timeout = "5m" })
  answer:reply("Nice to meet you, **" .. answer.text .. "**!")
end)

client:on("message", { incoming = true, private = true }, function(event)
  event:reply(event.text)
end)

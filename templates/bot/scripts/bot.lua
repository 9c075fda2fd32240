-- A bot with a few commands. Talk to it without Telegram: tgscript run --chat scripts/bot.lua
local greeting = tg.args.greeting or "Hello"

client:command("start", function(event)
  event:respond(greeting .. ", **" .. event:get_sender().name .. "**! Try /help.")
end)

client:command("help", function(event)
  event:respond("/roll throws two dice.\n/name asks you something.\nAll else comes back.")
end)

client:command("roll", function(event)
  local a, b = math.random(6), math.random(6)
  event:reply(a .. " and " .. b .. ": " .. (a + b))
end)

client:command("name", function(event)
  local answer = event:ask("What is your name?", { timeout = "5m" })
  answer:reply("Nice to meet you, **" .. answer.text .. "**!")
end)

client:on("message", { incoming = true, private = true, pattern = "^[^/]" }, function(event)
  event:reply(event.text)
end)

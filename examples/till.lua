-- Takes orders that another account makes: it asks kitchen.lua for the price, and tells it what to do.
--   tgscript run --account bot --chat till.lua      # and kitchen.lua below another account of config.yaml
client:command("order", function(event)
  local ok, price = pcall(tg.events.request, tg.events, "kitchen:price", event.rest, { timeout = "5s" })
  if not ok then
    event:reply(price.kind == "NO_REPLY" and "The kitchen is closed." or "The kitchen doesn't answer.")
  elseif not price then
    event:reply("There is no " .. event.rest .. ".")
  else
    event:reply(event.rest .. " for " .. price .. ", coming up.")
    tg.events:publish("order", { what = event.rest, who = event.sender.first_name, chat = event.chat_id })
  end
end)

tg.events:on("order:done", function(event)
  client:send_message(event.value.chat, "Your " .. event.value.what .. " is ready.")
end)

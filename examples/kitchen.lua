-- Makes what till.lua has taken orders for, on another account: scripts of one program talk through tg.events.
--   tgscript run --account me --chat kitchen.lua    # and till.lua below another account of config.yaml
local prices = { tea = 3, cake = 5 }

tg.events:on_request("kitchen:price", function(event) return prices[event.value] end)

tg.events:on("order", function(event)
  client:send_message("me", event.value.who .. " wants " .. event.value.what)
  tg.sleep(1)
  tg.events:publish("order:done", event.value)
end)

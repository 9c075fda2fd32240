-- A bot with buttons: each press changes the message that they are below. Try it without Telegram:
--   tgscript run --chat scripts/menu.lua
local drinks = {
  tea = { "Green", "Black" },
  coffee = { "Espresso", "Cappuccino" },
}

local function top()
  return { { text = "Tea", data = "open:tea" }, { text = "Coffee", data = "open:coffee" } }
end

client:command("start", function(event)
  event:respond("What would you like?", { buttons = top() })
end)

client:on("callback", { pattern = "^open:(%a+)$" }, function(event)
  local kind = event.matches[1]
  local board = tg.keyboard()
  for _, drink in ipairs(drinks[kind]) do board:add(tg.button.inline(drink, "take:" .. drink)) end
  board:row(tg.button.inline("« Back", "back"))
  event:edit("Which " .. kind .. "?", { buttons = board })
end)

client:on("callback", { data = "back" }, function(event)
  event:edit("What would you like?", { buttons = top() })
end)

client:on("callback", { pattern = "^take:(%a+)$" }, function(event)
  event:answer(event.matches[1] .. " it is!")
  event:edit("One **" .. event.matches[1] .. "**, please.", { buttons = false })
end)

-- A form: questions that check their answers, buttons where there is a choice, and /cancel at any time. It reads
-- from top to bottom, for `ask` waits and others are served meanwhile.
--   tgscript run --account bot --chat form.lua
local function ask(event, question, check, buttons)
  while true do
    local answer = event:ask(question, { timeout = "10m", buttons = buttons })
    if answer.raw_text == "/cancel" then error("cancelled", 0) end
    local value = check(answer.raw_text)
    if value then return value end
    question = "I don't understand that. Once more?"
  end
end

client:command("order", function(event)
  local ok, why = pcall(function()
    local name = ask(event, "What is your name?", function(s) return s:match("^%a[%a ]+$") end)
    local count = ask(event, "How many pizzas, " .. name .. "?", tonumber)
    local size = ask(event, "Which size?", function(s) return (s == "Small" or s == "Large") and s:lower() end, {
      { "Small", "Large", resize = true, single_use = true },
    })
    event:respond("**" .. name .. "**: " .. count .. " " .. size .. " pizzas. They are on their way.", { buttons = tg.button.clear() })
  end)
  if not ok then event:respond(why == "cancelled" and "Another time, then." or "That took too long.") end
end)

-- A form: questions that check their answers, buttons where there is a choice, and /cancel at any time. It reads
-- from top to bottom: a conversation waits for its own person, and others are served meanwhile.
--   tgscript run --account bot --chat form.lua
local function a_name(answer) return answer.raw_text:match("^%a[%a ]+$"), "Letters only, please." end
local function a_number(answer) return tonumber(answer.raw_text), "As a number, please." end

local function order(conv)
  local name = conv:ask("What is your name?", { cancel = "/cancel", check = a_name })
  local count = conv:ask("How many pizzas, " .. name.raw_text .. "?", { cancel = "/cancel", check = a_number, tries = 3 })
  local size = conv:ask("Which size?", { buttons = { { text = "Small", data = "small" }, { text = "Large", data = "large" } } })
  local what = size.data or size.raw_text -- a press of a button, or what was written in its place
  conv:send_message("**" .. name.raw_text .. "**: " .. count.raw_text .. " " .. tg.text.escape(what) .. " pizzas. They are on their way.")
end

client:command("order", function(event)
  local ok, err = pcall(client.conversation, client, event, { timeout = "10m" }, order)
  if not ok then
    local words = { CANCELLED = "Another time, then.", TIMEOUT = "That took too long.", ANSWER_REFUSED = "Call us, please." }
    event:respond(words[err.kind] or error(err))
  end
end)

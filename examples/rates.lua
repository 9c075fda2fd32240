-- Asks a web service, and tells who wants to know when something has changed there: the service posts it.
--   tgscript run --account bot --chat rates.lua        rates_test.lua has the service in three lines
local api = "https://api.frankfurter.dev/v1/latest"
local subscribers = tg.store:get("subscribers", {})

client:command("rate", function(event)
  local to = (event.args[1] or "USD"):upper()
  local ok, answer = pcall(tg.http.get, api, { query = { base = "EUR", symbols = to }, timeout = "10s", check = true })
  if not ok then
    tg.log.warn("no rates", { error = answer.message })
    return event:respond("The bank doesn't answer. Try again later.")
  end
  local rate = answer:json().rates[to]
  event:respond(rate and tg.fmt("1 EUR = {1} {2}", { rate, to }) or "I don't know " .. to .. ".")
end)

client:command("follow", function(event)
  table.insert(subscribers, event.chat_id)
  tg.store:set("subscribers", subscribers)
  event:respond("I will tell you when rates change.")
end)

tg.webhook({ listen = "127.0.0.1:18089", path = "/rates", secret = tg.args.secret or "change me" }, function(request)
  local news = request:json()
  if type(news.currency) ~= "string" or type(news.rate) ~= "number" then return { status = 400, json = { error = "currency and rate expected" } } end
  for _, chat in ipairs(subscribers) do
    client:send_message(chat, tg.fmt("{currency} is at {rate} now", news))
  end
  return { json = { told = #subscribers } }
end)

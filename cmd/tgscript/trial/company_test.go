package trial

import "testing"

// TestScriptsOfATestBelongTogether: each has a host of its own, of which they notice nothing.
func TestScriptsOfATestBelongTogether(t *testing.T) {
	passes(t, map[string]string{
		"shop.lua": `
client:command("price", function(event)
  local ok, price = pcall(function() return tg.events:request("price", event.args[1]) end)
  event:respond(ok and tostring(price) or price.message or price.kind)
end)
client:command("order", function(event)
  event:respond("told " .. tg.events:publish("order", { what = event.args[1], chat = event.chat_id }))
end)
client:command("seen", function(event) event:respond(tostring(tg.store:shared("orders"):get("last"))) end)`,
		"kitchen.lua": `
tg.events:on_request("price", function(event)
  if event.value == "slow" then tg.sleep("5s") return "after a while" end
  if event.value == "never" then tg.sleep("1m") end
  return event.value == "tea" and 3 or error("no " .. event.value, 0)
end)
local n = 0
tg.events:on("order", function(event)
  for i = 1, 1000 do n = n + i end
  tg.store:shared("orders"):set("last", event.value.what)
end)`,
		"shop_test.lua": `
script({ account = "bot" })
before_each(function(t)
  t:script("kitchen.lua", { account = "bot" })
end)
test("one asks the other", function(t)
  local alice = t:person("alice")
  alice:send("/price tea") alice:expect("3")
  alice:send("/price slow") alice:expect("after a while")
  alice:send("/price never") alice:expect({ contains = "no answer" })
  alice:send("/price cake") alice:expect({ contains = "no cake" })
  expect(t:errors()):has_length(1)
end)
test("tells it, and has its store in common with it", function(t)
  local alice = t:person("alice")
  for _, what in ipairs({ "tea", "cake", "soup" }) do
    alice:send("/order " .. what) alice:expect("told 1")
    alice:send("/seen") alice:expect(what)
  end
end)
test("but not with what another test has left", function(t)
  local alice = t:person("alice")
  alice:send("/seen") alice:expect("nil")
end)
test("of another account as well", function(t)
  t:script("user.lua", { account = "user", source = "tg.events:on_request('who', function() return client.me.first_name end)" })
  t:script("asks.lua", { account = "bot", source = "client:command('who', function(event) event:respond(tg.events:request('who')) end)" })
  local alice = t:person("alice")
  alice:send("/who") alice:expect("bob")
end)
`}, Options{})
}

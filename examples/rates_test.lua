-- What the web says is said by the test: nothing leaves it.   tgscript test rates_test.lua
script("rates.lua", { account = "bot" })
local api = "https://api.frankfurter.dev/v1/latest"

test("tells a rate", function(t)
  t:http("GET", api .. "?base=EUR&symbols=JPY", { json = { rates = { JPY = 163.5 } } })
  local alice = t:person("alice")
  alice:send("/rate jpy")
  alice:expect("1 EUR = 163.5 JPY")
end)

test.each({ ["is down"] = { status = 503 }, ["hangs"] = { error = "timeout" }, ["is slow"] = { json = {}, after = "1m" } }, "stays calm when the bank %s", function(t, answer)
  t:http("GET", api, answer)
  local alice = t:person("alice")
  alice:send("/rate")
  alice:expect("The bank doesn't answer. Try again later.", { within = "10s" })
  expect(t:requests()):has_length(1)
end)

test("knows what it doesn't know", function(t)
  t:http("GET", api, function(request)
    return { json = { base = request.url:match("base=(%u+)"), rates = {} } }
  end)
  local alice = t:person("alice")
  alice:send("/rate xxx")
  alice:expect("I don't know XXX.")
end)

test("passes on what the bank posts, to those who follow it", function(t)
  local alice, bob = t:person("alice"), t:person("bob")
  alice:send("/follow")
  alice:expect("I will tell you when rates change.")
  local answer = t:post("/rates", { json = { currency = "USD", rate = 1.25 }, secret = "change me" })
  expect(answer.json):equals({ told = 1 })
  alice:expect("USD is at 1.25 now")
  bob:expect_none()
end)

test("takes nothing from others, and no nonsense", function(t)
  expect(t:post("/rates", { json = {}, secret = "guessed" }).status):equals(403)
  expect(t:post("/rates", { json = { rate = "much" }, secret = "change me" }).status):equals(400)
end)

-- A timer, without waiting for it.   tgscript test remind_test.lua
script("remind.lua", { account = "me" })

test("reminds in time", function(t)
  local alice = t:person("alice")
  alice:send("/remind 10m tea")
  alice:expect("I will remind you.")
  t:advance("9m59s")
  alice:expect_none()
  t:advance("1s")
  alice:expect("⏰ tea")
end)

test("several come in their order", function(t)
  local alice = t:person("alice")
  alice:send("/remind 2h cake")
  alice:send("/remind 90m oven")
  t:advance("1d")
  local said = {}
  for _, message in ipairs(alice:messages()) do
    if message.text:find("^⏰") then said[#said + 1] = message.text end
  end
  expect(said):equals({ "⏰ oven", "⏰ cake" })
end)

test("says how it is written", function(t)
  local alice = t:person("alice")
  alice:send("/remind")
  alice:expect({ contains = "/remind 10m tea", entities = { { type = "code" } } })
end)

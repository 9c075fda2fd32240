-- What inline.lua does, told by people of the sandbox. Run it: tgscript test
test("offers what it knows of the moon", function()
  local alice = sandbox:person("alice")
  local offers = alice:inline("EchoBot", "Moon")
  expect(#offers):equals(2)
  expect(offers[2].title):equals("Moon landing")
  expect(#alice:inline("EchoBot", "mars")):equals(0)
end)

test("says how it is used", function(t)
  local alice = t:person("alice")
  alice:send("/start")
  alice:expect({ pattern = "^I work in any chat" })
end)

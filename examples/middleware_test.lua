-- Args of the script, and what it logs.   tgscript test middleware_test.lua
script("middleware.lua", { account = "bot", args = { admins = { 1002 } } })

test("answers those on the list", function(t)
  local bob = t:person("bob")
  bob:send("/secret")
  bob:expect({ text = "The key is under the mat.", from = "EchoBot" })
  t:person("alice"):send("/secret")
  t:person("alice"):expect("This bot is not for you.")
  expect(t:errors()):equals({})
end)

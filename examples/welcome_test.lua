-- A group: who comes in, and whose button it is.   tgscript test welcome_test.lua
script("welcome.lua", { account = "bot" })

test("greets who comes in, until they agree", function(t)
  local dave = t:person("dave"):at("Friends")
  dave:join()
  local greeting = dave:expect({ contains = "Welcome, dave!", buttons = { "I will" } })
  local bob = t:person("bob"):at("Friends")
  expect(bob:press("I will").text):equals("This isn't for you.")
  expect(dave:press("I will").text):equals("Thank you!")
  dave:expect_deleted(greeting)
end)

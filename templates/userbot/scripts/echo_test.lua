-- What echo.lua does, told by people of the sandbox. Run it: tgscript test
test("says everything back", function(t)
  local alice = t:person("alice")
  alice:send("hello")
  alice:expect("hello")
end)

test("asks for a name", function(t)
  local alice = t:person("alice")
  alice:send("/name")
  alice:expect("What is your name?")
  alice:send("Alice")
  alice:expect({ pattern = "Nice to meet you, Alice!" })
end)

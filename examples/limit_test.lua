-- A rate: what is too much, and when it is over.   tgscript test limit_test.lua
script("limit.lua", { account = "bot" })

test("tells two jokes at once, then asks for patience, once", function(t)
  local alice = t:person("alice")
  for _ = 1, 2 do
    alice:send("/joke")
    alice:expect({ pattern = "^Why do programmers" })
  end
  alice:send("/joke")
  alice:expect({ pattern = "^Slowly" })
  alice:send("/joke")
  alice:expect_none()
  t:advance("1m")
  alice:send("/joke")
  alice:expect({ pattern = "^Why do programmers" })
end)

test("counts everybody apart", function(t)
  for _, name in ipairs({ "alice", "bob", "carol" }) do
    local person = t:person(name)
    person:send("/joke")
    person:expect({ pattern = "^Why" })
  end
end)

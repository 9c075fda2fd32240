package trial

import "testing"

// TestWhatActorsDoToMessagesComesAfterEverything: what a script has begun has come to rest before, as it has before they
// say something.
func TestWhatActorsDoToMessagesComesAfterEverything(t *testing.T) {
	passes(t, map[string]string{
		"bot.lua": `
client:on("message", { private = true }, function(event) for i = 1, 4 do event:respond(tostring(i)) end end)
for _, kind in ipairs({ "edit", "delete", "reaction" }) do
  client:on(kind, { private = true }, function(event) client:send_message("@alice", kind) end)
end`,
		"bot_test.lua": `
script("bot.lua", { account = "bot" })
local function answers(what, n)
  return function(t)
    local alice = t:person("alice")
    what(alice, alice:send("x"))
    for i = 1, 4 do alice:expect(tostring(i)) end
    if n then alice:expect(n) end
    alice:expect_none()
  end
end
test("edit", answers(function(alice, m) alice:edit(m, "y") end, "edit"))
test("delete", answers(function(alice, m) alice:delete(m) end, "delete"))
test("react", answers(function(alice, m) alice:react(m, "👍") end, "reaction"))
test("forward", answers(function(alice, m)
  alice:forward(m, "Friends")
  local told = sandbox:transcript()
  expect(told):has_length(6)
  expect(told[6].chat):equals("Friends")
end))
`}, Options{})
}

package trial

import "testing"

// TestTimeStandsStillWhileAScriptIsLoaded, however long that takes; but a top level, or a sign-in, that waits for
// the time is given it.
func TestTimeStandsStillWhileAScriptIsLoaded(t *testing.T) {
	passes(t, map[string]string{
		"bot.lua": `client:command("time", function(event) event:respond(tg.time.format(nil, "%T")) end)`,
		"bot_test.lua": `
script("bot.lua", { account = "bot" })
test("a slow sign-in", function(t)
  sandbox:delay("auth.signIn", 1)
  t:script("slow.lua", { account = "user", source = "print(os.date('!%T'))" })
  expect(t:lines()[1].text):equals("12:00:00")
  local alice = t:person("alice")
  alice:send("/time") alice:expect("12:00:00")
end)
test("a top level that waits", function(t)
  t:script("waits.lua", { account = "user", source = "tg.sleep('10m') print(os.date('!%T'))" })
  expect(t:lines()[1].text):equals("12:10:00")
end)
test("a sign-in that has to wait", function(t)
  sandbox:flood("auth.signIn", 30)
  t:script("waits.lua", { account = "user", source = "print(os.date('!%T'))" })
  expect(t:lines()[1].text):equals("12:00:30")
end)
`}, Options{})
}

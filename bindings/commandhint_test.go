package bindings_test

import "testing"

func TestSlipsInCommandsAreAnswered(t *testing.T) {
	newWorld(t, "EchoBot").run(t, `client:command({ "start", "begin" }, function(event) event:respond("welcome") end)
		client:command("settings", { private = true }, function(event) event:respond("set") end)
		client:suggest_commands()
		client:on("message", { pattern = "^/xyzzy" }, function(event) print("other") end)`,
		`alice> /strat
		EchoBot: There is no such command. Did you mean /start?
		alice> /Setting now
		EchoBot: There is no such command. Did you mean /settings?
		alice> /xyzzy
		print: other
		alice> /start
		EchoBot: welcome
		alice@Friends> /strat
		alice@Friends> /begin
		EchoBot@Friends: welcome`)
}

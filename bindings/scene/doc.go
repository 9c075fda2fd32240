// Package scene lets Lua direct a sandbox: act as its people, wait for what they see, let things go
// wrong, move its clock.
//
//	local alice = sandbox:person("alice")
//	alice:send("EchoBot", "/start")
//	local menu = alice:wait("EchoBot", { timeout = "5s" })
//	print(alice:press(menu, "Yes").text)
//
// Its rows are a table of their own: a script on an account can't tell a sandbox from Telegram and
// never sees them. This is the only room below bindings that knows the sandbox.
package scene

package examples

import "os"

// file is an example that runs beside another one.
func file(name string) string {
	source, err := os.ReadFile(name)
	if err != nil {
		panic(err) // the examples are beside the test
	}
	return string(source)
}

const ordering = `
	local alice = sandbox:person("alice")
	alice:send("EchoBot", "/order soup")
	alice:wait("EchoBot", { text = "There is no soup." })
	alice:send("EchoBot", "/order tea")
	alice:wait("EchoBot", { text = "tea for 3, coming up." })`

// keptStories are of what scripts keep, plan, and tell one another.
var keptStories = map[string]story{
	"counter.lua": {account: "bot", scene: `
		local alice, bob = sandbox:person("alice"), sandbox:person("bob")
		for i = 1, 3 do alice:send("Friends", "one more") end
		bob:send("Friends", "hello")
		bob:send("Friends", "/top")
		bob:wait("Friends", { text = "4 messages\n1. alice: 3\n2. bob: 1" })`},
	"till.lua": {account: "bot", also: map[string]string{"me": file("kitchen.lua")}, scene: ordering,
		hears: []string{"^bob → .*: alice wants tea$", "^EchoBot → alice: Your tea is ready.$"}},
	"kitchen.lua": {also: map[string]string{"bot": file("till.lua")}, scene: ordering, hears: []string{"alice wants tea$"}},
}

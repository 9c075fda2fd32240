package examples

var beginnings = map[string]story{
	"roll.lua": {scene: `
		local alice = sandbox:person("alice")
		alice:send("@bobby", "/roll 1")
		assert(alice:wait("@bobby").text == "You rolled 1 of 1.")`},
	"echo.lua": {account: "bot", scene: `
		local alice = sandbox:person("alice")
		alice:send("EchoBot", "hello")
		alice:wait("EchoBot", { text = "hello" })
		alice:send_file("EchoBot", "one", { name = "a.txt", caption = "with words" })
		assert(alice:wait("EchoBot", { media = "document", text = "with words" }):file() == "one")`},
	"survey.lua": {scene: `
		local alice, carol = sandbox:person("alice"), sandbox:person("carol")
		alice:send("@bobby", "/survey")
		alice:wait("@bobby", { pattern = "^What is your name" })
		carol:send("@bobby", "/survey")
		carol:wait("@bobby", { pattern = "^What is your name" })
		for _, who in ipairs({ alice, carol }) do
			who:send("@bobby", who.name)
			who:wait("@bobby", { pattern = "^Which language" })
			who:send("@bobby", "Lua")
			who:wait("@bobby", { text = "Thank you, " .. who.name .. "! Lua it is." })
		end`},
	"remind.lua": {scene: `
		local alice = sandbox:person("alice")
		for _, line in ipairs({ { "/remind", "^Write it like this" }, { "/remind soon tea", "^I don't understand" }, { "/remind 1ms tea", "tea$" } }) do
			alice:send("@bobby", line[1])
			alice:wait("@bobby", { pattern = line[2] })
		end`},
	"relay.lua": {
		scene: `sandbox:person("alice"):send("Friends", "hello *all*")`,
		hears: []string{`^bob → .*: alice: hello \*all\*$`},
	},
	"edits.lua": {scene: `sandbox:person("alice"):send("@bobby", "helo")`, more: []story{{scene: `
		local alice = sandbox:person("alice")
		alice:edit(alice:message("@bobby"), "hello")
		alice:wait("@bobby", { pattern = "^It was “helo” before" })`}}},
	"errors.lua": {scene: `
		local alice = sandbox:person("alice")
		alice:send("@bobby", "/say @nobody_at_all hi")
		alice:wait("@bobby", { text = "I know nobody of that name." })
		alice:send("@bobby", "/say me hi")
		alice:wait("@bobby", { text = "Said." })`},
	"middleware.lua": {account: "bot", scene: `
		local alice, bob = sandbox:person("alice"), sandbox:person("bob")
		alice:send("EchoBot", "/secret")
		alice:wait("EchoBot", { text = "The key is under the mat." })
		bob:send("EchoBot", "/secret")
		bob:wait("EchoBot", { text = "This bot is not for you." })`},
	"limit.lua": {account: "bot", scene: `
		local alice, bob = sandbox:person("alice"), sandbox:person("bob")
		for _ = 1, 4 do alice:send("EchoBot", "/joke") end
		alice:wait("EchoBot", { pattern = "^Why do" })
		alice:wait("EchoBot", { pattern = "^Why do" })
		alice:wait("EchoBot", { pattern = "^Slowly" })
		bob:send("EchoBot", "/joke")
		bob:wait("EchoBot", { pattern = "^Why do" })
		alice:silence("EchoBot", "1ms")`},
	"typing.lua": {account: "bot", scene: `
		local alice = sandbox:person("alice")
		alice:send("EchoBot", "/primes 2000")
		alice:wait("EchoBot", { text = "There are 303 primes up to 2000." })`},
	"raw.lua": {scene: `
		local alice = sandbox:person("alice")
		alice:type("@bobby")
		alice:send("@bobby", "/ping")
		alice:wait("@bobby", { text = "Data center 2; the nearest one is 2." })`,
		hears: []string{`^raw prints: alice is typing \.\.\.$`}},
}

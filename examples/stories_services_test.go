package examples

// serviceStories are of what isn't Telegram.
var serviceStories = map[string]story{
	"languages.lua": {account: "bot", scene: `
		local alice = sandbox:person("alice")
		alice:send("EchoBot", "/start")
		alice:wait("EchoBot", { text = "Hello, alice! I sell eggs: /eggs 6" })
		for said, answer in pairs({ ["/eggs"] = "1 egg. More? /eggs 12 de", ["/eggs 0"] = "No eggs at all? /eggs 12 de", ["/eggs 12 de"] = "12 Eier. Mehr? /eggs 12 de" }) do
			alice:send("EchoBot", said)
			alice:wait("EchoBot", { text = answer })
		end`},
	"ledger.lua": {
		scene: `sandbox:person("bob"):send("me", "/spent 2.50 bread")`, hears: []string{`^bob → .*: 2\.50 for bread\.$`},
		more: []story{
			{scene: `sandbox:person("bob"):send("me", "/spent 1 **tea**")`, hears: []string{`^bob → .*: 1\.00 for \*\*tea\*\*\.$`}},
			{scene: `sandbox:person("bob"):send("me", "/spent 1.25 bread")`, hears: []string{`^bob → .*: 1\.25 for bread\.$`}},
			{scene: `sandbox:person("bob"):send("me", "/ledger")`, hears: []string{`^bob → .*: • bread: 3\.75\s+• \*\*tea\*\*: 1\.00$`}},
		},
	},
	"owner.lua": {account: "bot", also: map[string]string{"me": `client:on("message", { incoming = true, text = "ping" }, function(event) event:reply("pong") end)`}, scene: `
		local alice, carol = sandbox:person("alice"), sandbox:person("carol")
		local function say(text, pattern)
			alice:send("EchoBot", text)
			alice:wait("EchoBot", { pattern = pattern })
		end
		say("/status", "bot/owner: running")
		say("/pause", "^Write /pause and the name")
		say("/pause owner", "^Then nobody could resume me")
		say("/pause me", "^me/me is paused")
		say("/status", "me/me: paused %(by the owner%)")
		alice:send("@bobby", "ping")
		alice:silence("@bobby", "1ms")
		say("/resume me", "^me/me goes on")
		alice:send("@bobby", "ping")
		alice:wait("@bobby", { text = "pong" })
		say("/reload owner", "^bot/owner is loaded anew")
		say("/reload mee", "^no script .mee. runs there")
		carol:send("EchoBot", "/pause me")
		carol:silence("EchoBot", "1ms")`},
	"rates.lua": {account: "bot", also: map[string]string{"me": `
		tg.spawn(function()
			local body, ok, answer = tg.json.encode({ currency = "USD", rate = 1.25 }), nil, nil
			local signature = "sha256=" .. tg.crypto.hmac("change me", body)
			repeat -- until the other script listens, and somebody follows
				tg.sleep("20ms")
				ok, answer = pcall(tg.http.post, "http://127.0.0.1:18089/rates", { body = body, headers = { ["X-Hub-Signature-256"] = signature } })
			until ok and answer.ok and answer:json().told == 1
			assert(tg.http.post("http://127.0.0.1:18089/rates", { body = body }).status == 403)
			client:send_message("@alice", "tested")
		end)`}, scene: `
		local alice = sandbox:person("alice")
		alice:send("EchoBot", "/follow")
		alice:wait("EchoBot", { text = "I will tell you when rates change." })
		alice:wait("EchoBot", { text = "USD is at 1.25 now" })
		alice:wait("@bobby", { text = "tested" })`},
	"notify.lua": {account: "bot", also: map[string]string{"me": `
		tg.spawn(function()
			local at = "http://127.0.0.1:18088/notify"
			local ok, answer
			repeat -- until the other script listens
				tg.sleep("20ms")
				ok, answer = pcall(tg.http.post, at, { json = { title = "Back<up>", text = "**done**" }, headers = { ["X-Token"] = "change me" } })
			until ok and answer.ok
			assert(tg.http.post(at, { json = {} }).status == 403)
			assert(tg.http.post(at, { json = {}, headers = { ["X-Token"] = "change me" } }).status == 400)
			client:send_message("@alice", "tested")
		end)`}, scene: `
		local alice = sandbox:person("alice")
		alice:send("EchoBot", "/start") -- bots write only to those who have written to them
		alice:wait("EchoBot", { text = "Back<up>: **done**" })
		alice:wait("@bobby", { text = "tested" })`},
}

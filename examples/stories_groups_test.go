package examples

var groupStories = map[string]story{
	"welcome.lua": {account: "bot", scene: `
		local dave, alice = sandbox:person("dave"), sandbox:person("alice")
		dave:join("Friends")
		local seen = alice:wait("Friends", { text = "Welcome, dave! Be kind, and stay on topic." })
		assert(seen:press("I will").text == "This isn't for you.")
		assert(dave:press(seen, "I will").text == "Thank you!")
		seen:wait_deleted()`},
	"moderate.lua": {account: "boss", scene: `
		local bob, carol = sandbox:person("bob"), sandbox:person("carol")
		bob:send("Workshop", "no link here")
		for i = 1, 3 do
			local seen = bob:send("Workshop", "see https://example.com")
			carol:wait("Workshop", { pattern = i < 3 and "^bob, please send no links here %(" .. i .. " of 3%)" or "^bob has an hour" })
			seen:wait_deleted()
		end
		local ok, err = pcall(bob.send, bob, "Workshop", "hello?")
		assert(not ok and err.kind == "USER_BANNED_IN_CHANNEL", tostring(err))
		sandbox:advance("61m")
		bob:send("Workshop", "sorry")`},
	"adminlog.lua": {account: "boss", scene: `
		local alice, dave = sandbox:person("alice"), sandbox:person("dave")
		dave:leave("Workshop")
		local sent = alice:send("Workshop", "helo")
		alice:edit(sent, "hello")
		alice:pin(sent)
		alice:send("me", "/digest")`,
		hears: []string{`(?s)^alice → .*: Workshop, the last two days.*• alice: changed_message × 1.*• dave: left × 1`}},
	"crosspost.lua": {account: "boss", scene: `
		sandbox:person("alice"):send("News", "It rains.")
		sandbox:person("bob"):wait("Workshop", { text = "It rains.\n\nNews" })`,
		more: []story{{scene: `
			local alice = sandbox:person("alice")
			local posts = alice:messages("News")
			alice:edit(posts[#posts], "It pours.")`,
			hears: []string{`^alice → Workshop \(edited\): It pours\.\n\nNews, edited$`}}}},
	"schedule.lua": {account: "boss", scene: `
		sandbox:person("alice"):send("me", "/plan 2h Good evening")`,
		hears: []string{`It will go out in 2h\.$`},
		more: []story{
			{scene: `sandbox:person("alice"):send("me", "/planned")`, hears: []string{`\d\d \w\w\w \d\d:\d\d: Good evening$`}},
			{scene: `sandbox:advance("2h")`, hears: []string{`^alice → News: Good evening$`}},
			{scene: `sandbox:person("alice"):send("me", "/planned")`, hears: []string{`Nothing waits\.$`}},
		}},
	"topics.lua": {account: "boss", scene: `
		sandbox:person("carol"):send("alice", "Where are you?")`,
		hears: []string{`^alice → Front desk: Where are you\?$`},
		more: []story{{scene: `sandbox:person("bob"):send("alice", "When do you open?")`, hears: []string{`^alice → Front desk: When do you open\?$`}}, {scene: `
			local alice = sandbox:person("alice")
			for _, message in ipairs(alice:messages("Front desk")) do
				if message.text == "When do you open?" then alice:send("Front desk", "At nine.", { reply_to = message }) end
			end`,
			hears: []string{`^alice → bob: At nine\.$`}}}},
	"react.lua": {scene: `
		local alice, carol = sandbox:person("alice"), sandbox:person("carol")
		local coffee = alice:send("Friends", "Who wants coffee?")
		carol:react(coffee, "👍")
		alice:send("Friends", "Party tonight!")
		alice:send("Friends", "/loved")
		alice:wait("Friends", { text = "“Who wants coffee?”, 2 times" })`},
	"album.lua": {scene: ``, also: map[string]string{"boss": `
		client:send_file("Friends", { { bytes = "one", name = "a.txt" }, { bytes = "two", name = "b.txt" } }, { caption = { "first", "second" } })`},
		hears: []string{`^bob → .*: \[document\]: first$`, `^bob → .*: \[document\]: second$`}},
}

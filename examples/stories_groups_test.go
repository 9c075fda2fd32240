package examples

var groupStories = map[string]story{
	"welcome.lua":  {account: "bot"},
	"moderate.lua": {account: "boss"},
	"adminlog.lua": {account: "boss", scene: `
		local alice, dave = sandbox:person("alice"), sandbox:person("dave")
		dave:leave("Workshop")
		local sent = alice:send("Workshop", "helo")
		alice:edit(sent, "hello")
		alice:pin(sent)
		alice:send("me", "/digest")`,
		hears: []string{`(?s)^alice → .*: Workshop, the last two days.*• alice: changed_message × 1.*• dave: left × 1`}},
	"crosspost.lua": {account: "boss",
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
		repeat -- until bob's own reaction has come, too
			alice:send("Friends", "/loved")
			local answer = alice:wait("Friends", { pattern = "^“Who wants coffee.”, %d times$" })
		until answer.text:find("2 times", 1, true)`},
	"album.lua": {scene: `sandbox:person("carol"):send("Friends", "Show us!")`, also: map[string]string{"boss": `
		client:on("message", { chats = "Friends", text = "Show us!" }, function(event)
			event:respond_file({ { bytes = "one", name = "a.txt" }, { bytes = "two", name = "b.txt" } }, { caption = { "first", "second" } })
		end)`},
		hears: []string{`^bob → .*: \[document\]: first$`, `^bob → .*: \[document\]: second$`}},
}

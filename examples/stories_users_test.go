package examples

var userStories = map[string]story{
	"deleted.lua": {
		scene: `
			local alice = sandbox:person("alice")
			alice:send("@bobby", "It was dave!")
			alice:send("@bobby", "Ask dave.")`,
		more: []story{{
			scene: `
				local alice = sandbox:person("alice")
				local said = alice:messages("@bobby")
				alice:delete(said[#said - 1])`,
			hears: []string{`^bob → bob: Taken back: alice: It was dave!$`},
		}},
	},
	"whois.lua": {scene: `
		local alice = sandbox:person("alice")
		alice:send("@bobby", "/whois @sandbox_news")
		assert(alice:wait("@bobby").text:find("^News, a channel\nid %-100%d+\n@sandbox_news\n3 members"))
		alice:send("@bobby", "/whois")
		alice:wait("@bobby", { pattern = "^alice, a user\nid 1001\n@alice\nlast seen: " })
		alice:send("@bobby", "/whois @nobody_at_all")
		alice:wait("@bobby", { pattern = "^I know nobody of that name" })`},
	"export.lua": {
		scene: `
			sandbox:person("alice"):send("Friends", "Hello")
			sandbox:person("carol"):send("Friends", "Hi alice")
			local bob = sandbox:person("bob")
			bob:send("me", "/export Friends")`,
		hears: []string{`Reading`, `^bob → .*: \[document\]: 2 messages$`, `\(deleted\): Reading`},
	},
	"search.lua": {
		scene: `
			sandbox:person("alice"):send("Friends", "Lunch at noon?")
			sandbox:person("carol"):send("@bobby", "no lunch for me")
			sandbox:person("carol"):send("@bobby", "and no tea")
			sandbox:person("bob"):send("me", "/find lunch")`,
		hears: []string{`^bob → bob: no lunch for me$`, `^bob → bob: Lunch at noon\?$`},
		more:  []story{{scene: `sandbox:person("bob"):send("me", "/find breakfast")`, hears: []string{`Nobody has said that\.$`}}},
	},
	"drafts.lua": {
		also: map[string]string{"me": `
			client:save_draft("Friends", "half a ")
			client:save_draft("@alice", "dear ")
			client:on("message", function() end)`},
		scene: `sandbox:person("bob"):send("me", "/drafts clear")`,
		hears: []string{`(?s)Friends: half a.*2 drafts were thrown away\.$`},
		more:  []story{{scene: `sandbox:person("bob"):send("me", "/drafts")`, hears: []string{`: 0 drafts$`}}},
	},
	"later.lua": {
		scene: `
			local alice, bob = sandbox:person("alice"), sandbox:person("bob")
			local long = alice:send("Friends", "A long story")
			local note = bob:send("Friends", "/later", { reply_to = long })
			note:wait_deleted()
			bob:read("Friends")
			sandbox:person("carol"):send("@bobby", "are you there?")
			bob:send("me", "/unread")`,
		hears: []string{`^bob → bob: A long story$`, `carol: 1$`},
	},
}

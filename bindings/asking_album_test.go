package bindings_test

import "testing"

// An answer could be to any message of an album, and nobody would know which one was the question.
func TestAlbumsAskNothing(t *testing.T) {
	const album = `{ file = { { bytes = "one", name = "1.txt" }, { bytes = "two", name = "2.txt" } } }`
	w := newWorld(t, "EchoBot")
	for _, row := range [][3]string{
		{
			"a message's question",
			`client:on("message", function(event)
				local ok, e = pcall(event.ask, event, "which?", ` + album + `)
				event:reply(e.kind .. " " .. tostring(e))
			end)`,
			"alice> x\nEchoBot: ARGUMENT ask: option 'file': an album can't be a question: give one file",
		},
		{
			"a conversation's question",
			`client:on("message", function(event)
				client:conversation(event, function(conv)
					local ok, e = pcall(conv.ask, conv, "which?", ` + album + `)
					conv:send_message(e.kind .. " " .. tostring(e))
				end)
			end)`,
			"alice> x\nEchoBot: ARGUMENT ask: option 'file': an album can't be a question: give one file",
		},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

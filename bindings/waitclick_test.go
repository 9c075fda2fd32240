package bindings_test

import "testing"

// Presses are seen by a handler of raw updates, which says when one has come.
const sees = `client:on("raw", { types = "updateBotCallbackQuery" }, function() print("pressed") end)
`

func TestPressesThatComeBeforeTheWait(t *testing.T) {
	w := newWorld(t, "EchoBot")
	for _, row := range [][3]string{
		{
			"a press before the wait, and one between two waits",
			sees + `local question
			client:on("message", { pattern = "^/ask" }, function(event) question = event:respond("Sure?", { buttons = { { text = "Y", data = "y" }, { text = "N", data = "n" } } }) end)
			client:on("message", { pattern = "^/wait" }, function(event)
				local press = question:wait_click({ timeout = "1m" })
				press:answer("first " .. press.data)
				event:respond("next")
				press = question:wait_click({ timeout = "1m", from = "@bobby" })
				press:answer("then " .. press.data)
				print("over")
			end)`,
			"alice@Friends> /ask\nEchoBot@Friends: Sure?\nalice@Friends presses> Y\nprint: pressed\nalice@Friends presses> N\nprint: pressed\n" +
				"alice@Friends> /wait\nalice is told: first y\nEchoBot@Friends: next\nbob@Friends presses> N\nbob is told: then n\nprint: over",
		},
		{
			"only what fits is taken, and only once",
			sees + `local question
			client:on("message", { pattern = "^/ask" }, function(event) question = event:respond("Which?", { buttons = { { text = "Y", data = "y" }, { text = "N", data = "n" } } }) end)
			client:on("message", { pattern = "^/wait (%a)" }, function(event)
				local ok, press = pcall(question.wait_click, question, { timeout = 0.05, data = event.matches[1] })
				if ok then press:answer("got " .. press.data) else event:respond(press.kind) end
			end)`,
			"alice> /ask\nEchoBot: Which?\nalice presses> N\nprint: pressed\nalice> /wait y\nEchoBot: TIMEOUT\nalice> /wait n\nalice is told: got n\nalice> /wait n\nEchoBot: TIMEOUT",
		},
		{
			"a handler that wants the press gets it, as ever",
			sees + `local question
			client:on("callback", { data = "y" }, function(event) event:answer("handler") end)
			client:on("message", { pattern = "^/ask" }, function(event) question = event:respond("Who?", { buttons = { { text = "Y", data = "y" }, { text = "N", data = "n" } } }) end)
			client:on("message", { pattern = "^/wait" }, function(event) question:wait_click():answer("waiter") end)`,
			"alice> /ask\nEchoBot: Who?\nalice presses> Y\nalice is told: handler\nprint: pressed\nalice presses> N\nprint: pressed\nalice> /wait\nalice is told: waiter",
		},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

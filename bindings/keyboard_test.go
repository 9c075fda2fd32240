package bindings_test

import "testing"

func TestKeyboardStories(t *testing.T) {
	w := newWorld(t, "EchoBot")
	for _, row := range [][3]string{
		{
			"a button, its data, and an answer",
			`client:on("message", function(event)
				event:reply("Sure?", { buttons = { { text = "Yes", data = "yes" }, tg.button.inline("No", "no", { style = "danger" }) } })
			end)
			client:on("callback", { data = "yes" }, function(event)
				print(event.data, event.sender.first_name, event.chat_id == event.sender_id, event.is_private, event.via_inline, event.answered)
				event:answer("So be it", { alert = true })
				print(event.answered)
			end)
			client:on("callback", { data = { "no", "never" } }, function(event) event:answer("Well") end)`,
			"alice> x\nEchoBot: Sure?\nalice presses> Yes\nprint: yes\talice\ttrue\ttrue\tfalse\tfalse\nprint: true\nalice is told: (alert) So be it\nalice presses> No\nalice is told: Well",
		},
		{
			"nobody answers: the end of the handlers does",
			`client:on("message", function(event) event:reply("a", { buttons = tg.button.inline("Go") }) end)
			client:on("callback", { pattern = "^(G)(o)$" }, function(event) print(event.matches[1], event.matches[2]) end)
			client:on("callback", function(event) event:edit("b"); error("so what") end)`,
			"alice> x\nEchoBot: a\nalice presses> Go\nprint: G\to\nEchoBot edits: b\nerror: so what\nalice is told:",
		},
		{
			"edit keeps the buttons, unless they are given",
			`client:on("message", function(event) event:reply("one", { buttons = { text = "Next", data = "1" } }) end)
			client:on("callback", function(event)
				if event.data == "1" then
					local m = event:edit("two")
					print(m.button_count, m.buttons[1][1].text)
					event:edit(nil, { buttons = { text = "Last", data = "2" } })
				else
					print(event:edit("three", { buttons = false }).buttons)
				end
			end)`,
			"alice> x\nEchoBot: one\nalice presses> Next\nprint: 1\tNext\nalice is told:\nalice presses> Last\nprint: nil\nalice is told:",
		},
		{
			"respond, reply, get_message and delete",
			`client:on("message", function(event) event:respond("q", { buttons = { { "Later" }, resize = true } }); event:respond("p", { buttons = { text = "B", data = "b" } }) end)
			client:on("callback", function(event)
				print(event:get_message().text)
				event:respond("responded")
				print(event:reply("replied").reply_to_msg_id == event.message_id, event:delete(), event:get_message())
			end)`,
			"alice> x\nEchoBot: q\nEchoBot: p\nalice presses> B\nprint: p\nEchoBot: responded\nEchoBot: replied\nprint: true\ttrue\tnil",
		},
		{
			"ask answers the button before it waits",
			`client:on("message", { pattern = "^/" }, function(event) event:respond("Menu", { buttons = { text = "Rename", data = "r" } }) end)
			client:on("callback", function(event)
				local answer = event:ask("Name?", { timeout = "1m" })
				event:edit("Its name is " .. answer.raw_text)
			end)`,
			"alice> /menu\nEchoBot: Menu\nalice presses> Rename\nalice is told:\nEchoBot: Name?\nalice> Rex\nEchoBot edits: Its name is Rex",
		},
		{
			"wait for a press of one person",
			`client:on("message", { pattern = "^/" }, function(event)
				local question = event:respond("Sure?", { buttons = { { text = "Y", data = "y" }, { text = "N", data = "n" } } })
				local press = question:wait_click({ from = event.sender_id, timeout = "1m", data = "y" })
				press:answer("thanks")
				question:edit("said " .. press.data, { buttons = false })
			end)
			client:on("callback", function(event) event:answer("not you") end)`,
			"alice@Friends> /go\nEchoBot@Friends: Sure?\nbob@Friends presses> Y\nbob is told: not you\nalice@Friends presses> N\nalice is told: not you\nalice@Friends presses> Y\nalice is told: thanks\nEchoBot@Friends edits: said y",
		},
		{
			"filters of place and person",
			`client:on("message", function(event) event:respond("?", { buttons = { text = "P", data = "p" } }) end)
			client:on("callback", { group = true, from = "@bobby" }, function(event) event:answer("bob in a group: " .. event.chat.title) end)
			client:on("callback", { private = true, chats = { "Friends" } }, function(event) event:answer("never") end)
			client:on("callback", { private = true }, function(event) event:answer("in private") end)`,
			"alice@Friends> x\nEchoBot@Friends: ?\nbob@Friends presses> P\nbob is told: bob in a group: Friends\nbob> x\nEchoBot: ?\nbob presses> P\nbob is told: in private",
		},
		{
			"a reply keyboard says its text",
			`client:on("message", { pattern = "^/" }, function(event) event:respond("Choose", { buttons = { { "Tea", "Coffee" }, { "None" }, resize = true, single_use = true, placeholder = "What?" } }) end)
			client:on("message", { pattern = "Coffee" }, function(event) event:respond("Gone", { buttons = tg.button.clear() }) end)`,
			"alice> /menu\nEchoBot: Choose\nalice presses> Coffee\nEchoBot: Gone",
		},
		{
			"a keyboard put together, and one made once",
			`local board = tg.keyboard():add("1", "2", "3", 4, { text = "5" }):adjust({ 1, 3 })
			print(board, #board.rows, #board.rows[2], board.button_count)
			local ready = client:build_reply_markup({ tg.button.url("More", "https://example.org/"), tg.button.copy("Copy") })
			print(ready, ready.raw.rows[1].buttons[2].type.copy_text)
			client:on("message", { pattern = "^/" }, function(event) event:respond("a", { buttons = board }) event:respond("b", { buttons = ready }) end)`,
			"print: Keyboard(5 buttons)\t3\t3\t5\nprint: ReplyMarkup(replyInlineMarkup)\tCopy\nalice> /menu\nEchoBot: a\nEchoBot: b\nalice presses> More\nalice is told: https://example.org/",
		},
		{
			"mistakes are told by their place",
			`local function try(buttons) local ok, e = pcall(client.send_message, client, "@alice", "x", { buttons = buttons }) print(e.kind, tostring(e)) end
			try({ { { text = "a", data = "b" } }, { { text = "c", data = ("x"):rep(65) } } })
			try({ "text", { text = "a", data = "b" } })
			try({ { text = "a", data = "b", url = "c" } })
			try({ { text = "a", date = "b" } })
			try({ { tg.keyboard() } })
			print(select(2, pcall(tg.button.switch_inline, "a", "", { chats = { "group" } })))
			print(select(2, pcall(client.build_reply_markup, client, { "Tea" }, { inline_only = true })))`,
			"print: ARGUMENT\tsend_message: option 'buttons': row 2, button 1: data has 65 bytes, at most 64 fit\n" +
				"print: ARGUMENT\tsend_message: option 'buttons': row 1, button 2: 'a' is an inline button and 'text' is a button of a reply keyboard: they can't be on one keyboard\n" +
				"print: ARGUMENT\tsend_message: option 'buttons': row 1, button 1: 'a' does 2 things at once: data, on, url, switch_inline, web_app, copy, user, request - one of them\n" +
				"print: ARGUMENT\tsend_message: option 'buttons': row 1, button 1: unknown option 'date': did you mean 'data'?\n" +
				"print: ARGUMENT\tsend_message: option 'buttons': row 1, button 1: a whole keyboard can't be part of another\n" +
				"print: switch_inline: unknown kind of chat 'group': did you mean 'groups'?\n" +
				"print: build_reply_markup: argument 1 (buttons): inline buttons expected, got a reply keyboard",
		},
		{
			"kinds of buttons",
			`for _, b in ipairs({
				tg.button.inline("a"), tg.button.url("a", "t.me"), tg.button.switch_inline("a", "q", { same_peer = true }), tg.button.auth("a", "https://e.org"),
				tg.button.web_app("a", "https://e.org"), tg.button.copy("a"), tg.button.user_profile("a", 5), tg.button.buy("a"), tg.button.game("a"),
				tg.button.text("a"), tg.button.request_phone("a"), tg.button.request_location("a"), tg.button.request_poll("a"), tg.button.request_peer("a", "user"),
			}) do print(b.kind, b.data or b.url or b.inline_query) end`,
			"print: inline\ta\nprint: url\tt.me\nprint: switch_inline\tq\nprint: auth\thttps://e.org\nprint: web_app\thttps://e.org\nprint: copy\tnil\nprint: user_profile\tnil\n" +
				"print: buy\tnil\nprint: game\tnil\nprint: text\tnil\nprint: request_phone\tnil\nprint: request_location\tnil\nprint: request_poll\tnil\nprint: request_peer\tnil",
		},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

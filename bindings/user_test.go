package bindings_test

import "testing"

func TestUserStories(t *testing.T) {
	w := newWorld(t, "alice")
	for _, row := range [][3]string{
		{"saved messages", `client:send_message("me", "to **myself**")`, "alice: to myself"},
		{
			"a message is told what became of it",
			`local m = client:send_message("@bobby", "hi", { silent = true })
			print(m.text, m.out, m.silent, m.chat.name, m.chat_id, m.sender.username, m.is_private)
			print(client:send_message("Friends", "a").chat.title, client:send_message(m.chat, "b").chat_id, client:send_message(1002, "c").chat_id)`,
			"alice: hi\nprint: hi\ttrue\ttrue\tbob\t1002\talice\ttrue\nalice@Friends: a\nalice: b\nalice: c\nprint: Friends\t1002\t1002",
		},
		{
			"answers by option",
			`local m = client:send_message("Friends", "a")
			local n = client:send_message("Friends", "b", { reply_to = m })
			print(n.reply_to_msg_id == m.id, n.is_reply)`,
			"print: true\ttrue",
		},
		{
			"edit and delete by number",
			`local m = client:send_message("@bobby", "a")
			client:edit_message("@bobby", m.id, "b")
			print(client:delete_messages("@bobby", { m, tostring(m.id) }) >= 1)`,
			"alice: a\nalice edits: b\nalice deletes: b\nprint: true",
		},
		{
			"who am I",
			`local me = client:get_me()
			print(me.id, me.name, me.is_self, me == client.me, client.name, client)`,
			"print: 1001\talice\ttrue\ttrue\tme\tClient(me)",
		},
		{
			"who is that",
			`print(client:get_entity("@bobby").first_name, client:get_entity("Friends").kind, client:get_entity("@sandbox_news").is_channel, client:get_entity("me").id)`,
			"print: bob\tgroup\ttrue\t1001",
		},
		{
			"nobody",
			`local ok, e = pcall(client.get_entity, client, "@nobody_at_all") print(ok, e.kind)`,
			"print: false\tPEER_UNKNOWN",
		},
		{
			"what Telegram refuses",
			`local ok, e = pcall(client.edit_message, client, "@bobby", 9999, "x") print(ok, e.kind, e.code, e.method)`,
			"print: false\tMESSAGE_ID_INVALID\t400\tmessages.editMessage",
		},
		{
			"what was not sent",
			`local ok, e = pcall(client.send_message, client, "me", "<b>x", { parse_mode = "html" }) print(ok, e.message ~= nil)
			client:send_message("me", "**x", { parse_mode = "none" })`,
			"print: false\ttrue\nalice: **x",
		},
		{
			"a number, however it is written",
			`print(client:get_entity("+42 777 0002").name, client:get_entity("+427770002").name)
			client:on("message", { from = "+427770002" }, function(event) print(event.raw_text) end)`,
			"print: bob\tbob\nbob> hi\nprint: hi",
		},
		{
			"what I wrote to myself",
			`print(client:send_message("me", "note").out)
			client:on("message", { incoming = true }, function() print("from others") end)
			client:on("message", { outgoing = true }, function(event) print(event.raw_text, event.out) end)`,
			"alice: note\nprint: true\nalice> note\nprint: note\ttrue",
		},
		{
			"what others say",
			`client:on("message", { from = "bob", incoming = true }, function(event) print(event.raw_text, event.sender.phone, event.is_private) end)`,
			"bob> hi\nprint: hi\t427770002\ttrue",
		},
		{
			"a channel",
			`client:send_message("@sandbox_news", "news") `,
			"alice@News: news",
		},
		{"options are checked", `client:send_message("me", "x", { slient = true })`, "load: send_message: unknown option 'slient': did you mean 'silent'?"},
		{"arguments are checked", `client:send_message("me", nil)`, "load: send_message: argument 2 (message): text or message expected, got nil"},
		{"chats are checked", `client:send_message({}, "x")`, "load: send_message: argument 1 (chat): chat expected, got table"},
		{"ids are checked", `client:edit_message("me", 1.5, "x")`, "load: edit_message: argument 2 (message): message or its id expected, got number"},
		{"a dot", `client.send_message("me", "x")`, "load: send_message: use client:send_message, not client.send_message"},
		{"names are checked", `client:send_mesage("me", "x")`, "load: Client: unknown field 'send_mesage': did you mean 'send_message'?"},
		{"events are checked", `client:on("mesage", print)`, "load: on: unknown event 'mesage': did you mean 'message'?"},
		{"filters are checked", `client:on("message", { patern = "x" }, print)`, "load: on: unknown option 'patern': did you mean 'pattern'?"},
		{"patterns are checked", `client:on("message", { pattern = "(x" }, print)`, "load: on: option 'pattern': malformed pattern: missing ')'"},
		{"filters of commands are checked", `client:command("x", { pattern = "y" }, print)`, "load: command: unknown option 'pattern'"},
		{"commands are checked", `client:command("two words", print)`, "load: command: argument 1 (name): 'two words' is no name of a command: one word without @ expected"},
		{"sequential is checked", `client:on("message", { sequential = "peer" }, print)`, "load: on: option 'sequential': true or 'chat' expected, got 'peer'"},
		{"invite links are no filter", `client:on("message", { chats = "https://t.me/+abcDEF123-" }, print)`, "load: on: option 'chats': an invite link doesn't say which chat it is: write the chat's id, 'https://t.me/+abcDEF123-' given"},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

func TestToolStories(t *testing.T) {
	w := newWorld(t, "alice")
	for _, row := range [][3]string{
		{"sleep", `tg.sleep(0.001) print("awake")`, "print: awake"},
		{"after", `tg.after("1ms", function() print("later") end) print("now")`, "print: now\nprint: later"},
		{"after, cancelled", `tg.after(0.001, function() print("never") end):cancel() tg.after(0.01, function() print("end") end)`, "print: end"},
		{"every", `local n, timer = 0 timer = tg.every(0.001, function() n = n + 1 print("tick " .. n) if n == 3 then timer:cancel() end end)`, "print: tick 1\nprint: tick 2\nprint: tick 3"},
		{"every, too often", `tg.every(0, print)`, "load: every: argument 1 (duration): must be at least 0.001 seconds"},
		{"spawn", `tg.spawn(function(...) print("spawned", ...) end, 1, nil, "x") print("first")`, "print: first\nprint: spawned\t1\tnil\tx"},
		{"spawn without a function", `tg.spawn()`, "load: spawn: argument 1 (fn): function expected, got nil"},
		{"args", `print(tg.args.greeting, tg.args.list[2], tg.args.nothing)`, "print: hello\t2\tnil"},
		{"version", `print(tg.version)`, "print: 1.2.3"},
		{"log", `tg.log("a", 1, true, { seconds = 12 }) tg.log.debug("b") tg.log.warn("c") tg.log.error(client)`, "log INFO: a 1 true seconds=12\nlog DEBUG: b\nlog WARN: c\nlog ERROR: Client(me)"},
		{"unknown names", `tg.slep(1)`, "load: tg: unknown name 'slep': did you mean 'sleep'?"},
		{"a colon", `tg:sleep(1)`, "load: sleep: use tg.sleep, not tg:sleep"},
		{"changing tg", `tg.x = 1`, "load: tg: 'x' can't be set: tg is read-only"},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

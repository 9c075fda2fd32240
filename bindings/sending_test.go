package bindings_test

import "testing"

func TestSendingStories(t *testing.T) {
	for _, row := range [][3]string{
		{
			"a copy of a message",
			`local m = client:send_message("@bobby", "so **bold**")
			local n = client:send_message("me", m)
			print(n.text, n.forward, n.chat.is_self)`,
			"print: so **bold**\tnil\ttrue",
		},
		{
			"a long text",
			`local long = ("word "):rep(1500)
			print(#client:send_message("@bobby", long, { all = true }), client:send_message("@bobby", long).raw_text:sub(1, 4))
			local ok, e = pcall(client.send_message, client, "@bobby", long, { split = false })
			print(ok, e.kind)`,
			"print: 2\tword\nprint: false\tMESSAGE_TOO_LONG",
		},
		{
			"formatting as a message has it",
			`local m = client:send_message("me", "👍 so **bold** [here](https://example.org)")
			local n = client:send_message("me", m.raw_text, { formatting_entities = m.entities })
			print(n.text == m.text, n.entities[1].type, n.entities[2].url)
			local o = client:send_message("me", m.raw_text, { formatting_entities = m.raw.entities })
			print(o.text == m.text)`,
			"print: true\tbold\thttps://example.org\nprint: true",
		},
		{
			"formatting that isn't in the text",
			`client:send_message("me", "x", { formatting_entities = { { type = "bold", offset = 1, length = 2 } } })`,
			"load: option 'formatting_entities': element 1 is not within the text, which has 1 bytes",
		},
		{
			"formatting that doesn't exist",
			`client:send_message("me", "x", { formatting_entities = { { type = "loud", offset = 1, length = 1 } } })`,
			"load: send_message: option 'formatting_entities': element 1: no entity has the type 'loud'",
		},
		{"text that is no text", `client:send_message("me", "a\255b")`, "load: send_message: argument 2 (message): byte 2 is no UTF-8, which text has to be"},
		{"a time that is none", `client:send_message("me", "x", { schedule = "soon" })`,
			`load: send_message: option 'schedule': time: seconds since 1970, "2026-01-31T12:00:00Z" or from now as "5m" expected, got 'soon'`},
		{
			"a quote",
			`local m = client:send_message("@bobby", "one two three")
			print(client:send_message("@bobby", "yes", { reply_to = m, quote = "two" }).reply_to_msg_id == m.id)
			local ok, e = pcall(client.send_message, client, "@bobby", "yes", { reply_to = m, quote = "four" })
			print(e.kind)`,
			"print: true\nprint: QUOTE_NOT_FOUND",
		},
		{
			"later",
			`local m = client:send_message("@bobby", "wake up", { schedule = "1h" })
			print(m.scheduled, m.date > os.time() + 3500)
			local waiting = client:get_messages("@bobby", { scheduled = true })
			print(#waiting, waiting[1].text, waiting[1] == m)
			print(m:edit("get up").text)
			print(client:send_scheduled("@bobby", m)[1].raw_text)
			client:send_message("@bobby", "never", { schedule = "1h" }):delete()
			print(#client:get_messages("@bobby", { scheduled = true }))`,
			"print: true\ttrue\nprint: 1\twake up\ttrue\nprint: get up\nprint: get up\nprint: 0",
		},
		{
			"an edit of the text alone, or of nothing but the preview",
			`local m = client:send_message("me", "see https://example.org", { link_preview = false })
			print(m.web_preview, m:edit("look: https://example.org").web_preview)
			local ok, e = pcall(client.edit_message, client, "me", m, nil, { buttons = false }) print(e.kind)`,
			"print: nil\tnil\nprint: MESSAGE_NOT_MODIFIED",
		},
		{
			"a file with its caption, and another in its place",
			`local m = client:send_message("@bobby", "**look**", { file = { bytes = "hello", name = "a.txt" } })
			print(m.text, m.file.name, m.file.size)
			local n = m:edit(nil, { file = { bytes = "hello again", name = "b.txt" } })
			print(n.text, n.file.name, n.id == m.id, client:edit_message("@bobby", m, "seen").file.name)
			print(m:reply("", { file = m }).file.name)`,
			"print: **look**\ta.txt\t5\nprint: **look**\tb.txt\ttrue\tb.txt\nprint: a.txt",
		},
		{
			"forwards",
			`local a, b = client:send_message("@bobby", "a"), client:send_message("Friends", "b")
			local sent = client:forward_messages("me", { a, b })
			print(#sent, sent[1].raw_text, sent[2].raw_text, sent[1].forward.name, sent[1].forward.sender.is_self)
			print(client:forward_messages("me", a.id, "@bobby", { drop_author = true })[1].forward, a:forward_to("me", { silent = true }).silent)
			print(pcall(client.forward_messages, client, "me", 1))`,
			"print: 2\ta\tb\talice\ttrue\nprint: nil\ttrue\nprint: false\tforward_messages: argument 3 (from): chat expected, for ids don't say where the messages are",
		},
		{
			"copies",
			`local a = client:send_message("@bobby", "a")
			print(a:copy_to("me").raw_text, client:copy_message("me", a.id, "@bobby", { text = "**b**" }).text, client:copy_message("Friends", a).chat.title)
			local ok, e = pcall(client.copy_message, client, "me", 99999, "@bobby") print(e.kind)`,
			"print: a\t**b**\tFriends\nprint: NO_SUCH_MESSAGE",
		},
		{
			"pins",
			`local m = client:send_message("Friends", "pin me")
			local told = m:pin({ notify = true })
			print(told.is_service, told.action_name, told.action._, told.reply_to_msg_id == m.id, told)
			print(client:get_messages("Friends", { ids = m })[1].pinned, #client:get_messages("Friends", { filter = "pinned", limit = 9 }))
			client:unpin_message("Friends")
			print(#client:get_messages("Friends", { filter = "pinned" }))
			client:pin_message("Friends", m) m:unpin()
			client:pin_message("Friends", m) client:unpin_message("Friends", m)
			print(#client:get_messages("Friends", { filter = "pinned" }))`,
			"print: true\tpin_message\tmessageActionPinMessage\ttrue\tMessage(3 in -3001: pin_message)\nprint: true\t1\nprint: 0\nprint: 0",
		},
		{
			"reactions",
			`local m = client:send_message("Workshop", "like me")
			m:react("👍", { big = true, add_to_recent = true })
			local r = client:get_messages("Workshop", { ids = { m } })[1].reactions
			print(#r, r[1].reaction, r[1].count, r[1].chosen)
			for one in client:iter_reactions("Workshop", m) do print(one.user.name, one.reaction, one.big, one.date > 0) end
			client:send_reaction("Workshop", m)
			print(client:get_reactions("Workshop", m).total, pcall(m.react, m, "no emoji"))`,
			"print: 1\t👍\t1\ttrue\nprint: alice\t👍\ttrue\ttrue",
		},
		{
			"polls",
			`local m = client:send_poll("Workshop", "Where **to**?", { "Sea", "Hills" }, { anonymous = false })
			print(m.poll.question, #m.poll.answers, m.poll.answers[2].text, m.poll.anonymous, m.poll.closed)
			print(client:vote("Workshop", m, 2).answers[2].voters)
			local votes = client:get_poll_votes("Workshop", m)
			print(votes.total, votes[1].user.name, votes[1].answers[1])
			for one in client:iter_poll_votes("Workshop", m, { answer = 1 }) do print("nobody") end
			local ended = client:stop_poll("Workshop", m)
			print(ended.closed, ended.voters, ended.answers[2].chosen)
			local quiz = client:send_poll("Friends", "6 times 7?", { "41", "42" }, { quiz = true, correct = 2, explanation = "As ever.", period = "1m" })
			print(quiz.poll.quiz, client:vote("Friends", quiz, 2).answers[2].correct)
			print(pcall(client.send_poll, client, "Friends", "?", { "a", "b" }, { correct = 3 }))
			print(pcall(client.vote, client, "Friends", quiz, 0))`,
			"print: Where to?\t2\tHills\tfalse\tfalse\nprint: 1\nprint: 1\talice\t2\nprint: true\t1\ttrue\nprint: true\ttrue\n" +
				"print: false\tsend_poll: option 'correct': a quiz, and only a quiz, has right answers\n" +
				"print: false\tvote: argument 3 (answers): answers are numbered from 1 on, in their order",
		},
		{
			"places, contacts and dice",
			`local d = client:send_dice("me", "🎯")
			print(d.dice.emoji, d.dice.value >= 1)
			local c = client:send_contact("me", "+15550100", "Ada", { last_name = "Lovelace" })
			print(c.contact.phone, c.contact.first_name, c.contact.last_name)
			local l = client:send_location("me", 52.5, 4.25, { accuracy = 10 })
			print(l.geo.lat, l.geo.long, l.geo.accuracy)
			local v = client:send_venue("me", 52.5, 4.25, "Rijksmuseum", "Museumstraat 1")
			print(v.venue.title, v.geo.lat, v.media._)
			local m = client:send_location("@bobby", 52.5, 4.25, { live = "15m" })
			print(m.geo.live, client:edit_location("@bobby", m, 52.75, 4.5).geo.lat)
			print(client:stop_location("@bobby", m) ~= nil)`,
			"print: 🎯\ttrue\nprint: +15550100\tAda\tLovelace\nprint: 52.5\t4.25\t10\nprint: Rijksmuseum\t52.5\tmessageMediaVenue\nprint: 900\t52.75\nprint: true",
		},
		{
			"typing",
			`print(client:action("@bobby", "typing", function() client:send_message("@bobby", "thought") return 42 end))
			client:action("@bobby", "photo", { progress = 40, auto_cancel = false }, function() end)
			client:send_action("@bobby", "record-voice")
			print(pcall(client.action, client, "@bobby", "typing", function() error("oops", 0) end))
			client:send_action("@bobby", "juggling")`,
			"alice: thought\nprint: 42\nprint: false\toops\n" +
				"load: send_action: argument 2 (kind): 'juggling' is not one of 'typing', 'contact', 'game', 'location', 'sticker', 'record-audio', 'record-voice', 'record-round', 'record-video', 'audio', 'voice', 'song', 'round', 'video', 'photo', 'document', 'file', 'import', 'cancel'",
		},
	} {
		t.Run(row[0], func(t *testing.T) { newWorld(t, "alice").run(t, row[1], row[2]) })
	}
}

func TestReadingStories(t *testing.T) {
	for _, row := range [][3]string{
		{
			"histories",
			`for i = 1, 7 do client:send_message("@bobby", "n" .. i) end
			local function list(chat, opts)
				local words = {}
				for m in client:iter_messages(chat, opts) do words[#words + 1] = m.raw_text end
				print("-" .. table.concat(words, " ") .. "-")
			end
			list("@bobby")
			list("@bobby", { limit = 2, reverse = true })
			list("@bobby", { limit = 0 })
			list("@bobby", { search = "n5", wait_time = 0 })
			list("@bobby", { from_user = "me", limit = 1 })
			list(nil, { search = "n6", search_in = "private" })
			local last = client:get_messages("@bobby")
			print(#last, last[1].raw_text, last.total, #client:get_messages("@bobby", { limit = 0 }))
			local some = client:get_messages("@bobby", { ids = { last[1], 99999 } })
			print(#some, some[1] == last[1], some[2], some.total)
			list("@bobby", { ids = { last[1], 99999 } })
			list("@bobby", { max_id = last[1].id - 4 })
			list("@bobby", { min_id = last[1].id - 1 })
			list("@bobby", { offset_id = last[1], limit = 1, add_offset = 1 })`,
			"print: -n7 n6 n5 n4 n3 n2 n1-\nprint: -n1 n2-\nprint: --\nprint: -n5-\nprint: -n7-\nprint: -n6-\nprint: 1\tn7\t7\t0\nprint: 2\ttrue\tfalse\t2\nprint: -n7-\nprint: -n2 n1-\nprint: -n7-\nprint: -n5-",
		},
		{"ids without a chat", `client:get_messages(nil, { ids = { 1 } })`, "load: get_messages: argument 1 (chat): chat expected, for ids are of one chat"},
		{"filters are checked", `client:get_messages("me", { filter = "photos" })`,
			"load: get_messages: option 'filter': 'photos' is not one of 'photo', 'video', 'photo_video', 'document', 'url', 'gif', 'voice', 'music', 'round_video', 'round_voice', 'chat_photo', 'contact', 'geo', 'poll', 'pinned', 'mentions', 'unread_mentions', 'unread_reactions', 'call', 'missed_call': did you mean 'photo'?"},
		{
			"what others wrote",
			`client:on("message", { from = "bob", incoming = true }, function(event)
				print(event:get_sender().name, event:get_chat().kind, event:get_reply_message())
				event:mark_read()
				client:send_read_acknowledge("Friends", event, { clear_mentions = true, clear_reactions = true })
				print(#client:get_messages("Friends", { filter = "unread_mentions" }))
				for _, found in ipairs(event:get_entities_text("mention")) do print(found.text, found.entity.type) end
			end)`,
			"bob@Friends> hello @alice\nprint: bob\tgroup\tnil\nprint: 0\nprint: @alice\tmention",
		},
		{
			"what it answers",
			`local m = client:send_message("Friends", "first")
			local n = m:reply("second")
			print(n:get_reply_message() == m, n.reply_to.message_id == m.id, n.reply_to.topic_id)`,
			"print: true\ttrue\tnil",
		},
		{
			"views and readers",
			`local post = client:send_message("@sandbox_news", "news")
			print(client:get_message_views("@sandbox_news", post, { count = true })[1].views, post.post, post.link)
			print(#client:get_read_participants("Friends", client:send_message("Friends", "x")))
			local ok, e = pcall(client.get_read_date, client, "@bobby", client:send_message("@bobby", "x")) print(e.kind)`,
			"print: 1\ttrue\thttps://t.me/sandbox_news/2\nprint: 0\nprint: MESSAGE_NOT_READ_YET",
		},
		{
			"text by itself",
			`local read = tg.text.parse("so **bold**")
			print(read.text, read.entities[1].type, read.entities[1].offset)
			print(tg.text.format(read.text, { entities = read.entities, parse_mode = "html" }), tg.text.escape("2 ** 3 **"))
			print(#tg.text.split("one two three", { limit = 8 }), tg.text.split("one two three", { limit = 8 })[2].text)
			local ok, e = pcall(tg.text.parse, "<b>x", { parse_mode = "html" }) print(tostring(e):match("^%d+:%d+"))`,
			"print: so bold\tbold\t4\nprint: so <b>bold</b>\t2 \\*\\* 3 \\*\\*\nprint: 2\tthree\nprint: 1:1",
		},
	} {
		t.Run(row[0], func(t *testing.T) { newWorld(t, "alice").run(t, row[1], row[2]) })
	}
}

package bindings_test

import "testing"

func TestInlineStories(t *testing.T) {
	w := newWorld(t, "EchoBot")
	for _, row := range [][3]string{
		{
			"offers as tables and from the builder",
			`client:on("inline_query", function(event)
				print(event, event.text, event.offset == "", event.sender.first_name, event.geo, event.builder)
				local made = event.builder:article("Plain", { text = "*" .. event.text .. "*", parse_mode = "none" })
				print(made, made.type, made.title, made.id)
				event:answer({ { title = "Bold", text = "**" .. event.text .. "**", description = "fat" }, made }, { cache_time = 0 })
			end)`,
			"alice asks> cats\nprint: InlineQueryEvent(\"cats\" from 1001)\tcats\ttrue\talice\tnil\tInlineBuilder\nprint: InlineOffer(article \"Plain\")\tarticle\tPlain\tnil\n" +
				"alice is offered: article Bold, article Plain\nalice@Friends chooses> Bold\nalice@Friends: cats",
		},
		{
			"every kind of content",
			`client:on("inline_query", function(event)
				event:answer({
					{ title = "There", geo = { 52.5, 13.4 } },
					{ venue = { title = "Café", address = "Street 1", geo = { lat = 1, long = 2 } } },
					{ contact = { phone = "+123", first_name = "Ada" } },
					{ title = "Cat", file = "https://example.com/cat.jpg", text = "meow" },
					{ title = "Clip", file = "https://example.com/clip.mp4", duration = "1m", width = 640, height = 480 },
					{ title = "Song", file = "https://example.com/song.mp3", performer = "Ada" },
					{ title = "Animation", file = "https://example.com/a.gif" },
					{ title = "Words", file = "https://example.com/cat.jpg", text = "only words", include_media = false },
				}, { gallery = true, private = true, next_offset = "8", switch_pm = "Settings" })
			end)`,
			"alice asks> all\nalice is offered: geo There, venue Café, contact Ada, photo Cat, video Clip, audio Song, gif Animation, photo Words\nalice@Friends chooses> Words\nalice@Friends: only words",
		},
		{
			"filters",
			`client:on("inline_query", { pattern = "^(%a+) (%d+)$", from = "@bobby" }, function(event) event:answer({ { title = event.matches[1], text = event.matches[2] } }) end)
			client:on("inline_query", { text = { "help", "?" } }, function(event) event:answer({ { title = "Help", text = "help" } }) end)
			client:on("inline_query", { except = "@bobby", pattern = "^not bob$" }, function(event) event:answer({ title = "One", text = "alone" }) end)`,
			"bob asks> cat 9\nbob is offered: article cat\nalice asks> ?\nalice is offered: article Help\nalice asks> not bob\nalice is offered: article One",
		},
		{
			"what was chosen can be edited, and has buttons that work",
			`client:on("inline_query", function(event) event:answer({ { id = "it", title = "Vote", text = "0 votes", buttons = { text = "+1", data = "up" } } }) end)
			client:on("inline_chosen", { text = "v" }, function(event)
				print(event.id, event.query, event.sender.first_name, event.message.id == client and 1 or #event.message.id > 20)
				event.message:edit("1 vote", { buttons = { text = "+1", data = "up" } })
				client:edit_inline_message(event.message.id, "2 votes", { buttons = { text = "+1", data = "up" } })
			end)
			local n = 2
			client:on("callback", { data = "up" }, function(event)
				n = n + 1
				print(event.via_inline, event.message_id, event.chat, event:get_message(), pcall(event.respond, event, "x"))
				event:edit(n .. " votes", { buttons = { text = "+1", data = "up" } })
				event:answer("counted")
			end)`,
			"alice asks> v\nalice is offered: article Vote\nalice@Friends chooses> Vote\nalice@Friends: 0 votes\nprint: it\tv\talice\ttrue\n" +
				"EchoBot@Friends edits: 1 vote\nEchoBot@Friends edits: 2 votes\nbob@Friends presses> +1\n" +
				"print: true\tnil\tnil\tnil\tfalse\tthe message was sent through the bot, inline: the bot does not know the chat\n" +
				"EchoBot@Friends edits: 3 votes\nbob is told: counted",
		},
		{
			"mistakes",
			`client:on("inline_query", function(event)
				local function try(offers, options) local ok, e = pcall(event.answer, event, offers, options) print(e.kind, tostring(e)) end
				try({ { title = "a" } })
				try({ { title = "a", text = "b", game = "c" } })
				try({ { title = "a", text = "b" }, { title = "a", txt = "b" } })
				try({ { title = "a", file = "/nowhere.jpg" } })
				try("no")
				try({ colour = "red" })
				try({ { title = "a", text = "b" } }, { switch_pm_text = "x" })
				try({ { id = "1", title = "a", text = "b" }, { id = "1", title = "a", text = "b" } })
				event:answer({})
			end)`,
			"alice asks> all\nprint: OFFER_INVALID\tanswer an inline query: offer 1: an offer needs exactly one content: text, a photo or file, a place, a contact or a game\n" +
				"print: OFFER_INVALID\tanswer an inline query: offer 1: an offer needs exactly one content: text, a photo or file, a place, a contact or a game\n" +
				"print: ARGUMENT\tanswer: argument 1 (offers): offer 2: unknown option 'txt': did you mean 'text'?\n" +
				"print: ARGUMENT\tanswer: argument 1 (offers): offer expected, got 'no'\n" +
				"print: ARGUMENT\tanswer: argument 1 (offers): unknown option 'colour'\n" +
				"print: ARGUMENT\tanswer: unknown option 'switch_pm_text': did you mean 'switch_pm'?\n" +
				"print: RESULT_ID_DUPLICATE\tmessages.setInlineBotResults: RESULT_ID_DUPLICATE (400): two inline results have one id\n" +
				"alice is offered:",
		},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

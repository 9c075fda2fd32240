package bindings_test

import "testing"

func TestBotMenuStories(t *testing.T) {
	w := newWorld(t, "EchoBot")
	for _, row := range [][3]string{
		{
			"commands by scope and language",
			`client:set_bot_commands({ { "start", "Begin" }, { "/help", "Help" } })
			client:set_bot_commands({ ban = "Ban" }, { scope = "admins" })
			client:set_bot_commands({ { "start", "Anfangen" } }, { lang = "de" })
			client:set_bot_commands({ { "here", "Here only" } }, { chat = "@bobby" })
			local function show(options)
				local words = {}
				for _, one in ipairs(client:get_bot_commands(options)) do table.insert(words, one.command .. "=" .. one.description) end
				print(#words > 0 and table.concat(words, ",") or "none")
			end
			show() show({ scope = "admins" }) show({ lang = "de" }) show({ scope = "chat", chat = "@bobby" })
			client:delete_bot_commands({ lang = "de" })
			show({ lang = "de" })
			print(select(2, pcall(client.get_bot_commands, client, { scope = "chat_admins" })))
			print(select(2, pcall(client.set_bot_commands, client, { { "start" } })))
			print(select(2, pcall(client.set_bot_commands, client, { start = 5 })))`,
			"print: start=Begin,help=Help\nprint: ban=Ban\nprint: start=Anfangen\nprint: here=Here only\nprint: none\nprint: option 'chat': needed for the scope 'chat_admins'\n" +
				"print: set_bot_commands: argument 1 (commands): { \"command\", \"description\" } expected, got table\n" +
				"print: set_bot_commands: argument 1 (commands): description of 'start' expected, got number",
		},
		{
			"publish what the script has",
			`client:command("roll", { description = "Roll a die" }, function() end)
			client:command({ "sum", "Add" }, { description = "Add numbers" }, function() end)
			client:command("hidden", function() end)
			print(client:publish_commands(), client:publish_commands())
			for _, one in ipairs(client:get_bot_commands()) do print(one.command, one.description) end
			client:set_bot_commands({ { "other", "Of another script" } })
			print(client:publish_commands({ keep = true }), client:get_bot_commands()[4].command)`,
			"print: 3\t3\nprint: roll\tRoll a die\nprint: sum\tAdd numbers\nprint: add\tAdd numbers\nprint: 4\tother",
		},
		{
			"info, menu and rights",
			`client:set_bot_info({ about = "Counts", description = "Send /count" })
			client:set_bot_info({ name = "Zähler", lang = "de" })
			local info = client:get_bot_info()
			print(info.name, info.about, info.description, client:get_bot_info({ lang = "de" }).name)
			client:set_bot_menu_button("https://example.com/", { text = "Shop" })
			client:set_bot_menu_button("commands", { user = "@bobby" })
			print(client:get_bot_menu_button().text, client:get_bot_menu_button({ user = "@bobby" }).kind)
			client:set_bot_menu_button("default")
			print(client:get_bot_menu_button().kind)
			print(select(2, pcall(client.set_bot_menu_button, client, "shop")))
			client:set_bot_default_admin_rights("groups", { delete_messages = true })
			client:set_bot_default_admin_rights("channels", { post_messages = true })
			print("done")`,
			"print: EchoBot\tCounts\tSend /count\tZähler\nprint: Shop\tcommands\nprint: default\n" +
				"print: set_bot_menu_button: argument 1 (button): 'commands', 'default' or an https address expected, got 'shop'\nprint: done",
		},
		{
			"a game and its scores",
			`client:on("message", function(event)
				local game = client:send_game(event.chat, "chess")
				client:set_game_score(game, event.sender, 42)
				client:set_game_score(game, event.sender, 7, { force = true, edit_message = false })
				for _, one in ipairs(client:get_game_high_scores(game, event.sender)) do print(one.position, one.user.first_name, one.score) end
			end)
			client:on("callback", { func = function(event) return event.game == "chess" end }, function(event)
				client:set_game_score(event, event.sender, 50)
				event:answer(nil, { url = "https://example.com/chess" })
			end)`,
			"alice> x\nprint: 1\talice\t7",
		},
		{
			"money",
			`local link = client:export_invoice("Shirt", { { "Shirt", 3 } }, { description = "Blue", payload = "shirt", photo = "https://example.com/shirt.png" })
			print(link:match("^https://t%.me/%$") ~= nil)
			print(client:get_stars_balance() >= 0, client:get_stars_transactions(5).total)
			print(pcall(client.refund_stars, client, 1001, "nothing"))
			local ok, e = pcall(client.send_invoice, client, "@alice", "x", "many", { description = "a", payload = "b" })
			print(e)`,
			"print: true\nprint: true\t0",
		},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

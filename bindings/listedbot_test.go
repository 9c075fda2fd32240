package bindings_test

import "testing"

func TestDraftsCanBeKept(t *testing.T) {
	newWorld(t, "alice").run(t, `client:save_draft("@bobby", "again and again")
		local draft = client:get_drafts("@bobby")[1]
		print(draft:send({ keep = true }).text, client:get_drafts("@bobby")[1].text)
		print(draft:send({ keep = false }).text, client:get_drafts("@bobby")[1].is_empty)`,
		"alice: again and again\nprint: again and again\tagain and again\nalice: again and again\nprint: again and again\ttrue")
}

func TestButtonOptionsReachTelegram(t *testing.T) {
	const (
		send   = "messages.sendMessage"
		button = "reply_markup rows keyboardButtonRow buttons keyboardButton type "
		inline = "reply_markup rows keyboardInlineButtonRow buttons keyboardInlineButton type "
	)
	newWorld(t, "EchoBot").reaches(t, []wireRow{
		{`client:send_message("@alice", "x", { buttons = tg.button.text("a", { resize = true }) })`, send, "reply_markup resize", "true"},
		{`client:send_message("@alice", "x", { buttons = tg.button.text("a", { single_use = true }) })`, send, "reply_markup single_use", "true"},
		{`client:send_message("@alice", "x", { buttons = tg.button.text("a", { selective = true }) })`, send, "reply_markup selective", "true"},
		{`client:send_message("@alice", "x", { buttons = tg.button.text("a", { persistent = true }) })`, send, "reply_markup persistent", "true"},
		{`client:send_message("@alice", "x", { buttons = tg.button.text("a", { placeholder = "b" }) })`, send, "reply_markup placeholder", "b"},
		{`client:send_message("@alice", "x", { buttons = tg.button.force_reply({ placeholder = "b" }) })`, send, "reply_markup placeholder", "b"},
		{`client:send_message("@alice", "x", { buttons = tg.button.request_poll("a", { force_quiz = true }) })`, send, button + "quiz", "true"},
		{`client:send_message("@alice", "x", { buttons = tg.button.switch_inline("a", "b", { same_peer = true }) })`, send, inline + "same_peer", "true"},
		{`client:send_message("@alice", "x", { buttons = tg.button.auth("a", "https://e.org", { write_access = true }) })`, send, inline + "request_write_access", "true"},
		{`client:send_message("@alice", "x", { buttons = tg.button.auth("a", "https://e.org", { fwd_text = "b" }) })`, send, inline + "fwd_text", "b"},
		{`client:send_message("@alice", "x", { buttons = tg.button.auth("a", "https://e.org", { bot = "@sandbox_echo_bot" }) })`, send, inline + "bot user_id", "2001"},
	})
}

func TestPressesOfOneChat(t *testing.T) {
	newWorld(t, "EchoBot").run(t, `client:on("message", { pattern = "^/" }, function(event) event:respond("Press", { buttons = { text = "P", data = "p" } }) end)
		client:on("callback", { once = true }, function(event)
			client:on("callback", { chat_instance = event.chat_instance }, function(later) later:answer("the same chat") end)
			event:answer(#event.chat_instance > 0 and "first" or "nowhere")
		end)
		client:on("callback", { priority = -1 }, function(event) if not event.answered then event:answer("elsewhere") end end)`,
		"alice@Friends> /go\nEchoBot@Friends: Press\nbob@Friends presses> P\nbob is told: first\nalice@Friends presses> P\nalice is told: the same chat\n"+
			"alice> /go\nEchoBot: Press\nalice presses> P\nalice is told: elsewhere")
}

// offers is a bot whose offers have every option.
const offers = `client:on("inline_query", function(event)
	local b = event.builder
	event:answer({
		b:article("Text", { id = "one", text = "see https://a.org", link_preview = false, buttons = { text = "P", data = "p" } }),
		b:article("Place", { geo = { 52.5, 13.4 }, period = "10m" }),
		b:article("Ada", { contact = { phone = "+123", first_name = "Ada" } }),
	}, { cache_time = 0, switch_pm = "Settings", switch_pm_param = "set" })
end)`

func TestOffersHaveTheirOptions(t *testing.T) {
	w := newWorld(t, "EchoBot")
	w.serve(t, offers)
	alice := worldOn(t, w.server, "alice")
	alice.run(t, `local found = client:inline_query("@sandbox_echo_bot", "x", { chat = "me" })
		local text, place, ada = found.results[1], found.results[2], found.results[3]
		print(text.id, text.message.no_webpage, text.message.reply_markup._)
		print(place:click().media.period)
		print(place.message.period, ada.message.phone_number, found.switch_pm.text, found.switch_pm.start_param)`,
		"print: one\ttrue\treplyInlineMarkup\nprint: 600\nprint: 600\t+123\tSettings\tset")
	const send, ask = "messages.sendInlineBotResult", `local one = client:inline_query("@sandbox_echo_bot", "x", { chat = "Workshop" }).results[1] `
	alice.reaches(t, []wireRow{
		{ask + `one:click(nil, { reply_to = 7 })`, send, "reply_to reply_to_msg_id", "7"},
		{ask + `one:click(nil, { silent = true })`, send, "silent", "true"},
		{ask + `one:click(nil, { clear_draft = true })`, send, "clear_draft", "true"},
		{ask + `one:click(nil, { background = true })`, send, "background", "true"},
		{ask + `one:click(nil, { hide_via = true })`, send, "hide_via", "true"},
		{ask + `one:click("@sandbox_news", { comment_to = 5 })`, "messages.getDiscussionMessage", "msg_id", "5"},
	})
}

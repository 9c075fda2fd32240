package bindings_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/permission"
)

// serve loads a script that stays to the end of the test.
func (w *world) serve(t *testing.T, script string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bot.lua")
	if err := os.WriteFile(path, []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := w.host.Add(w.ctx, runtime.ScriptConfig{Name: "bot", Path: path, Value: w.env}); err != nil {
		t.Fatal(message(err))
	}
}

const bot = `
client:on("message", { pattern = "^/menu" }, function(event)
	event:respond("Menu", { buttons = {
		{ { text = "Yes", data = "yes" }, { text = "Slow", data = "slow" } },
		{ { text = "Site", url = "https://example.org/" }, { text = "Copy", copy = "copied" }, { text = "Query", switch_inline_here = "cats" } },
		{ tg.button.user_profile("Bob", 1002) },
	} })
end)
client:on("message", { pattern = "^/keys" }, function(event)
	event:respond("Keys", { buttons = { { "Tea" }, { tg.button.request_phone("Phone") }, { tg.button.request_location("Place") }, resize = true } })
end)
client:on("message", { pattern = "^/poll" }, function(event) client:send_poll(event.chat, "Which?", { "This", "That" }) end)
client:on("message", { pattern = "^/start (.+)" }, function(event) event:respond("started with " .. event.matches[1]) end)
client:on("message", { pattern = "^/bill" }, function(event)
	client:send_invoice(event.chat, "Coffee", 5, { description = "Hot", payload = "coffee" })
end)
client:on("message", { pattern = "^/ask" }, function(event)
	event:respond("Whom?", { buttons = { tg.button.request_peer("Choose", "user", { id = 7, max_quantity = 2 }), tg.button.web_app("Shop", "https://example.com/shop") } })
	event:respond("App", { buttons = { tg.button.web_app("Open", "https://example.com/app"), tg.button.auth("Login", "https://example.com/login") } })
end)
client:on("peers_shared", function(event) event.message:respond(event.button_id .. ": " .. #event.peers .. " " .. event.peers[1].id) end)
client:on("web_app_data", { text = "basket" }, function(event) event.message:respond(event.button_text .. " says " .. event.data) end)
client:on("message", { pattern = "^query (%-?%d+)" }, function(event)
	client:answer_web_app_query(event.matches[1], { title = "Order", text = "Ordered", buttons = { text = "Track", data = "t" } }):edit("Order is on its way")
end)
client:on("pre_checkout", function(event) event:accept() end)
client:on("payment", { text = "coffee" }, function(event)
	event.message:respond(event.total_amount .. " " .. event.currency .. " from " .. event.sender.first_name)
	event:refund()
end)
client:on("callback", { data = "yes" }, function(event) event:answer("So be it", { alert = true }) end)
client:on("inline_query", function(event)
	event:answer({ { title = "Bold", text = "**" .. event.text .. "**", description = "fat" } }, { next_offset = event.offset == "" and "1" or nil, switch_pm = "Settings", cache_time = 60 })
end)
`

func TestClickStories(t *testing.T) {
	w := newWorld(t, "EchoBot")
	w.serve(t, bot)
	t.Cleanup(func() {
		for t.Failed() && len(w.lines) > 0 {
			t.Log("bot: " + <-w.lines)
		}
	})
	alice := worldOn(t, w.server, "alice")
	allowed, err := permission.New("test", t.TempDir(), permission.Rules{permission.Methods: {"payments.sendStarsForm"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	alice.permit(allowed)
	for _, row := range [][3]string{
		{
			"buttons of a message",
			`client:on("message", { pattern = "Menu" }, function(m)
				print(m.button_count, #m.buttons, m.buttons[1][2], m.buttons[2][1].url, m.buttons[2][3].inline_query, m.reply_markup._)
				local answer = m:click()
				print(answer, answer.kind, answer.message, answer.alert, answer.sent)
				print(m:click("Yes").message, m:click({ data = "yes" }).message, m:click({ text = "Yes" }).message, m:click(1, 1).message)
				print(m:click(3).url, m:click(2, 2).copied, m.buttons[2][3]:click().inline_query, m:click(5).bot.username, m:click("Bob").user.id)
				print(m:click({ filter = function(b) return b.kind == "url" end }).url)
				for _, bad in ipairs({ { 9 }, { "No" }, { 1, 5 }, { { data = "no" } }, { { filter = function() end } }, { { 1, 2 } } }) do
					local ok, e = pcall(m.click, m, table.unpack(bad))
					print(e.kind, tostring(e))
				end
				print(#m:get_buttons(), m:get_buttons()[1][1] == m.buttons[1][1])
			end)
			client:send_message("@sandbox_echo_bot", "/menu")`,
			"alice: /menu\nprint: 6\t3\tMessageButton(\"Slow\" inline)\thttps://example.org/\tcats\treplyInlineMarkup\n" +
				"print: ClickResult(inline \"So be it\")\tinline\tSo be it\ttrue\tnil\nprint: So be it\tSo be it\tSo be it\tSo be it\n" +
				"print: https://example.org/\tcopied\tcats\tsandbox_echo_bot\t1002\nprint: https://example.org/\n" +
				"print: BUTTON_UNKNOWN\tthe message has no such button: no button number 9\nprint: BUTTON_UNKNOWN\tthe message has no such button: no button with the text \"No\"\n" +
				"print: BUTTON_UNKNOWN\tthe message has no such button: no button in row 1, place 5\nprint: BUTTON_UNKNOWN\tthe message has no such button: no button with the data \"no\"\n" +
				"print: BUTTON_UNKNOWN\tthe message has no such button: no button passes the filter\nprint: BUTTON_UNKNOWN\tthe message has no such button: several buttons can be pressed in polls only\n" +
				"print: 3\ttrue",
		},
		{
			"a reply keyboard, and what is shared",
			`client:on("message", { pattern = "Keys" }, function(m)
				print(m:click("Tea").sent.text)
				print(select(2, pcall(m.click, m, "Phone")))
				print(m:click("Phone", nil, { share_phone = true }).sent.has_media)
				print(select(2, pcall(m.click, m, "Place")))
				print(m:click("Place", nil, { share_geo = { 52.5, 13.4 } }).sent.has_media)
			end)
			client:send_message("@sandbox_echo_bot", "/keys")`,
			"print: Tea\nprint: press \"Phone\": the button asks for a phone number, and none may be shared\nprint: true\n" +
				"print: press \"Place\": the button asks for a place, and none may be shared\nprint: true",
		},
		{
			"a poll",
			`client:on("message", { func = function(m) return m.poll ~= nil end }, function(m)
				print(m:click(2).kind, m:click("This").kind, select(2, pcall(m.click, m, "None")))
			end)
			client:send_message("@sandbox_echo_bot", "/poll")`,
			"print: poll\tpoll\tthe message has no such button: no answer with the text \"None\"",
		},
		{
			"offers of another bot",
			`local found = client:inline_query("@sandbox_echo_bot", "hi", { chat = "Friends" })
			print(found, #found.results, found.valid, found.next_offset, found.switch_pm.text, found.bot.username, found.gallery)
			local one = found.results[1]
			print(one, one.type, one.title, one.description, one.text, one.url, one.file)
			print(one:click().text, one:click("me", { silent = true }).silent)
			local more = found:more()
			print(more.next_offset, more:more())`,
			"print: InlineResults(1)\t1\ttrue\t1\tSettings\tsandbox_echo_bot\tfalse\nprint: InlineResult(article \"Bold\")\tarticle\tBold\tfat\thi\tnil\tnil\n" +
				"alice@Friends: hi\nprint: **hi**\ttrue\nprint: nil\tnil",
		},
		{
			"a deep link",
			`print(client:start_bot("@sandbox_echo_bot", "abc").text)
			print(client:start_bot("@sandbox_echo_bot").text)
			print(pcall(client.start_bot, client, "Friends", "x"))`,
			"alice: /start abc\nEchoBot: started with abc",
		},
		{
			"people are chosen, and mini apps opened",
			`client:on("message", { from = "@sandbox_echo_bot", pattern = "^[WA]", sequential = "chat" }, function(m)
				if m.raw_text == "Whom?" then
					print(select(2, pcall(m.click, m, "Choose")))
					m:click("Choose", nil, { share_peers = { "@bobby", "me" } })
					print(m:click("Shop").url:match("^https://example.com/shop#tgWebAppData=") ~= nil)
				else
					local url = m:click("Open").url
					client:send_message(m.chat, "query " .. (url:match("query_id%%3D(%-?%d+)")))
					print(m:click("Login").url, select(2, pcall(m.click, m, "Login", nil, { login = true })).kind)
				end
			end)
			client:send_message("@sandbox_echo_bot", "/ask")`,
			"print: press \"Choose\": the button asks for people or chats, and none may be shared\nprint: true\nEchoBot: 7: 2 1002\n" +
				"print: https://example.com/login\tPERMISSION_DENIED\nalice: Ordered\nEchoBot edits: Order is on its way",
		},
		{
			"a mini app says something",
			`client.api.messages.sendWebViewData({ bot = "@sandbox_echo_bot", button_text = "Shop", data = "basket" })`,
			"EchoBot: Shop says basket",
		},
		{
			"an invoice is paid, and the money comes back",
			`client:on("message", { func = function(m) return m.has_media and m.button_count == 1 end }, function(m)
				local before = client:get_stars_balance()
				local form = client:get_payment_form(m)
				print(form.title, form.price, form.currency, form.bot.username)
				local ok, e = pcall(client.pay, client, m, { max = 4 })
				print(e.kind, e.price, e.limit)
				client:pay(m, { max = 5 })
				client:on("message", { pattern = "XTR", once = true }, function(event)
					print(event.text)
					for one in client:iter_stars_transactions() do print(one.amount, one.refund) end
				end)
			end)
			client:send_message("@sandbox_echo_bot", "/bill")`,
			"print: Coffee\t5\tXTR\tsandbox_echo_bot\nprint: PRICE\t5\t4\nEchoBot: 5 XTR from alice",
		},
	} {
		t.Run(row[0], func(t *testing.T) { alice.run(t, row[1], row[2]) })
	}
}

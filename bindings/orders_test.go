package bindings_test

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"testing"

	"github.com/tgscript/tgscript/runtime/permission"
)

// picture is a PNG of one pixel.
const picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

const shop = `
client:on("message", { pattern = "^/shirt" }, function(event)
	client:send_invoice(event.chat, "Shirt", { { "Shirt", 1500 }, { "Postage", 300 } }, {
		description = "Blue", payload = "shirt:17", currency = "EUR", provider_token = "provider:TEST:1", need_address = true, flexible = true, test = true,
	})
end)
client:on("message", { pattern = "^/stars" }, function(event)
	event:respond(client:export_invoice("Coffee", 5, { description = "Hot", payload = "link" }))
end)
client:on("shipping", { pattern = "^shirt:(%d+)$" }, function(event)
	if event.address.country ~= "NL" then return event:refuse("Too far") end
	event:answer({ { id = "post", title = "By post " .. event.matches[1], price = 500 } })
end)
client:on("pre_checkout", { text = "link" }, function(event)
	print(event, event.total_amount, event.currency, event.info.name == "", event.sender.first_name)
	event:refuse("Sold out")
end)
client:on("pre_checkout", { pattern = "^shirt", priority = 1 }, function(event) event:accept(); event:stop() end)
client:on("message", { pattern = "^/secret" }, function(event)
	event:respond("Secret", { buttons = { text = "Reveal", data = "r", password = true } })
	event:respond("Answer me", { buttons = tg.button.force_reply({ placeholder = "Go on" }) })
	event:respond("Login", { buttons = tg.button.auth("In", "https://example.com/login", { bot = "@sandbox_echo_bot", fwd_text = "Sign in" }) })
end)
client:on("inline_query", function(event)
	event:answer({ { title = "Mine", file = "p.png", text = "from this machine" }, { file = { bytes = "some text", name = "a.txt" }, title = "Text" } })
end)
`

func TestOrderStories(t *testing.T) {
	w := newWorld(t, "EchoBot")
	dir := t.TempDir()
	raw, err := base64.StdEncoding.DecodeString(picture)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "p.png"), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	allow := func(rules permission.Rules) *permission.Set {
		set, err := permission.New("test", dir, rules, nil)
		if err != nil {
			t.Fatal(err)
		}
		return set
	}
	w.permit(allow(permission.Rules{permission.Read: {"*"}}))
	w.serve(t, shop)
	alice := worldOn(t, w.server, "alice")
	alice.permit(allow(permission.Rules{permission.Methods: {"payments.*", "messages.acceptUrlAuth"}}))
	for _, row := range [][3]string{
		{
			"an invoice by its link, which the bot refuses",
			`client:on("message", { pattern = "^https" }, function(m)
				local form = client:get_payment_form(m.raw_text)
				print(form.title, form.price)
				local ok, e = pcall(client.pay, client, m.raw_text, { max = 5 })
				print(ok, tostring(e):find("payments.sendStarsForm") ~= nil)
			end)
			client:send_message("@sandbox_echo_bot", "/stars")`,
			"print: Coffee\t5\nprint: false\ttrue",
		},
		{
			"goods that are shipped are not paid in Stars",
			`client:on("message", { func = function(m) return m.button_count == 1 end }, function(m)
				print(select(2, pcall(client.get_payment_form, client, m)))
				print(select(2, pcall(m.click, m)))
				local address = { street_line1 = "A", street_line2 = "", city = "B", state = "", country_iso2 = "DE", post_code = "1" }
				local function ask(country)
					address.country_iso2 = country
					return pcall(client.api.payments.validateRequestedInfo, { invoice = { _ = "inputInvoiceMessage", peer = m.chat, msg_id = m.id }, info = { _ = "paymentRequestedInfo", shipping_address = address } })
				end
				print(ask("DE"))
				local _, way = ask("NL")
				print(way.shipping_options and way.shipping_options[1].title)
			end)
			client:send_message("@sandbox_echo_bot", "/shirt")`,
			"print: get payment form: the invoice is not in Stars: pay it in an app\nprint: press \"Pay\": this kind of button can't be pressed from here: pay for an invoice on purpose, not by its button\nprint: By post 17",
		},
		{
			"passwords, logins, and answers that are forced",
			`client:on("message", { from = "@sandbox_echo_bot" }, function(m)
				if m.raw_text == "Secret" then
					print(m.buttons[1][1].requires_password, select(2, pcall(m.click, m)))
					print(select(2, pcall(m.click, m, 1, nil, { password = "wrong" })))
				elseif m.raw_text == "Login" then
					print(m.buttons[1][1].kind, m:click().url, m:click(1, nil, { login = true }).url)
				end
			end)
			client:send_message("@sandbox_echo_bot", "/secret")`,
			"print: true\tpress \"Reveal\": the button asks for the account's password, and none was given\nprint: auth\thttps://example.com/login\thttps://example.com/login",
		},
		{
			"files of this machine are offered",
			`local found = client:inline_query("@sandbox_echo_bot", "x", { chat = "me" })
			for _, r in ipairs(found.results) do print(r.type, r.title, r.file ~= nil, r.photo ~= nil, r.document ~= nil) end
			print(found.results[1]:click().text, found.results[2]:click().has_media)`,
			"print: photo\tnil\ttrue\ttrue\tfalse\nprint: file\tText\ttrue\tfalse\ttrue\nprint: from this machine\ttrue",
		},
		{
			"what was paid is listed",
			`print(client:get_stars_balance(), client:get_stars_transactions().total)`,
			"print: 1000\t0",
		},
	} {
		t.Run(row[0], func(t *testing.T) { alice.run(t, row[1], row[2]) })
	}
}

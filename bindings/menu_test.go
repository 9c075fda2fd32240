package bindings_test

import "testing"

func TestFunctionsOfButtons(t *testing.T) {
	w := newWorld(t, "EchoBot")
	for _, row := range [][3]string{
		{
			"a button runs its function, and handlers hear nothing of it",
			`client:on("message", function(event)
				event:reply("Tea?", { buttons = {
					{ text = "Yes", on = function(press) print(press.sender.first_name) press:answer("Here you are") end },
					tg.button.call("No", function(press) press:edit("Nothing then", { buttons = false }) end, { style = "danger" }),
				} })
			end)
			client:on("callback", function(event) print("handler " .. event.data) end)`,
			"alice> x\nEchoBot: Tea?\nalice presses> Yes\nprint: alice\nalice is told: Here you are\nalice presses> No\nEchoBot edits: Nothing then\nalice is told:",
		},
		{
			"a function that fails is told, and the person does not wait",
			`client:on("message", function(event) event:reply("f", { buttons = { text = "Fail", on = function() error("oh", 0) end } }) end)`,
			"alice> x\nEchoBot: f\nalice presses> Fail\nerror: oh\nalice is told:",
		},
		{
			"what is wrong is said at once",
			`local function try(f, ...) print(select(2, pcall(f, ...))) end
			try(client.send_message, client, "@alice", "x", { buttons = { text = "A", on = function() end, url = "https://a.b" } })
			try(client.send_message, client, "@alice", "x", { buttons = { text = "A", on = 5 } })
			local one = tg.menu("one", function(page) page:open("x", "onne") return "x" end)
			try(one.send, one, "@alicia")
			try(tg.menu, "one", function() end)
			local none = tg.menu("none", function(page) page:button("x", function() end) end)
			try(none.send, none, "@alicia")
			try(none.send, none, "@alicia", { data = ("x"):rep(51) })
			print(one, one.name)`,
			`print: send_message: option 'buttons': 'A' does 2 things at once: data, on, url, switch_inline, web_app, copy, user, request - one of them
			print: send_message: option 'buttons': option 'on': function expected, got number
			print: open: argument 2 (menu): there is no menu 'onne': did you mean 'one'?
			print: menu: argument 1 (name): there is the menu 'one' already: another name, please
			print: menu none: its function has to return a text
			print: send: option 'data': at most 50 bytes expected, got 51: keep the rest in tg.store, and its key here
			print: Menu(one)	one`,
		},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

// forgetful makes more buttons than are kept after the first.
const forgetful = `client:on("message", function(event)
	event:reply("first", { buttons = { text = "First", on = function(press) press:answer("it lives") end } })
	for i = 1, 10000 do tg.button.call("x", function() end) end
	event:reply("last", { buttons = { text = "Last", on = function(press) press:answer("it lives") end } })
end)`

func TestOldButtonsAreForgotten(t *testing.T) {
	w := newWorld(t, "EchoBot")
	w.run(t, forgetful, `alice> x
		EchoBot: first
		EchoBot: last
		alice presses> First
		alice is told: This button is too old. Please ask for a new one.
		alice presses> Last
		alice is told: it lives`)
}

// drinks is a script with menus.
const drinks = `local main = tg.menu("main", function(page, event)
	page:button("Tea", function(press, page) press:answer("Tea it is") end)
	page:row():row():open("More", "more", { data = "milk" }):add({ text = "What is tea?", url = "https://example.com" })
	return "What would you like?"
end, { stale = "No longer on the menu" })
local count = 0
tg.menu("more", function(page)
	page:button(page.data .. " " .. count, function(press, page) count = count + 1 page:redraw() end, { id = "count" })
	page:button("+", function() count = count + 10 page:redraw() end)
	page:button("+", function() count = count + 100 page:redraw() end)
	page:row():open("Back", "main")
	return "**" .. count .. "** with " .. page.data
end)
client:on("message", function(event) main:send(event) end)
`

func TestMenus(t *testing.T) {
	w := newWorld(t, "EchoBot")
	w.env.Space = "me/drinks" // as for each version of a script
	w.run(t, drinks, `alice> x
		EchoBot: What would you like?
		alice presses> Tea
		alice is told: Tea it is
		alice presses> More
		EchoBot edits: 0 with milk
		alice is told:
		alice presses> milk 0
		EchoBot edits: 1 with milk
		alice is told:
		alice presses> +
		EchoBot edits: 11 with milk
		alice presses> Back
		EchoBot edits: What would you like?
		alice presses> More
		EchoBot edits: 11 with milk`)
	t.Run("buttons work in the next version, with what they are about", func(t *testing.T) {
		w.run(t, drinks, `alice presses> milk 11
			EchoBot edits: 1 with milk
			alice is told:
			alice presses> Back
			EchoBot edits: What would you like?`)
	})
	t.Run("a button that is gone shows the menu as it is now", func(t *testing.T) {
		w.run(t, `tg.menu("main", function(page) page:button("Coffee", function(press) press:answer("Coffee it is") end) return "New, what would you like?" end,
				{ stale = "No longer on the menu" })`,
			`alice presses> Tea
			EchoBot edits: New, what would you like?
			alice is told: No longer on the menu
			alice presses> Coffee
			alice is told: Coffee it is`)
	})
	t.Run("a menu that is gone is answered by a handler", func(t *testing.T) {
		w.run(t, `client:on("callback", { stale = true }, function(event) event:answer("/start again, please") end)
			client:on("callback", function() print("never") end)`, "alice presses> Coffee\nalice is told: /start again, please")
	})
	t.Run("and otherwise by the library", func(t *testing.T) {
		w.run(t, `client:on("message", function() end)`, "alice presses> Coffee\nalice is told: This button is too old. Please ask for a new one.")
	})
}

// TestButtonsOfAnotherScript: the scripts of one account don't answer one another's buttons.
func TestButtonsOfAnotherScript(t *testing.T) {
	w := newWorld(t, "EchoBot")
	w.env.Space = "me/one"
	w.run(t, `client:on("message", function(event) event:reply("Tea?", { buttons = { text = "Yes", on = function() end } }) end)`, "alice> x\nEchoBot: Tea?")
	w.env.Space = "me/two"
	w.run(t, `local heard = 0
		client:on("callback", function(event) heard = heard + 1 print(heard .. " " .. event.data) end)
		client:on("callback", { stale = true }, function(event) print("stale?") end)
		client:on("message", function(event) event:reply("Mine", { buttons = { text = "Own", data = "own" } }) end)`,
		"alice presses> Yes\nalice> x\nEchoBot: Mine\nalice presses> Own\nprint: 1 own")
}

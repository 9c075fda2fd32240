package examples

var botStories = map[string]story{
	"menu.lua": {account: "bot", scene: `
		local alice = sandbox:person("alice")
		alice:send("EchoBot", "/start")
		local menu = alice:wait("EchoBot")
		menu:press("Coffee")
		menu = menu:wait_edit({ text = "Which coffee?" })
		menu:press("« Back")
		menu = menu:wait_edit({ text = "What would you like?" })
		menu:press("Tea")
		menu = menu:wait_edit()
		assert(menu.buttons[1][2] == "Black" and menu.buttons[2][1] == "« Back")
		assert(menu:press("Black").text == "Black it is!")
		assert(#menu:wait_edit({ text = "One Black, please." }).buttons == 0)`},
	"settings.lua": {account: "bot", scene: `
		local alice = sandbox:person("alice")
		alice:send("EchoBot", "/settings")
		local menu = alice:wait("EchoBot", { text = "Settings: English" })
		menu:press("Sound: on")
		menu = menu:wait_edit()
		assert(menu.buttons[1][1] == "Sound: off" and menu.buttons[3][1] == "Done")
		menu:press("Language")
		menu = menu:wait_edit({ text = "Which language?" })
		assert(menu:press("Esperanto").text == "Language: Esperanto")
		menu = menu:wait_edit({ text = "Settings: Esperanto" })
		menu:press("Done")
		assert(#menu:wait_edit({ text = "As you like." }).buttons == 0)
		alice:send("EchoBot", "/reset")
		local question = alice:wait("EchoBot", { text = "Forget all settings?" })
		question:press("Yes")
		question:wait_edit({ text = "Forgotten." })`},
	"pages.lua": {account: "bot", scene: `
		local alice = sandbox:person("alice")
		alice:send("EchoBot", "/planets")
		local list = alice:wait("EchoBot", { text = "1. Mercury\n2. Venus\n3. Earth" })
		list:press("»")
		list = list:wait_edit({ text = "4. Mars\n5. Jupiter\n6. Saturn" })
		assert(table.concat(list.buttons[1], "|") == "«|2 of 3|»")
		assert(list:press("2 of 3").text == "You are here.")
		list:press("»")
		list = list:wait_edit({ text = "7. Uranus\n8. Neptune" })
		assert(table.concat(list.buttons[1], "|") == "«|3 of 3")`},
	"quiz.lua": {account: "bot", scene: `
		local alice, bob = sandbox:person("alice"), sandbox:person("bob")
		alice:send("Friends", "/quiz")
		local first, second = alice:wait("Friends", { media = "poll" }), alice:wait("Friends", { media = "poll" })
		alice:vote(first, 2)
		bob:vote(first, 3)
		bob:vote(second, 1)
		alice:send("Friends", "/score")
		alice:wait("Friends", { text = "2 of 3 answers were right." })`},
	"inline.lua": {account: "bot"},
	"deeplink.lua": {account: "bot", scene: `
		local alice, bob = sandbox:person("alice"), sandbox:person("bob")
		alice:send("EchoBot", "/start")
		local id = alice:wait("EchoBot").text:match("https://t.me/sandbox_echo_bot%?start=(%d+)$")
		bob:send("EchoBot", "/start " .. id)
		bob:wait("EchoBot", { text = "Welcome! You were invited by alice." })
		alice:wait("EchoBot", { text = "bob has come. That makes 1." })`},
	"form.lua": {account: "bot", scene: `
		local alice = sandbox:person("alice")
		alice:send("EchoBot", "/order")
		alice:wait("EchoBot", { text = "What is your name?" })
		alice:send("EchoBot", "4711")
		alice:wait("EchoBot", { text = "Letters only, please." })
		alice:send("EchoBot", "Ann")
		alice:wait("EchoBot", { text = "How many pizzas, Ann?" })
		alice:send("EchoBot", "3")
		alice:wait("EchoBot", { text = "Which size?" }):press("Large")
		alice:wait("EchoBot", { text = "Ann: 3 large pizzas. They are on their way." })
		alice:send("EchoBot", "/order")
		alice:wait("EchoBot", { text = "What is your name?" })
		alice:send("EchoBot", "/cancel")
		alice:wait("EchoBot", { text = "Another time, then." })
		alice:send("EchoBot", "/order")
		alice:wait("EchoBot", { text = "What is your name?" })
		alice:send("EchoBot", "Ann")
		for i = 1, 3 do
			alice:wait("EchoBot", { pattern = i == 1 and "^How many" or "^As a number" })
			alice:send("EchoBot", "many")
		end
		alice:wait("EchoBot", { text = "Call us, please." })`},
	"shop.lua": {account: "bot", also: map[string]string{"me": `
		client:on("message", { from = "@sandbox_echo_bot" }, function(event)
			if event.invoice then
				client:pay(event, { max = 5 })
			elseif event.raw_text:find("/refund") then
				client:send_message("@sandbox_echo_bot", "/refund")
			end
		end)`}, scene: `
		local bob = sandbox:person("bob")
		bob:send("EchoBot", "/buy")
		bob:wait("EchoBot", { pattern = "^☕ Here you are" })
		bob:wait("EchoBot", { text = "You have your Stars back." })
		bob:send("EchoBot", "/refund")
		bob:wait("EchoBot", { text = "You haven't bought anything." })`},
	"contact.lua": {account: "bot", also: map[string]string{"me": `
		client:on("message", { from = "@sandbox_echo_bot", pattern = "^And yours" }, function(event)
			client:send_contact(event.chat, "+427770002", "bob")
		end)`}, scene: `
		local alice, bob = sandbox:person("alice"), sandbox:person("bob")
		alice:send("EchoBot", "/contact")
		alice:wait("EchoBot", { media = "contact" })
		local question = alice:wait("EchoBot", { text = "And yours?" })
		question:press("No, thanks")
		alice:wait("EchoBot", { text = "As you like." })
		bob:send("EchoBot", "/contact")
		bob:wait("EchoBot", { pattern = "^Thank you, bob. We will call %+?427770002.$" })`},
	"place.lua": {account: "bot", scene: `
		local alice = sandbox:person("alice")
		alice:send("EchoBot", "/museum")
		alice:wait("EchoBot", { media = "geo" })
		alice:send("EchoBot", "/where")
		alice:wait("EchoBot", { media = "geo" })
		alice:wait("EchoBot", { text = "There I am." })`},
}

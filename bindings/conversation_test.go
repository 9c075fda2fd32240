package bindings_test

import (
	"strings"
	"testing"
)

// TestConversations plays conversations of a person's account.
func TestConversations(t *testing.T) {
	w := newWorld(t, "alice")
	for _, row := range [][3]string{
		{
			"waits for responses in order, and keeps them from the handlers",
			`client:on("message", { from = "@bobby" }, function(event) print("handler " .. event.raw_text) end)
			client:conversation("@bobby", function(conv)
				conv:send_message("name?")
				local first = conv:get_response()
				local second = conv:get_response()
				print(first.raw_text, second.raw_text, conv.last == second)
			end)
			print("over")`,
			`alice: name?
			bob> Bob
			bob> Smith
			print: Bob	Smith	true
			print: over
			bob> later
			print: handler later`,
		},
		{
			"nothing is lost between two waits",
			`client:on("message", { outgoing = true, pattern = "^go$" }, function() end)
			client:conversation("@bobby", function(conv)
				conv:send_message("three words")
				print(conv:get_response().raw_text)
				client:conversation("@carol", function(other)
					other:send_message("wait")
					print(other:get_response().raw_text)
				end)
				print(conv:get_response().raw_text, conv:get_response().raw_text)
			end)`,
			`alice: three words
			bob> one
			print: one
			alice: wait
			bob> two
			bob> three
			carol> now
			print: now
			print: two	three`,
		},
		{
			"what nobody asked for goes to the handlers at the end",
			`client:on("message", { from = "@bobby" }, function(event) print("handler " .. event.raw_text) end)
			client:conversation("@bobby", function(conv)
				conv:send_message("q3")
				print(conv:get_response().raw_text)
				client:conversation("@carol", function(other) other:send_message("w") other:get_response() end)
			end)`,
			`alice: q3
			bob> a
			print: a
			alice: w
			bob> unread 1
			bob> unread 2
			carol> go on
			print: handler unread 1
			print: handler unread 2`,
		},
		{
			"other handlers run meanwhile, and those that share hear all",
			`client:on("message", { incoming = true }, function(event) print("handler " .. event.raw_text) end)
			tg.spawn(function()
				client:conversation("@bobby", { share = true }, function(conv)
					conv:send_message("q4")
					print(conv:get_response().raw_text)
				end)
			end)`,
			`alice: q4
			carol> meanwhile
			print: handler meanwhile
			bob> a
			print: handler a`,
		},
		{
			"edits, replies and reads",
			`client:conversation("@bobby", function(conv)
				conv:send_message("write and change")
				local before = conv:get_response()
				print(before.raw_text)
				print(conv:get_edit(before).raw_text)
			end)`,
			`alice: write and change
			bob> a
			print: a
			bob edits> b
			print: b`,
		},
		{
			"a wait has a time-out, and the conversation goes on",
			`client:conversation("@bobby", { timeout = 0.01 }, function(conv)
				conv:send_message("q6")
				for _, wait in ipairs({ "get_response", "get_reply", "get_edit", "wait_read", "wait_click" }) do
					local ok, err = pcall(conv[wait], conv)
					print(wait, ok, err.kind, err.seconds)
				end
				print(select(2, pcall(conv.wait_event, conv, "edit")).kind)
				print(conv:get_response({ timeout = 0 }).raw_text)
			end)`,
			`print: get_response	false	TIMEOUT	0.01
			print: get_reply	false	TIMEOUT	0.01
			print: get_edit	false	TIMEOUT	0.01
			print: wait_read	false	TIMEOUT	0.01
			print: wait_click	false	TIMEOUT	0.01
			print: TIMEOUT
			bob> at last
			print: at last`,
		},
		{
			"too many messages end it, and the rest is the handlers'",
			`client:on("message", { from = "@bobby" }, function(event) print("handler " .. event.raw_text) end)
			print(select(2, pcall(client.conversation, client, "@bobby", { max_messages = 2 }, function(conv)
				conv:send_message("q7")
				while true do conv:get_response(1) end
			end)).kind)`,
			`alice: q7
			bob> 1
			bob> 2
			bob> 3
			print: TOO_MANY_MESSAGES`,
		},
		{
			"another conversation finds the chat busy, and is told with whom",
			`client:on("message", { from = "@bobby", pattern = "^start" }, function(event)
				client:conversation(event, function(conv) conv:send_message("held") print(conv:get_response().raw_text) end)
			end)
			client:on("message", { from = "@carol" }, function(event)
				local ok, err = pcall(client.conversation, client, "@bobby", function() end)
				print(err.kind, err.script:match("script"), err.handler:match("s.lua:%d+"), err.since > 0, tostring(err):match("another conversation"))
				print(client:conversation("@carol", function() return "free" end))
				print(pcall(client.conversation, client, "@bobby", { exclusive = false }, function() end))
			end)`,
			`bob> start
			alice: held
			carol> try
			print: CONVERSATION_BUSY	script	s.lua:1	true	another conversation
			print: free`,
		},
		{
			"it can be cancelled from elsewhere, which is no error",
			`local open
			client:on("message", { from = "@bobby" }, function(event) print("handler " .. event.raw_text) open:cancel() end)
			client:on("message", { from = "@carol" }, function()
				client:conversation("@bobby", { with = "@carol" }, function(conv)
					open = conv
					conv:send_message("q9")
					print(select(2, pcall(conv.get_response, conv)).kind)
					print(select(2, pcall(conv.get_response, conv)).kind)
					conv:get_response()
				end)
			end)`,
			`carol> go
			alice: q9
			bob> stop
			print: handler stop
			print: CANCELLED
			print: CANCELLED`,
		},
		{
			"an event of any kind can be waited for",
			`client:conversation("@bobby", function(conv)
				tg.spawn(function() conv:send_message("elsewhere") end) -- once it waits: what comes before is not seen
				local seen = conv:wait_event("message", { from = "@carol", pattern = "^(h%w+)", func = function(event) return event.raw_text ~= "hm" end })
				print(seen.raw_text, seen.matches[1])
				print(select(2, pcall(conv.wait_event, conv, "mesage")).kind)
				print(select(2, pcall(conv.wait_event, conv, "message", { patern = "x" })).kind)
			end)`,
			`alice: elsewhere
			carol> no
			carol> hm
			carol> hello there
			print: hello there	hello
			print: UNKNOWN_NAME
			print: ARGUMENT`,
		},
		{
			"what the function raises is raised, and what it returns returned",
			`print(client:conversation("@bobby", function() return { a = 1 } end).a)
			print(pcall(client.conversation, client, "@bobby", function() error("boom", 0) end))
			print(pcall(client.conversation, client, "@bobby", function() end))
			print(select(2, pcall(client.conversation, client, "@nobody_of_that_name", function() end)).kind)`,
			`print: 1
			print: false	boom
			print: true	nil
			print: PEER_UNKNOWN`,
		},
		{
			"a question within a conversation has its own rules",
			`client:conversation("@bobby", function(conv)
				local n = conv:ask("n?", { check = function(answer) return tonumber(answer.raw_text), "A **number**!" end })
				print(n.raw_text)
				print(select(2, pcall(conv.ask, conv, "m?", { check = function() return false end, tries = 2 })).kind)
				local ok, err = pcall(conv.ask, conv, "o?", { cancel = { "/cancel", "stop" } })
				print(err.kind, err.word, conv:get_response().raw_text)
			end)`,
			`alice: n?
			bob> x
			alice: A number!
			bob> 5
			print: 5
			alice: m?
			bob> 1
			bob> 2
			print: ANSWER_REFUSED
			alice: o?
			bob> STOP
			bob> and on
			print: CANCELLED	stop	and on`,
		},
	} {
		t.Run(row[0], func(t *testing.T) {
			if before, _, said := strings.Cut(row[2], "\n"); !said || !strings.Contains(before, "> ") {
				row[1] = "tg.spawn(function() " + row[1] + " end)" // the load doesn't wait for people
			}
			w.run(t, row[1], row[2])
		})
	}
}

// TestConversationsOfBots plays those that need buttons or groups.
func TestConversationsOfBots(t *testing.T) {
	w := newWorld(t, "EchoBot")
	for _, row := range [][3]string{
		{
			"a press is waited for, and handlers don't get it",
			`client:on("callback", function() print("handler") end)
			client:command("start", function(event)
				client:conversation(event, function(conv)
					conv:send_message("Tea?", { buttons = { { text = "Yes", data = "yes" }, { text = "No", data = "no" } } })
					local press = conv:wait_click({ data = "yes" })
					print(press.data)
					press:answer("Coming.")
				end)
			end)`,
			`alice> /start
			EchoBot: Tea?
			alice presses> Yes
			print: yes
			alice is told: Coming.`,
		},
		{
			"a press that the script leaves is answered at the end of the conversation",
			`client:command("start", function(event)
				client:conversation(event, function(conv)
					conv:send_message("Tea?", { buttons = { { text = "Yes", data = "yes" } } })
					print(conv:wait_click().data)
				end)
			end)`,
			`alice> /start
			EchoBot: Tea?
			alice presses> Yes
			print: yes
			alice is told:`,
		},
		{
			"a question is answered by pressing",
			`client:command("start", function(event)
				local check = function(answer) return answer.data == "tea", "We have tea." end
				local answer = event:ask("What?", { buttons = { { text = "Tea", data = "tea" }, { text = "Beer", data = "beer" } }, check = check })
				print(answer.data, answer.answered)
				print(event:ask("And?", { buttons = { { text = "Milk", data = "milk" } } }).raw_text)
			end)`,
			`alice> /start
			EchoBot: What?
			alice presses> Beer
			alice is told: We have tea.
			alice presses> Tea
			alice is told:
			print: tea	true
			EchoBot: And?
			alice> lemon
			print: lemon`,
		},
		{
			"a person who gives up ends the handler, and that is no error",
			`tg.on_error(function(err) print("error " .. tostring(err)) end)
			client:command("start", function(event)
				event:ask("Name?", { cancel = "/cancel" })
				print("never")
			end)
			client:command("cancel", function() print("handler") end)
			client:command("next", function() print("next") end)`,
			`alice> /start
			EchoBot: Name?
			alice> /Cancel
			alice> /next
			print: next`,
		},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

package bindings_test

import (
	"testing"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

func TestBotStories(t *testing.T) {
	w := newWorld(t, "EchoBot")
	for _, row := range [][3]string{
		{
			"an echo",
			`client:on("message", function(event) event:reply(event.text) end)`,
			"alice> hi\nEchoBot: hi\nbob> ho\nEchoBot: ho",
		},
		{
			"a pattern and its captures",
			`client:on("message", { pattern = "^/roll (%d+)$", incoming = true }, function(event) event:respond("of " .. event.matches[1]) end)`,
			"alice> /roll x\nalice> /roll 20\nEchoBot: of 20",
		},
		{
			"commands with arguments, addressed and not",
			`client:command({ "add", "sum" }, function(event) event:reply(event.command .. " " .. event.args[1] + event.args[2]) end)`,
			"alice> /add 1 2\nEchoBot: add 3\nalice@Friends> /sum@sandbox_echo_bot 3  4\nEchoBot@Friends: sum 7\nalice@Friends> /add@other_bot 1 1\nalice> /Add 5 5\nEchoBot: add 10",
		},
		{
			"a question and its answer, which handlers don't get",
			`client:command("name", function(event)
				local answer = event:ask("What is your name?", { timeout = "1m" })
				answer:reply("Hello, **" .. answer.text .. "**")
			end)
			client:on("message", { pattern = "^[^/]" }, function(event) event:reply("handled " .. event.text) end)`,
			"alice> /name\nEchoBot: What is your name?\nbob> bob\nEchoBot: handled bob\nalice> Alice\nEchoBot: Hello, Alice\nalice> again\nEchoBot: handled again",
		},
		{
			"a question that nobody answers",
			`client:on("message", function(event)
				local ok, e = pcall(event.ask, event, "well?", { timeout = 0.01 })
				event:reply(tostring(ok) .. " " .. e.kind .. " " .. tostring(e.seconds) .. " " .. tostring(e))
			end)`,
			"alice> x\nEchoBot: well?\nEchoBot: false TIMEOUT 0.01 no answer within 10ms",
		},
		{
			"edit and delete what one has sent",
			`client:on("message", function(event)
				local m = event:respond("one")
				m = m:edit("<b>two</b>", { parse_mode = "html" })
				print(m.text, m:delete(), m.edit_date ~= nil)
			end)`,
			"alice> x\nEchoBot: one\nEchoBot edits: two\nEchoBot deletes: two\nprint: **two**\ttrue\ttrue",
		},
		{
			"edited messages are events",
			`client:on("edit", { private = true, pattern = "ho" }, function(event) event:reply("so " .. event.raw_text) end)`,
			"alice> hi\nalice edits> ho\nEchoBot: so ho\nbob@Friends> hi\nbob@Friends edits> ho\nbob> hi\nbob edits> ho!\nEchoBot: so ho!",
		},
		{
			"one at a time in each chat",
			`client:on("message", { sequential = "chat" }, function(event)
				if event.text == "slow" then tg.sleep(0.02) end
				event:reply(event.text)
			end)`,
			"alice> slow\nalice> quick\nEchoBot: slow\nEchoBot: quick",
		},
		{
			"once",
			`client:on("message", { once = true }, function(event) event:reply("first") end)
			client:on("message", { pattern = "b" }, function(event) event:reply("second") end)`,
			"alice> a\nEchoBot: first\nalice> b\nEchoBot: second",
		},
		{
			"a Lua filter, once",
			`local asked = 0
			client:on("message", { once = true, func = function(event) asked = asked + 1; return event.raw_text == "b" end }, function(event) event:reply("first " .. asked) end)
			client:on("message", { pattern = "c" }, function(event) event:reply("asked " .. asked) end)`,
			"alice> a\nalice> b\nEchoBot: first 2\nalice> b\nalice> c\nEchoBot: asked 2",
		},
		{
			"priority and stop",
			`client:on("message", function(event) event:reply("low") end)
			client:on("message", { priority = 5 }, function(event) event:reply("high"); if event.text == "b" then event:stop() end end)`,
			"alice> a\nEchoBot: high\nEchoBot: low\nalice> b\nEchoBot: high\nalice> a\nEchoBot: high\nEchoBot: low",
		},
		{
			"handlers can be taken off",
			`local h; h = client:on("message", function(event) event:reply(tostring(h.event)); h:off() end)
			client:on("message", { pattern = "b" }, function(event) event:reply("other") end)`,
			"alice> a\nEchoBot: message\nalice> b\nEchoBot: other",
		},
		{
			"chats and senders",
			`client:on("message", { chats = { "Friends", "@sandbox_workshop" }, from = "@bobby" }, function(event) event:respond(event.chat.title .. " " .. event.sender.username) end)`,
			"bob> x\nalice@Friends> x\nbob@Friends> x\nEchoBot@Friends: Friends bobby",
		},
		{
			"raw updates",
			`client:on("raw", { types = "updateNewMessage" }, function(u)
				if u.message._ == "message" then print(u._, u.message.message, u.message.peer_id.user_id) end
			end)`,
			"alice> raw\nprint: updateNewMessage\traw\t1001",
		},
		{
			"a failing handler harms no other",
			`client:on("message", function(event) return event.txt end)
			client:on("message", function(event) event:reply("fine") end)`,
			"alice> x\nerror: MessageEvent: unknown field 'txt': did you mean 'text'?\nEchoBot: fine",
		},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

// What is written before the question has gone out is no answer to it: the handlers get it.
func TestEarlyWordsAreNoAnswer(t *testing.T) {
	w := newWorld(t, "EchoBot")
	w.server.Inject(sandbox.Fault{Account: "EchoBot", Method: "messages.sendMessage", Times: 1, Code: 420, Message: "FLOOD_WAIT_1"})
	script := `client:command("name", function(event)
			print("asking")
			local answer = event:ask("Who?")
			answer:reply("you are " .. answer.text)
		end)
		client:on("message", { pattern = "^[^/]" }, function(event) print("handled " .. event.text) end)`
	w.run(t, script, "alice> /name\nprint: asking\nalice> early\nEchoBot: Who?\nprint: handled early\nalice> late\nEchoBot: you are late")
}

func TestConnectionStory(t *testing.T) {
	w := newWorld(t, "EchoBot")
	script := `client:on("connection", { state = { "ready", "disconnected" } }, function(event) print(event.state, event.reason ~= nil) end)
		client:on("message", function(event) event:reply("here") end)
		print(select(2, pcall(client.on, client, "connection", { state = "redy" }, print)))`
	w.run(t, script, "print: on: option 'state': unknown word 'redy': did you mean 'ready'?\nalice> there?\nEchoBot: here\nalice cuts> EchoBot\nprint: disconnected\ttrue\nprint: ready\tfalse\nalice> there?\nEchoBot: here")
}

func TestEmbeddersFunction(t *testing.T) {
	type args struct {
		Name string `lua:"name" doc:"Whom."`
	}
	w := newWorld(t, "EchoBot")
	w.env.Functions = []spec.Func{spec.Function("greet", "Say hello.", func(_ *spec.Call, in args) (string, error) { return "Hello, " + in.Name, nil })}
	w.run(t, `print(app.greet("Bob")) app.gret()`, "print: Hello, Bob\nload: app: unknown name 'gret': did you mean 'greet'?")
}

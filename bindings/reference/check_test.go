package reference_test

import (
	"strings"
	"testing"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/reference"
)

func TestCheck(t *testing.T) {
	for _, row := range [][3]string{
		{"a good script", `client:on("message", { pattern = "^hi", incoming = true }, function(event) event:reply(event.text) end)`, ""},
		{"a syntax error", "local x = = 1", "x.lua:1:11: syntax error near '='"},
		{"a misspelt method", `client:send_mesage("me", "x")`, "x.lua:1:8: Client: unknown field 'send_mesage': did you mean 'send_message'?"},
		{"the place of the second of two", "client:get_me()\n  client:get_mee()", "x.lua:2:10: Client: unknown field 'get_mee': did you mean 'get_me'?"},
		{"a misspelt function", `tg.slep(1)`, "x.lua:1:4: tg: unknown name 'slep': did you mean 'sleep'?"},
		{"a misspelt level", `tg.log.warning("x")`, "x.lua:1:8: tg.log: unknown name 'warning': did you mean 'warn'?"},
		{"a callable namespace", `tg.log("x", 1)`, ""},
		{"a function of an embedding program", `print(app.weather("Rome"))`, ""},
		{"a misspelt option", `client:send_message("me", "x", { slient = true })`, "x.lua:1:34: send_message: unknown option 'slient': did you mean 'silent'?"},
		{"an option outside its list", `client:send_message("me", "x", { parse_mode = "htm" })`, "x.lua:1:47: send_message: option 'parse_mode': 'htm' is not one of 'md', 'markdown', 'html', 'none': did you mean 'html'?"},
		{"a dot for a colon", `client.send_message("me", "x")`, "x.lua:1:8: send_message: use client:send_message, not client.send_message"},
		{"a colon for a dot", `tg:sleep(1)`, "x.lua:1:4: sleep: use tg.sleep, not tg:sleep"},
		{"a missing argument", `client:send_message("me")`, "x.lua:1:8: send_message: argument 2 (message) is missing"},
		{"a call at the end may give more", `client:send_message(f()) function f() end`, ""},
		{"too many arguments", `tg.sleep(1, 2)`, "x.lua:1:4: sleep: takes 1 argument, got 2"},
		{"a misspelt event", `client:on("mesage", print)`, "x.lua:1:11: on: unknown event 'mesage': did you mean 'message'?"},
		{"a misspelt filter", `client:on("message", { patern = "x" }, print)`, "x.lua:1:24: on: unknown option 'patern': did you mean 'pattern'?"},
		{"a filter of another event", `client:on("raw", { pattern = "x" }, print)`, "x.lua:1:20: on: unknown option 'pattern'"},
		{"a misspelt filter of a command", `client:command("x", { grup = true }, print)`, "x.lua:1:23: command: unknown option 'grup': did you mean 'group'?"},
		{"a handler that is missing", `client:on("message", { once = true })`, "x.lua:1:8: on: argument 3 (handler) is missing"},
		{"a misspelt field of an event", `client:on("message", function(event) print(event.txet) end)`, "x.lua:1:50: MessageEvent: unknown field 'txet': did you mean 'text'?"},
		{"a misspelt method of an event", `client:on("message", {}, function(e) e:repyl("x") end)`, "x.lua:1:40: MessageEvent: unknown field 'repyl': did you mean 'reply'?"},
		{"a command's event", `client:command("x", function(e) print(e.arg) end)`, "x.lua:1:41: CommandEvent: unknown field 'arg': did you mean 'args'?"},
		{"a connection's event", `client:on("connection", function(e) print(e.reason, e.text) end)`, "x.lua:1:55: ConnectionEvent: unknown field 'text'"},
		{"a raw event has any name", `client:on("raw", function(u) print(u._, u.whatever) end)`, ""},
		{"what a call returns", `local m = client:send_message("me", "x") print(m.chat.nam)`, "x.lua:1:55: Peer: unknown field 'nam': did you mean 'name'?"},
		{"a local that is set again may be anything", `local m = client:get_me() m = {} print(m.x)`, ""},
		{"a field of an object can't be set", `client:on("edit", function(e) e.text = "x" end)`, "x.lua:1:33: MessageEvent: 'text' can't be set: it is read-only"},
		{"a value of a store, read as a field", `client:on("message", function(e) print(e.chat_data.count) end)`, "x.lua:1:52: Store: unknown field 'count': values are read by store:get(\"count\")"},
		{"a value of a store, set as a field", `tg.store.count = 1`, "x.lua:1:10: Store: 'count' can't be set with =: write store:set(\"count\", value)"},
		{"a namespace can't be changed", `tg.mine = 1`, "x.lua:1:4: tg: 'mine' can't be set: tg is read-only"},
		{"an undefined variable", "local count = 1\nprint(cuont)", "x.lua:2:7: undefined variable 'cuont': did you mean 'count'?"},
		{"a global that is set somewhere", `function f() return later end later = 1`, ""},
		{"a local ends with its block", "do local x = 1 end\nprint(x)", "x.lua:2:7: undefined variable 'x'"},
		{"a local of repeat lasts to until", `repeat local done = true until done`, ""},
		{"loops have their names", `for i = 1, 3 do for k, v in pairs({}) do print(i, k, v) end end`, ""},
		{"a local function may call itself", `local function f(n) return n == 0 and 1 or f(n - 1) end print(f(3))`, ""},
		{"methods have self", `local t = {} function t:m(a) return self, a end`, ""},
		{"varargs are known", `local function f(...) return select("#", ...) end f()`, ""},
		{"a misspelt library function", `print(string.fromat("x"))`, "x.lua:1:14: unknown name 'fromat' in Lua's library: did you mean 'format'?"},
		{"what tgscript has not", `os.execute("ls")`, "x.lua:1:4: there is no os.execute: write tg.exec"},
		{"a client of one's own", `local client = {} client:whatever()`, ""},
		{"the client set anew", `client = {} client:whatever()`, ""},
		{"an object out of a loop", `for message in client:iter_messages("me") do print(message.txet) end`, "x.lua:1:60: Message: unknown field 'txet': did you mean 'text'?"},
		{"an object out of a list", `for _, m in ipairs(client:get_messages("me")) do print(m.txet) end`, "x.lua:1:58: Message: unknown field 'txet': did you mean 'text'?"},
		{"an element of a list", `local list = client:get_messages("me") print(list[1].txet)`, "x.lua:1:54: Message: unknown field 'txet': did you mean 'text'?"},
		{"the total of a list", `print(client:get_messages("me", { limit = 3 }).total)`, ""},
		{"a list that the script goes through by pairs", `for k, m in pairs(client:get_messages("me")) do print(k, m.whatever) end`, ""},
		{"require", `local m = require("m") m.f()`, ""},
		{"two findings in the order of the file", "tg.slep(1)\ntg.evry(1)", "x.lua:1:4: tg: unknown name 'slep': did you mean 'sleep'?\nx.lua:2:4: tg: unknown name 'evry': did you mean 'every'?"},
		{"words in comments and strings are no places", "-- client:get_mee\nlocal s = 'get_mee' client:get_mee()", "x.lua:2:28: Client: unknown field 'get_mee': did you mean 'get_me'?"},
	} {
		t.Run(row[0], func(t *testing.T) {
			var got []string
			for _, f := range reference.Check(bindings.Table(), "x.lua", []byte(row[1])) {
				if f.Severity == reference.Error {
					got = append(got, f.String())
				}
			}
			if s := strings.Join(got, "\n"); s != row[2] {
				t.Errorf("got  %s\nwant %s", s, row[2])
			}
		})
	}
}

func FuzzCheck(f *testing.F) {
	f.Add([]byte(`client:on("message", { a = 1 }, function(e) e:reply(e.x) end) repeat local x until x goto y ::y::`))
	f.Add([]byte(`local t = { [1] = 2, a = function(...) return ... end; "x" } function t.a.b:c() return #self end`))
	f.Fuzz(func(_ *testing.T, source []byte) { reference.Check(bindings.Table(), "x.lua", source) })
}

// BenchmarkCheck is how long a script of some 100 lines takes.
func BenchmarkCheck(b *testing.B) {
	source := []byte(strings.Repeat(`local function answer(event)
  local sent = client:send_message(event.chat, event.text, { silent = true })
  for _, m in ipairs(client:get_messages("me", { limit = 3 })) do print(m.text, sent.id) end
end
client:on("message", { pattern = "^hi", incoming = true }, answer)
`, 20))
	table := bindings.Table()
	for b.Loop() {
		reference.Check(table, "x.lua", source)
	}
}

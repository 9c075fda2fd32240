package bindings_test

import "testing"

func TestInspect(t *testing.T) {
	serviceRows{
		{"print shows what is in tables", `print({ b = { 1, 2 }, a = "x" }, 5)`, "print: { a = \"x\", b = { 1, 2 } }\t5"},
		{"tostring doesn't", `print((tostring({}):gsub("0x%x+", "")))`, "print: table: "},
		{"a table that tells what it is", `print(setmetatable({}, { __tostring = function() return "me" end }))`, "print: me"},
		{"the log shows them too", `tg.log("got", { 1 }, 2) tg.log("saw", { list = { 1 } })`, "log INFO: got { 1 } 2\nlog INFO: saw list={ 1 }"},
		{"how much", `print(tg.inspect({ a = { b = { c = 1 } } }, { depth = 2 }), tg.inspect("long text", { max_text = 4 }), tg.inspect({ 1, 2, 3 }, { max_items = 1 }), tg.inspect(nil), tg.inspect())`,
			"print: { a = { b = { ... } } }\t\"long\" ... (9 bytes)\t{ 1, ... }\tnil\tnil"},
		{"an object has its fields", `local s = tg.inspect(client.me) print(s:match("^Peer {") ~= nil, s:match('first_name = "alice"'), s:match("is_self = true"), s:match("false"), #tg.inspect(client.me, { width = 5000 }) < #s)`,
			"print: true\tfirst_name = \"alice\"\tis_self = true\tnil\ttrue"},
		{"an object within a table is short", `print(tg.inspect({ client.me }) == "{ " .. tostring(client.me) .. " }")`, "print: true"},
		{"what was raised", `local ok, e = pcall(tg.fs.read, "x") print(tg.inspect({ e }):match("may not read") ~= nil)`, "print: true"},
		{"a raw object", `print((tg.inspect(client.me.raw):match("^user {.*id = 1001") ~= nil))`, "print: true"},
		{"Telegram's namespaces", `print(#tg.inspect({ tg }) > 1000, #tg.inspect(client) > 10)`, "print: true\ttrue"},
		{"a table of functions alone", `print(#tg.inspect(tg) > 1000, (select(2, pcall(tg.inspect, tg, 1)).message))`, "print: true\tinspect: use tg.inspect, not tg:inspect"},
		{"what is too much", `print((select(2, pcall(tg.inspect, {}, { depth = -1 })).message))`, "print: inspect: options: 0 to 16777216 expected"},
	}.inWorld(t)
}

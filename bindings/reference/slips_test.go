package reference_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/reference"
)

// TestCheckLiterals tells kinds of values that no function takes so.
func TestCheckLiterals(t *testing.T) {
	for _, row := range [][3]string{
		{"a boolean for text", `print(tg.utf8.len(true))`, "x.lua:1:19: len: argument 1 (text): string expected, got boolean"},
		{"a function for an option", `client:send_message("me", "x", { silent = function() end })`, "x.lua:1:43: send_message: option 'silent': boolean expected, got function"},
		{"a word for a number", `client:get_messages("me", { limit = "many" })`, "x.lua:1:37: get_messages: option 'limit': integer expected, got string"},
		{"a word for a boolean", `client:send_message("me", "x", { silent = "yes" })`, "x.lua:1:43: send_message: option 'silent': boolean expected, got string"},
		{"digits for a number, a number for text", `client:get_messages("me", { limit = "5" }) client:send_message("me", 5)`, ""},
		{"text and numbers for a duration", `tg.sleep("5m") tg.sleep(1.5)`, ""},
		{"a table for a duration", `tg.sleep({})`, "x.lua:1:1: sleep: argument 1 (duration): Duration expected, got table"},
		{"nil for what may be left out", `client:send_message("me", "x", nil)`, ""},
		{"nil for what may not", `tg.sleep(nil)`, "x.lua:1:10: sleep: argument 1 (duration): Duration expected, got nil"},
	} {
		t.Run(row[0], func(t *testing.T) {
			if got := said(row[1]); got != row[2] {
				t.Errorf("got  %s\nwant %s", got, row[2])
			}
		})
	}
}

// TestCheckSlips tells what runs, but hardly as it was meant.
func TestCheckSlips(t *testing.T) {
	for _, row := range [][3]string{
		{"a local that nothing reads", "local x = 1", "1:7 unused local 'x' is never read"},
		{"a local that is only set", "local x = 1\nx = 2", "1:7 unused local 'x' is never read"},
		{"a local with an underscore", "local _, _y = f() function f() end", ""},
		{"a function that nothing calls", "local function f() f() end", ""},
		{"a parameter that nothing reads", "return function(a, b) return a end", "1:20 unused parameter 'b' is never read"},
		{"a parameter before one that is read", "return function(a, b) return b end", ""},
		{"a key of a loop", "for k, v in pairs({}) do print(v) end", ""},
		{"a value of a loop", "for k, v in pairs({}) do print(k) end", "1:8 unused loop variable 'v' is never read"},
		{"self", "local t = {} function t:m() end return t", ""},
		{"a shadow", "local a = 1\nlocal function f(a) return a end\nreturn f(a)", "2:18 shadowed 'a' hides the local of line 1"},
		{"a shadow of tg", "local tg = {} return tg", "1:7 shadowed 'tg' hides the global of that name"},
		{"a shadow of a library", "return function(string) return string end", "1:17 shadowed 'string' hides the global of that name"},
		{"a short cut", "local string = string return string", ""},
		{"the same name in two blocks", "do local a = 1 print(a) end do local a = 2 print(a) end", ""},
		{"a global of a function", "function f() count = 1 end\nprint(count)", "1:14 global 'count' is a global that only functions set: local is missing, or set it at the top of the file"},
		{"a global of the top level", "count = 0\nfunction f() count = count + 1 end", ""},
		{"code after error", "error('x')\nprint(1)", "2:1 unreachable this never runs: what stands before it never comes to an end"},
		{"code after two ways out", "return function(x)\n  if x then return 1 else return 2 end\n  print(x)\nend", "3:1 unreachable this never runs: what stands before it never comes to an end"},
		{"code after an endless loop", "while true do tg.sleep(1) end\nprint(1)", "2:1 unreachable this never runs: what stands before it never comes to an end"},
		{"code after a loop that breaks", "while true do if f() then break end end\nprint(1) function f() end", ""},
		{"code after a loop that is jumped out of", "while true do for i = 1, 2 do if i == 2 then goto out end end end\n::out:: print(1)", ""},
		{"code after one way out of two", "return function(x) if x then return 1 end print(x) end", ""},
		{"a label after a goto", "goto done\n::done:: print(1)", ""},
		{"an old name", "print(table.getn({}))", "1:13 deprecated table.getn is old: write #t"},
		{"a number that can't be kept", "client:send_message(9007199254740993, 'x')", "1:21 precision numbers are exact up to 2^53 only, this one is above"},
		{"a number that can", "print(9007199254740992, -1001234567890, 0x1p)", "syntax"},
	} {
		t.Run(row[0], func(t *testing.T) {
			var got []string
			for _, f := range reference.Check(bindings.Table(), "x.lua", []byte(row[1])) {
				if f.Code == "syntax" {
					got = append(got, "syntax")
					continue
				}
				got = append(got, fmt.Sprintf("%d:%d %s %s", f.Line, f.Column, f.Code, f.Message))
				if f.Severity != reference.Warning {
					t.Errorf("%s is no warning", f)
				}
			}
			if s := strings.Join(got, "\n"); s != row[2] {
				t.Errorf("got  %s\nwant %s", s, row[2])
			}
		})
	}
}

// TestCheckOtherLuas tells people who come from other versions of Lua, and other languages, what to write.
func TestCheckOtherLuas(t *testing.T) {
	for _, row := range [][3]string{
		{"integer division", "local a = 7\nprint(a // 2)", "x.lua:2:9: Lua 5.1 has no //: write math.floor(a / b)"},
		{"and", "print(5 & 3)", "x.lua:1:9: Lua 5.1 has no &: write tg.bit.band(a, b)"},
		{"shifts", "print(1 << 3)", "x.lua:1:9: Lua 5.1 has no <<: write tg.bit.lshift(a, n)"},
		{"not", "print(~5)", "x.lua:1:7: Lua 5.1 has no ~: write tg.bit.bxor(a, b), or tg.bit.bnot(a), or ~= for not equal"},
		{"attributes", "local x <const> = 5", "x.lua:1:9: Lua 5.1 has no <const>: leave it out"},
		{"adding to", "local x = 1 x += 1", "x.lua:1:15: Lua has no +=: write x = x + y"},
		{"continue", "for i = 1, 2 do if i == 1 then continue end end", "x.lua:1:32: Lua has no continue: write goto continue, and ::continue:: before the loop's end"},
		{"unequal", "if a != b then end", "x.lua:1:6: Lua 5.1 has no !: write not, or ~= for not equal"},
		{"goto is there", "for i = 1, 2 do if i == 1 then goto next end print(i) ::next:: end", ""},
		{"packing tables", "print(table.pack(1))", "x.lua:1:13: there is no table.pack: write { n = select(\"#\", ...), ... }"},
		{"packing", "print(string.pack('i4', 1))", "x.lua:1:14: there is no string.pack: write string.char and string.byte"},
		{"utf8", "print(utf8.char(65))", "x.lua:1:7: Lua 5.1 has no 'utf8': write tg.utf8"},
		{"integers", "print(math.tointeger(5))", "x.lua:1:12: there is no math.tointeger: write math.floor: all numbers are floats"},
		{"files", "io.open('x')", "x.lua:1:1: Lua 5.1 has no 'io': write tg.fs.read and tg.fs.write, and print"},
		{"a sign in text or a comment is no sign", "print('a // b') -- a & b\nprint( )) ", "x.lua:2:9: syntax error near ')'"},
	} {
		t.Run(row[0], func(t *testing.T) {
			if got := said(row[1]); got != row[2] {
				t.Errorf("got  %s\nwant %s", got, row[2])
			}
		})
	}
}

// TestCheckHandlersByName follows a function to where it becomes a handler.
func TestCheckHandlersByName(t *testing.T) {
	for _, row := range [][3]string{
		{"a local function", `local function greet(event) print(event.tekst) end client:on("message", greet)`, "x.lua:1:41: MessageEvent: unknown field 'tekst': did you mean 'text'?"},
		{"a global one, of a command", `function greet(event) print(event.arg) end client:command("hi", greet)`, "x.lua:1:35: CommandEvent: unknown field 'arg': did you mean 'args'?"},
		{"of a variable", `local greet = function(event) print(event.tekst) end client:on("message", { private = true }, greet)`, "x.lua:1:43: MessageEvent: unknown field 'tekst': did you mean 'text'?"},
		{"of two events", `local function greet(event) print(event.tekst) end client:on("message", greet) client:on("raw", greet)`, ""},
		{"that is called, too", `local function greet(event) print(event.tekst) end client:on("message", greet) greet({ tekst = 1 })`, ""},
	} {
		t.Run(row[0], func(t *testing.T) {
			if got := said(row[1]); got != row[2] {
				t.Errorf("got  %s\nwant %s", got, row[2])
			}
		})
	}
}

func TestCheckLeavesOutWhatAComment(t *testing.T) {
	for _, row := range [][3]string{
		{"names, on the line", "local x = 1 -- tgscript: ignore unused", ""},
		{"names, on the line above", "-- tgscript: ignore unused\nlocal x = 1", ""},
		{"names, but of another kind", "local x = 1 -- tgscript: ignore shadowed", "x.lua:1:7: local 'x' is never read"},
		{"names, two lines above", "-- tgscript: ignore unused\n\nlocal x = 1", "x.lua:3:7: local 'x' is never read"},
		{"doesn't name", "tg.slep(1) -- tgscript: ignore", ""},
		{"names for the file", "-- tgscript: ignore-file unused, global\nlocal x = 1\nlocal y = 2\ntg.slep(1)", "x.lua:4:4: tg: unknown name 'slep': did you mean 'sleep'?"},
		{"misspells", "-- tgscript: ignore unsued\nprint(1)", "x.lua:1:1: no kind of finding is called 'unsued': did you mean 'unused'?"},
	} {
		t.Run(row[0], func(t *testing.T) {
			var got []string
			for _, f := range reference.Check(bindings.Table(), "x.lua", []byte(row[1])) {
				got = append(got, f.String())
			}
			if s := strings.Join(got, "\n"); s != row[2] {
				t.Errorf("got  %s\nwant %s", s, row[2])
			}
		})
	}
}

// said are the mistakes in a script.
func said(lua string) string {
	var got []string
	for _, f := range reference.Check(bindings.Table(), "x.lua", []byte(lua)) {
		if f.Severity == reference.Error {
			got = append(got, f.String())
		}
	}
	return strings.Join(got, "\n")
}

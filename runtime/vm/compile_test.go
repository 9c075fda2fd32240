package vm_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/runtime/vm"
)

func TestCompile(t *testing.T) {
	for name, c := range map[string]struct {
		source string
		wrong  string // part of the message; "" if it compiles
		line   int
	}{
		"nothing":                          {"", "", 0},
		"a shebang":                        {"#!/usr/bin/tgscript\nreturn 1", "", 0},
		"only a shebang":                   {"#!/usr/bin/tgscript", "", 0},
		"a byte order mark":                {"\xef\xbb\xbfreturn 1", "", 0},
		"a byte order mark and a shebang":  {"\xef\xbb\xbf#!x\nreturn 1", "", 0},
		"a mistake behind a shebang":       {"#!x\nreturn return", "near 'return'", 2},
		"compiled Lua":                     {"\x1bLua\x51\x00", "only source text", 1},
		"too long":                         {strings.Repeat(" ", vm.MaxSource+1), "is not taken", 1},
		"as long as may be":                {strings.Repeat(" ", vm.MaxSource), "", 0},
		"a hundred parentheses":            {"return " + strings.Repeat("(", 100) + "1" + strings.Repeat(")", 100), "", 0},
		"a thousand parentheses":           {"return\n" + strings.Repeat("(", 1000) + "1" + strings.Repeat(")", 1000), "nested too deeply", 2},
		"a hundred thousand parentheses":   {"\n\nreturn " + strings.Repeat("(", 100000), "nested too deeply", 3},
		"150 concatenations":               {"return 'a'" + strings.Repeat("..'a'", 150), "", 0},
		"500 concatenations":               {"return 'a'" + strings.Repeat("..'a'", 500), "nested too deeply", 1},
		"100,000 powers":                   {"return 1" + strings.Repeat("^1", 100000), "nested too deeply", 1},
		"1,500 statements with a minus":    {strings.Repeat("local x = a - b\n", 150) + strings.Repeat("f(a - b, -c)\n", 1500), "", 0},
		"1,500 functions in a row":         {strings.Repeat("function f() if a then for i = 1, 2 do end end repeat until x while y do end end\n", 1500), "", 0},
		"brackets in strings and comments": {"return '" + strings.Repeat("(", 2000) + "' --[==[" + strings.Repeat("{", 2000) + "]==]\n--" + strings.Repeat("(", 2000), "", 0},
		"brackets in a long string":        {"return [==[" + strings.Repeat("(", 2000) + "]==]", "", 0},
		"escaped quotes":                   {`return "\"` + strings.Repeat("(", 2000) + `\\"`, "", 0},
		"25,000 items":                     {"return {" + strings.Repeat("1,", 25_000) + "}", "", 0},
		"25,001 items":                     {"\nreturn {" + strings.Repeat("1,", 25_001) + "}", "more than 25,000 items", 2},
		"300 locals":                       {locals(300), "too many local variables", 0},
		"an unfinished long comment":       {"--[[ abc\n", "", -1},
		"an unfinished string":             {"x = 1\ny = 'abc\nz = 1", "unterminated string", 2},
		"a label twice":                    {"::a:: ::a::", "label", 0},
		"break outside a loop":             {"\nbreak", "", -1},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := vm.Compile("test.lua", []byte(c.source))
			if c.line < 0 { // either way, but no panic
				return
			}
			if c.wrong == "" {
				if err != nil || p == nil {
					t.Errorf("got %v", err)
				}
				return
			}
			var e *vm.SyntaxError
			if !errors.As(err, &e) || !strings.Contains(e.Message, c.wrong) || e.File != "test.lua" || c.line > 0 && e.Line != c.line {
				t.Errorf("got %v, want %q at line %d", err, c.wrong, c.line)
			}
		})
	}
}

func locals(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "local a%d = 1\n", i)
	}
	return b.String()
}

func TestCompileSharesWhatIsEqual(t *testing.T) {
	a, err := vm.Compile("a.lua", []byte("return 1"))
	if err != nil {
		t.Fatal(err)
	}
	same, _ := vm.Compile("a.lua", []byte("return 1"))
	other, _ := vm.Compile("a.lua", []byte("return 2"))
	renamed, _ := vm.Compile("b.lua", []byte("return 1"))
	if a != same || a == other || a == renamed {
		t.Error("shared what is not equal, or not what is")
	}
	for i := range 600 {
		if _, err := vm.Compile("a.lua", fmt.Appendf(nil, "return %d", i)); err != nil {
			t.Fatal(err)
		}
	}
}

// Code that the interpreter's compiler gets wrong (gopher-lua issue 540).
func TestConstantConditions(t *testing.T) {
	for _, branch := range []string{
		"if false then local x end", "if nil then local x elseif v then v = 2 end", "if true then else local x end",
		"if true then local x = 1 else local y end", "if v then elseif false then local z end", "if 1 then local x end",
		"if v then elseif nil then local z else local w end", "if 'a' then else local x end",
		"do if false then local x end end", "while false do local x end",
	} {
		source := "local function f() for _, v in ipairs({1}) do " + branch + " end return 1 end return (f())"
		if got, err := do(t, newMachine(t, vm.Options{}), source); got != "1" || err != nil {
			t.Errorf("%s: got %q, %v", branch, got, err)
		}
	}
}

// Jumps back to a jump, of which the interpreter's compiler mistakes the destination.
func TestJumpsBackToJumps(t *testing.T) {
	for source, want := range map[string]string{
		"for i = 1, 3 do for k in pairs({1}) do break end n = n + 1 end":                                     "3",
		"for i = 1, 3 do for _, v in ipairs({1}) do break end local x = 1 n = n + x end":                     "3",
		"while n < 3 do for k in pairs({1}) do break end n = n + 1 end":                                      "3",
		"for i = 1, 3 do for k in pairs({1, 2}) do goto on end ::on:: n = n + 1 end":                         "3",
		"for i = 1, 3 do for k in pairs({1, 2}) do do ::a:: do end break end end n = n + 1 end":              "3",
		"for i = 1, 3 do for k in pairs({1, 2}) do while false do end n = n + 1 end end":                     "6",
		"for i = 1, 3 do while true do break end repeat break until false n = n + 1 end":                     "3",
		"for i = 1, 3 do while true do while true do break end break end n = n + 1 end":                      "3",
		"for i = 1, 3 do local a while true do break end n = n + 1 end":                                      "3",
		"goto start ::top:: goto done ::start:: n = 5 if n then goto top end n = 6 ::done::":                 "5",
		"goto start ::top:: ::more:: do goto done end ::start:: n = 5 if n then goto more end ::done::":      "5",
		"for i = 1, 3 do local f = function() for k in pairs({1}) do break end return 1 end n = n + f() end": "3",
		"for i = 1, 2 do for j = 1, 2 do for k in pairs({1}) do break end n = n + 1 end end":                 "4",
	} {
		if got, err := do(t, newMachine(t, vm.Options{}), "local n = 0 "+source+" return n"); got != want || err != nil {
			t.Errorf("%s: got %q, %v", source, got, err)
		}
	}
}

func FuzzCompile(f *testing.F) {
	for _, seed := range []string{"return 1", "for i = 1, 2 do local x = {[1] = i} end", "#!x\nlocal s = [==[ ]] ]==] .. 'a\\'b'", "if a then elseif b then else end",
		"goto x ::x:: repeat until -2 ^ -#t ~= not nil", "function a.b:c(...) return ... end", "\"\\\n\"", "--[[", "x = = 2", "((((((", "{{{{"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		p, err := vm.Compile("fuzz.lua", []byte(source))
		var e *vm.SyntaxError
		if (p == nil) == (err == nil) || err != nil && (!errors.As(err, &e) || e.Line < 1) {
			t.Errorf("got %v, %v", p, err)
		}
	})
}

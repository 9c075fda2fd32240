package syntax_test

import (
	"testing"

	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/runtime/vm/syntax"
)

func TestFormat(t *testing.T) {
	for name, row := range map[string][2]string{
		"blocks":                    {"if a then\nf()\nelseif b then\ng()\nelse\nh()\nend", "if a then\n  f()\nelseif b then\n  g()\nelse\n  h()\nend\n"},
		"loops":                     {"for i=1,2 do\nwhile x do\nrepeat\nf()\nuntil y\nend\nend", "for i = 1, 2 do\n  while x do\n    repeat\n      f()\n    until y\n  end\nend\n"},
		"a handler":                 {"client:on( 'message',function (event)\nevent:reply( event.text )\nend )", "client:on('message', function(event)\n  event:reply(event.text)\nend)\n"},
		"a handler with filters":    {"client:on('message', {\nprivate=true,\n}, function(event)\nf()\nend)", "client:on('message', {\n  private = true,\n}, function(event)\n  f()\nend)\n"},
		"tables":                    {"local t={a=1,['b']=2;{1,2},{}}", "local t = { a = 1, ['b'] = 2; { 1, 2 }, {} }\n"},
		"tables over lines":         {"local t = { {\na = 1,\n}, {\nb = 2,\n} }", "local t = { {\n  a = 1,\n}, {\n  b = 2,\n} }\n"},
		"long conditions":           {"if a and\nb\nthen\nf()\nend", "if a and\n  b\nthen\n  f()\nend\n"},
		"values over lines":         {"local x = a ..\nb\n.. c\nlocal y =\n5", "local x = a ..\n  b\n  .. c\nlocal y =\n  5\n"},
		"chains":                    {"local b = tg.keyboard()\n:row(function()\nf()\nend)\n:row(x)\nf(b)", "local b = tg.keyboard()\n  :row(function()\n    f()\n  end)\n  :row(x)\nf(b)\n"},
		"operators":                 {"x=a+b*c-d/e%f..g==h", "x = a + b * c - d / e % f .. g == h\n"},
		"powers stay":               {"x=a^2+b ^ 2", "x = a^2 + b ^ 2\n"},
		"signs":                     {"x=- a- -b+f(-1,- 2)", "x = -a - -b + f(-1, -2)\n"},
		"lengths and not":           {"x=# t+#u y=not  a", "x = #t + #u y = not a\n"},
		"two signs are no comment":  {"x = - - a", "x = - -a\n"},
		"comments keep their place": {"f()   -- one\ng() --two\nif a then\n-- three\nend", "f()   -- one\ng() --two\nif a then\n  -- three\nend\n"},
		"long text stays":           {"local s=[[\n  a\n   b ]]\nf( [==[x]==] )", "local s = [[\n  a\n   b ]]\nf([==[x]==])\n"},
		"a key of long text":        {"x = t[ [[k]] ]", "x = t[ [[k]] ]\n"},
		"white space at ends":       {"f()  \t\r\n\r\n\r\n\r\ng() -- x  \n\n\n", "f()\n\ng() -- x\n"},
		"a #! line":                 {"#!/usr/bin/env tgscript\nf ()", "#!/usr/bin/env tgscript\nf()\n"},
		"calls without brackets":    {"print 'x' require\"m\" f{1} f {1}", "print 'x' require\"m\" f{ 1 } f { 1 }\n"},
		"one line":                  {"if a then b() else c() end local function f() return 1 end", "if a then b() else c() end local function f() return 1 end\n"},
		"words without spaces":      {"if(a)then(f)()end x=1 y=(a)and(b)or'c'", "if (a) then (f)() end x = 1 y = (a) and (b) or 'c'\n"},
		"labels":                    {"for i=1,2 do\ngoto next\n::next::\nend", "for i = 1, 2 do\n  goto next\n  ::next::\nend\n"},
		"fields":                    {"a . b : c ( ) [ 1 ] . d = 1", "a.b:c()[1].d = 1\n"},
		"returns over lines":        {"return function()\nreturn\na,\nb\nend", "return function()\n  return\n    a,\n    b\nend\n"},
		"nothing":                   {"\n\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := syntax.Format([]byte(row[0]), syntax.Style{})
			if err != nil || string(got) != row[1] {
				t.Errorf("%v, got\n%s\nwant\n%s", err, got, row[1])
			}
			again, err := syntax.Format(got, syntax.Style{})
			if err != nil || string(again) != string(got) {
				t.Errorf("%v, once more\n%s", err, again)
			}
		})
	}
	if got, err := syntax.Format([]byte("do\nf()\nend"), syntax.Style{Indent: "\t"}); err != nil || string(got) != "do\n\tf()\nend\n" {
		t.Errorf("with tabs %q, %v", got, err)
	}
}

// FuzzFormat: what compiles keeps its tokens, still compiles, and is left alone the second time.
func FuzzFormat(f *testing.F) {
	f.Add([]byte("local t={a=1,[ [[x]] ]=- -2} -- c\nif a then\n\n\nreturn#t..'x' end"))
	f.Add([]byte("client:on('m',{\n},function(e)\nrepeat local x=not e until x^2==-1\nend)"))
	f.Fuzz(func(t *testing.T, source []byte) {
		if _, err := vm.Compile("x", source); err != nil {
			return
		}
		once, err := syntax.Format(source, syntax.Style{})
		if err != nil {
			t.Fatalf("%q: %v", source, err)
		}
		if _, err := vm.Compile("x", once); err != nil {
			t.Fatalf("%q became %q: %v", source, once, err)
		}
		if twice, err := syntax.Format(once, syntax.Style{}); err != nil || string(twice) != string(once) {
			t.Fatalf("%q became %q, then %q, %v", source, once, twice, err)
		}
	})
}

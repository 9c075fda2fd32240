package bindings_test

import "testing"

// TestDeclaredArgs: every script of a world is given { greeting = "hello", list = { 1, 2 } }.
func TestDeclaredArgs(t *testing.T) {
	w := newWorld(t, "alice")
	w.env.ArgPlace = func(path string) string { return "config.yaml(" + path + ")" }
	for _, row := range [][3]string{
		{
			"what is given, and defaults",
			`local args = tg.args{ greeting = "Hi", list = {}, times = { type = "integer", default = 3, min = 1 }, wait = { type = "duration", default = "5m" }, on = true, none = { type = "string" } }
			print(args.greeting, #args.list, args.times, args.wait, args.on, args.none, tg.args.greeting, tg.args.times)`,
			"print: hello\t2\t3\t300\ttrue\tnil\thello\tnil",
		},
		{
			"a choice, and lists of a type",
			`local args = tg.args{ greeting = { one_of = { "hello", "bye" } }, list = { of = "integer", max = 2 } } print(args.greeting, args.list[2])`,
			"print: hello\t2",
		},
		{
			"every mistake of config.yaml, with its place",
			`local e = select(2, pcall(tg.args, { greting = "x", greeting = { one_of = { "a", "b" } }, list = { of = "boolean" }, token = { required = true } })) print(e)`,
			`print: config.yaml(greeting): arg "greeting": one of a, b expected, got hello; config.yaml(list[0]): arg "list", value 1: true or false expected, got 1; config.yaml(list[1]): arg "list", value 2: true or false expected, got 2; config.yaml(): arg "token" is missing: text`,
		},
		{
			"an arg that nobody declared, and numbers that are none",
			`local ok, e = pcall(tg.args, { greetin = "x", list = { type = "list", min = 3 } }) print(e.kind, e)
			print(select(2, pcall(tg.args, { greeting = { type = "number", min = 1, max = 5 }, list = 5 })))`,
			"print: ARGS\tconfig.yaml(greeting): the script has no arg \"greeting\": did you mean \"greetin\"?; config.yaml(list): arg \"list\": a list from 3 on expected, got a list\n" +
				"print: config.yaml(greeting): arg \"greeting\": a number from 1 to 5 expected, got hello; config.yaml(list): arg \"list\": a number expected, got a list",
		},
		{
			"a wrong declaration",
			`local function try(t) print((select(2, pcall(tg.args, t)))) end
			try({ a = { typ = "string" } }) try({ a = { type = "text" } }) try({ a = { type = "integer", default = 1.5 } }) try({ "a" }) try(5)`,
			"print: args: 'a': unknown option 'typ': did you mean 'type'?\nprint: args: 'a': option 'type': 'text' is not one of 'string', 'number', 'integer', 'boolean', 'duration', 'list', 'table'\n" +
				"print: args: 'a': its default: a whole number expected, got 1.5\nprint: args: names expected, got 1\nprint: args: argument 1 (declared): table expected, got number",
		},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

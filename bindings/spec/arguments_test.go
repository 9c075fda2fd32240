package spec_test

import "testing"

func TestArguments(t *testing.T) {
	check(t, [][3]string{
		{"a method gets its object and its arguments", `return rex:feed("bone")`, "Rex eats bone {Warm:false Amount:0 How: Wait:0s}"},
		{"a number is text", `return (rex:feed(5)):sub(1, 10)`, "Rex eats 5"},
		{"options are decoded by name", `return rex:feed("x", { warm = true, amount = "12", how = "bowl", wait = "1m30s" })`, "Rex eats x {Warm:true Amount:12 How:bowl Wait:1m30s}"},
		{"nil options are no options", `return rex:feed("x", nil)`, "Rex eats x {Warm:false Amount:0 How: Wait:0s}"},
		{"a misspelt option names the right one", `rex:feed("x", { warn = true })`, "error: feed: unknown option 'warn': did you mean 'warm'?"},
		{"an option that nothing is like", `rex:feed("x", { zzzzzzz = true })`, "error: feed: unknown option 'zzzzzzz'"},
		{"options without names", `rex:feed("x", { true })`, "error: feed: options have names, as in { warm = ... }"},
		{"an option of the wrong type", `rex:feed("x", { warm = 1 })`, "error: feed: option 'warm': boolean expected, got number"},
		{"an option outside its list", `rex:feed("x", { how = "bowel" })`, "error: feed: option 'how': 'bowel' is not one of 'spoon', 'bowl': did you mean 'bowl'?"},
		{"a duration that is none", `rex:feed("x", { wait = "soon" })`, `error: feed: option 'wait': duration expected, got 'soon' (write seconds or "5m", "1h30m", "2d")`},
		{"a missing argument", `rex:feed()`, "error: feed: argument 1 (food): string expected, got nil"},
		{"an argument of the wrong type", `rex:feed({})`, "error: feed: argument 1 (food): string expected, got table"},
		{"an object where text is wanted", `rex:feed(rex)`, "error: feed: argument 1 (food): string expected, got Pet"},
		{"options that are no table", `rex:feed("x", "y")`, "error: feed: argument 2 (options): table of options expected, got 'y'"},
		{"too many arguments", `rex:feed("x", {}, 1)`, "error: feed: takes 2 arguments, got 3"},
		{"too many arguments that are nil do no harm", `return (rex:feed("x", {}, nil)):sub(1, 3)`, "Rex"},
		{"arguments where there are none", `zoo.waits(1)`, "error: waits: takes no arguments"},
		{"a dot for a colon", `rex.feed("bone")`, "error: feed: use pet:feed, not pet.feed"},
		{"a dot without arguments", `rex.bite()`, "error: bite: use pet:bite, not pet.bite"},
		{"a colon for a dot", `zoo:rest("x")`, "error: rest: use zoo.rest, not zoo:rest"},
		{"an optional argument in the middle, given", `return zoo.middle("e", {}, print)`, "e true true"},
		{"an optional argument in the middle, left out", `return zoo.middle("e", print)`, "e false true"},
		{"an optional argument in the middle, nil", `return zoo.middle("e", nil, print)`, "e false true"},
		{"an optional argument in the middle of the wrong type", `zoo.middle("e", 5, print)`, "error: middle: argument 2 (filters): table expected, got number"},
		{"a wrong argument after the left out one", `zoo.middle("e", 5)`, "error: middle: argument 2 (handler): function expected, got number"},
		{"the rest of the arguments", `return zoo.rest("a", 1, nil, 2)`, "3"},
		{"no rest", `return zoo.rest("a")`, "0"},
	})
}

func TestValues(t *testing.T) {
	check(t, [][3]string{
		{"whole numbers", `return zoo.take({ number = -7 })`, zooTake("Number:-7")},
		{"numbers with a fraction are not whole", `zoo.take({ number = 1.5 })`, "error: take: option 'number': whole number expected, got 1.5"},
		{"numbers as text", `zoo.take({ number = "seven" })`, "error: take: option 'number': number expected, got 'seven'"},
		{"whole numbers beyond 32 bits are no small ones", `zoo.take({ number = 2^31 })`, "error: take: option 'number': smaller number expected, got 2147483648"},
		{"nor are they as text", `zoo.take({ number = "-3000000000" })`, "error: take: option 'number': smaller number expected, got -3000000000"},
		{"what has no end is none", `zoo.take({ number = 1/0 })`, "error: take: option 'number': whole number expected, got inf"},
		{"ids as text are exact", `return zoo.take({ id = "1152921504606846977" })`, zooTake("ID:1152921504606846977")},
		{"ids as numbers beyond 2^53 would not be", `zoo.take({ id = 2^60 })`, "error: take: option 'id': whole number expected, got 1152921504606846976 (write numbers this large as a string)"},
		{"floats", `return zoo.take({ float = 1.5 })`, zooTake("Float:1.5")},
		{"seconds", `return zoo.take({ wait = 1.5 })`, zooTake("Wait:1.5s")},
		{"days", `return zoo.take({ wait = "1d12h" })`, zooTake("Wait:36h0m0s")},
		{"text seconds", `return zoo.take({ wait = "90" })`, zooTake("Wait:1m30s")},
		{"negative durations", `zoo.take({ wait = -1 })`, `error: take: option 'wait': duration expected, got -1 (write seconds or "5m", "1h30m", "2d")`},
		{"endless durations", `zoo.take({ wait = 1/0 })`, `error: take: option 'wait': duration expected, got inf (write seconds or "5m", "1h30m", "2d")`},
		{"times as text", `return zoo.take({ when = "2026-01-31T12:00:00Z" })`, zooTake("When:2026-01-31 12:00:00 +0000 UTC")},
		{"times that are none", `zoo.take({ when = "noon" })`, `error: take: option 'when': time expected, got 'noon' (write seconds since 1970, as os.time() gives, or "2026-01-31T12:00:00Z")`},
		{"lists", `return zoo.take({ list = { "a", "b" } })`, zooTake("List:[a b]")},
		{"one element for a list", `return zoo.take({ ids = 5 })`, zooTake("IDs:[5]")},
		{"a wrong element", `zoo.take({ ids = { 1, {} } })`, "error: take: option 'ids': element 2: number expected, got table"},
		{"names in a list", `zoo.take({ list = { a = 1 } })`, "error: take: option 'list': list expected, got table with names"},
		{"maps", `return zoo.take({ map = { a = { 1, "x" }, b = false } })`, zooTake("Map:map[a:[1 x] b:false]")},
		{"types that decode themselves", `return zoo.take({ colour = "red" })`, zooTake("Colours:1")},
		{"types that refuse", `zoo.take({ colour = "blue" })`, "error: take: option 'colour': colour expected, got 'blue'"},
		{"objects", `return #zoo.take({ pet = rex }) > 0`, "true"},
		{"objects of another class", `zoo.take({ pet = zoo })`, "error: take: option 'pet': Pet expected, got table"},
		{"anything at all", `return zoo.back(false), zoo.back(print) == print`, "false true"},
		{"plain values of nested tables", `local v = zoo.plain({ 1, { a = "b" } }); return v[1], v[2].a`, "1 b"},
		{"plain values of a table within itself", `local t = {}; t.t = t; local ok, e = pcall(zoo.plain, t); return (e.message:gsub("t: ", ""))`, "table expected, got one that contains itself or nests too deeply"},
		{"plain values of a table that is in too many places", `local t = {}; for _ = 1, 30 do t = { t, t } end; local ok, e = pcall(zoo.plain, t); return (e.message:gsub("element %d: ", ""))`, "table expected, got one with too many values"},
		{"fractions as text", `return zoo.take({ float = "2.5" })`, zooTake("Float:2.5")},
		{"fractions that are none", `zoo.take({ float = "x" })`, "error: take: option 'float': number expected, got 'x'"},
		{"times as numbers", `return zoo.take({ when = 0.25 }):find("1970-01-01", 1, true) ~= nil`, "true"},
		{"fractions without end", `zoo.take({ float = 1/0 })`, "error: take: option 'float': number expected, got inf"},
		{"no numbers at all", `zoo.take({ float = "nan" })`, "error: take: option 'float': number expected, got 'nan'"},
		{"text that is no UTF-8", `rex:feed("a\255b")`, "error: feed: argument 1 (food): byte 2 is no UTF-8, which text has to be"},
		{"text in a list that is no UTF-8", `zoo.take({ list = { "a", "\255" } })`, "error: take: option 'list': element 2: byte 1 is no UTF-8, which text has to be"},
		{"text that is too long for anything", `rex:feed(("x"):rep(2^20 + 1))`, "error: feed: argument 1 (food): text of at most 1048576 bytes expected, got 1048577"},
		{"bytes may be any", `return #zoo.bytes(("\255"):rep(2^20 + 1), { "\254", "x" })`, "1048579"},
		{"times that Telegram can't tell", `zoo.take({ when = "2100-01-01T00:00:00Z" })`, `error: take: option 'when': time expected, got '2100-01-01T00:00:00Z' (write seconds since 1970, as os.time() gives, or "2026-01-31T12:00:00Z")`},
		{"times before 1970", `zoo.take({ when = -1 })`, `error: take: option 'when': time expected, got number (write seconds since 1970, as os.time() gives, or "2026-01-31T12:00:00Z")`},
		{"times that are tables", `zoo.take({ when = {} })`, `error: take: option 'when': time expected, got table (write seconds since 1970, as os.time() gives, or "2026-01-31T12:00:00Z")`},
		{"maps that are lists", `zoo.take({ map = { 1 } })`, "error: take: option 'map': table with names expected, got list"},
		{"maps that are none", `zoo.take({ map = 1 })`, "error: take: option 'map': table expected, got number"},
		{"plain values of functions", `local ok, e = pcall(zoo.plain, { f = print }); return e.message`, "f: plain value expected, got function"},
	})
}

// zooTake is what take prints when one field was given.
func zooTake(given string) string {
	zero := map[string]string{"Text:": "", "Number:": "0", "ID:": "0", "Float:": "0", "Flag:": "false", "Wait:": "0s", "When:": "0001-01-01 00:00:00 +0000 UTC", "List:": "[]", "IDs:": "[]", "Maybe:": "<nil>", "Pet:": "<nil>", "Map:": "map[]", "Any:": "<nil>", "Colours:": "0"}
	order := []string{"Text:", "Number:", "ID:", "Float:", "Flag:", "Wait:", "When:", "List:", "IDs:", "Maybe:", "Pet:", "Map:", "Any:", "Colours:"}
	out := "{"
	for i, name := range order {
		if i > 0 {
			out += " "
		}
		if len(given) > len(name) && given[:len(name)] == name {
			out += given
		} else {
			out += name + zero[name]
		}
	}
	return out + "}"
}

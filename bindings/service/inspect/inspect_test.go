package inspect_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript/bindings/service/inspect"
	"github.com/tgscript/tgscript/runtime/vm"
)

// written is what Write makes of the value that an expression of Lua gives.
func written(t testing.TB, source string, o inspect.Options) string {
	t.Helper()
	m := vm.New(vm.Options{MaxRun: time.Minute}) // the race detector is slow
	defer func() { _ = m.Close() }()
	proto, err := vm.Compile("value.lua", []byte("return "+source))
	if err != nil {
		t.Fatal(err)
	}
	got, err := m.Run(context.Background(), m.Root().NewFunctionFromProto(proto), nil)
	if err != nil || len(got) != 1 {
		t.Fatalf("%v, %v", got, err)
	}
	m.Lock()
	defer m.Unlock()
	return inspect.Write(got[0], o)
}

func TestWrite(t *testing.T) {
	for sentence, row := range map[string]struct {
		source string
		o      inspect.Options
		want   string
	}{
		"nothing":                         {"nil", inspect.Options{}, "nil"},
		"truth":                           {"true", inspect.Options{}, "true"},
		"numbers":                         {"{ 1, -0.5, 1e15, 2^53 }", inspect.Options{}, "{ 1, -0.5, 1000000000000000, 9007199254740992 }"},
		"text":                            {`"a\"b\\c\n\t\r\0ü"`, inspect.Options{}, `"a\"b\\c\n\t\r\000ü"`},
		"bytes that are no text":          {`"\255x"`, inspect.Options{}, `"\255x"`},
		"long text":                       {`("x"):rep(20)`, inspect.Options{Text: 5}, `"xxxxx" ... (20 bytes)`},
		"long text is cut at a character": {`("ü"):rep(20)`, inspect.Options{Text: 5}, `"üü" ... (40 bytes)`},
		"a function":                      {"{ print }", inspect.Options{}, "{ <function> }"},
		"a coroutine":                     {"coroutine.create(print)", inspect.Options{}, "<thread>"},
		"an empty table":                  {"{}", inspect.Options{}, "{}"},
		"names are sorted":                {"{ c = 1, a = 2, b = 3 }", inspect.Options{}, "{ a = 2, b = 3, c = 1 }"},
		"all kinds of keys": {
			`{ 7, [true] = 4, z = 3, [0.5] = 1, [-1] = 2, ["a b"] = 5, ["end"] = 6, [{}] = 8, [3] = 9 }`, inspect.Options{Width: 200},
			`{ 7, nil, 9, [-1] = 2, [0.5] = 1, ["a b"] = 5, ["end"] = 6, z = 3, [true] = 4, [<table>] = 8 }`,
		},
		"what is too wide stands on lines": {
			`{ name = "Alice", list = { 1, 2 }, deep = { text = "a long text indeed" } }`, inspect.Options{Width: 30},
			"{\n  deep = {\n    text = \"a long text indeed\"\n  },\n  list = { 1, 2 },\n  name = \"Alice\"\n}",
		},
		"tables too deep":            {"{ { { 1 }, {} } }", inspect.Options{Depth: 2}, "{ { { ... }, {} } }"},
		"too many elements":          {"{ 1, 2, 3, 4, a = 5 }", inspect.Options{Items: 3}, "{ 1, 2, 3, ... }"},
		"as many as there may be":    {"{ 1, 2, a = 3 }", inspect.Options{Items: 3}, "{ 1, 2, a = 3 }"},
		"a circle":                   {"(function() local t = { a = 1 } t.t = t return t end)()", inspect.Options{}, "{ a = 1, t = <circle> }"},
		"what comes twice is none":   {"(function() local t = { 1 } return { t, t } end)()", inspect.Options{}, "{ { 1 }, { 1 } }"},
		"own functions aren't asked": {`setmetatable({ 1 }, { __tostring = error, __index = error, __len = error })`, inspect.Options{}, "{ 1 }"},
	} {
		t.Run(sentence, func(t *testing.T) {
			if got := written(t, row.source, row.o); got != row.want {
				t.Errorf("got  %s\nwant %s", got, row.want)
			}
		})
	}
}

func TestWriteEnds(t *testing.T) {
	for sentence, source := range map[string]string{
		"a large list":        "(function() local t = {} for i = 1, 1e5 do t[i] = i end return t end)()",
		"many keys":           "(function() local t = {} for i = 1, 1e5 do t['k' .. i] = i end return t end)()",
		"a table of the same": "(function() local t = {} for i = 1, 60 do t = { t, t, t, t, t, t, t, t } end return t end)()",
		"long names":          "{ [('x'):rep(1e6)] = ('y'):rep(1e6) }",
	} {
		t.Run(sentence, func(t *testing.T) {
			if got := written(t, source, inspect.Options{Depth: 50, Items: 1000, Total: 10_000}); len(got) > 200_000 || !strings.Contains(got, "...") {
				t.Errorf("%d bytes", len(got))
			}
		})
	}
}

func TestObjects(t *testing.T) {
	m := vm.New(vm.Options{})
	defer func() { _ = m.Close() }()
	m.Lock()
	defer m.Unlock()
	fields := m.Root().NewTable()
	fields.RawSetString("id", vm.Number(7))
	list := m.Root().NewTable()
	object := &vm.UserData{}
	list.Append(object)
	o := inspect.Options{Object: func(_ *vm.UserData, nested bool) (string, *vm.Table) {
		if nested {
			return "Pet(7)", nil
		}
		return "Pet", fields
	}}
	if got := inspect.Write(object, o); got != "Pet { id = 7 }" {
		t.Errorf("got %s", got)
	}
	if got := inspect.Write(list, o); got != "{ Pet(7) }" {
		t.Errorf("got %s", got)
	}
	if got := inspect.Write(list, inspect.Options{}); got != "{ <object> }" {
		t.Errorf("got %s", got)
	}
}

package pack_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/bindings/service/pack"
	"github.com/tgscript/tgscript/bindings/service/shape"
	"github.com/tgscript/tgscript/runtime/vm"
)

// machine runs Lua with a function again, that gives values the way through bytes.
func machine(t testing.TB) *vm.Machine {
	t.Helper()
	m := vm.New(vm.Options{})
	m.Lock()
	L := m.Root()
	null := L.NewUserData()
	null.Value = shape.Null
	L.SetGlobal("null", null)
	empty := L.NewTable()
	empty.Metatable = shape.NewList(L)
	L.SetGlobal("empty", empty)
	L.SetGlobal("packed", vm.Wrap(L, func(L *vm.State) int {
		b, err := pack.Encode(L.Get(1))
		if err != nil {
			vm.Raise(L, err)
		}
		L.Push(vm.String(b))
		return 1
	}))
	L.SetGlobal("again", vm.Wrap(L, func(L *vm.State) int {
		b, err := pack.Encode(L.Get(1))
		if err == nil {
			var v vm.Value
			if v, err = pack.Decode(L, b, null); err == nil {
				L.Push(v)
				return 1
			}
		}
		vm.Raise(L, err)
		return 0
	}))
	m.Unlock()
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	return m
}

// run gives what a chunk returns.
func run(t testing.TB, m *vm.Machine, chunk string) string {
	t.Helper()
	proto, err := vm.Compile("test", []byte(chunk))
	if err != nil {
		t.Fatal(err)
	}
	m.Lock()
	fn := m.Root().NewFunctionFromProto(proto)
	m.Unlock()
	results, err := m.Run(t.Context(), fn, nil)
	if err != nil {
		return "error: " + err.Error()
	}
	var words []string
	for _, v := range results {
		words = append(words, vm.Text(v))
	}
	return strings.Join(words, " ")
}

func TestValuesComeBack(t *testing.T) {
	m := machine(t)
	for sentence, row := range map[string][2]string{
		"simple ones":                     {`return again(nil), again(true), again(false), again("x"), again("")`, "nil true false x "},
		"numbers":                         {`return again(0), again(-1), again(1.5), again(2^53), again(2^60), again(-1/0)`, "0 -1 1.5 9007199254740992 1152921504606846976 -inf"},
		"what is no number":               {`local n = again(0/0) return n ~= n`, "true"},
		"text of any bytes":               {`return #again("\0\255\200"), again("\0\255\200") == "\0\255\200"`, "3 true"},
		"lists":                           {`local t = again({1, "b", {3}}) return #t, t[2], t[3][1]`, "3 b 3"},
		"names":                           {`local t = again({ a = 1, b = { c = true } }) return t.a, t.b.c, t.d`, "1 true nil"},
		"keys that are numbers":           {`local t = again({ [1001] = "x", [-5] = "y", [1.5] = "z" }) return t[1001], t[-5], t[1.5], t["1001"]`, "x y z nil"},
		"numbers and text are two keys":   {`local t = again({ [1] = "n", ["1"] = "s" }) return t[1], t["1"]`, "n s"},
		"a list with a hole":              {`local t = again({ [1] = "a", [3] = "c" }) return t[1], t[2], t[3]`, "a nil c"},
		"null":                            {`local t = again({ null, 1, a = null }) return t[1] == null, t.a == null`, "true true"},
		"an empty list":                   {`return getmetatable(again(empty)).__jsontype, getmetatable(again({}))`, "array nil"},
		"a copy shares nothing":           {`local t = { a = { 1 } } local u = again(t) u.a[1] = 2 return t.a[1]`, "1"},
		"the same value is the same text": {`return packed({ a = 1, b = 2, [7] = 3 }) == packed({ [7] = 3, b = 2, a = 1 })`, "true"},
		"functions are refused":           {`return again({ a = { print } })`, "error: test:1: write value: a[1]: a function can't be kept"},
		"circles are refused":             {`local t = {} t.t = t local ok, e = pcall(again, t) return e.kind, #e.path > 100`, "ENCODE true"},
		"keys that are tables":            {`return again({ x = { [{}] = 1 } })`, "error: test:1: write value: x: a key is a table: keys are text or numbers"},
	} {
		t.Run(sentence, func(t *testing.T) {
			if got := run(t, m, row[0]); got != row[1] {
				t.Errorf("got %q, want %q", got, row[1])
			}
		})
	}
}

func TestPlain(t *testing.T) {
	for text, want := range map[string]string{
		`{"a":[1,2.5,"x",true,null,{}],"b":[]}`: `{"a":[1,2.5,"x",true,null,{}],"b":[]}`,
		`9223372036854775807`:                   `"9223372036854775807"`,
		`[9007199254740993,9007199254740992]`:   `["9007199254740993",9007199254740992]`,
		`null`:                                  `null`,
	} {
		in := json.NewDecoder(strings.NewReader(text))
		in.UseNumber()
		var v any
		if err := in.Decode(&v); err != nil {
			t.Fatal(err)
		}
		b, err := pack.FromPlain(v)
		if err != nil {
			t.Fatal(err)
		}
		back, err := pack.Plain(b)
		got, _ := json.Marshal(back)
		if err != nil || string(got) != want {
			t.Errorf("%s comes back as %s, %v", text, got, err)
		}
	}
	if _, err := pack.FromPlain(map[string]any{"a": make(chan int)}); err == nil {
		t.Error("a channel was written")
	}
}

func FuzzDecode(f *testing.F) {
	m := machine(f)
	f.Add([]byte(run(f, m, `return packed({ 1, "x", { a = 1.5, [7] = null }, empty, {} })`)))
	f.Add([]byte{6, 200, 1})
	f.Fuzz(func(t *testing.T, in []byte) {
		m.Lock()
		defer m.Unlock()
		v, err := pack.Decode(m.Root(), in, vm.Nil)
		plain, plainErr := pack.Plain(in)
		if (err == nil) != (plainErr == nil) || err != nil && !errors.Is(err, pack.ErrDamaged) {
			t.Fatalf("%v, but %v", err, plainErr)
		}
		if err != nil {
			return
		}
		if _, err := pack.Encode(v); err != nil {
			t.Errorf("encode again: %v", err)
		}
		if _, err := pack.FromPlain(plain); err != nil {
			t.Errorf("encode the plain one again: %v", err)
		}
	})
}

package spec_test

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

type point struct {
	X      int `lua:"x"`
	Y      any `lua:"y"`
	hidden int
}

type words string

// TestEncoding gives Go values to a chunk that looks at them.
func TestEncoding(t *testing.T) {
	five, yes := 5, true
	for _, row := range []struct {
		sentence string
		value    any
		look     string // an expression over v
		want     string
	}{
		{"nothing", nil, "v", "nil"},
		{"text", "a", "v", "a"},
		{"a named kind of text", words("a"), "v", "a"},
		{"true", true, "v", "true"},
		{"a small number", int16(-3), "v + 1", "-2"},
		{"an unsigned number", uint32(1 << 31), "v", "2147483648"},
		{"a large unsigned number is text", uint64(1<<64 - 1), "v", "18446744073709551615"},
		{"a small one of 64 bits", uint64(7), "v + 1", "8"},
		{"a fraction", float32(0.5), "v", "0.5"},
		{"the largest exact number", int64(1 << 53), "type(v)", "number"},
		{"a number beyond is text", int64(1<<53 + 1), "v .. type(v)", "9007199254740993string"},
		{"a negative number beyond is text", int64(-1<<53 - 1), "v", "-9007199254740993"},
		{"bytes are text", []byte("a\x00b"), "#v", "3"},
		{"no bytes are no text", []byte(nil), "#v", "0"},
		{"a duration is seconds", 1500 * time.Millisecond, "v", "1.5"},
		{"a time is seconds since 1970", time.Unix(1_700_000_000, 999), "v", "1700000000"},
		{"no time is nothing", time.Time{}, "v", "nil"},
		{"a list", []string{"a", "b"}, "#v .. v[2]", "2b"},
		{"an empty list", []int{}, "#v", "0"},
		{"a list that is nil", []int(nil), "#v", "0"},
		{"a list of anything", []any{1, "x", nil, false}, "tostring(v[1]) .. v[2] .. tostring(v[3]) .. tostring(v[4])", "1xnilfalse"},
		{"an array", [2]int{4, 5}, "v[1] + v[2]", "9"},
		{"a map", map[string]any{"a": 1, "b": []any{true}}, "v.a .. tostring(v.b[1])", "1true"},
		{"a map of numbers", map[int]string{7: "x"}, "v[7]", "x"},
		{"the order of a map is always the same", map[string]int{"c": 1, "a": 2, "b": 3}, "(function() local s = '' for k in pairs(v) do s = s .. k end return s end)()", "abc"},
		{"a struct, by its tags", point{X: 1, hidden: 2}, "v.x .. tostring(v.y) .. tostring(v.hidden)", "1nilnil"},
		{"a struct, whose tags say more", struct {
			A string `lua:"a,optional"`
			B any    `lua:"b,optional"`
			C any    `lua:"c,optional"`
			D string `lua:"d"`
		}{"x", nil, false, ""}, "(function() local s = v.a .. tostring(v.c) for k in pairs(v) do s = s .. k end return s end)()", "xfalseacd"},
		{"a pointer to a struct", &point{Y: "z"}, "v.y", "z"},
		{"a pointer to a number", &five, "v", "5"},
		{"a pointer to a truth", &yes, "v", "true"},
		{"no pointer", (*int)(nil), "v", "nil"},
		{"an object", &pet{Name: "Rex"}, "v.name", "Rex"},
		{"no object", (*pet)(nil), "v", "nil"},
		{"a list of objects", []*pet{{Name: "A"}, {Name: "B"}}, "v[2].name", "B"},
		{"a Lua value", vm.String("lua"), "v", "lua"},
	} {
		t.Run(row.sentence, func(t *testing.T) {
			m := vm.New(vm.Options{})
			defer func() { _ = m.Close() }()
			m.Lock()
			in := table().Install(m.Root(), nil)
			proto, err := vm.Compile("look.lua", []byte("local v = ... return "+row.look))
			if err != nil {
				t.Fatal(err)
			}
			chunk := m.Root().NewFunctionFromProto(proto)
			m.Unlock()
			got, err := m.Run(context.Background(), chunk, func(*vm.State) []vm.Value { return []vm.Value{in.Value(row.value)} })
			if err != nil || len(got) != 1 || vm.Text(got[0]) != row.want {
				t.Errorf("got %v, %v; want %s", got, err, row.want)
			}
		})
	}
}

// What can't be given to Lua is a programmer's mistake.
func TestWhatCannotBeEncoded(t *testing.T) {
	m := vm.New(vm.Options{})
	defer func() { _ = m.Close() }()
	m.Lock()
	defer m.Unlock()
	in := table().Install(m.Root(), nil)
	for _, v := range []any{make(chan int), func() {}, complex(1, 2)} {
		func() {
			defer func() {
				if text, _ := recover().(string); !strings.Contains(text, "no way to give") {
					t.Errorf("%T: %q", v, text)
				}
			}()
			in.Value(v)
		}()
	}
}

func TestEditorTypes(t *testing.T) {
	zoo := table()
	for want, of := range map[string]reflect.Type{
		"":                   reflect.TypeFor[spec.None](),
		"string":             reflect.TypeFor[words](),
		"boolean":            reflect.TypeFor[bool](),
		"integer":            reflect.TypeFor[int64](),
		"integer|string":     reflect.TypeFor[spec.ID](),
		"(integer|string)[]": reflect.TypeFor[[]spec.ID](),
		"number":             reflect.TypeFor[float64](),
		"Duration":           reflect.TypeFor[time.Duration](),
		"Time":               reflect.TypeFor[time.Time](),
		"table":              reflect.TypeFor[*vm.Table](),
		"function":           reflect.TypeFor[*vm.Function](),
		"any":                reflect.TypeFor[vm.Value](),
		"string[]":           reflect.TypeFor[[]string](),
		"table<string, any>": reflect.TypeFor[map[string]any](),
		"Pet":                reflect.TypeFor[*pet](),
		"Pet[]":              reflect.TypeFor[[]*pet](),
		"FeedOptions":        reflect.TypeFor[feedOptions](),
		"boolean[]":          reflect.TypeFor[[]*bool](),
	} {
		if got := zoo.TypeOf(of); got != want {
			t.Errorf("%v: got %q, want %q", of, got, want)
		}
	}
	age := zoo.FieldsOf(&zoo.Classes[0])[1]
	if got := zoo.FieldType(age); got != "integer?" {
		t.Errorf("a field that may be nil: %s", got)
	}
	if got := zoo.FieldType(age.Is("integer|string")); got != "(integer|string)?" {
		t.Errorf("a written field that may be nil: %s", got)
	}
	feed := zoo.MethodsOf(zoo.Class("Puppy"))[0]
	if got := zoo.ParamType(feed.Params[1].Options[2]); got != `"spoon"|"bowl"` {
		t.Errorf("words from a list: %s", got)
	}
	if got := zoo.ResultType(feed.Result("Pet?")); got != "Pet?" {
		t.Errorf("a written result: %s", got)
	}
}

func TestTheTableFindsItsRows(t *testing.T) {
	zoo := table()
	zoo.Events = []spec.Event{spec.EventOf("born", "Puppy", "A puppy is there.", spec.OptionsOf[feedOptions]()).Example("x()")}
	if zoo.Class("Puppy") == nil || zoo.Class("Cat") != nil || zoo.ClassOf(reflect.TypeFor[*pet]()).Name != "Pet" {
		t.Error("classes are mixed up")
	}
	if e := zoo.Event("born"); e == nil || e.Options != "FeedOptions" || len(e.Filters) != 4 || zoo.Event("died") != nil {
		t.Errorf("events are mixed up: %+v", e)
	}
	if got := len(zoo.FieldsOf(zoo.Class("Puppy"))); got != 7 {
		t.Errorf("a puppy has %d fields", got)
	}
}

func TestErrorsHaveFields(t *testing.T) {
	for want, err := range map[string]error{
		"feed: argument 1 (food): string expected": &spec.ArgumentError{Function: "feed", Place: "argument 1 (food)", Problem: "string expected"},
		"unknown event 'x'":                        spec.Unknown("", "event", "x", nil),
		"Pet expected, got boolean":                spec.Expected("Pet", vm.True),
	} {
		if err.Error() != want {
			t.Errorf("got %q, want %q", err, want)
		}
	}
	var described vm.Described
	if !errors.As(error(spec.Unknown("", "event", "x", nil)), &described) || described.LuaFields()["kind"] != "UNKNOWN_NAME" {
		t.Error("an unknown name has no kind")
	}
}

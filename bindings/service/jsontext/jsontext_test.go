package jsontext_test

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/bindings/service/jsontext"
	"github.com/tgscript/tgscript/bindings/service/shape"
	"github.com/tgscript/tgscript/runtime/vm"
)

func state(t testing.TB) *vm.State {
	t.Helper()
	m := vm.New(vm.Options{})
	m.Lock()
	t.Cleanup(func() {
		m.Unlock()
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	return m.Root()
}

func null(L *vm.State) vm.Value {
	u := L.NewUserData()
	u.Value = shape.Null
	return u
}

func again(L *vm.State, text string, nulls bool) (string, error) {
	v, err := jsontext.Decode(L, text, jsontext.Options{Null: null(L), Nulls: nulls})
	if err != nil {
		return "", err
	}
	return jsontext.Encode(v, "")
}

func TestTextsComeBack(t *testing.T) {
	L := state(t)
	for sentence, row := range map[string][2]string{
		"nothing":                               {`null`, `null`},
		"numbers":                               {`[0, -1, 1.5, 1e3, 123456789012, 1e300]`, `[0,-1,1.5,1000,123456789012,1e+300]`},
		"the largest that Lua holds":            {`9007199254740992`, `9007199254740992`},
		"larger numbers are text":               {`[9007199254740993, -9223372036854775808, 18446744073709551615]`, `["9007199254740993","-9223372036854775808","18446744073709551615"]`},
		"text with all that is escaped":         {`"a\"\\\/\b\f\n\r\t\u0041\ud83d\ude00é"`, `"a\"\\/\u0008\u000c\n\r\tA😀é"`},
		"half a pair":                           {`"\ud83d"`, `"�"`},
		"an empty list stays one":               {`{"a":[],"b":{}}`, `{"a":[],"b":{}}`},
		"names are sorted":                      {`{"b":1,"a":2}`, `{"a":2,"b":1}`},
		"the last of two equal names counts":    {`{"a":1,"a":2}`, `{"a":2}`},
		"names that look like numbers are text": {`{"1":"x","2":"y"}`, `{"1":"x","2":"y"}`},
		"null in objects is left out":           {`{"a":null,"b":[null,1,null]}`, `{"b":[null,1,null]}`},
		"blanks":                                {" \n\t{ } ", `{}`},
	} {
		t.Run(sentence, func(t *testing.T) {
			got, err := again(L, row[0], false)
			if err != nil || got != row[1] {
				t.Errorf("got %s, %v", got, err)
			}
		})
	}
	if got, err := again(L, `{"a":null}`, true); err != nil || got != `{"a":null}` {
		t.Errorf("with nulls: %s, %v", got, err)
	}
}

func TestWhatIsNoJSON(t *testing.T) {
	L := state(t)
	for text, want := range map[string]string{
		``:                       "line 1, column 1: the text ends too early",
		`{"a": 1`:                "line 1, column 8: the text ends too early",
		`"abc`:                   "line 1, column 5: the text ends too early",
		"{\n  \"a\": x\n}":       "line 2, column 8: invalid character 'x' looking for beginning of value",
		`[1,]`:                   "line 1, column 4: invalid character ']' looking for beginning of value",
		`1 2`:                    "line 1, column 4: something follows the value",
		"\"a\xffb\"":             "line 1, column 3: a byte that is not UTF-8",
		`NaN`:                    "line 1, column 1: invalid character 'N' looking for beginning of value",
		`1e999`:                  "line 1, column 6: the number 1e999 is too large",
		strings.Repeat("[", 1e5): "line 1, column 202: it nests deeper than 200",
		strings.Repeat(`[`, 201): "line 1, column 202: it nests deeper than 200",
		`[` + strings.Repeat("1,", shape.Most) + `1]`: "more than 1000000 values",
	} {
		_, err := again(L, text, false)
		var parse *shape.ParseError
		if !errors.As(err, &parse) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.30q: %v", text, err)
		}
	}
}

func TestWhatCantBeWritten(t *testing.T) {
	L := state(t)
	circle := L.NewTable()
	circle.RawSetString("me", circle)
	mixed := L.NewTable()
	mixed.Append(vm.Number(1))
	mixed.RawSetString("n", vm.Number(1))
	odd := L.NewTable()
	odd.RawSet(vm.True, vm.True)
	half := L.NewTable()
	half.RawSet(vm.Number(1.5), vm.True)
	wide := L.NewTable() // few tables, but endlessly many values
	for range 40 {
		outer := L.NewTable()
		outer.Append(wide)
		outer.Append(wide)
		wide = outer
	}
	for sentence, row := range map[string]struct {
		v    vm.Value
		want string
	}{
		"not a number":      {vm.Number(math.NaN()), "is no number of JSON"},
		"infinity":          {vm.Number(math.Inf(-1)), "is no number of JSON"},
		"bytes":             {vm.String("\xff"), "not UTF-8"},
		"a function":        {vm.Wrap(L, func(*vm.State) int { return 0 }), "a function can't be written"},
		"an object":         {L.NewUserData(), "an object can't be written"},
		"a circle":          {circle, "contains itself"},
		"half a list":       {mixed, "list elements and names"},
		"a key that is odd": {odd, "a key is a boolean"},
		"half a key":        {half, "the key 1.5 can't be written"},
		"a bomb":            {wide, "more than 1000000 values"},
	} {
		t.Run(sentence, func(t *testing.T) {
			inner := L.NewTable()
			inner.Append(row.v)
			outer := L.NewTable()
			outer.RawSetString("deep", inner)
			_, err := jsontext.Encode(outer, "")
			var refused *shape.EncodeError
			if !errors.As(err, &refused) || !strings.Contains(err.Error(), row.want) || !strings.HasPrefix(refused.Path, "deep[1]") {
				t.Errorf("%.200v", err)
			}
		})
	}
}

func TestPretty(t *testing.T) {
	L := state(t)
	v, err := jsontext.Decode(L, `{"a":[1,{"b":[]}],"c":{}}`, jsontext.Options{Null: null(L)})
	if err != nil {
		t.Fatal(err)
	}
	got, err := jsontext.Encode(v, "  ")
	want := "{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ],\n  \"c\": {}\n}"
	if err != nil || got != want {
		t.Errorf("got %s, %v", got, err)
	}
}

// FuzzJSON compares with Go's own: what is valid is read, and what is written is valid and read as the same.
func FuzzJSON(f *testing.F) {
	for _, seed := range []string{`{"a":[1,2.5,null,true,"x"]}`, `[[[]]]`, `"\ud83d\ude00"`, `1e5`, `{"":{}}`, "[1,\xff]"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		L := state(t)
		first, err := again(L, text, true)
		if err != nil {
			return
		}
		if !json.Valid([]byte(text)) || !json.Valid([]byte(first)) {
			t.Fatalf("%q was read and written as %q", text, first)
		}
		if second, err := again(L, first, true); err != nil || second != first {
			t.Fatalf("%q, then %q, %v", first, second, err)
		}
	})
}

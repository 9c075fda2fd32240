package yamltext_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/bindings/service/jsontext"
	"github.com/tgscript/tgscript/bindings/service/shape"
	"github.com/tgscript/tgscript/bindings/service/yamltext"
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

func decode(L *vm.State, text string) (vm.Value, error) {
	null := L.NewUserData()
	null.Value = shape.Null
	return yamltext.Decode(L, text, null)
}

// asJSON shows what was read.
func asJSON(L *vm.State, text string) string {
	v, err := decode(L, text)
	if err != nil {
		return err.Error()
	}
	out, err := jsontext.Encode(v, "")
	if err != nil {
		return err.Error()
	}
	return out
}

func TestReading(t *testing.T) {
	L := state(t)
	bomb := "a0: &a0 [x]\n"
	for i := 1; i < 12; i++ {
		n := string(rune('a' + i))
		above := string(rune('a' + i - 1))
		if i == 1 {
			above = "a0"
		}
		bomb += n + ": &" + n + " [" + strings.Repeat("*"+above+", ", 9) + "*" + above + "]\n"
	}
	for sentence, row := range map[string][2]string{
		"scalars":                {"a: 1\nb: 1.5\nc: yes\nd: true\ne: ~\nf: 0x10\ng: text", `{"a":1,"b":1.5,"c":"yes","d":true,"f":16,"g":"text"}`},
		"dates stay text":        {"2026-01-31", `"2026-01-31"`},
		"large numbers":          {"[9007199254740993, 99999999999999999999]", `["9007199254740993",1e+20]`},
		"null in lists":          {"[1, null, 3]", `[1,null,3]`},
		"aliases":                {"a: &x {k: 1}\nb: *x", `{"a":{"k":1},"b":{"k":1}}`},
		"merging":                {"a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  k: 3", `{"a":{"k":1,"l":2},"b":{"k":3,"l":2}}`},
		"empty lists":            {"a: []", `{"a":[]}`},
		"numbers as keys":        {"7: a\n9: b", `{"7":"a","9":"b"}`},
		"nothing":                {"# only words\n", `null`},
		"binary":                 {"!!binary aGk=", `"hi"`},
		"what is no YAML":        {"a: [1", "read YAML: line 1: did not find expected ',' or ']'"},
		"tabs":                   {"a:\n\t- x", "read YAML: line 2: found character that cannot start any token"},
		"an alias without cause": {"a: *x", "read YAML: unknown anchor 'x' referenced"},
		"a table as a key":       {"? [a]\n: 1", "read YAML: line 1, column 3: a key is text, a number or a boolean"},
		"a circle":               {"&a [*a]", "read YAML: line 1, column 5: it contains itself, or nests deeper than 200"},
		"a bomb of aliases":      {bomb, "more than 1000000 values"},
		"too deep":               {strings.Repeat("[", 300) + strings.Repeat("]", 300), "nests deeper than 200"},
	} {
		t.Run(sentence, func(t *testing.T) {
			if got := asJSON(L, row[0]); got != row[1] && !strings.Contains(got, row[1]) {
				t.Errorf("got %s", got)
			}
		})
	}
}

func TestWriting(t *testing.T) {
	L := state(t)
	for text, want := range map[string]string{
		`{"b":[1,2.5,true,null],"a":"x"}`:             "a: x\nb:\n    - 1\n    - 2.5\n    - true\n    - null\n",
		`{"a":"true","b":"1","c":"null","d":"~"}`:     "a: \"true\"\nb: \"1\"\nc: \"null\"\nd: \"~\"\n",
		`{"a":[],"b":{},"c":"two\nlines","d":"a: b"}`: "a: []\nb: {}\nc: |-\n    two\n    lines\nd: 'a: b'\n",
	} {
		if _, err := jsontext.Decode(L, text, jsontext.Options{Null: vm.Nil}); err != nil {
			t.Fatal(err)
		}
		if want == "" {
			continue
		}
		v, err := decode(L, text) // JSON is YAML
		if err != nil {
			t.Fatal(err)
		}
		got, err := yamltext.Encode(v)
		if err != nil || got != want {
			t.Errorf("%s: got %q, %v", text, got, err)
		}
		if got := asJSON(L, got); got != asJSON(L, text) {
			t.Errorf("%s came back as %s", text, got)
		}
	}
	circle := L.NewTable()
	circle.Append(circle)
	for sentence, v := range map[string]vm.Value{"a circle": circle, "bytes": vm.String("\xff"), "an object": L.NewUserData(), "a function": vm.Wrap(L, func(*vm.State) int { return 0 })} {
		var refused *shape.EncodeError
		if _, err := yamltext.Encode(v); !errors.As(err, &refused) {
			t.Errorf("%s: %v", sentence, err)
		}
	}
}

// FuzzYAML looks for texts that break the reader, or that don't come back as they were.
func FuzzYAML(f *testing.F) {
	for _, seed := range []string{"a: [1, 2]", "- &x {a: b}\n- *x", "? a\n: b", "|\n  x", "!!binary x", "<<: a"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		L := state(t)
		v, err := decode(L, text)
		if err != nil {
			return
		}
		written, err := yamltext.Encode(v)
		if err != nil {
			return
		}
		if _, err := decode(L, written); err != nil {
			t.Fatalf("%q is written as %q: %v", text, written, err)
		}
	})
}

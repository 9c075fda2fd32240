package spec_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

// Wrong tags are found when the table is built, that is at the start of every test.
func TestWrongTagsPanic(t *testing.T) {
	for _, row := range []struct {
		sentence, says string
		build          func()
	}{
		{"parameters that are no struct", "must be a struct", func() { spec.OptionsOf[int]() }},
		{"a field without a tag", "has no lua tag", func() {
			spec.OptionsOf[struct{ Name string }]()
		}},
		{"a field that is hidden", "isn't exported", func() {
			spec.OptionsOf[struct {
				name string `lua:"name"`
			}]()
		}},
		{"a rest that is no list of values", "must be []vm.Value", func() {
			spec.OptionsOf[struct {
				Rest []string `lua:"...,rest"`
			}]()
		}},
		{"a type that Lua has not", "no way to read chan int", func() {
			spec.OptionsOf[struct {
				Pipe chan int `lua:"pipe"`
			}]()
		}},
		{"a list of such", "no way to read chan int", func() {
			spec.OptionsOf[struct {
				Pipes []chan int `lua:"pipes"`
			}]()
		}},
	} {
		t.Run(row.sentence, func(t *testing.T) {
			defer func() {
				if text, _ := recover().(string); !strings.Contains(text, row.says) {
					t.Errorf("panics with %q", text)
				}
			}()
			row.build()
		})
	}
}

// place is a part of other options, as filters have parts in common.
type place struct {
	Where string `lua:"where,optional"`
	Far   bool   `lua:"far,optional"`
}

type trip struct {
	Name string `lua:"name"`
	place
	Days int `lua:"days,optional"`
}

func TestOptionsFromTables(t *testing.T) {
	for _, row := range [][3]string{
		{"parts are options as well", `{ name = "a", where = "here", days = 3 }`, "{a {here false} 3}"},
		{"options may be left out", `{ name = "a" }`, "{a { false} 0}"},
		{"but for those that may not", `{ where = "here" }`, "go: option 'name' is missing"},
		{"a misspelt option of a part", `{ name = "a", were = "here" }`, "go: unknown option 'were': did you mean 'where'?"},
		{"a wrong option of a part", `{ name = "a", far = 1 }`, "go: option 'far': boolean expected, got number"},
	} {
		t.Run(row[0], func(t *testing.T) {
			m := vm.New(vm.Options{})
			defer func() { _ = m.Close() }()
			proto, err := vm.Compile("options.lua", []byte("return "+row[1]))
			if err != nil {
				t.Fatal(err)
			}
			made, err := m.Run(context.Background(), m.Root().NewFunctionFromProto(proto), nil)
			if err != nil {
				t.Fatal(err)
			}
			m.Lock()
			defer m.Unlock()
			got, err := spec.OptionsOf[trip]().Decode(m.Root(), "go", made[0].(*vm.Table))
			text := fmt.Sprint(got)
			if err != nil {
				text = err.Error()
			}
			if text != row[2] {
				t.Errorf("got  %s\nwant %s", text, row[2])
			}
		})
	}
}

func TestNoOptionsAreTheZeroValue(t *testing.T) {
	if got, err := spec.OptionsOf[trip]().Decode(nil, "go", nil); err != nil || got != (trip{}) {
		t.Errorf("got %+v, %v", got, err)
	}
}

package spec_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

// pet is an object that the tests' scripts play with.
type pet struct {
	Name   string
	Age    int
	Weight int64
	Mate   *pet
}

type feedOptions struct {
	Warm   bool          `lua:"warm,optional" doc:"Warm it first."`
	Amount int           `lua:"amount,optional" doc:"How much."`
	How    string        `lua:"how,optional" enum:"spoon,bowl" doc:"From what."`
	Wait   time.Duration `lua:"wait,optional" doc:"When."`
}

type feedArgs struct {
	Food string      `lua:"food" doc:"What."`
	Opts feedOptions `lua:"options,optional" doc:"How."`
}

type everything struct {
	Text    string         `lua:"text,optional"`
	Number  int            `lua:"number,optional"`
	ID      spec.ID        `lua:"id,optional"`
	Float   float64        `lua:"float,optional"`
	Flag    bool           `lua:"flag,optional"`
	Wait    time.Duration  `lua:"wait,optional"`
	When    time.Time      `lua:"when,optional"`
	List    []string       `lua:"list,optional"`
	IDs     []spec.ID      `lua:"ids,optional"`
	Maybe   *bool          `lua:"maybe,optional"`
	Pet     *pet           `lua:"pet,optional"`
	Map     map[string]any `lua:"map,optional"`
	Any     vm.Value       `lua:"any,optional"`
	Colours colour         `lua:"colour,optional"`
}

type walkArgs struct {
	Count int `lua:"count" doc:"How many."`
}

// walks is a cursor; the third walk fails.
type walks struct {
	left, done int
	of         *pet
}

func (w *walks) Next(context.Context) (*pet, bool, error) {
	if w.done++; w.done == 3 {
		return nil, false, &told{"TIRED", 3}
	}
	if w.left == 0 {
		return nil, false, nil
	}
	w.left--
	return w.of, true, nil
}

type takesAll struct {
	Opts everything `lua:"options"`
}

type middle struct {
	Event   string       `lua:"event"`
	Filters *vm.Table    `lua:"filters,optional"`
	Handler *vm.Function `lua:"handler"`
}

type rest struct {
	First string     `lua:"first"`
	Rest  []vm.Value `lua:"...,rest"`
}

// colour decodes itself.
type colour int

func (c *colour) DecodeLua(_ *vm.State, v vm.Value) error {
	if v == vm.String("red") {
		*c = 1
		return nil
	}
	return spec.Expected("colour", v)
}

type told struct {
	kind string
	code int
}

func (e *told) Error() string             { return "told you so" }
func (e *told) LuaFields() map[string]any { return map[string]any{"kind": e.kind, "code": e.code} }

// table is a small zoo: every kind of row once.
func table() *spec.Table {
	rex := &pet{Name: "Rex", Age: 4, Weight: 1 << 60, Mate: &pet{Name: "Lassie"}}
	echo := func(_ *spec.Call, in takesAll) (string, error) {
		in.Opts.Any, in.Opts.Pet = nil, nil
		return fmt.Sprintf("%+v", in.Opts), nil
	}
	return &spec.Table{
		Classes: []spec.Class{
			{
				Name: "Pet", Call: "pet", Go: reflect.TypeFor[*pet](), Doc: "A pet.",
				Text: func(v any) string { return "Pet(" + v.(*pet).Name + ")" },
				Fields: []spec.Field{
					spec.Get("name", "Its name.", func(p *pet) string { return p.Name }),
					spec.Get("age", "Years.", func(p *pet) int { return p.Age }).Maybe(),
					spec.Get("weight", "Too much.", func(p *pet) int64 { return p.Weight }),
					spec.Get("mate", "Whom it likes.", func(p *pet) *pet { return p.Mate }),
					spec.Get("old", "Past its best.", func(p *pet) bool { return p.Age > 3 }),
					spec.Get("tricks", "What it can.", func(*pet) []string { return []string{"sit", "roll"} }),
				},
				Methods: []spec.Func{
					spec.Method("feed", "Feed it.", func(_ *spec.Call, p *pet, in feedArgs) (string, error) {
						return fmt.Sprintf("%s eats %s %+v", p.Name, in.Food, in.Opts), nil
					}),
					spec.Method("bite", "It bites.", func(*spec.Call, *pet, spec.None) (spec.None, error) {
						return spec.None{}, &told{"BITTEN", 42}
					}),
					spec.Iterator("iter_walks", "Walks.", func(_ *spec.Call, p *pet, in walkArgs) (spec.Cursor[*pet], error) {
						if in.Count < 0 {
							return nil, &told{"TOO_FEW", 1}
						}
						return &walks{left: in.Count, of: p}, nil
					}),
					spec.Method("get_walks", "Walks.", func(_ *spec.Call, p *pet, in walkArgs) (spec.List[*pet], error) {
						return spec.List[*pet]{Items: slices.Repeat([]*pet{p}, in.Count), Total: 7}, nil
					}),
					spec.Method("explode", "It does.", func(*spec.Call, *pet, spec.None) (spec.None, error) {
						var nobody *pet
						return spec.None{}, errors.New(nobody.Name)
					}),
				},
			},
			{
				Name: "Puppy", Parent: "Pet", Call: "puppy", Go: reflect.TypeFor[*pet](), Doc: "A young pet.",
				Fields: []spec.Field{spec.Get("cute", "Always.", func(*pet) bool { return true })},
				Dynamic: func(any) []spec.Dynamic {
					return []spec.Dynamic{{Name: "_", Get: func() any { return "puppy" }}, {Name: "own", Get: func() any { return []any{1, "x"} }}}
				},
			},
		},
		Namespaces: []spec.Namespace{{
			Name: "zoo", Doc: "Functions.",
			Functions: []spec.Func{
				spec.Function("take", "Takes all.", echo),
				spec.Function("middle", "Optional in the middle.", func(_ *spec.Call, in middle) (string, error) {
					return fmt.Sprint(in.Event, " ", in.Filters != nil, " ", in.Handler != nil), nil
				}).Direct(),
				spec.Function("bytes", "Takes bytes.", func(_ *spec.Call, in struct {
					Data string   `lua:"data,bytes"`
					More []string `lua:"more,optional,bytes"`
				}) (string, error) {
					return in.Data + strings.Join(in.More, ""), nil
				}),
				spec.Function("rest", "Takes many.", func(_ *spec.Call, in rest) (int, error) { return len(in.Rest), nil }),
				spec.Function("back", "Gives back.", func(_ *spec.Call, in struct {
					Value vm.Value `lua:"value"`
				},
				) (vm.Value, error) {
					return in.Value, nil
				}).Direct(),
				spec.Function("waits", "Gives the baton up.", func(c *spec.Call, _ spec.None) (bool, error) { return c.State == nil, nil }),
				spec.Function("plain", "Plain values.", func(_ *spec.Call, in struct {
					Value vm.Value `lua:"value"`
				},
				) (any, error) {
					return spec.Plain(in.Value)
				}).Direct(),
			},
			Values: []spec.Constant{{Name: "size", Get: func(*spec.Instance) any { return 3 }}},
			Spaces: []spec.Namespace{{
				Name: "shout", Doc: "Callable.",
				Call: func() *spec.Func {
					f := spec.Function("shout", "Shouts.", func(_ *spec.Call, in rest) (string, error) { return strings.ToUpper(in.First), nil })
					return &f
				}(),
			}},
		}},
		Objects: []spec.Object{
			{Name: "rex", Class: "Pet", Get: func(*spec.Instance) any { return rex }},
			{Name: "rex2", Class: "Pet", Get: func(*spec.Instance) any { return rex }},
			{Name: "pup", Class: "Puppy", Get: func(*spec.Instance) any { return &pet{Name: "Pup"} }},
		},
	}
}

// lua runs a chunk in a fresh machine with the table and returns what it returned, as text.
func lua(t testing.TB, source string) (string, error) {
	t.Helper()
	m := vm.New(vm.Options{})
	t.Cleanup(func() { _ = m.Close() })
	m.Lock()
	table().Install(m.Root(), nil)
	m.Unlock()
	proto, err := vm.Compile("zoo.lua", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	values, err := m.Run(context.Background(), m.Root().NewFunctionFromProto(proto), nil)
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = v.String()
	}
	return strings.Join(words, " "), err
}

// check runs rows of sentence, Lua, wanted result. A wanted text that begins with "error: " is the
// end of an error's message.
func check(t *testing.T, rows [][3]string) {
	t.Helper()
	for _, row := range rows {
		t.Run(row[0], func(t *testing.T) {
			got, err := lua(t, row[1])
			if want, isError := strings.CutPrefix(row[2], "error: "); isError {
				var failed *vm.Error
				if !errors.As(err, &failed) || failed.Message != want {
					t.Fatalf("got %q and the error %v, want the error %q", got, err, want)
				}
				return
			}
			if err != nil || got != row[2] {
				t.Fatalf("got %q and the error %v, want %q", got, err, row[2])
			}
		})
	}
}

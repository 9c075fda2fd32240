package scene

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/runtime/vm/pattern"
)

// expectation is a value that something is expected of.
type expectation struct {
	value   vm.Value
	never   bool
	machine *vm.Machine
}

type valueArgs struct {
	Value vm.Value `lua:"value,optional" type:"any" doc:"What it is compared with."`
}

type patternArgs struct {
	Pattern string `lua:"pattern,bytes" doc:"A Lua pattern."`
}

func newExpectation(c *spec.Call, in valueArgs) (*expectation, error) {
	return &expectation{value: orNil(in.Value), machine: vm.MachineOf(c.State)}, nil
}

// orNil is for an argument that isn't there.
func orNil(v vm.Value) vm.Value {
	if v == nil {
		return vm.Nil
	}
	return v
}

// check is the row of something that can be said of a value.
func check[In any](name, doc, sample string, holds func(L *vm.State, v vm.Value, in In) (ok bool, wanted string, diff string, err error)) spec.Func {
	return spec.Method(name, doc, func(c *spec.Call, e *expectation, in In) (spec.None, error) {
		ok, wanted, diff, err := holds(c.State, e.value, in)
		switch {
		case err != nil:
			return spec.None{}, err
		case ok == !e.never:
			return spec.None{}, nil
		case e.never:
			return spec.None{}, &Failure{Message: fmt.Sprintf("expected %s never to %s", brief(c.State, e.value), wanted)}
		}
		return spec.None{}, &Failure{Message: fmt.Sprintf("expected %s to %s", brief(c.State, e.value), wanted), Diff: diff}
	}).Direct().Example(sample).Raises("EXPECTED")
}

// brief is a value on one line.
func brief(L *vm.State, v vm.Value) string {
	text := show(L, v)
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		if v.Type() == vm.TypeTable {
			return "a table"
		}
		return "this text"
	}
	return text
}

func matches(text, with string) (bool, error) {
	var m pattern.Matcher
	m.Reset(text, with, nil)
	_, _, ok, err := m.Find(0)
	if err != nil {
		return false, fmt.Errorf("match %q: %w", with, err)
	}
	return ok, nil
}

var expectationClass = spec.Class{
	Name: "Expectation", Call: "expectation", Go: reflect.TypeFor[*expectation](), Doc: "What expect returns.",
	Fields: []spec.Field{
		spec.Get("never", "The contrary: expect(x).never:equals(1).", func(e *expectation) *expectation {
			return &expectation{e.value, !e.never, e.machine}
		}).OutOfTable(),
	},
	Methods: []spec.Func{
		check("equals", "It is this value; of tables, what is in them is compared.", `expect({ 1, 2 }):equals({ 1, 2 })`,
			func(L *vm.State, v vm.Value, in valueArgs) (bool, string, string, error) {
				wanted := orNil(in.Value)
				return same(L, v, wanted, 0), "equal " + brief(L, wanted), diff(show(L, wanted), show(L, v)), nil
			}),
		check("matches", "It is text that matches a Lua pattern.", `expect("hello"):matches("^h.*o$")`,
			func(L *vm.State, v vm.Value, in patternArgs) (bool, string, string, error) {
				ok, err := matches(L.ToStringMeta(v).String(), in.Pattern)
				return ok && v != vm.Nil, fmt.Sprintf("match %q", in.Pattern), "", err
			}),
		check("contains", "It is text with this in it, or a list with this in it.", `expect({ "a", "b" }):contains("b")
expect("hello"):contains("ell")`,
			func(L *vm.State, v vm.Value, in valueArgs) (bool, string, string, error) {
				wanted := orNil(in.Value)
				doc := "contain " + brief(L, wanted)
				if t, ok := v.(*vm.Table); ok {
					for i := range t.Len() {
						if same(L, t.RawGetInt(i+1), wanted, 0) {
							return true, doc, "", nil
						}
					}
					return false, doc, show(L, v), nil
				}
				return v != vm.Nil && strings.Contains(L.ToStringMeta(v).String(), L.ToStringMeta(wanted).String()), doc, "", nil
			}),
		check("exists", "It is not nil.", `expect(os.time()):exists()`,
			func(_ *vm.State, v vm.Value, _ spec.None) (bool, string, string, error) {
				return v != vm.Nil, "be there", "", nil
			}),
		check("holds", "It is neither nil nor false.", `expect(1 < 2):holds()`,
			func(_ *vm.State, v vm.Value, _ spec.None) (bool, string, string, error) {
				return vm.Truthy(v), "hold", "", nil
			}),
		check("is_a", "It is of this type: string, number, table ...", `expect("x"):is_a("string")`,
			func(_ *vm.State, v vm.Value, in struct {
				Type string `lua:"type" doc:"What type() says."`
			}) (bool, string, string, error) {
				return v.Type().String() == in.Type, "be a " + in.Type, "", nil
			}),
		check("has_length", "It is a list, or text, so long.", `expect({ 1, 2 }):has_length(2)`,
			func(L *vm.State, v vm.Value, in struct {
				Length int `lua:"length" doc:"How long."`
			}) (bool, string, string, error) {
				n := -1
				switch v := v.(type) {
				case *vm.Table:
					n = v.Len()
				case vm.String:
					n = len(v)
				}
				return n == in.Length, fmt.Sprintf("have the length %d, not %d", in.Length, n), "", nil
			}),
		check("is_between", "It is a number from one to another.", `expect(5):is_between(1, 10)`,
			func(_ *vm.State, v vm.Value, in struct {
				From float64 `lua:"from" doc:"The least."`
				To   float64 `lua:"to" doc:"The greatest."`
			}) (bool, string, string, error) {
				n, ok := v.(vm.Number)
				return ok && float64(n) >= in.From && float64(n) <= in.To, fmt.Sprintf("be between %v and %v", in.From, in.To), "", nil
			}),
		raises,
	},
	Text: func(any) string { return "expectation" },
}

// raises runs the function, which may wait.
var raises = spec.Method("raises", "It is a function that ends with an error like this.",
	func(c *spec.Call, e *expectation, in struct {
		Pattern string `lua:"pattern,optional,bytes" doc:"A Lua pattern that the error's text matches, or the error's kind."`
	}) (spec.None, error) {
		fn, ok := e.value.(*vm.Function)
		if !ok {
			return spec.None{}, &Failure{Message: "expected a function that raises an error, but there is a " + e.value.Type().String()}
		}
		_, err := e.machine.Run(c, fn, nil)
		if err == nil {
			if e.never {
				return spec.None{}, nil
			}
			return spec.None{}, &Failure{Message: "expected the function to raise an error, but it didn't"}
		}
		var failed *vm.Error
		text, kind := err.Error(), ""
		if errors.As(err, &failed) {
			var fields interface{ LuaFields() map[string]any }
			text = failed.Message
			if errors.As(failed.Cause, &fields) {
				kind, _ = fields.LuaFields()["kind"].(string)
			}
		}
		fits := in.Pattern == "" || kind == in.Pattern
		if !fits {
			if fits, err = matches(text, in.Pattern); err != nil {
				return spec.None{}, err
			}
		}
		if fits == !e.never {
			return spec.None{}, nil
		}
		return spec.None{}, &Failure{Message: "the function has raised another error than expected", Diff: diff(in.Pattern, text)}
	}).Example(`expect(function() error("no") end):raises("no")`).Raises("EXPECTED")

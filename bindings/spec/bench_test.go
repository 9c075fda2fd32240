package spec_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

// BenchmarkObject measures an event's way to a handler, without the call of the handler itself
// ("nothing"): the object is made, and the handler reads fields of it or calls its methods.
func BenchmarkObject(b *testing.B) {
	for _, row := range [][2]string{
		{"nothing", `return function() local p = 1 for i = 1, 100 do go() end end`},
		{"made", `return function() local p for i = 1, 100 do p = go() end end`},
		{"made and one field", `return function() for i = 1, 100 do local n = go().name end end`},
		{"made and three fields", `return function() for i = 1, 100 do local p = go() local n = p.name == "x", p.age, p.old end end`},
		{"method with options", `return function() local p = go() for i = 1, 100 do p:nap("bone", { warm = true, amount = 3 }) end end`},
		{"method that waits", `return function() local p = go() for i = 1, 100 do p:doze("bone") end end`},
	} {
		b.Run(row[0], func(b *testing.B) {
			m := vm.New(vm.Options{MaxRun: -1})
			defer m.Close()
			rows := table()
			nap := func(*spec.Call, *pet, feedArgs) (int, error) { return 1, nil }
			rows.Classes[0].Methods = append(rows.Classes[0].Methods,
				spec.Method("nap", "", nap).Direct(), spec.Method("doze", "", nap))
			m.Lock()
			in := rows.Install(m.Root(), nil)
			rex := &pet{Name: "Rex", Age: 4}
			m.Root().SetGlobal("go", m.Root().NewFunction(func(L *vm.State) int {
				if row[0] == "nothing" {
					return 0
				}
				L.Push(in.Value(rex))
				return 1
			}))
			m.Unlock()
			proto, err := vm.Compile("bench", []byte(row[1]))
			if err != nil {
				b.Fatal(err)
			}
			made, err := m.Run(context.Background(), m.Root().NewFunctionFromProto(proto), nil)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() { // each run of the function does it a hundred times
				if _, err := m.Run(context.Background(), made[0].(*vm.Function), nil); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/100, "ns/one")
		})
	}
}

var sink vm.Value

// BenchmarkValue measures encoding without Lua.
func BenchmarkValue(b *testing.B) {
	m := vm.New(vm.Options{})
	defer m.Close()
	m.Lock()
	defer m.Unlock()
	in := table().Install(m.Root(), nil)
	for _, v := range []any{"text", 5, []string{"a", "b"}, &pet{}} {
		b.Run(reflect.TypeOf(v).String(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sink = in.Value(v)
			}
		})
	}
}

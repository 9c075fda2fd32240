package bindings

import (
	"github.com/tgscript/tgscript/bindings/service/inspect"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

type inspectArgs struct {
	Value vm.Value       `lua:"value,optional" doc:"Anything."`
	Opts  inspectOptions `lua:"options,optional" doc:"How much."`
}

type inspectOptions struct {
	Depth int `lua:"depth,optional" doc:"How deep tables within tables are written; 6 if not given."`
	Width int `lua:"width,optional" doc:"Characters of a line: what fits into it stands on one; 80 if not given."`
	Items int `lua:"max_items,optional" doc:"Elements of one table that are written; 100 if not given."`
	Text  int `lua:"max_text,optional" doc:"Bytes of one string that are written; 1000 if not given."`
	Size  int `lua:"max_size,optional" doc:"Bytes of all, about; 65536 if not given, 16777216 at most."`
}

// mostInspected is how much text tg.inspect makes at most.
const mostInspected = 16 << 20

// inspectValue is tg.inspect.
var inspectValue = spec.Function("inspect", "A value as text that people can read: tables with what is in them, in the same order each time, and objects with their fields, but those that are false or empty. "+
	"A table within itself is written as <circle>. print and tg.log write tables like this.",
	func(c *spec.Call, in inspectArgs) (string, error) {
		o := in.Opts
		for _, bound := range []int{o.Depth, o.Width, o.Items, o.Text, o.Size} {
			if bound < 0 || bound > mostInspected {
				return "", &spec.ArgumentError{Function: "inspect", Place: "options", Problem: "0 to 16777216 expected"}
			}
		}
		return inspected(c.Instance, c.State, orNil(in.Value), inspect.Options{Depth: min(o.Depth, 100), Width: o.Width, Items: o.Items, Text: o.Text, Total: o.Size}), nil
	},
).Direct().OfAnything().Example(`print(tg.inspect({ name = "Alice", tags = { "a", "b" } }))
print(tg.inspect(client.me, { depth = 2 }))`)

// inspected writes a value. Of an object the fields are written, of those within something else their short text.
func inspected(in *spec.Instance, L *vm.State, v vm.Value, o inspect.Options) string {
	o.Object = func(data *vm.UserData, nested bool) (string, *vm.Table) {
		if !nested {
			if class, fields, known := in.Fields(data); known && fields != nil {
				return class, telling(L, fields)
			}
		}
		return vm.Show(L, data), nil
	}
	return inspect.Write(v, o)
}

// telling are the fields of an object that say something: most of the many are false.
func telling(L *vm.State, fields *vm.Table) *vm.Table {
	left := L.NewTable()
	fields.ForEach(func(k, v vm.Value) {
		if list, ok := v.(*vm.Table); ok {
			if first, _ := list.Next(vm.Nil); first == vm.Nil {
				return
			}
		}
		if v != vm.False {
			left.RawSet(k, v)
		}
	})
	return left
}

package spec

import (
	"context"
	"reflect"

	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
)

// Instance is a table of rows at work in one Lua state. It belongs to the state and, like all Lua
// values, may only be used with the baton.
type Instance struct {
	Generation *runtime.Generation // nil outside a host

	table   *Table
	state   *vm.State
	classes map[reflect.Type]*class
	named   map[string]*class
	spaces  map[*vm.Table]string // namespaces, for the error of tg:sleep()
	same    *vm.Function         // __eq of all classes: Lua asks it only when both sides have the same one
}

// enter gives a call its place in the line, if its row keeps one.
func (in *Instance) enter(ctx context.Context, row *Func) (_ context.Context, leave func()) {
	if !row.inOrder || in.table.Line == nil || in.Generation == nil {
		return ctx, func() {}
	}
	return in.table.Line(ctx, in.Generation)
}

// Install gives the state the table's globals. Objects' members are made when they are first used.
func (t *Table) Install(L *vm.State, g *runtime.Generation) *Instance {
	in := &Instance{
		Generation: g, table: t, state: L,
		classes: make(map[reflect.Type]*class, len(t.Classes)),
		named:   make(map[string]*class, len(t.Classes)),
		spaces:  map[*vm.Table]string{},
	}
	in.same = vm.Wrap(L, in.equal)
	for i := range t.Classes {
		row := &t.Classes[i]
		c := &class{row: row}
		in.named[row.Name] = c
		if row.Parent == "" && row.Go != nil {
			in.classes[row.Go] = c
		}
	}
	for i := range t.Namespaces {
		space := &t.Namespaces[i]
		L.SetGlobal(space.Name, in.namespace(space, space.Name))
	}
	for i := range t.Objects {
		object := &t.Objects[i]
		L.SetGlobal(object.Name, in.Object(object.Class, object.Get(in)))
	}
	return in
}

// Object makes an object of the named class, for classes that share a Go type with their parent.
// Elsewhere the encoder finds the class by the Go type.
func (in *Instance) Object(className string, v any) vm.Value {
	return in.named[className].wrap(in, v)
}

// Function makes a Lua function of a row that no namespace or class lists. A method takes its object first.
func (in *Instance) Function(row *Func) *vm.Function { return vm.Wrap(in.state, row.bind(in, row)) }

// Go makes a Lua function of Go that is no row.
func (in *Instance) Go(fn vm.GoFunction) *vm.Function { return vm.Wrap(in.state, fn) }

func (in *Instance) newTable(list, names int) *vm.Table { return in.state.CreateTable(list, names) }

// namespace makes a table of functions. Reading a name that it doesn't have is an error, since nil
// would only fail later, and with less to say.
func (in *Instance) namespace(row *Namespace, path string) *vm.Table {
	L := in.state
	table := in.newTable(0, len(row.Functions)+len(row.Values)+len(row.Spaces))
	in.spaces[table] = path
	var names []string
	for i := range row.Functions {
		f := &row.Functions[i]
		names = append(names, f.Name)
		table.RawSetString(f.Name, vm.Wrap(L, f.bind(in, f)))
	}
	for _, v := range row.Values {
		names = append(names, v.Name)
		table.RawSetString(v.Name, in.Value(v.Get(in)))
	}
	for i := range row.Spaces {
		space := &row.Spaces[i]
		names = append(names, space.Name)
		table.RawSetString(space.Name, in.namespace(space, path+"."+space.Name))
	}
	meta := in.newTable(0, 4)
	meta.RawSetString("__index", vm.Wrap(L, func(L *vm.State) int {
		vm.Raise(L, Unknown(path, "name", L.Get(2).String(), names))
		return 0
	}))
	meta.RawSetString("__newindex", vm.Wrap(L, func(L *vm.State) int {
		vm.Raise(L, &ArgumentError{Function: path, Problem: "'" + L.Get(2).String() + "' can't be set: " + path + " is read-only"})
		return 0
	}))
	meta.RawSetString("__metatable", vm.String(path))
	if row.Call != nil {
		call := row.Call.bind(in, row.Call)
		meta.RawSetString("__call", vm.Wrap(L, func(L *vm.State) int {
			L.Remove(1) // the table itself
			return call(L)
		}))
	}
	table.Metatable = meta
	return table
}

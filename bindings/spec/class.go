package spec

import (
	"fmt"

	"github.com/tgscript/tgscript/runtime/vm"
)

// class is a Class at work in one state: its metatable and the members made so far.
type class struct {
	row     *Class
	meta    *vm.Table // nil until there is an object
	members map[string]*member
	names   []string
}

// member is a field or a method; get or function is made at the first use.
type member struct {
	field    *Field
	method   *Func
	get      func(v any) vm.Value
	function *vm.Function
}

// make prepares a class when its first object is made: a script meets few of them.
func (c *class) make(in *Instance) {
	row := c.row
	c.members = map[string]*member{}
	fields, methods := in.table.FieldsOf(row), in.table.MethodsOf(row)
	for i := range fields {
		c.members[fields[i].Name] = &member{field: &fields[i]}
		c.names = append(c.names, fields[i].Name)
	}
	for i := range methods {
		c.members[methods[i].Name] = &member{method: &methods[i]}
		c.names = append(c.names, methods[i].Name)
	}
	c.members["to_table"] = &member{function: vm.Wrap(in.state, func(L *vm.State) int {
		L.Push(c.toTable(in, c.check(L)))
		return 1
	})}
	c.names = append(c.names, "to_table")
	c.meta = c.metatable(in)
}

func (c *class) metatable(in *Instance) *vm.Table {
	L := in.state
	meta := in.newTable(0, 6)
	meta.RawSetString("__name", vm.String(c.row.Name))
	meta.RawSetString("__metatable", vm.String(c.row.Name))
	meta.RawSetString("__index", vm.Wrap(L, func(L *vm.State) int {
		L.Push(c.index(in, L))
		return 1
	}))
	meta.RawSetString("__newindex", vm.Wrap(L, func(L *vm.State) int {
		vm.Raise(L, &ArgumentError{Function: c.row.Name, Problem: c.row.NotSet(L.Get(2).String())})
		return 0
	}))
	meta.RawSetString("__tostring", vm.Wrap(L, func(L *vm.State) int {
		L.Push(vm.String(c.text(c.check(L))))
		return 1
	}))
	meta.RawSetString("__eq", in.same)
	if c.row.Invoke != nil {
		meta.RawSetString("__call", vm.Wrap(L, c.row.Invoke.bind(in, c.row.Invoke)))
	}
	if c.row.Concat != nil {
		meta.RawSetString("__concat", vm.Wrap(L, c.row.Concat.bind(in, c.row.Concat)))
	}
	return meta
}

// equal compares two objects, by their class's rule or by what they hold.
func (in *Instance) equal(L *vm.State) int {
	a, _ := L.Get(1).(*vm.UserData)
	b, _ := L.Get(2).(*vm.UserData)
	same := false
	if a != nil && b != nil {
		c, d := in.classOf(a), in.classOf(b)
		switch {
		case c == nil || d == nil || c.row.Go != d.row.Go:
		case c.row.Equal != nil:
			same = c.row.Equal(a.Value, b.Value)
		default:
			same = a.Value == b.Value
		}
	}
	L.Push(vm.Bool(same))
	return 1
}

func (in *Instance) classOf(data *vm.UserData) *class {
	for _, c := range in.named {
		if data.Metatable == c.meta {
			return c
		}
	}
	return nil
}

// wrap makes the Lua object: nothing is converted until a field is read.
func (c *class) wrap(in *Instance, v any) vm.Value {
	if c.meta == nil {
		c.make(in)
	}
	return &vm.UserData{Value: v, Metatable: c.meta, Env: in.state.Env}
}

// check gives the Go value of the object at stack position 1.
func (c *class) check(L *vm.State) any {
	data, ok := L.Get(1).(*vm.UserData)
	if !ok || data.Metatable != c.meta {
		vm.Raise(L, &ArgumentError{Function: c.row.Name, Problem: "use " + c.row.Call + ":to_table() and other methods with a colon"})
	}
	return data.Value
}

func (c *class) index(in *Instance, L *vm.State) vm.Value {
	data, ok := L.Get(1).(*vm.UserData)
	if !ok || data.Metatable != c.meta {
		vm.Raise(L, Expected(c.row.Name, L.Get(1)))
	}
	key, ok := L.Get(2).(vm.String)
	if !ok {
		vm.Raise(L, &ArgumentError{Function: c.row.Name, Problem: "fields have names, got " + describe(L.Get(2))})
	}
	m := c.members[string(key)]
	switch {
	case m == nil:
		return c.dynamic(in, L, data.Value, string(key))
	case m.get != nil:
		return m.get(data.Value)
	case m.function != nil:
		return m.function
	case m.field != nil:
		m.get = m.field.bind(in, m.field.Nilable)
		return m.get(data.Value)
	}
	m.function = vm.Wrap(L, m.method.bind(in, m.method))
	return m.function
}

// dynamic looks among the names that only this object has; an unknown name is an error.
func (c *class) dynamic(in *Instance, L *vm.State, v any, name string) vm.Value {
	names := c.names
	if c.row.Lookup != nil {
		if value, ok := c.row.Lookup(v, name); ok {
			return in.Value(value)
		}
	}
	if c.row.Dynamic != nil {
		own := c.row.Dynamic(v)
		for _, d := range own {
			if d.Name == name {
				return in.Value(d.Get())
			}
		}
		names = append([]string(nil), names...)
		for _, d := range own {
			names = append(names, d.Name)
		}
	}
	vm.Raise(L, c.row.NoField(name, names))
	return vm.Nil
}

func (c *class) text(v any) string {
	switch {
	case c.row.Text != nil:
		return c.row.Text(v)
	default:
		if s, ok := v.(fmt.Stringer); ok {
			return s.String()
		}
		return c.row.Name
	}
}

package spec

import (
	"iter"
	"slices"

	"github.com/tgscript/tgscript/runtime/vm"
)

// toTable copies an object's fields into a plain table, and the objects in them too: for pairs, for
// JSON and for looking at.
func (c *class) toTable(in *Instance, v any) *vm.Table {
	return c.copied(in, v, 0)
}

// values are the fields of an object that stand in its table, in the order of their names.
func (c *class) values(in *Instance, v any) iter.Seq2[string, vm.Value] {
	return func(yield func(string, vm.Value) bool) {
		for _, name := range c.names {
			m := c.members[name]
			if m.field == nil || m.field.Untabled {
				continue
			}
			if m.get == nil {
				m.get = m.field.bind(in, m.field.Nilable)
			}
			if !yield(name, m.get(v)) {
				return
			}
		}
	}
}

func (c *class) copied(in *Instance, v any, depth int) *vm.Table {
	table := in.newTable(0, len(c.members))
	for name, value := range c.values(in, v) {
		table.RawSetString(name, in.tabled(value, depth+1))
	}
	if c.row.Dynamic != nil {
		own := c.row.Dynamic(v)
		slices.SortFunc(own, func(a, b Dynamic) int { return compare(a.Name, b.Name) })
		for _, d := range own {
			table.RawSetString(d.Name, in.tabled(in.Value(d.Get()), depth+1))
		}
	}
	return table
}

// compare puts names in order, `_` (what kind of thing it is) first.
func compare(a, b string) int {
	switch {
	case a == b:
		return 0
	case a == "_" || b != "_" && a < b:
		return -1
	}
	return 1
}

// tabled replaces objects by tables, in lists too. A message that answers a message that answers ...
// ends at a depth that no printed page needs.
func (in *Instance) tabled(v vm.Value, depth int) vm.Value {
	switch v := v.(type) {
	case *vm.UserData:
		c := in.classOf(v)
		if c == nil || depth > deepest {
			return v
		}
		return c.copied(in, v.Value, depth)
	case *vm.Table:
		if depth > deepest {
			return v
		}
		out := in.newTable(v.Len(), 0)
		v.ForEach(func(k, one vm.Value) { out.RawSet(k, in.tabled(one, depth+1)) })
		return out
	}
	return v
}

// Field is one field of an object; known is false where it has none of the name.
func (in *Instance) Field(o *vm.UserData, name string) (v vm.Value, known bool) {
	c := in.classOf(o)
	if c == nil || c.members[name] == nil || c.members[name].field == nil {
		return vm.Nil, false
	}
	m := c.members[name]
	if m.get == nil {
		m.get = m.field.bind(in, m.field.Nilable)
	}
	return m.get(o.Value), true
}

// Fields are an object's fields as scripts read them, in a table of their own, and the name of its class. known is
// false for what is no object of a class, and fields is nil for one that has none.
func (in *Instance) Fields(o *vm.UserData) (class string, fields *vm.Table, known bool) {
	c := in.classOf(o)
	if c == nil {
		return "", nil, false
	}
	for name, value := range c.values(in, o.Value) {
		if fields == nil {
			fields = in.newTable(0, len(c.members))
		}
		fields.RawSetString(name, value)
	}
	return c.row.Name, fields, true
}

package reference

import (
	"slices"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm/syntax"
	"github.com/tgscript/tgscript/telegram/schema"
)

// apiMember finds a name in client.api, in one of its namespaces or in one of their methods.
func (c *checker) apiMember(what thing, name string, line int, before byte) thing {
	for i := range what.class.Methods {
		if f := &what.class.Methods[i]; f.Name == name {
			return thing{method: f, owner: what.class.Call}
		}
	}
	full := strings.TrimPrefix(what.api+"."+name, ".")
	if schema.Method(full) != nil {
		return thing{class: c.table.Class("ApiMethod"), api: full}
	}
	var known []string
	for _, method := range schema.Names(true) {
		rest, inside := strings.CutPrefix(method, what.api)
		if inside && what.api != "" {
			rest, inside = strings.CutPrefix(rest, ".")
		}
		if inside {
			known = append(known, strings.Split(rest, ".")[0])
		}
	}
	if what.api == "" && slices.Contains(known, name) {
		return thing{class: what.class, api: name}
	}
	if name != "to_table" {
		c.found(unknownName, line, name, before, "%s", spec.Unknown(what.class.Name, "field", name, known))
	}
	return thing{}
}

// invoked checks client.api.messages.getHistory{ ... }, by the schema.
func (c *checker) invoked(e *syntax.Call, callee thing) thing {
	c.exprs(e.Args...)
	method := schema.Method(callee.api)
	if method == nil || len(e.Args) == 0 {
		return thing{}
	}
	if table, ok := e.Args[0].(*syntax.TableExpr); ok {
		c.parameters(table, method)
	}
	if len(e.Args) > 1 {
		if table, ok := e.Args[1].(*syntax.TableExpr); ok {
			c.options(table, "call", callee.class.Invoke.Params[1].Options)
		}
	}
	return thing{}
}

// parameters checks the names in a table of a method's or constructor's fields, and in the tables within.
func (c *checker) parameters(table *syntax.TableExpr, d *schema.Definition) {
	for _, field := range table.Fields {
		key, ok := field.Key.(*syntax.Text)
		if !ok || key.Value == schema.Tag {
			continue
		}
		f := d.Field(key.Value)
		if f == nil {
			c.found(unknownName, key.Line(), key.Value, 0, "%s", spec.Unknown(d.Name, "field", key.Value, d.Names()))
			continue
		}
		c.given(field.Value, f.Type)
	}
}

// given checks a value of the schema's type, as far as it is written out.
func (c *checker) given(value syntax.Expr, t *schema.Type) {
	table, ok := value.(*syntax.TableExpr)
	if !ok {
		return
	}
	if t.Kind == schema.Vector {
		for _, field := range table.Fields {
			if field.Key == nil {
				c.given(field.Value, t.Elem)
			}
		}
		return
	}
	known := schema.Constructors(t.Class)
	if t.Kind == schema.Query {
		known = schema.Names(true)
	}
	name, tag := "", (*syntax.Text)(nil)
	if len(known) == 1 {
		name = known[0]
	}
	for _, field := range table.Fields {
		if key, ok := field.Key.(*syntax.Text); ok && key.Value == schema.Tag {
			if tag, ok = field.Value.(*syntax.Text); !ok {
				return // only the script knows
			}
			name = tag.Value
		}
	}
	switch {
	case name == "":
	case slices.Contains(known, name):
		c.parameters(table, schema.Find(name))
	case tag != nil && schema.Find(name) == nil: // of another class it may be an object that stands for one of this
		c.found(unknownName, tag.Line(), name, 0, "%s", spec.Unknown(t.String(), "constructor", name, known))
	}
}

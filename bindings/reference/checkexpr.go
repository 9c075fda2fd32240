package reference

import (
	"slices"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm/syntax"
)

func (c *checker) exprs(list ...syntax.Expr) {
	for _, e := range list {
		c.expr(e)
	}
}

// expr checks an expression and says what is known of its value.
func (c *checker) expr(e syntax.Expr) thing {
	switch e := e.(type) {
	case nil:
		return thing{}
	case *syntax.Ident:
		return c.ident(e)
	case *syntax.Get:
		return c.get(e)
	case *syntax.Call:
		return c.call(e)
	case *syntax.Function:
		c.function(e, nil)
		return thing{}
	case *syntax.Logical:
		left, right := c.expr(e.Lhs), c.expr(e.Rhs)
		if e.Operator == "or" && left.class == right.class && left.class != nil {
			return left
		}
		return thing{}
	}
	c.exprs(children(e)...)
	return thing{}
}

func (c *checker) ident(e *syntax.Ident) thing {
	if l := c.scope.find(e.Value); l != nil {
		l.read = true
		return l.what
	}
	what, ok := c.global(e.Value)
	if instead := beyond[e.Value]; !ok && instead != "" {
		c.found(otherLua, e.Line(), e.Value, 0, "Lua 5.1 has no '%s': %s", e.Value, instead)
	} else if !ok {
		c.found(undefined, e.Line(), e.Value, 0, "undefined variable '%s'%s", e.Value, meant(e.Value, c.globalNames()))
	}
	return what
}

func meant(name string, known []string) string {
	if near := spec.Nearest(name, known); near != "" {
		return ": did you mean '" + near + "'?"
	}
	return ""
}

// get checks object.key.
func (c *checker) get(e *syntax.Get) thing {
	what := c.expr(e.Object)
	key, ok := e.Key.(*syntax.Text)
	if !ok {
		c.expr(e.Key)
		return thing{class: what.list}
	}
	return c.member(what, key.Value, key.Line(), '.')
}

// member finds a name in a thing. A name that it can't have is a mistake.
func (c *checker) member(what thing, name string, line int, before byte) thing {
	switch {
	case what.class != nil && what.class.Invoke != nil:
		return c.apiMember(what, name, line, before)
	case what.class != nil:
		return c.classMember(what.class, name, line, before)
	case what.space != nil:
		return c.spaceMember(what, name, line, before)
	case what.lua != nil && what.lua[name]:
		if instead := older[what.path+"."+name]; instead != "" {
			c.found(deprecated, line, name, before, "%s.%s is old: %s", what.path, name, instead)
		}
	case what.lua != nil:
		var known []string
		for k := range what.lua {
			known = append(known, k)
		}
		if instead := beyond[what.path+"."+name]; instead != "" {
			c.found(otherLua, line, name, before, "there is no %s.%s: %s", what.path, name, instead)
			return thing{}
		}
		c.found(unknownName, line, name, before, "unknown name '%s' in Lua's library%s", name, meant(name, known))
	}
	return thing{}
}

func (c *checker) classMember(class *spec.Class, name string, line int, before byte) thing {
	if class.Dynamic != nil {
		return thing{}
	}
	known := []string{"to_table"}
	for _, f := range slices.Backward(c.table.FieldsOf(class)) { // the child's own are last
		if f.Name == name {
			return thing{class: c.classNamed(c.table.FieldType(f))}
		}
		known = append(known, f.Name)
	}
	methods := c.table.MethodsOf(class)
	for i := range slices.Backward(methods) {
		if methods[i].Name == name {
			return thing{method: &methods[i], owner: class.Call}
		}
		known = append(known, methods[i].Name)
	}
	if name != "to_table" {
		c.found(unknownName, line, name, before, "%s", class.NoField(name, known))
	}
	return thing{}
}

func (c *checker) spaceMember(what thing, name string, line int, before byte) thing {
	var known []string
	for i := range what.space.Functions {
		f := &what.space.Functions[i]
		if f.Name == name {
			return thing{method: f, owner: what.path}
		}
		known = append(known, f.Name)
	}
	for i := range what.space.Spaces {
		s := &what.space.Spaces[i]
		if s.Name == name {
			return thing{space: s, path: what.path + "." + name}
		}
		known = append(known, s.Name)
	}
	for _, v := range what.space.Values {
		if v.Name == name {
			return thing{class: c.classNamed(v.Type)}
		}
		known = append(known, v.Name)
	}
	c.found(unknownName, line, name, before, "%s", spec.Unknown(what.path, "name", name, known))
	return thing{}
}

// classNamed is the class that an editor type names: "Peer?" is Peer.
func (c *checker) classNamed(kind string) *spec.Class {
	return c.table.Class(strings.TrimSuffix(kind, "?"))
}

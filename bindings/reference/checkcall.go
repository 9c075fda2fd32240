package reference

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm/syntax"
)

// call checks a call: the function's name, its options and how many arguments it gets.
func (c *checker) call(e *syntax.Call) thing {
	if e.Method != "" {
		return c.methodCall(e)
	}
	callee := c.expr(e.Func)
	if name, ok := e.Func.(*syntax.Ident); ok && name.Value == "ipairs" && !c.changed["ipairs"] && len(e.Args) == 1 {
		if list := c.expr(e.Args[0]).list; list != nil {
			return thing{turn: []*spec.Class{nil, list}}
		}
		return thing{}
	}
	switch f := callee.method; {
	case callee.class != nil && callee.class.Invoke != nil:
		return c.invoked(e, callee)
	case f == nil:
		if callee.space != nil && callee.space.Call != nil {
			c.arguments(e, callee.space.Call)
			return thing{}
		}
		c.exprs(e.Args...)
		return thing{}
	case f.Receiver != nil:
		c.found(wrongCall, e.Func.Line(), f.Name, '.', "%s: use %s:%s, not %s.%s", f.Name, callee.owner, f.Name, callee.owner, f.Name)
		c.exprs(e.Args...)
		return c.result(f)
	default:
		c.arguments(e, f)
		return c.result(f)
	}
}

func (c *checker) methodCall(e *syntax.Call) thing {
	receiver := c.expr(e.Receiver)
	if receiver.class == nil && receiver.space == nil {
		c.exprs(e.Args...)
		return thing{}
	}
	f := c.member(receiver, e.Method, e.Line(), ':').method
	switch {
	case f == nil:
		c.exprs(e.Args...)
		return thing{}
	case f.Receiver == nil:
		c.found(wrongCall, e.Line(), f.Name, ':', "%s: use %s.%s, not %s:%s", f.Name, receiver.path, f.Name, receiver.path, f.Name)
		c.exprs(e.Args...)
	default:
		c.arguments(e, f)
	}
	return c.result(f)
}

func (c *checker) result(f *spec.Func) thing {
	kind := c.table.ResultType(*f)
	if f.Each != nil {
		return thing{turn: []*spec.Class{c.classNamed(c.table.TypeOf(f.Each))}}
	}
	if one, ok := strings.CutSuffix(kind, "[]"); ok {
		return thing{list: c.classNamed(one)}
	}
	return thing{class: c.classNamed(kind)}
}

// arguments checks what a row's function is given. Functions among the arguments are handlers: what
// they get is known from the event's name or the parameter's type.
func (c *checker) arguments(e *syntax.Call, f *spec.Func) {
	given := c.matched(e.Args, f.Params)
	var event *spec.Event
	for i, arg := range e.Args {
		var p *spec.Param
		if i < len(given) {
			p = given[i]
		}
		switch arg := arg.(type) {
		case *syntax.Text:
			if p != nil && p.Name == "event" && f.Name == "on" {
				event = c.event(arg)
			}
		case *syntax.TableExpr:
			c.exprs(arg)
			switch {
			case p != nil && p.Options != nil:
				c.options(arg, f.Name, p.Options)
			case event != nil:
				c.options(arg, f.Name, event.Filters)
			}
		case *syntax.Function:
			c.function(arg, c.handed(p, event))
		default:
			c.expr(arg)
		}
		if p != nil && (!p.Optional || len(e.Args) == len(f.Params)) { // others may be for a parameter further on
			c.literal(f.Name, fmt.Sprintf("argument %d (%s)", i+1, p.Name), p, arg)
		}
	}
	c.count(e, f, given)
}

// matched says which parameter each argument is for; as in spec, one in the middle may be left out.
func (c *checker) matched(args []syntax.Expr, params []spec.Param) []*spec.Param {
	var given []*spec.Param
	next := 0
	for i := range params {
		if next >= len(args) {
			break
		}
		p := &params[i]
		if p.Rest {
			for ; next < len(args); next++ {
				given = append(given, p)
			}
			break
		}
		_, table := args[next].(*syntax.TableExpr)
		_, isFunction := args[next].(*syntax.Function)
		if p.Optional && len(args)-next < len(params)-i && (isFunction || !table && i < len(params)-1 && len(args)-next == len(params)-i-1) {
			continue
		}
		given = append(given, p)
		next++
	}
	return given
}

// count finds arguments that are missing or too many. A call or ... at the end may stand for any number.
func (c *checker) count(e *syntax.Call, f *spec.Func, given []*spec.Param) {
	if n := len(e.Args); n > 0 {
		switch e.Args[n-1].(type) {
		case *syntax.Call, *syntax.Varargs:
			return
		}
	}
	name, before := f.Name, byte('.')
	if e.Method != "" {
		before = ':'
	}
	if len(e.Args) > len(given) {
		c.found(extraArgument, e.Line(), name, before, "%s: takes %s, got %d", name, spec.Counted(len(f.Params)), len(e.Args))
		return
	}
	for i := range f.Params {
		p := &f.Params[i]
		if !p.Optional && !p.Rest && !slices.Contains(given, p) {
			c.found(missingArgument, e.Line(), name, before, "%s: argument %d (%s) is missing", name, i+1, p.Name)
			return
		}
	}
}

func (c *checker) event(name *syntax.Text) *spec.Event {
	if e := c.table.Event(name.Value); e != nil {
		return e
	}
	var known []string
	for _, e := range c.table.Events {
		known = append(known, e.Name)
	}
	c.found(unknownEvent, name.Line(), name.Value, 0, "%s", spec.Unknown("on", "event", name.Value, known))
	return nil
}

// options checks the names of a table of options, and the values that come from a list.
func (c *checker) options(table *syntax.TableExpr, function string, params []spec.Param) {
	known := make([]string, len(params))
	for i, p := range params {
		known[i] = p.Name
	}
	for _, field := range table.Fields {
		key, ok := field.Key.(*syntax.Text)
		if !ok {
			continue
		}
		i := slices.Index(known, key.Value)
		if i < 0 {
			c.found(unknownOption, key.Line(), key.Value, 0, "%s", spec.Unknown(function, "option", key.Value, known))
			continue
		}
		c.literal(function, "option '"+key.Value+"'", &params[i], field.Value)
		value, ok := field.Value.(*syntax.Text)
		if ok && len(params[i].Enum) > 0 && !slices.Contains(params[i].Enum, value.Value) {
			c.found(unknownValue, value.Line(), value.Value, 0, "%s: option '%s': '%s' is not one of '%s'%s", function, key.Value, value.Value,
				strings.Join(params[i].Enum, "', '"), meant(value.Value, params[i].Enum))
		}
	}
}

// handed is what a handler gets: an event's object, or what the parameter's type says in
// "fun(event: MessageEvent)".
func (c *checker) handed(p *spec.Param, event *spec.Event) []thing {
	if event != nil {
		return []thing{{class: c.table.Class(event.Class)}}
	}
	if p == nil {
		return nil
	}
	inside, ok := strings.CutPrefix(p.Written, "fun(")
	if !ok {
		return nil
	}
	inside, _, _ = strings.Cut(inside, ")")
	var params []thing
	for one := range strings.SplitSeq(inside, ",") {
		_, kind, _ := strings.Cut(one, ":")
		params = append(params, thing{class: c.classNamed(strings.TrimSpace(kind))})
	}
	return params
}

package reference

import (
	"reflect"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm/syntax"
)

// literal checks the kind of a value that is written out. Only where the editor type tells all that a parameter
// takes is anything said.
func (c *checker) literal(function, what string, p *spec.Param, value syntax.Expr) {
	kind := kindOf(value)
	if kind == "" || p.Rest || kind == "nil" && p.Optional {
		return
	}
	written := c.table.ParamType(*p)
	takes := kinds{}
	if p.Written == "" && p.Type != nil && p.Type.Kind() == reflect.Slice {
		takes["table"] = true
	}
	if !c.kinds(written, takes, 0) || takes[kind] || kind == "number" && takes["string"] || kind == "string" && takes["number"] && !word(value) {
		return
	}
	place, length := placeOf(value)
	if place > 0 {
		c.found(wrongType, place, length, 0, "%s: %s: %s expected, got %s", function, what, written, kind)
		return
	}
	f := finding(wrongType, c.file, value.Line(), 1, 1, function+": "+what+": "+written+" expected, got "+kind)
	c.findings = append(c.findings, f)
}

// kinds are what a type may be: string, number, boolean, table, function, nil, and objects.
type kinds map[string]bool

// kinds adds those of an editor type, and says whether it knows them all.
func (c *checker) kinds(written string, to kinds, depth int) bool {
	if depth > 5 {
		return false
	}
	for _, part := range alternatives(written) {
		name := strings.TrimSuffix(part, "?")
		if name != part {
			to["nil"] = true
		}
		name = strings.TrimSpace(name)
		if inside, ok := strings.CutPrefix(name, "("); ok && strings.HasSuffix(inside, ")") {
			if !c.kinds(strings.TrimSuffix(inside, ")"), to, depth+1) {
				return false
			}
			continue
		}
		switch {
		case name == "string", strings.HasPrefix(name, `"`):
			to["string"] = true
		case name == "integer", name == "number":
			to["number"] = true
		case name == "boolean", name == "true", name == "false":
			to["boolean"] = true
		case name == "function", strings.HasPrefix(name, "fun("):
			to["function"] = true
		case name == "nil":
			to["nil"] = true
		case name == "table", strings.HasSuffix(name, "[]"), strings.HasPrefix(name, "table<"), strings.HasPrefix(name, "{"):
			to["table"] = true
		case c.table.Class(name) != nil:
			to["table"] = true // many take what to_table gives, too
		default:
			alias := c.alias(name)
			if alias == "" || !c.kinds(alias, to, depth+1) {
				return false
			}
		}
	}
	return true
}

func (c *checker) alias(name string) string {
	for _, a := range c.table.Aliases {
		if a.Name == name {
			return a.Type
		}
	}
	return ""
}

// alternatives takes "string|fun(a: b|c)|(d|e)[]" apart at its outer bars.
func alternatives(written string) []string {
	var parts []string
	depth, from := 0, 0
	for i, r := range written {
		switch r {
		case '(', '<', '{':
			depth++
		case ')', '>', '}':
			depth--
		case '|':
			if depth == 0 {
				parts = append(parts, written[from:i])
				from = i + 1
			}
		}
	}
	return append(parts, written[from:])
}

// kindOf is the kind of a value that is written out, or empty.
func kindOf(e syntax.Expr) string {
	switch e := e.(type) {
	case *syntax.Text, *syntax.Concat:
		return "string"
	case *syntax.Numeral:
		return "number"
	case *syntax.Minus:
		return kindOf(e.Expr)
	case *syntax.True, *syntax.False:
		return "boolean"
	case *syntax.Nil:
		return "nil"
	case *syntax.Function:
		return "function"
	case *syntax.TableExpr:
		return "table"
	}
	return ""
}

// word tells text that is no number: "5" will do where a number is wanted.
func word(e syntax.Expr) bool {
	text, ok := e.(*syntax.Text)
	return ok && text.Value != "" && !strings.ContainsAny(text.Value[:1], "0123456789-+. ")
}

// placeOf is where a literal stands that the words of the source know.
func placeOf(e syntax.Expr) (line int, word string) {
	switch e := e.(type) {
	case *syntax.Text:
		return e.Line(), e.Value
	case *syntax.True:
		return e.Line(), "true"
	case *syntax.False:
		return e.Line(), "false"
	case *syntax.Nil:
		return e.Line(), "nil"
	case *syntax.Function:
		return e.Line(), "function"
	}
	return 0, ""
}

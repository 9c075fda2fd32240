package reference_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/spec"
)

// reserved are Lua's own words: nothing can be called so without quotes.
// https://www.lua.org/manual/5.1/manual.html#2.1
var reserved = []string{
	"and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil", "not", "or",
	"repeat", "return", "then", "true", "until", "while",
}

var plainName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// TestNamesCanBeWritten looks at every name of the table: a script writes it as it stands.
func TestNamesCanBeWritten(t *testing.T) {
	table := bindings.Table()
	name := func(owner, name string) {
		if !plainName.MatchString(name) || slices.Contains(reserved, name) {
			t.Errorf("%s: %q can't be written in Lua, or not as the others are", owner, name)
		}
	}
	var params func(owner string, list []spec.Param)
	params = func(owner string, list []spec.Param) {
		for _, p := range list {
			if !p.Rest {
				name(owner, p.Name)
			}
			params(owner+": "+p.Name, p.Options)
		}
	}
	functions := func(owner string, list []spec.Func) {
		for _, f := range list {
			name(owner, f.Name)
			params(owner+" "+f.Name, f.Params)
		}
	}
	for _, c := range table.Classes {
		functions(c.Name, c.Methods)
		for _, f := range c.Fields {
			name(c.Name, f.Name)
		}
	}
	for _, e := range table.Events {
		name("events", e.Name)
		params("event "+e.Name, e.Filters)
	}
	var spaces func(list []spec.Namespace)
	spaces = func(list []spec.Namespace) {
		for _, s := range list {
			name("namespaces", s.Name)
			functions(s.Name, s.Functions)
			for _, v := range s.Values {
				name(s.Name, v.Name)
			}
			spaces(s.Spaces)
		}
	}
	spaces(table.Namespaces)
}

// TestClientHasHeadings: what Client can do is much, so that each method stands under a heading.
func TestClientHasHeadings(t *testing.T) {
	for _, m := range bindings.Table().Class("Client").Methods {
		if m.Group == "" {
			t.Errorf("client:%s has no heading: give its area a title", m.Name)
		}
	}
}

// Package reference turns the table of rows into what people read: editor types (LuaCATS), Markdown
// pages, JSON, the answers of `tgscript docs` and the findings of `tgscript check`.
package reference

import (
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
)

// signature is a function as one writes it: client:send_message(chat, text, [options]).
func signature(owner string, f *spec.Func) string {
	names := make([]string, len(f.Params))
	for i, p := range f.Params {
		names[i] = p.Name
		if p.Optional {
			names[i] = "[" + p.Name + "]"
		}
	}
	return owner + separator(f) + f.Name + "(" + strings.Join(names, ", ") + ")"
}

// separator is the colon of a method or the dot of a function.
func separator(f *spec.Func) string {
	if f.Receiver != nil {
		return ":"
	}
	return "."
}

// option is a table of options that several functions may share.
type option struct {
	name   string
	params []spec.Param
}

// options lists each table of options and filters once, in the order of the table.
func options(t *spec.Table) []option {
	var list []option
	seen := map[string]bool{}
	add := func(name string, params []spec.Param) {
		if !seen[name] && params != nil {
			seen[name] = true
			list = append(list, option{name, params})
		}
	}
	function := func(f *spec.Func) {
		for _, p := range f.Params {
			if p.Options != nil {
				add(t.ParamType(p), p.Options)
			}
		}
	}
	for i := range t.Classes {
		for j := range t.Classes[i].Methods {
			function(&t.Classes[i].Methods[j])
		}
	}
	for _, e := range t.Events {
		add(e.Options, e.Filters)
	}
	walk(t.Namespaces, "", func(_ string, space *spec.Namespace) {
		if space.Call != nil {
			function(space.Call)
		}
		for i := range space.Functions {
			function(&space.Functions[i])
		}
	})
	return list
}

// walk visits namespaces and those within them, with their full names.
func walk(spaces []spec.Namespace, prefix string, visit func(path string, space *spec.Namespace)) {
	for i := range spaces {
		path := prefix + spaces[i].Name
		visit(path, &spaces[i])
		walk(spaces[i].Spaces, path+".", visit)
	}
}

//go:generate go run ./generate ../../docs/reference

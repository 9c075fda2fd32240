package reference

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
)

// LuaCATS is the file of editor types, for lua-language-server and EmmyLua
// (https://luals.github.io/wiki/annotations).
func LuaCATS(t *spec.Table) []byte { return LuaCATSNamed(t, "", "gives to scripts") }

// LuaCATSNamed puts a word before the names of classes and aliases, for a table whose types editors see beside those of
// another. what goes on with "What tgscript".
func LuaCATSNamed(t *spec.Table, before, what string) []byte {
	w := &types{table: t, named: map[string]string{}}
	if before != "" {
		w.rename(before)
	}
	w.line("---@meta _")
	w.line("-- What tgscript %s. Written by `tgscript types`: changes are lost.", what)
	w.line("")
	for _, a := range t.Aliases {
		w.doc(a.Doc)
		w.line("---@alias %s %s", w.name(a.Name), w.name(a.Type))
		w.line("")
	}
	w.errors()
	for _, o := range options(t) {
		if strings.HasPrefix(o.name, "{") { // written out where it is used
			continue
		}
		w.line("---@class %s", w.name(o.name))
		for _, p := range o.params {
			w.field(p.Name, p.Optional, t.ParamType(p), p.Doc)
		}
		w.line("")
	}
	for i := range t.Classes {
		w.class(&t.Classes[i])
	}
	walk(t.Namespaces, "", w.namespace)
	for _, o := range t.Objects {
		w.doc(o.Doc)
		w.line("---@type %s", w.name(o.Class))
		w.line("%s = nil", o.Name)
		w.line("")
	}
	return bytes.TrimRight(w.out.Bytes(), "\n")
}

type types struct {
	table *spec.Table
	out   bytes.Buffer
	named map[string]string // other names of classes and aliases
}

func (w *types) line(format string, args ...any) {
	fmt.Fprintf(&w.out, format, args...)
	w.out.WriteByte('\n')
}

func (w *types) doc(doc string) {
	for l := range strings.Lines(doc) {
		w.line("---%s", strings.TrimRight(l, "\n"))
	}
}

func (w *types) field(name string, optional bool, kind, doc string) {
	mark := ""
	if optional {
		mark = "?"
	}
	w.line("%s", strings.TrimRight("---@field "+name+mark+" "+w.name(kind)+" "+doc, " "))
}

func (w *types) class(c *spec.Class) {
	w.doc(c.Doc)
	if c.Parent != "" {
		w.line("---@class %s: %s", w.name(c.Name), w.name(c.Parent))
	} else {
		w.line("---@class %s", w.name(c.Name))
	}
	for _, f := range c.Fields {
		w.field(f.Name, false, w.table.FieldType(f), f.Doc)
	}
	if c.Dynamic != nil && c.Invoke == nil { // those of client.api are in a file of their own
		w.line("---@field [string] any Telegram's own names.")
	}
	if c.Invoke != nil {
		w.line("---@overload %s", w.name(w.call(c.Invoke)))
	}
	w.line("local %s = {}", w.name(c.Name))
	w.line("")
	for i := range c.Methods {
		w.function(w.name(c.Name), &c.Methods[i])
	}
	if c.Parent == "" {
		w.doc("Copy the fields into a plain table, and those of the objects in it.")
		w.line("---@return table")
		w.line("function %s:to_table() end", w.name(c.Name))
		w.line("")
	}
}

func (w *types) function(owner string, f *spec.Func) {
	w.doc(f.Doc)
	if len(f.Errors) > 0 {
		w.line("---")
		w.line("---Errors: %s", strings.Join(f.Errors, ", "))
	}
	if f.Sample != "" {
		w.line("---```lua")
		w.doc(f.Sample)
		w.line("---```")
	}
	var names []string
	for _, p := range f.Params {
		name := p.Name
		if p.Rest {
			name = "..."
		}
		names = append(names, name)
		if p.Optional {
			name += "?"
		}
		w.line("%s", strings.TrimRight("---@param "+name+" "+w.name(w.table.ParamType(p))+" "+p.Doc, " "))
	}
	if result := w.table.ResultType(*f); result != "" {
		w.line("---@return %s", w.name(result))
	}
	w.overloads(owner, f)
	w.line("function %s%s%s(%s) end", owner, separator(f), f.Name, strings.Join(names, ", "))
	w.line("")
}

// rename puts a word before the names of everything that isn't global.
func (w *types) rename(before string) {
	for _, a := range w.table.Aliases {
		w.named[a.Name] = before + a.Name
	}
	for _, o := range options(w.table) {
		w.named[o.name] = before + o.name
	}
	for i := range w.table.Classes {
		w.named[w.table.Classes[i].Name] = before + w.table.Classes[i].Name
	}
}

var identifier = regexp.MustCompile(`[A-Za-z_][A-Za-z0-9_]*`)

// name is a type as this file calls it.
func (w *types) name(kind string) string {
	if len(w.named) == 0 {
		return kind
	}
	return identifier.ReplaceAllStringFunc(kind, func(one string) string {
		if other := w.named[one]; other != "" {
			return other
		}
		return one
	})
}

// call is the type of a function.
func (w *types) call(f *spec.Func) string {
	result := w.table.ResultType(*f)
	if result != "" {
		result = ": " + result
	}
	return "fun(" + w.parameters(f.Params) + ")" + result
}

// parameters are as a function's type has them.
func (w *types) parameters(params []spec.Param) string {
	list := make([]string, len(params))
	for i, p := range params {
		name := p.Name
		if p.Rest {
			name = "..."
		}
		if p.Optional {
			name += "?"
		}
		list[i] = name + ": " + w.table.ParamType(p)
	}
	return strings.Join(list, ", ")
}

// overloads tell editors what a handler gets. Where an optional parameter may be left out in the
// middle, both ways to call are written down; client:on has both for each event.
func (w *types) overloads(owner string, f *spec.Func) {
	skipped := -1
	for i, p := range f.Params {
		if p.Optional && i < len(f.Params)-1 {
			skipped = i
		}
	}
	if skipped < 0 {
		return
	}
	result := w.table.ResultType(*f)
	if result != "" {
		result = ": " + result
	}
	write := func(params []string) {
		w.line("---@overload fun(self: %s, %s)%s", owner, w.name(strings.Join(params, ", ")), w.name(result))
	}
	if f.Name == "on" {
		for _, e := range w.table.Events {
			event, handler := fmt.Sprintf("event: %q", e.Name), "handler: fun(event: "+e.Class+")"
			write([]string{event, handler})
			write([]string{event, "filters: " + e.Options, handler})
		}
		return
	}
	var params []string
	for i, p := range f.Params {
		if i != skipped {
			params = append(params, p.Name+": "+w.table.ParamType(p))
		}
	}
	write(params)
}

func (w *types) namespace(path string, space *spec.Namespace) {
	w.doc(space.Doc)
	w.line("---@class %s", path)
	for _, v := range space.Values {
		w.field(v.Name, false, v.Type, v.Doc)
	}
	if space.Call != nil {
		w.line("---@overload %s", w.name(w.call(space.Call)))
	}
	w.line("%s = {}", path)
	w.line("")
	for i := range space.Functions {
		w.function(path, &space.Functions[i])
	}
}

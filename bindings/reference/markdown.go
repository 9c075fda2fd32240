package reference

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
)

// Page is a page of the reference that is made elsewhere.
type Page struct {
	File, Title, Doc string
	Text             []byte
}

// Markdown is the reference: an index, a page for each class and namespace, one for the events and one
// for the types, by file name; further pages follow them.
func Markdown(t *spec.Table, further ...Page) map[string][]byte {
	pages := map[string][]byte{}
	var index page
	index.line("# Reference of tgscript")
	index.line("")
	index.line("What scripts see. These pages are generated from the same table that the functions are made of; `tgscript docs NAME` shows them in the terminal.")
	index.line("")
	put := func(file, title, doc string, p *page) {
		pages[file] = p.finish()
		index.line("- [%s](%s): %s", title, file, firstSentence(doc))
	}
	for i := range t.Classes {
		c := &t.Classes[i]
		p := &page{table: t}
		p.class(c)
		put(strings.ToLower(c.Name)+".md", c.Name, c.Doc, p)
	}
	for i := range t.Namespaces {
		p := &page{table: t}
		walk(t.Namespaces[i:i+1], "", p.namespace)
		put(t.Namespaces[i].Name+".md", t.Namespaces[i].Name, t.Namespaces[i].Doc, p)
	}
	p := &page{table: t}
	p.events()
	put("events.md", "Events", "What client:on can wait for.", p)
	p = &page{table: t}
	p.types()
	put("types.md", "Types", "Tables of options, and names of types.", p)
	if t.Errors != nil {
		p = &page{table: t}
		p.errors()
		put("errors.md", "Errors", "What pcall catches, by its kind.", p)
	}
	for _, one := range further {
		pages[one.File] = one.Text
		index.line("- [%s](%s): %s", one.Title, one.File, one.Doc)
	}
	pages["README.md"] = index.finish()
	return pages
}

type page struct {
	table *spec.Table
	out   bytes.Buffer
}

func (p *page) line(format string, args ...any) {
	fmt.Fprintf(&p.out, format, args...)
	p.out.WriteByte('\n')
}

func (p *page) finish() []byte {
	return append(bytes.TrimRight(p.out.Bytes(), "\n"), '\n')
}

// code is Lua within a line. Types have bars, which end a table's cell.
func code(s string) string { return "`" + strings.ReplaceAll(s, "|", `\|`) + "`" }

// sample is Lua as a block.
func (p *page) sample(lua string) {
	if lua != "" {
		p.line("```lua\n%s\n```\n", lua)
	}
}

func (p *page) class(c *spec.Class) {
	p.line("# %s\n", c.Name)
	p.line("%s\n", c.Doc)
	if c.Parent != "" {
		p.line("It has all fields and methods of [%s](%s.md), and these:\n", c.Parent, strings.ToLower(c.Parent))
	}
	if len(c.Fields) > 0 {
		p.line("## Fields\n")
		p.line("| field | type | |\n|---|---|---|")
		for _, f := range c.Fields {
			p.line("| `%s` | %s | %s |", f.Name, code(p.table.FieldType(f)), f.Doc)
		}
		p.line("")
	}
	p.methods(c)
	if c.Parent == "" {
		p.line("Every object has `%s:to_table()`, which copies its fields into a plain table. A field that doesn't exist is an error, not nil.", c.Call)
	}
}

func (p *page) function(owner string, f *spec.Func, level string) {
	p.line("%s %s\n", level, signature(owner, f))
	p.line("%s\n", f.Doc)
	if len(f.Params) > 0 {
		p.line("| parameter | type | |\n|---|---|---|")
		p.params(f.Params, "")
		p.line("")
	}
	if result := p.table.ResultType(*f); result != "" {
		p.line("Returns `%s`.\n", result)
	}
	if len(f.Errors) > 0 {
		p.line("Errors worth catching: `%s`.\n", strings.Join(f.Errors, "`, `"))
	}
	p.sample(f.Sample)
}

// params are rows of a table; those of a table of options follow it.
func (p *page) params(params []spec.Param, prefix string) {
	for _, one := range params {
		name := prefix + one.Name
		if one.Optional {
			name += "?"
		}
		p.line("| `%s` | %s | %s |", name, code(p.table.ParamType(one)), one.Doc)
		if one.Options != nil {
			p.params(one.Options, prefix+one.Name+".")
		}
	}
}

func (p *page) namespace(path string, space *spec.Namespace) {
	level := "#"
	if strings.Contains(path, ".") {
		level = "##"
	}
	p.line("%s %s\n", level, path)
	p.line("%s\n", space.Doc)
	if len(space.Values) > 0 {
		p.line("| value | type | |\n|---|---|---|")
		for _, v := range space.Values {
			p.line("| `%s.%s` | %s | %s |", path, v.Name, code(v.Type), v.Doc)
		}
		p.line("")
	}
	for i := range space.Functions {
		p.function(path, &space.Functions[i], level+"#")
	}
}

func (p *page) events() {
	p.line("# Events\n")
	p.line("`client:on(event, [filters], handler)` registers a handler. Filters are tried without waking Lua, except `func`.\n")
	for _, e := range p.table.Events {
		p.line("## %s\n", e.Name)
		p.line("%s\n", e.Doc)
		p.line("The handler gets a [%s](%s.md).\n", e.Class, strings.ToLower(e.Class))
		p.line("| filter | type | |\n|---|---|---|")
		p.params(e.Filters, "")
		p.line("")
		p.sample(e.Sample)
	}
}

func (p *page) types() {
	p.line("# Types\n")
	for _, a := range p.table.Aliases {
		p.line("## %s\n\n`%s`\n\n%s\n", a.Name, a.Type, a.Doc)
	}
	for _, o := range options(p.table) {
		p.line("## %s\n", o.name)
		p.line("| option | type | |\n|---|---|---|")
		p.params(o.params, "")
		p.line("")
	}
}

// firstSentence is what an index says.
func firstSentence(doc string) string {
	if i := strings.Index(doc, ". "); i >= 0 {
		return doc[:i+1]
	}
	return doc
}

package reference

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/runtime/vm/syntax"
)

// Check finds mistakes in a script: syntax, names that nothing has, options that no function takes,
// arguments that are missing or of the wrong kind, and what looks like a slip: see Codes. It knows the kind of a
// value where that is certain: client, tg, events in their handlers, and locals that are set once.
func Check(t *spec.Table, file string, source []byte) []Finding {
	tokens := syntax.Tokens(source)
	if _, err := vm.Compile(file, source); err != nil {
		return []Finding{refused(file, tokens, err)}
	}
	statements, err := syntax.Parse(file, source)
	if err != nil {
		return []Finding{finding(badSyntax, file, 1, 1, 1, err.Error())}
	}
	c := &checker{
		table: t, file: file, words: syntax.Scan(source), placed: map[int]bool{},
		library: standard(), changed: map[string]bool{}, top: map[string]bool{}, handlers: handlersOf(t, statements),
	}
	assignments{c.changed}.block(statements)
	topLevel(statements, c.top)
	c.chunk(statements)
	c.numbers(tokens)
	findings := kept(file, tokens, c.findings)
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return slices.Compact(findings)
}

// thing is what the checker knows of a value. The zero thing is any value.
type thing struct {
	class  *spec.Class     // an object
	space  *spec.Namespace // a table of functions
	path   string          // full name of the space
	method *spec.Func      // a function of a row
	owner  string          // what the function is called on
	lua    map[string]bool // a table of Lua's own library
	list   *spec.Class     // a list of such objects
	api    string          // a namespace or method of client.api
	turn   []*spec.Class   // what goes through a for loop gives at each turn; nil where that may be anything
}

type checker struct {
	table    *spec.Table
	file     string
	words    []syntax.Word
	placed   map[int]bool // words that have a finding
	library  map[string]map[string]bool
	changed  map[string]bool    // names that are assigned to somewhere, as locals or globals
	top      map[string]bool    // globals that the chunk itself sets, outside of functions
	handlers map[string][]thing // what functions get that are handlers by their name
	scope    *scope
	depth    int // of functions
	findings []Finding
}

// found notes a mistake at the first word with that name on or after the line. before is '.' or ':'
// for a field, 0 for any.
func (c *checker) found(code string, line int, name string, before byte, format string, args ...any) {
	f := finding(code, c.file, line, 1, len(name), fmt.Sprintf(format, args...))
	for i, w := range c.words {
		if w.Line >= line && w.Text == name && !c.placed[i] && (before == 0 || w.Before == before) {
			c.placed[i] = true
			f.Line, f.Column, f.End = w.Line, w.Column, w.Column+len(name)
			if w.Quoted {
				f.End += 2
			}
			break
		}
	}
	c.findings = append(c.findings, f)
}

// global is what a global name stands for; ok is false when nothing has that name.
func (c *checker) global(name string) (what thing, ok bool) {
	if c.changed[name] {
		return thing{}, true
	}
	for i := range c.table.Objects {
		if c.table.Objects[i].Name == name {
			return thing{class: c.table.Class(c.table.Objects[i].Class)}, true
		}
	}
	for i := range c.table.Namespaces {
		if c.table.Namespaces[i].Name == name {
			return thing{space: &c.table.Namespaces[i], path: name}, true
		}
	}
	members, ok := c.library[name]
	return thing{lua: members, path: name}, ok || name == spec.App // what a program gives there, it alone knows
}

func (c *checker) globalNames() []string {
	var names []string
	for name := range c.library {
		names = append(names, name)
	}
	for name := range c.changed {
		names = append(names, name)
	}
	for _, o := range c.table.Objects {
		names = append(names, o.Name)
	}
	for _, s := range c.table.Namespaces {
		names = append(names, s.Name)
	}
	for s := c.scope; s != nil; s = s.outer {
		for _, l := range s.names {
			names = append(names, l.name)
		}
	}
	return names
}

// standard is the library of a bare machine, which is the same for all checks.
var standard = sync.OnceValue(standardLibrary)

// standardLibrary lists the globals of a bare machine, with the members of those that are tables.
// require comes from the host, which finds scripts' files.
func standardLibrary() map[string]map[string]bool {
	m := vm.New(vm.Options{})
	defer m.Close()
	m.Lock()
	defer m.Unlock()
	library := map[string]map[string]bool{"require": nil, "arg": nil}
	globals, _ := m.Root().GetGlobal("_G").(*vm.Table)
	if globals == nil {
		globals = m.Root().G.Global
	}
	globals.ForEach(func(name, v vm.Value) {
		library[name.String()] = nil
		members, ok := v.(*vm.Table)
		if !ok || members == globals {
			return
		}
		known := map[string]bool{}
		members.ForEach(func(k, _ vm.Value) { known[k.String()] = true })
		if len(known) > 0 {
			library[name.String()] = known
		}
	})
	return library
}

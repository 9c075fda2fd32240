package reference

import (
	"strings"
	"unicode"

	"github.com/tgscript/tgscript/bindings/spec"
)

// group is what stands under one heading in a class that has many methods.
type group struct {
	title   string // empty in a class that has no headings
	methods []*spec.Func
}

// groups are a class's methods by heading, in the order in which the headings come first.
func groups(c *spec.Class) []group {
	var list []group
	at := map[string]int{}
	for i := range c.Methods {
		m := &c.Methods[i]
		n, ok := at[m.Group]
		if !ok {
			n = len(list)
			at[m.Group] = n
			list = append(list, group{title: m.Group})
		}
		list[n].methods = append(list[n].methods, m)
	}
	return list
}

// grouped says whether the class has headings.
func grouped(c *spec.Class) bool { return len(c.Methods) > 0 && c.Methods[0].Group != "" }

// anchor is where a heading is within its page, as GitHub and others make it.
func anchor(heading string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(heading) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '_', r == '-':
			b.WriteRune(r)
		case r == ' ':
			b.WriteByte('-')
		}
	}
	return "#" + b.String()
}

// contents leads to each method of a class that has headings.
func (p *page) contents(c *spec.Class) {
	for _, g := range groups(c) {
		links := make([]string, len(g.methods))
		for i, m := range g.methods {
			links[i] = "[" + m.Name + "](" + anchor(signature(c.Call, m)) + ")"
		}
		p.line("- **%s**: %s", g.title, strings.Join(links, ", "))
	}
	p.line("")
}

// methods are a class's methods with their headings.
func (p *page) methods(c *spec.Class) {
	if grouped(c) {
		p.contents(c)
	}
	for _, g := range groups(c) {
		title := g.title
		if title == "" {
			title = "Methods"
		}
		p.line("## %s\n", title)
		for _, m := range g.methods {
			p.function(c.Call, m, "###")
		}
	}
}

// methodsText lists a class's methods: where they are many only their names.
func methodsText(c *spec.Class) string {
	var b strings.Builder
	for _, g := range groups(c) {
		if g.title == "" {
			for _, m := range g.methods {
				b.WriteString("  " + signature(c.Call, m) + "\n" + wrapped(firstSentence(m.Doc), "      "))
			}
			continue
		}
		names := make([]string, len(g.methods))
		for i, m := range g.methods {
			names[i] = m.Name
		}
		b.WriteString("  " + g.title + "\n" + wrapped(strings.Join(names, ", "), "      "))
	}
	if grouped(c) {
		b.WriteString("\n  tgscript docs " + c.Call + ":" + c.Methods[0].Name + " tells more of one.\n")
	}
	return b.String()
}

package reference

import (
	"fmt"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
)

// width is where the terminal's lines are broken.
const width = 100

func functionText(t *spec.Table, owner string, f *spec.Func) string {
	var b strings.Builder
	b.WriteString(signature(owner, f))
	if result := t.ResultType(*f); result != "" {
		b.WriteString(after(b.Len(), " -> ", result))
	}
	b.WriteString("\n" + wrapped(f.Doc, "  "))
	if len(f.Params) > 0 {
		b.WriteString("\n" + paramsText(t, f.Params, "  "))
	}
	if len(f.Errors) > 0 {
		b.WriteString("\n  Errors worth catching: " + strings.Join(f.Errors, ", ") + "\n")
	}
	b.WriteString(sampleText(f.Sample))
	return b.String()
}

func eventText(t *spec.Table, e *spec.Event) string {
	return fmt.Sprintf("client:on(%q, [filters], function(event: %s) ... end)\n", e.Name, e.Class) +
		wrapped(e.Doc, "  ") + "\n  filters:\n" + paramsText(t, e.Filters, "    ") + sampleText(e.Sample)
}

func classText(t *spec.Table, c *spec.Class) string {
	var b strings.Builder
	b.WriteString(c.Name)
	if c.Parent != "" {
		b.WriteString(" (has all of " + c.Parent + " too)")
	}
	b.WriteString("\n" + wrapped(c.Doc, "  "))
	if len(c.Fields) > 0 {
		b.WriteString("\n")
		rows := make([][3]string, len(c.Fields))
		for i, f := range c.Fields {
			rows[i] = [3]string{f.Name, t.FieldType(f), f.Doc}
		}
		b.WriteString(columns(rows, "  "))
	}
	if len(c.Methods) > 0 {
		b.WriteString("\n")
	}
	b.WriteString(methodsText(c))
	return b.String()
}

func spaceText(path string, space *spec.Namespace) string {
	var b strings.Builder
	b.WriteString(path + "\n" + wrapped(space.Doc, "  ") + "\n")
	for i := range space.Functions {
		b.WriteString("  " + signature(path, &space.Functions[i]) + "\n" + wrapped(firstSentence(space.Functions[i].Doc), "      "))
	}
	for _, v := range space.Values {
		b.WriteString("  " + path + "." + v.Name + "\n" + wrapped(v.Doc, "      "))
	}
	for _, s := range space.Spaces {
		b.WriteString("  " + path + "." + s.Name + "\n" + wrapped(s.Doc, "      "))
	}
	return b.String()
}

func sampleText(lua string) string {
	if lua == "" {
		return ""
	}
	return "\n    " + strings.ReplaceAll(lua, "\n", "\n    ") + "\n"
}

func paramsText(t *spec.Table, params []spec.Param, indent string) string {
	var rows [][3]string
	var add func(params []spec.Param, prefix string)
	add = func(params []spec.Param, prefix string) {
		for _, p := range params {
			name := prefix + p.Name
			if p.Optional {
				name += "?"
			}
			rows = append(rows, [3]string{name, t.ParamType(p), p.Doc})
			if p.Options != nil {
				add(p.Options, prefix+"  ")
			}
		}
	}
	add(params, "")
	return columns(rows, indent)
}

// broad is what a column of types has at most: longer ones are broken into lines.
const broad = 30

// columns sets names, types and texts beneath each other.
func columns(rows [][3]string, indent string) string {
	var first, second int
	for _, r := range rows {
		first, second = max(first, len(r[0])), max(second, min(len(r[1]), broad))
	}
	var b strings.Builder
	for _, r := range rows {
		if len(r[1]) > broad {
			b.WriteString(fmt.Sprintf("%s%-*s  ", indent, first, r[0]) + brokenType(r[1], strings.Repeat(" ", len(indent)+first+2)) + "\n")
			b.WriteString(wrapped(r[2], strings.Repeat(" ", len(indent)+first+second+4)))
			continue
		}
		head := fmt.Sprintf("%s%-*s  %-*s  ", indent, first, r[0], second, r[1])
		text := wrapped(r[2], strings.Repeat(" ", len(indent)+first+second+4))
		b.WriteString(strings.TrimRight(head+strings.TrimLeft(text, " "), " \n") + "\n")
	}
	return b.String()
}

// after sets a type behind what has a length already: on lines of its own if it is too long.
func after(before int, sign, kind string) string {
	if before+len(sign)+len(kind) <= width {
		return sign + kind
	}
	return strings.TrimRight(sign, " ") + "\n    " + brokenType(kind, "    ")
}

// brokenType breaks a type into lines, where it has blanks or bars; all but the first have the indent.
func brokenType(kind, indent string) string {
	var b strings.Builder
	at := len(indent)
	for len(kind) > 0 {
		n := strings.IndexAny(kind, " |") + 1
		if n == 0 {
			n = len(kind)
		}
		part := kind[:n]
		kind = kind[n:]
		if at+len(strings.TrimRight(part, " ")) > width && at > len(indent) {
			text := strings.TrimRight(b.String(), " ")
			b.Reset()
			b.WriteString(text + "\n" + indent)
			at = len(indent)
		}
		b.WriteString(part)
		at += len(part)
	}
	return b.String()
}

// wrapped breaks a text into lines, each with the indent.
func wrapped(text, indent string) string {
	var b strings.Builder
	line := indent
	for _, word := range strings.Fields(text) {
		if len(line) > len(indent) && len(line)+1+len(word) > width {
			b.WriteString(line + "\n")
			line = indent
		}
		if len(line) > len(indent) {
			line += " "
		}
		line += word
	}
	if len(line) > len(indent) {
		b.WriteString(line + "\n")
	}
	return b.String()
}

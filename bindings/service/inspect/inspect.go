// Package inspect writes Lua values for people to read: in the same order each time, never without end, and never
// by calling the script's own functions.
package inspect

import (
	"strings"

	"github.com/tgscript/tgscript/runtime/vm"
)

// Options say how much is written. Zero means what [Usual] has.
type Options struct {
	Depth int // tables within tables
	Width int // characters of a line, for a table that may stand on one
	Items int // elements of one table
	Text  int // bytes of one string
	Total int // bytes of all, about
	// Object tells what an object is: its class and its fields, or without fields the text that stands for it. Nested
	// says that it is within something else.
	Object func(o *vm.UserData, nested bool) (text string, fields *vm.Table)
}

// Usual are the bounds that nobody has to give.
var Usual = Options{Depth: 6, Width: 80, Items: 100, Text: 1000, Total: 64 << 10}

// most is how many keys of one table are looked at and put in order.
const most = 10_000

// Write is a value as text.
func Write(v vm.Value, o Options) string {
	for _, bound := range []struct {
		given *int
		usual int
	}{{&o.Depth, Usual.Depth}, {&o.Width, Usual.Width}, {&o.Items, Usual.Items}, {&o.Text, Usual.Text}, {&o.Total, Usual.Total}} {
		if *bound.given <= 0 {
			*bound.given = bound.usual
		}
	}
	w := &writer{Options: o, left: o.Total, within: map[*vm.Table]bool{}}
	return w.value(v, 0, 0)
}

// writer writes one value.
type writer struct {
	Options
	left   int                // bytes that may still be written
	within map[*vm.Table]bool // the tables that are being written
}

// value writes v. indent is how far to the right its line begins.
func (w *writer) value(v vm.Value, depth, indent int) (text string) {
	switch v := v.(type) {
	case vm.String:
		text = quoted(string(v), w.Text)
	case vm.Number:
		text = vm.Text(v)
	case *vm.Table:
		return w.table("", v, depth, indent)
	case *vm.UserData:
		return w.object(v, depth, indent)
	case *vm.Function:
		text = "<function>"
	case *vm.State:
		text = "<thread>"
	default:
		text = vm.Text(v)
	}
	w.left -= len(text)
	return text
}

func (w *writer) object(o *vm.UserData, depth, indent int) string {
	text, fields := "<object>", (*vm.Table)(nil)
	if w.Object != nil {
		text, fields = w.Object(o, depth > 0)
	}
	w.left -= len(text)
	if fields == nil {
		return text
	}
	return w.table(text+" ", fields, depth, indent)
}

func (w *writer) table(name string, t *vm.Table, depth, indent int) string {
	switch {
	case w.within[t]:
		return name + "<circle>"
	case depth >= w.Depth || w.left <= 0:
		if k, _ := t.Next(vm.Nil); k == vm.Nil {
			return name + "{}"
		}
		return name + "{ ... }"
	}
	w.within[t] = true
	defer delete(w.within, t)

	parts := w.parts(t, depth, indent)
	if len(parts) == 0 {
		return name + "{}"
	}
	if line := name + "{ " + strings.Join(parts, ", ") + " }"; indent+len(line) <= w.Width && !strings.Contains(line, "\n") {
		return line
	}
	margin := "\n" + strings.Repeat(" ", indent)
	return name + "{" + margin + "  " + strings.Join(parts, ","+margin+"  ") + margin + "}"
}

// parts are the elements of a table: first its list, then the others by their keys.
func (w *writer) parts(t *vm.Table, depth, indent int) (parts []string) {
	add := func(key string, v vm.Value) bool {
		if len(parts) == w.Items || w.left <= 0 {
			parts = append(parts, "...")
			return false
		}
		w.left -= len(key) + 8 + indent
		parts = append(parts, key+w.value(v, depth+1, indent+2))
		return true
	}
	n := t.Len()
	for i := 1; i <= n; i++ {
		if !add("", t.RawGetInt(i)) {
			return parts
		}
	}
	for _, k := range keys(t, n) {
		if !add(keyText(k, w.Text)+" = ", t.RawGet(k)) {
			return parts
		}
	}
	return parts
}

package scene

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tgscript/tgscript/runtime/vm"
)

// deepest is how far tables are shown and compared.
const deepest = 20

// show writes a value as Lua would, tables over several lines and with their keys in order.
func show(L *vm.State, v vm.Value) string {
	var b strings.Builder
	showInto(&b, L, v, "", 0)
	return b.String()
}

func showInto(b *strings.Builder, L *vm.State, v vm.Value, indent string, depth int) {
	switch v := v.(type) {
	case vm.String:
		b.WriteString(quoted(string(v)))
		return
	case *vm.Table:
		if depth >= deepest {
			b.WriteString("{ ... }")
			return
		}
		showTable(b, L, v, indent, depth)
		return
	}
	b.WriteString(L.ToStringMeta(v).String())
}

func showTable(b *strings.Builder, L *vm.State, t *vm.Table, indent string, depth int) {
	keys := keysOf(t)
	if len(keys) == 0 {
		b.WriteString("{}")
		return
	}
	b.WriteString("{\n")
	for _, k := range keys {
		b.WriteString(indent + "  ")
		if n, ok := k.(vm.Number); !ok || n != vm.Number(int(n)) || int(n) < 1 || int(n) > t.Len() {
			b.WriteString(shownKey(L, k) + " = ")
		}
		showInto(b, L, t.RawGet(k), indent+"  ", depth+1)
		b.WriteString(",\n")
	}
	b.WriteString(indent + "}")
}

func shownKey(L *vm.State, k vm.Value) string {
	if s, ok := k.(vm.String); ok {
		if isName(string(s)) {
			return string(s)
		}
		return "[" + quoted(string(s)) + "]"
	}
	return "[" + L.ToStringMeta(k).String() + "]"
}

func isName(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return r != '_' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	}) && (s[0] < '0' || s[0] > '9')
}

// quoted is text in quotes; that of several lines keeps them, so that a diff shows the lines.
func quoted(s string) string {
	if strings.Contains(s, "\n") {
		return "[[" + s + "]]"
	}
	return strconv.Quote(s)
}

// keysOf are a table's keys: numbers first, then the others by their text.
func keysOf(t *vm.Table) []vm.Value {
	var keys []vm.Value
	t.ForEach(func(k, _ vm.Value) { keys = append(keys, k) })
	slices.SortFunc(keys, func(a, b vm.Value) int {
		x, xn := a.(vm.Number)
		y, yn := b.(vm.Number)
		switch {
		case xn && yn:
			return cmp.Compare(x, y)
		case xn:
			return -1
		case yn:
			return 1
		}
		return cmp.Compare(fmt.Sprint(a.Type(), a.String()), fmt.Sprint(b.Type(), b.String()))
	})
	return keys
}

// same compares values, and tables by what is in them.
func same(L *vm.State, a, b vm.Value, depth int) bool {
	x, xt := a.(*vm.Table)
	y, yt := b.(*vm.Table)
	if !xt || !yt || x == y || depth >= deepest {
		return L.Equal(a, b)
	}
	alike := true
	count := 0
	x.ForEach(func(k, v vm.Value) {
		count++
		alike = alike && same(L, v, y.RawGet(k), depth+1)
	})
	y.ForEach(func(vm.Value, vm.Value) { count-- })
	return alike && count == 0
}

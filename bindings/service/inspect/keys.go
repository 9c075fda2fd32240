package inspect

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tgscript/tgscript/runtime/vm"
)

// keys are those of a table behind its list of n elements: numbers, then names, then the others as they were added.
func keys(t *vm.Table, n int) (found []vm.Value) {
	for k, _ := t.Next(vm.Nil); k != vm.Nil && len(found) < most; k, _ = t.Next(k) {
		if f, ok := k.(vm.Number); ok && f >= 1 && float64(f) <= float64(n) && float64(f) == math.Trunc(float64(f)) {
			continue
		}
		found = append(found, k)
	}
	slices.SortStableFunc(found, func(a, b vm.Value) int {
		if order := cmp.Compare(rank(a), rank(b)); order != 0 {
			return order
		}
		switch a := a.(type) {
		case vm.Number:
			return cmp.Compare(a, b.(vm.Number))
		case vm.String:
			return strings.Compare(string(a), string(b.(vm.String)))
		}
		return 0
	})
	return found
}

func rank(k vm.Value) int {
	switch k.Type() {
	case vm.TypeNumber:
		return 0
	case vm.TypeString:
		return 1
	case vm.TypeBool:
		return 2
	}
	return 3
}

var (
	name  = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
	words = strings.Fields("and break do else elseif end false for function if in local nil not or repeat return then true until while")
)

// keyText is a key as Lua writes it: a name, or something in brackets.
func keyText(k vm.Value, longest int) string {
	switch k := k.(type) {
	case vm.String:
		if len(k) <= longest && name.MatchString(string(k)) && !slices.Contains(words, string(k)) {
			return string(k)
		}
		return "[" + quoted(string(k), longest) + "]"
	case vm.Number, vm.Bool:
		return "[" + vm.Text(k) + "]"
	}
	return "[<" + k.Type().String() + ">]"
}

// quoted is a string as Lua writes it; of a long one the beginning.
func quoted(s string, longest int) string {
	rest := ""
	if len(s) > longest {
		cut := longest
		for cut > 0 && cut > longest-utf8.UTFMax && !utf8.RuneStart(s[cut]) {
			cut--
		}
		s, rest = s[:cut], fmt.Sprintf(" ... (%d bytes)", len(s))
	}
	var b strings.Builder
	b.WriteByte('"')
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteByte(byte(r))
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r < ' ' || r == 0x7f || r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\%03d`, s[i])
		default:
			b.WriteString(s[i : i+size])
		}
		i += size
	}
	b.WriteByte('"')
	return b.String() + rest
}

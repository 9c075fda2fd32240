// Package jsontext turns Lua values into JSON and back, without losing what a 64-bit number says.
package jsontext

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tgscript/tgscript/bindings/service/shape"
	"github.com/tgscript/tgscript/runtime/vm"
)

type writer struct {
	out    []byte
	indent string // of a level; empty writes one line
	left   int
}

// Encode writes a value. indent is that of one level; empty writes one line. Names of objects are sorted, so that
// the same value is always the same text.
func Encode(v vm.Value, indent string) (string, error) {
	w := &writer{indent: indent, left: shape.Most}
	if err := w.value(v, 0); err != nil {
		return "", err
	}
	return string(w.out), nil
}

func fail(format string, args ...any) error {
	return &shape.EncodeError{Format: "JSON", Err: fmt.Errorf(format, args...)}
}

func (w *writer) value(v vm.Value, depth int) error {
	if w.left--; w.left < 0 {
		return fail("more than %d values", shape.Most)
	}
	switch v := v.(type) {
	case vm.Bool:
		w.out = strconv.AppendBool(w.out, bool(v))
	case vm.Number:
		return w.number(float64(v))
	case vm.String:
		return w.text(string(v))
	case *vm.UserData:
		if v.Value != shape.Null {
			return fail("an object can't be written: take its fields, or what to_table() returns")
		}
		w.out = append(w.out, "null"...)
	case *vm.Table:
		if depth >= shape.Deepest {
			return fail("the table contains itself, or nests deeper than %d", shape.Deepest)
		}
		return w.table(v, depth)
	default:
		if v != vm.Nil {
			return fail("a %s can't be written", v.Type())
		}
		w.out = append(w.out, "null"...)
	}
	return nil
}

func (w *writer) number(f float64) error {
	switch {
	case math.IsNaN(f) || math.IsInf(f, 0):
		return fail("%s is no number of JSON", vm.Text(vm.Number(f)))
	case f == math.Trunc(f) && math.Abs(f) <= exact:
		w.out = strconv.AppendInt(w.out, int64(f), 10)
	default:
		w.out = strconv.AppendFloat(w.out, f, 'g', -1, 64)
	}
	return nil
}

func (w *writer) text(s string) error {
	if len(w.out)+len(s) > shape.Longest {
		return &shape.EncodeError{Format: "JSON", Err: shape.ErrLongest}
	}
	if !utf8.ValidString(s) {
		return fail("text that is not UTF-8: encode bytes with tg.base64.encode")
	}
	w.out = append(w.out, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			w.out = append(w.out, '\\', byte(r))
		case r == '\n':
			w.out = append(w.out, `\n`...)
		case r == '\t':
			w.out = append(w.out, `\t`...)
		case r == '\r':
			w.out = append(w.out, `\r`...)
		case r < ' ' || r == '\u2028' || r == '\u2029' || r == 0x7f:
			w.out = fmt.Appendf(w.out, `\u%04x`, r)
		default:
			w.out = utf8.AppendRune(w.out, r)
		}
	}
	w.out = append(w.out, '"')
	return nil
}

func (w *writer) table(t *vm.Table, depth int) error {
	read, err := shape.Of(t)
	if err != nil {
		return &shape.EncodeError{Format: "JSON", Err: err}
	}
	if read.IsList {
		w.out = append(w.out, '[')
		for i, v := range read.List {
			w.next(i, depth+1)
			if err := w.value(v, depth+1); err != nil {
				return shape.Below("["+strconv.Itoa(i+1)+"]", err)
			}
		}
		w.end(len(read.List), depth, ']')
		return nil
	}
	w.out = append(w.out, '{')
	for i, p := range read.Pairs {
		w.next(i, depth+1)
		if err := w.text(p.Key); errors.Is(err, shape.ErrLongest) {
			return err
		} else if err != nil {
			return fail("a key is not UTF-8")
		}
		w.out = append(w.out, ':')
		if w.indent != "" {
			w.out = append(w.out, ' ')
		}
		if err := w.value(p.Value, depth+1); err != nil {
			return shape.Below(p.Key, err)
		}
	}
	w.end(len(read.Pairs), depth, '}')
	return nil
}

func (w *writer) next(i, depth int) {
	if i > 0 {
		w.out = append(w.out, ',')
	}
	w.line(depth)
}

func (w *writer) end(n, depth int, closing byte) {
	if n > 0 {
		w.line(depth)
	}
	w.out = append(w.out, closing)
}

func (w *writer) line(depth int) {
	if w.indent != "" {
		w.out = append(w.out, '\n')
		w.out = append(w.out, strings.Repeat(w.indent, depth)...)
	}
}

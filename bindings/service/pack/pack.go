// Package pack turns plain Lua values into bytes and back, the same in all ways that a script can see: text of any
// bytes, keys that are numbers, empty lists. It is how values are stored, and handed to other scripts.
package pack

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/tgscript/tgscript/bindings/service/shape"
	"github.com/tgscript/tgscript/runtime/vm"
)

// What a value begins with. The numbers are on disks: none may change.
const (
	tagNil    = 0
	tagFalse  = 1
	tagTrue   = 2
	tagFloat  = 3 // 8 bytes
	tagWhole  = 4 // zigzag varint
	tagText   = 5 // length, bytes
	tagList   = 6 // count, values
	tagMap    = 7 // count, keys and values
	tagNull   = 8 // tg.json.null
	tagMarked = 9 // an empty list that says it is one
)

type writer struct {
	out  []byte
	left int
}

// Encode writes a value: text, numbers, booleans, nil, tg.json.null and tables of these. The same value gives the same
// bytes.
func Encode(v vm.Value) ([]byte, error) {
	w := &writer{left: shape.Most}
	if err := w.value(v, 0); err != nil {
		return nil, err
	}
	return w.out, nil
}

func fail(format string, args ...any) error {
	return &shape.EncodeError{Format: "value", Err: fmt.Errorf(format, args...)}
}

func (w *writer) value(v vm.Value, depth int) error {
	if w.left--; w.left < 0 {
		return fail("more than %d values", shape.Most)
	}
	switch v := v.(type) {
	case vm.Bool:
		if v {
			w.out = append(w.out, tagTrue)
		} else {
			w.out = append(w.out, tagFalse)
		}
	case vm.Number:
		w.number(float64(v))
	case vm.String:
		return w.text(string(v))
	case *vm.UserData:
		if v.Value != shape.Null {
			return fail("an object can't be kept: take its fields, or what to_table() returns")
		}
		w.out = append(w.out, tagNull)
	case *vm.Table:
		if depth >= shape.Deepest {
			return fail("the table contains itself, or nests deeper than %d", shape.Deepest)
		}
		return w.table(v, depth)
	default:
		if v != vm.Nil {
			return fail("a %s can't be kept", v.Type())
		}
		w.out = append(w.out, tagNil)
	}
	return nil
}

func (w *writer) number(f float64) {
	if f == math.Trunc(f) && math.Abs(f) <= 1<<53 && (f != 0 || !math.Signbit(f)) {
		w.out = binary.AppendVarint(append(w.out, tagWhole), int64(f))
		return
	}
	w.out = binary.BigEndian.AppendUint64(append(w.out, tagFloat), math.Float64bits(f))
}

func (w *writer) text(s string) error {
	if len(w.out)+len(s) > shape.Longest {
		return &shape.EncodeError{Format: "value", Err: shape.ErrLongest}
	}
	w.out = append(binary.AppendUvarint(append(w.out, tagText), uint64(len(s))), s...)
	return nil
}

func (w *writer) count(tag byte, n int) {
	w.out = binary.AppendUvarint(append(w.out, tag), uint64(n))
}

func (w *writer) table(t *vm.Table, depth int) error {
	n, keys := t.Len(), []vm.Value(nil)
	count, err := 0, error(nil)
	t.ForEach(func(k, _ vm.Value) {
		switch k := k.(type) {
		case vm.String, vm.Number:
		default:
			err = fail("a key is a %s: keys are text or numbers", k.Type())
		}
		count++
	})
	switch {
	case err != nil:
		return err
	case count == 0 && shape.IsList(t):
		w.out = append(w.out, tagMarked)
		return nil
	case count == n && n > 0:
		w.count(tagList, n)
		for i := range n {
			if err := w.value(t.RawGetInt(i+1), depth+1); err != nil {
				return shape.Below("["+strconv.Itoa(i+1)+"]", err)
			}
		}
		return nil
	}
	keys = make([]vm.Value, 0, count)
	t.ForEach(func(k, _ vm.Value) { keys = append(keys, k) })
	slices.SortFunc(keys, order)
	w.count(tagMap, count)
	for _, k := range keys {
		step := ""
		switch k := k.(type) {
		case vm.String:
			if err := w.text(string(k)); err != nil {
				return err
			}
			step = string(k)
		case vm.Number:
			w.number(float64(k))
			step = "[" + vm.Text(k) + "]"
		}
		if err := w.value(t.RawGet(k), depth+1); err != nil {
			return shape.Below(step, err)
		}
	}
	return nil
}

// order puts numbers before text.
func order(a, b vm.Value) int {
	x, number := a.(vm.Number)
	y, other := b.(vm.Number)
	switch {
	case number && other && x < y, number && !other:
		return -1
	case number && other && x > y, !number && other:
		return 1
	case number:
		return 0
	}
	s, t := a.(vm.String), b.(vm.String)
	switch {
	case s < t:
		return -1
	case s > t:
		return 1
	}
	return 0
}

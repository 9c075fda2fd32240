package pack

import (
	"encoding/binary"
	"errors"
	"math"

	"github.com/tgscript/tgscript/bindings/service/shape"
	"github.com/tgscript/tgscript/runtime/vm"
)

// ErrDamaged says that bytes are no value that this package has written.
var ErrDamaged = errors.New("the value is damaged")

// builder makes values of one kind out of what is read.
type builder[V any] interface {
	simple(tag byte) V
	number(f float64) V
	text(s string) V
	list(count int) (list V, add func(i int, v V))
	table(count int) (table V, set func(k, v V))
}

type reader[V any] struct {
	in   []byte
	make builder[V]
	left int
}

func read[V any](in []byte, make builder[V]) (v V, err error) {
	r := &reader[V]{in: in, make: make, left: shape.Most}
	if v, err = r.value(0); err == nil && len(r.in) > 0 {
		err = ErrDamaged
	}
	return v, err
}

func (r *reader[V]) value(depth int) (v V, err error) {
	if r.left--; r.left < 0 || len(r.in) == 0 || depth > shape.Deepest {
		return v, ErrDamaged
	}
	tag := r.in[0]
	r.in = r.in[1:]
	switch tag {
	case tagNil, tagFalse, tagTrue, tagNull, tagMarked:
		return r.make.simple(tag), nil
	case tagFloat:
		if len(r.in) < 8 {
			return v, ErrDamaged
		}
		f := math.Float64frombits(binary.BigEndian.Uint64(r.in))
		r.in = r.in[8:]
		return r.make.number(f), nil
	case tagWhole:
		n, size := binary.Varint(r.in)
		if size <= 0 {
			return v, ErrDamaged
		}
		r.in = r.in[size:]
		return r.make.number(float64(n)), nil
	case tagText:
		n, err := r.count()
		if err != nil {
			return v, err
		}
		s := string(r.in[:n])
		r.in = r.in[n:]
		return r.make.text(s), nil
	case tagList:
		return r.list(depth)
	case tagMap:
		return r.table(depth)
	}
	return v, ErrDamaged
}

// count reads how many follow: each takes a byte at least.
func (r *reader[V]) count() (int, error) {
	n, size := binary.Uvarint(r.in)
	if size <= 0 || n > uint64(len(r.in)-size) {
		return 0, ErrDamaged
	}
	r.in = r.in[size:]
	return int(n), nil
}

func (r *reader[V]) list(depth int) (v V, err error) {
	n, err := r.count()
	if err != nil {
		return v, err
	}
	list, add := r.make.list(n)
	for i := range n {
		one, err := r.value(depth + 1)
		if err != nil {
			return v, err
		}
		add(i, one)
	}
	return list, nil
}

func (r *reader[V]) table(depth int) (v V, err error) {
	n, err := r.count()
	if err != nil {
		return v, err
	}
	table, set := r.make.table(n)
	for range n {
		if len(r.in) == 0 || r.in[0] != tagText && r.in[0] != tagWhole && r.in[0] != tagFloat {
			return v, ErrDamaged
		}
		k, err := r.value(depth + 1)
		if err != nil {
			return v, err
		}
		one, err := r.value(depth + 1)
		if err != nil {
			return v, err
		}
		set(k, one)
	}
	return table, nil
}

// Decode makes the Lua value again, which shares nothing with the one that was written. null is tg.json.null of the
// state. It is called with the baton.
func Decode(L *vm.State, in []byte, null vm.Value) (vm.Value, error) {
	return read(in, &luaBuilder{L: L, null: null})
}

type luaBuilder struct {
	L    *vm.State
	null vm.Value
}

func (b *luaBuilder) simple(tag byte) vm.Value {
	switch tag {
	case tagFalse:
		return vm.False
	case tagTrue:
		return vm.True
	case tagNull:
		return b.null
	case tagMarked:
		t := b.L.NewTable()
		t.Metatable = shape.NewList(b.L)
		return t
	}
	return vm.Nil
}

func (*luaBuilder) number(f float64) vm.Value { return vm.Number(f) }
func (*luaBuilder) text(s string) vm.Value    { return vm.String(s) }

func (b *luaBuilder) list(count int) (vm.Value, func(int, vm.Value)) {
	t := b.L.CreateTable(count, 0)
	return t, func(i int, v vm.Value) { t.RawSetInt(i+1, v) }
}

func (b *luaBuilder) table(count int) (vm.Value, func(k, v vm.Value)) {
	t := b.L.CreateTable(0, count)
	return t, func(k, v vm.Value) {
		if f, ok := k.(vm.Number); ok && math.IsNaN(float64(f)) {
			return // no key, and nothing of ours
		}
		t.RawSet(k, v)
	}
}

package schema

import (
	"fmt"
	"strconv"

	"github.com/gotd/td/bin"
)

// deepest is how deep objects may lie within each other. Telegram's own are a tenth of it.
const deepest = 128

// DecodeError says which bytes make no sense.
type DecodeError struct {
	Path    string // "messages.messages.messages[3].media"
	Problem string
	Cause   error
}

func (e *DecodeError) Error() string {
	text := "decode " + e.Path + ": " + e.Problem
	if e.Cause != nil {
		text += e.Cause.Error()
	}
	return text
}

func (e *DecodeError) Unwrap() error { return e.Cause }

// Decoder reads bytes. The zero value is ready, for one goroutine at a time.
type Decoder struct {
	// Seen is shown every object of one of Classes, with its bytes, once it was read.
	Seen    func(def *Definition, raw []byte)
	Classes map[string]bool

	in    bin.Buffer
	depth int
}

// Decode reads a value of a type; what follows it is left alone. Memory for it is in proportion to the bytes,
// whatever these say. What makes no sense, and what is of a newer layer, is a *DecodeError with its place.
func (d *Decoder) Decode(b []byte, t *Type) (any, error) {
	d.in.Buf, d.depth = b, 0
	v, err := d.value(t)
	if err != nil && err.Path == "" {
		err.Path = t.String()
	}
	if err != nil {
		return nil, err
	}
	return v, nil
}

// Object reads a boxed object of any class.
func (d *Decoder) Object(b []byte) (*Object, error) {
	d.in.Buf, d.depth = b, 0
	o, err := d.object()
	if err != nil {
		return nil, err
	}
	return o, nil
}

// Rest is how many bytes the last Decode has left.
func (d *Decoder) Rest() int { return d.in.Len() }

func (d *Decoder) value(t *Type) (any, *DecodeError) {
	var v any
	var err error
	switch t.Kind {
	case Int:
		var n int32
		n, err = d.in.Int32()
		v = int64(n)
	case Long:
		v, err = d.in.Long()
	case Double:
		v, err = d.in.Double()
	case String:
		v, err = d.in.String()
	case Bytes:
		var b []byte
		b, err = d.in.Bytes()
		if b == nil {
			b = []byte{} // nil stands for an absent field
		}
		v = b
	case Bool:
		v, err = d.in.Bool()
	case Int128, Int256:
		v, err = d.fixed(size(t.Kind))
	case Vector:
		return d.vector(t)
	default:
		o, err := d.object()
		if err != nil {
			return nil, err
		}
		if t.Kind == Class && (o.Def.Method || o.Def.Result.Class != t.Class) {
			return nil, &DecodeError{Path: o.Def.Name, Problem: "a " + t.Class + " expected"}
		}
		return o, nil
	}
	if err != nil {
		return nil, &DecodeError{Cause: err}
	}
	return v, nil
}

func size(k Kind) int {
	if k == Int128 {
		return 16
	}
	return 32
}

func (d *Decoder) fixed(n int) ([]byte, error) {
	out := make([]byte, n)
	return out, d.in.ConsumeN(out, n)
}

func (d *Decoder) vector(t *Type) (any, *DecodeError) {
	read := d.in.VectorHeader
	if t.bare {
		read = d.in.Int
	}
	n, err := read()
	if err != nil {
		return nil, &DecodeError{Cause: err}
	}
	if n < 0 || n > d.in.Len()/bin.Word { // each element has a word at least
		return nil, &DecodeError{Problem: "a vector of " + strconv.Itoa(n) + " in " + strconv.Itoa(d.in.Len()) + " bytes"}
	}
	list := make([]any, n)
	for i := range list {
		one, err := d.value(t.Elem)
		if err != nil {
			err.Path = "[" + strconv.Itoa(i) + "]" + joined(err.Path)
			return nil, err
		}
		list[i] = one
	}
	return list, nil
}

func (d *Decoder) object() (*Object, *DecodeError) {
	whole := d.in.Buf
	id, err := d.in.ID()
	if err != nil {
		return nil, &DecodeError{Cause: err}
	}
	def := ByID(id)
	switch d.depth++; {
	case def == nil:
		return nil, &DecodeError{Problem: fmt.Sprintf("unknown constructor %08x: a newer layer than %d?", id, Layer())}
	case d.depth > deepest:
		return nil, &DecodeError{Path: def.Name, Problem: "too deep"}
	}
	o, failed := d.fields(def)
	if failed != nil {
		return nil, failed
	}
	d.depth--
	if d.Seen != nil && d.Classes[def.Result.Class] {
		d.Seen(def, whole[:len(whole)-d.in.Len()])
	}
	return o, nil
}

func (d *Decoder) fields(def *Definition) (*Object, *DecodeError) {
	if def.bare != nil {
		return def.bare, nil
	}
	o := &Object{Def: def}
	var room [24]slot // most objects have fewer
	slots := room[:0]
	for i := range def.Fields {
		f := &def.Fields[i]
		if f.Type.Kind == Words {
			word, err := d.in.Uint32()
			if err != nil {
				return nil, &DecodeError{Path: def.Name, Cause: err}
			}
			o.words[f.bit] = word
			continue
		}
		if f.word >= 0 && (o.words[f.word]&(1<<f.bit) == 0 || f.Type.Kind == True) {
			continue
		}
		v, err := d.value(f.Type)
		if err != nil {
			err.Path = def.Name + "." + f.Name + joined(err.Path)
			return nil, err
		}
		slots = append(slots, slot{i, v})
	}
	o.slots = append(make([]slot, 0, len(slots)), slots...)
	return o, nil
}

// joined is the inner part of a path.
func joined(path string) string {
	if path == "" || path[0] == '[' {
		return path
	}
	return "." + path
}

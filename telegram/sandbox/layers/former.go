package layers

import (
	"fmt"
	"reflect"

	"github.com/gotd/td/bin"
)

// fields are the values of a constructor's fields, by the names that the layer has for them.
type fields map[string]any

// former is a value in a form that only older layers have.
type former struct {
	name   string
	fields fields
}

func (t *Table) former(b *bin.Buffer, old *former) error {
	if old == nil || t.byName[old.name] == nil {
		return fmt.Errorf("show a form of another layer: %w", ErrUnknown)
	}
	d := t.byName[old.name]
	b.PutID(d.id)
	return t.write(b, d, func(f field) reflect.Value { return reflect.ValueOf(old.fields[f.name]) })
}

// Accessors of fields that may be absent.

func (f fields) text(name string) string {
	v, _ := f[name].(string)
	return v
}

func (f fields) bytes(name string) []byte {
	v, _ := f[name].([]byte)
	return v
}

func (f fields) number(name string) int {
	v, _ := f[name].(int)
	return v
}

func (f fields) long(name string) int64 {
	v, _ := f[name].(int64)
	return v
}

func (f fields) set(name string) bool {
	v, _ := f[name].(bool)
	return v
}

func (f fields) list(name string) []any {
	v, _ := f[name].([]any)
	return v
}

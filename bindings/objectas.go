package bindings

import (
	"github.com/gotd/td/bin"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram/schema"
)

// objectAs is an object of Telegram's as a value of one of gotd's types, if it is one.
func objectAs[T any](o *object, decode func(*bin.Buffer) (T, error)) (typed T, ok bool) {
	if o.raw == nil {
		typed, ok = any(o.value).(T)
		return typed, ok
	}
	var b bin.Buffer
	if err := o.raw.Encode(&b); err != nil {
		return typed, false
	}
	typed, err := decode(&b)
	return typed, err == nil
}

// isConstructor says whether a table is written as one of Telegram's own types: { _ = "inputMediaDice", ... }.
func isConstructor(t *vm.Table) bool { return t.RawGetString(schema.Tag) != vm.Nil }

// objectIn makes an object of a class of the schema of a table.
func objectIn(class string, v vm.Value) (*object, error) {
	left := mostValues
	value, err := apiValue(v, 0, &left)
	if err != nil {
		return nil, err
	}
	made, err := schema.Maker{}.Object(class, value)
	if err != nil {
		return nil, err
	}
	return &object{raw: made}, nil
}

// objectOrTable reads an object of a class, or a table of its fields.
func objectOrTable(class string, v vm.Value) (*object, error) {
	switch v := v.(type) {
	case *vm.UserData:
		if o, ok := v.Value.(*object); ok {
			return o, nil
		}
	case *vm.Table:
		if isConstructor(v) {
			return objectIn(class, v)
		}
	}
	return nil, spec.Expected(class, v)
}

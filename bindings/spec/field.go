package spec

import (
	"reflect"

	"github.com/tgscript/tgscript/runtime/vm"
)

// Field is a row: one field of a class's objects. Get makes it.
type Field struct {
	Name, Doc string
	Type      reflect.Type
	Written   string // the editor type where the Go type can't tell; else empty
	Nilable   bool   // the zero value is nil in Lua
	Untabled  bool   // left out by to_table
	bind      func(in *Instance, nilable bool) func(v any) vm.Value
}

// Get is the row of a field that get reads. A getter runs on each access, under the baton, so it
// must be quick and never wait.
func Get[R, T any](name, doc string, get func(R) T) Field {
	return Field{
		Name: name, Doc: doc, Type: reflect.TypeFor[T](),
		bind: func(in *Instance, nilable bool) func(v any) vm.Value {
			encode := encoderFor[T](in, nilable)
			return func(v any) vm.Value { return encode(get(v.(R))) }
		},
	}
}

// Maybe marks a field whose zero value (0, "", an empty list) is nil in Lua.
func (f Field) Maybe() Field { f.Nilable = true; return f }

// Is says how the editor types write the field, where its Go type can't tell.
func (f Field) Is(lua string) Field { f.Written = lua; return f }

// OutOfTable leaves the field out of what to_table returns.
func (f Field) OutOfTable() Field { f.Untabled = true; return f }

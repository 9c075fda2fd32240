package spec

import (
	"reflect"
	"strings"
	"unicode"
)

// Typed may be implemented by Go types that know how the editor types write them.
type Typed interface{ LuaType() string }

// TypeOf is how the editor types write a Go type: "string", "integer[]", "Message".
func (t *Table) TypeOf(of reflect.Type) string {
	if of == nil || of == noneType {
		return ""
	}
	if of.Implements(reflect.TypeFor[Typed]()) && of.Kind() != reflect.Interface && of.Kind() != reflect.Pointer {
		return reflect.Zero(of).Interface().(Typed).LuaType()
	}
	if c := t.ClassOf(of); c != nil {
		return c.Name
	}
	if of.Implements(reflect.TypeFor[listed]()) && of.Kind() == reflect.Struct {
		return listOf(t.TypeOf(reflect.Zero(of).Interface().(listed).element()))
	}
	switch of {
	case valueType, reflect.TypeFor[any]():
		return "any"
	case tableType:
		return "table"
	case functionType:
		return "function"
	case durationType:
		return "Duration"
	case timeType:
		return "Time"
	case idType:
		return "integer|string"
	case reflect.TypeFor[[]byte]():
		return "string"
	}
	switch of.Kind() {
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "boolean"
	case reflect.Int, reflect.Int32, reflect.Int64, reflect.Uint32, reflect.Uint8:
		return "integer"
	case reflect.Float64, reflect.Float32:
		return "number"
	case reflect.Slice:
		return listOf(t.TypeOf(of.Elem()))
	case reflect.Pointer:
		return t.TypeOf(of.Elem())
	case reflect.Map:
		return "table<" + t.TypeOf(of.Key()) + ", " + t.TypeOf(of.Elem()) + ">"
	case reflect.Struct:
		return OptionsName(of)
	}
	return "any"
}

func listOf(element string) string {
	if strings.Contains(element, "|") {
		return "(" + element + ")[]"
	}
	return element + "[]"
}

// OptionsName is what the pages call a struct of options: sendOptions is SendOptions.
func OptionsName(of reflect.Type) string {
	name := []rune(of.Name())
	if len(name) == 0 {
		return "table"
	}
	name[0] = unicode.ToUpper(name[0])
	return string(name)
}

// ParamType is how the editor types write a parameter. A list may also be given as one element.
func (t *Table) ParamType(p Param) string {
	switch {
	case p.Written != "":
		return p.Written
	case p.Rest:
		return "any"
	case len(p.Enum) > 0:
		return `"` + strings.Join(p.Enum, `"|"`) + `"`
	}
	name := t.TypeOf(p.Type)
	if p.Type.Kind() == reflect.Slice && p.Type.Elem() != valueType {
		return t.TypeOf(p.Type.Elem()) + "|" + name
	}
	return name
}

// FieldType is how the editor types write a field.
func (t *Table) FieldType(f Field) string {
	name := f.Written
	if name == "" {
		name = t.TypeOf(f.Type)
	}
	if f.Nilable && !strings.HasSuffix(name, "?") {
		if strings.Contains(name, "|") {
			name = "(" + name + ")"
		}
		name += "?"
	}
	return name
}

// ResultType is how the editor types write what a function returns; empty for nothing.
func (t *Table) ResultType(f Func) string {
	switch {
	case f.Written != "":
		return f.Written
	case f.Each != nil && f.Each.Implements(reflect.TypeFor[Several]()):
		return "fun(): " + t.TypeOf(f.Each)
	case f.Each != nil:
		return "fun(): " + t.TypeOf(f.Each) + "?"
	}
	return t.TypeOf(f.Returns)
}

// objectName names a class by its Go type in errors, where the table isn't at hand.
func objectName(t reflect.Type) string { return OptionsName(t.Elem()) }

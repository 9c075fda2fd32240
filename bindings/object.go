package bindings

import (
	"reflect"
	"strconv"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tdp"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/schema"
)

// object is any value of Telegram's own types, under Telegram's own names. It holds what gotd made of an
// update, or what a call by name was answered. Nothing is converted until a script asks.
type object struct {
	value tdp.Object
	raw   *schema.Object // of a call by name; value is nil then
}

// objectOf wraps a value of package tg, whose interfaces don't tell that all their types describe
// themselves.
func objectOf(v any) *object {
	described, ok := v.(tdp.Object)
	if !ok || reflect.ValueOf(v).IsNil() {
		return nil
	}
	return &object{value: described}
}

// objectClass is the class Object.
var objectClass = spec.Class{
	Name: "Object", Call: "object", Go: reflect.TypeFor[*object](),
	Doc: "A value of Telegram's own types, with the names of https://core.telegram.org/schema: `_` is the constructor, a field that is absent is nil. " +
		"Ids of users, chats and channels, sizes and amounts are numbers, other 64-bit numbers are strings of digits, bytes are strings. " +
		"`pairs(object:to_table())` goes through its fields, and it may be given to a call of client.api as it is.",
	Text:    func(v any) string { return v.(*object).text() },
	Dynamic: func(v any) []spec.Dynamic { return v.(*object).dynamic() },
	Lookup:  func(v any, name string) (any, bool) { return v.(*object).get(name) },
	Equal:   func(a, b any) bool { return a.(*object).same(b.(*object)) },
}

// name is the constructor.
func (o *object) name() string {
	if o.raw != nil {
		return o.raw.Name()
	}
	return layoutOf(o.value).name
}

// names are the fields that the object may have.
func (o *object) names() []string {
	if o.raw != nil {
		return o.raw.Def.Names()
	}
	info := o.value.TypeInfo()
	names := make([]string, len(info.Fields))
	for i, f := range info.Fields {
		names[i] = f.SchemaName
	}
	return names
}

// get is a field as Lua will see it: nil for one that is absent.
func (o *object) get(name string) (value any, known bool) {
	if name == schema.Tag {
		return o.name(), true
	}
	if o.raw == nil {
		return typedField(o.value, name)
	}
	f := o.raw.Def.Field(name)
	if f == nil {
		return nil, false
	}
	v, _ := o.raw.Get(name)
	return shown(v, isLong(f.Type) && !schema.Small(o.raw.Name(), name)), true
}

func isLong(t *schema.Type) bool {
	return t.Kind == schema.Long || t.Kind == schema.Vector && t.Elem.Kind == schema.Long
}

// shown is a decoded value as Lua will see it.
func shown(v any, digits bool) any {
	switch v := v.(type) {
	case *schema.Object:
		return &object{raw: v}
	case []any:
		list := make([]any, len(v))
		for i, one := range v {
			list[i] = shown(one, digits)
		}
		return list
	case int64:
		if digits {
			return strconv.FormatInt(v, 10)
		}
	}
	return v
}

func (o *object) dynamic() []spec.Dynamic {
	names := append([]string{schema.Tag}, o.names()...)
	fields := make([]spec.Dynamic, len(names))
	for i, name := range names {
		fields[i] = spec.Dynamic{Name: name, Get: func() any {
			v, _ := o.get(name)
			return v
		}}
	}
	return fields
}

// decoded is the object in the form that calls by name take.
func (o *object) decoded() (*schema.Object, error) {
	if o.raw != nil {
		return o.raw, nil
	}
	return schema.Of(o.value.(bin.Encoder))
}

// same compares by what is in them: a field that is read twice is two objects.
func (o *object) same(other *object) bool {
	if o.name() != other.name() {
		return false
	}
	a, errA := o.decoded()
	b, errB := other.decoded()
	var x, y bin.Buffer
	return errA == nil && errB == nil && a.Encode(&x) == nil && b.Encode(&y) == nil && string(x.Buf) == string(y.Buf)
}

// target is whom the object is about; nil if about nobody.
func (o *object) target() telegram.Target {
	decoded, err := o.decoded()
	if err != nil {
		return nil
	}
	return telegram.TargetOf(decoded)
}

// messageID is the number of a message; 0 for anything else.
func (o *object) messageID() int64 {
	if name := o.name(); name != "message" && name != "messageService" {
		return 0
	}
	id, _ := o.get("id")
	switch id := id.(type) {
	case int:
		return int64(id)
	case int64:
		return id
	}
	return 0
}

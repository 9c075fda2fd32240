package bindings

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/gotd/td/tdp"

	"github.com/tgscript/tgscript/bindings/spec"
)

// object is any value of Telegram's own types, under Telegram's own names. Nothing is converted until
// a script asks.
type object struct{ value tdp.Object }

// objectOf wraps a value of package tg, whose interfaces don't tell that all their types describe
// themselves.
func objectOf(v any) *object {
	described, ok := v.(tdp.Object)
	if !ok || described.TypeInfo().Null {
		return nil
	}
	return &object{described}
}

// objectClass is the class Object.
var objectClass = spec.Class{
	Name: "Object", Call: "object", Go: reflect.TypeFor[*object](),
	Doc: "A value of Telegram's own types, with the names of https://core.telegram.org/schema: `_` is the constructor, a field that is absent is nil. " +
		"Ids of users, chats and channels are numbers, other 64-bit numbers are strings of digits, bytes are strings.",
	Text:    func(v any) string { return "Object(" + v.(*object).value.TypeInfo().Name + ")" },
	Dynamic: func(v any) []spec.Dynamic { return v.(*object).fields() },
}

func (o *object) fields() []spec.Dynamic {
	info := o.value.TypeInfo()
	fields := make([]spec.Dynamic, 0, len(info.Fields)+1)
	fields = append(fields, spec.Dynamic{Name: "_", Get: func() any { return info.Name }})
	whole := reflect.Indirect(reflect.ValueOf(o.value))
	for _, f := range info.Fields {
		fields = append(fields, spec.Dynamic{Name: f.SchemaName, Get: func() any {
			if f.Null {
				return nil
			}
			return plainValue(whole.FieldByName(f.Name), isPeerID(info.Name, f.SchemaName))
		}})
	}
	return fields
}

// plainValue is a Go field as Lua will see it.
func plainValue(v reflect.Value, number bool) any {
	if v.Kind() == reflect.Struct && v.CanAddr() {
		v = v.Addr()
	}
	if one, ok := v.Interface().(tdp.Object); ok {
		if o := objectOf(one); o != nil {
			return o
		}
		return nil
	}
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return plainValue(v.Elem(), number)
	case reflect.Int64:
		if number {
			return v.Int()
		}
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Array: // int128 and int256
		bytes := make([]byte, v.Len())
		reflect.Copy(reflect.ValueOf(bytes), v)
		return bytes
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return v.Bytes()
		}
		list := make([]any, v.Len())
		for i := range list {
			list[i] = plainValue(v.Index(i), number)
		}
		return list
	}
	return v.Interface()
}

// isPeerID tells the 64-bit numbers that are ids of users, chats and channels from the others. Those
// have at most 52 bits (https://core.telegram.org/api/bots/ids), so Lua numbers hold them; the others
// must stay exact, and of one type whatever their value.
func isPeerID(constructor, field string) bool {
	switch field {
	case "user_id", "chat_id", "channel_id", "bot_id", "admin_id", "inviter_id", "actor_id", "via_bot_id", "linked_chat_id",
		"users", "chats", "bots", "admins":
		return true
	case "id":
		for _, prefix := range []string{"user", "chat", "channel"} {
			switch strings.TrimPrefix(constructor, prefix) {
			case "", "Empty", "Forbidden", "Full":
				return strings.HasPrefix(constructor, prefix)
			}
		}
	}
	return false
}

package sandbox

import (
	"reflect"
	"slices"

	"github.com/gotd/td/tdp"
	"github.com/gotd/td/tg"
)

// hidden stands for a secret.
const hidden = "(hidden)"

// secrets are the TL names of fields that sign somebody in or give access to something. What is
// made of bytes isn't shown under any name.
var secrets = []string{
	"access_hash", "api_hash", "bot_auth_token", "code", "credentials", "password", "phone_code", "phone_code_hash",
	"pattern", "secret", "token",
}

// plain is the form in which a TL value goes into JSON: objects as maps with their type under "_",
// fields that are absent left out, secrets hidden, bytes counted.
func plain(v any) any { return plainValue(reflect.ValueOf(v)) }

func plainValue(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		if o, ok := v.Interface().(tdp.Object); ok {
			return plainObject(o, v)
		}
		return plainValue(v.Elem())
	case reflect.Struct:
		if v.CanAddr() {
			return plainValue(v.Addr())
		}
		at := reflect.New(v.Type())
		at.Elem().Set(v)
		return plainValue(at)
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return map[string]int{"bytes": v.Len()}
		}
		list := make([]any, v.Len())
		for i := range list {
			list[i] = plainValue(v.Index(i))
		}
		return list
	case reflect.String:
		return v.String()
	case reflect.Bool:
		return v.Bool()
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int()
	case reflect.Float32, reflect.Float64:
		return v.Float()
	}
	return nil
}

func plainObject(o tdp.Object, v reflect.Value) map[string]any {
	info := o.TypeInfo()
	fields := map[string]any{"_": info.Name}
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	for _, f := range info.Fields {
		value := v.FieldByName(f.Name)
		switch {
		case f.Null || !value.IsValid() || f.SchemaName == "flags":
		case slices.Contains(secrets, f.SchemaName):
			fields[f.SchemaName] = hidden
		default:
			fields[f.SchemaName] = plainValue(value)
		}
	}
	if fromService(o) {
		fields["message"] = hidden // it may be a login code
	}
	return fields
}

// What an answer is cut down to.
const (
	shortList = 5   // elements of a list
	shortText = 200 // characters of a text
)

// inShort is the form of an answer in JSON: as plain, with long lists and texts cut.
func inShort(v any) any { return shorten(plain(v)) }

func shorten(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for name, one := range v {
			if one = shorten(one); isNothing(one) {
				delete(v, name)
				continue
			}
			v[name] = one
		}
	case []any:
		var rest []any
		if len(v) > shortList {
			rest = []any{map[string]int{"more": len(v) - shortList}}
			v = v[:shortList]
		}
		for i := range v {
			v[i] = shorten(v[i])
		}
		return append(v[:len(v):len(v)], rest...)
	case string:
		if text := []rune(v); len(text) > shortText {
			return string(text[:shortText]) + "…"
		}
	}
	return v
}

// isNothing tells what an answer says by leaving it out: flags that aren't set, empty lists.
func isNothing(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case bool:
		return !v
	case []any:
		return len(v) == 0
	case string:
		return v == ""
	}
	return false
}

// invented are fields with numbers that nobody can repeat, and what they are shown as
// where a run is to look like the one before.
var invented = map[string]string{"random_id": "(made up)", "file_id": "(made up)", "client_id": "(made up)", "query_id": "(made up)", "port": "(free)"}

// madeUp takes out of a value in its plain form what differs from run to run.
func madeUp(v any) {
	switch v := v.(type) {
	case map[string]any:
		for name, one := range v {
			if instead, ok := invented[name]; ok {
				v[name] = instead
				continue
			}
			madeUp(one)
		}
	case []any:
		for _, one := range v {
			madeUp(one)
		}
	}
}

// fromService is a message of Telegram's own account.
func fromService(o tdp.Object) bool {
	if short, ok := o.(*tg.UpdateShortMessage); ok {
		return short.UserID == serviceID
	}
	m, ok := o.(*tg.Message)
	if !ok {
		return false
	}
	for _, p := range []tg.PeerClass{m.PeerID, m.FromID} {
		if u, ok := p.(*tg.PeerUser); ok && u.UserID == serviceID {
			return true
		}
	}
	return false
}

// typeOf names the TL type of an answer; vectors have gotd's name.
func typeOf(v any) string {
	if o, ok := v.(tdp.Object); ok && o.TypeInfo().Name != "" {
		return o.TypeInfo().Name
	}
	return reflect.Indirect(reflect.ValueOf(v)).Type().Name()
}

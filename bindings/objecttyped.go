package bindings

import (
	"reflect"
	"strconv"
	"sync"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tdp"

	"github.com/tgscript/tgscript/telegram/schema"
)

// layout is where a type of package tg has the fields of its constructor.
type layout struct {
	name   string
	fields map[string]place
}

// place is a field of a struct, and the word of flags that says whether it is there.
type place struct {
	index int
	word  int // field of the struct; -1 if it always is there
	bit   int
	small bool // a 64-bit number that Lua holds exactly
}

// layouts are made when a type is met first, by reflect.Type.
var layouts sync.Map

var wordType = reflect.TypeFor[bin.Fields]()

// layoutOf reads a type's description. Which bit stands for an optional field it doesn't tell: that is found by
// setting one after another.
func layoutOf(value tdp.Object) *layout {
	t := reflect.TypeOf(value).Elem()
	if known, ok := layouts.Load(t); ok {
		return known.(*layout)
	}
	blank := reflect.New(t)
	described := blank.Interface().(tdp.Object)
	info := described.TypeInfo()
	l := &layout{name: info.Name, fields: make(map[string]place, len(info.Fields))}
	for _, f := range info.Fields {
		field, _ := t.FieldByName(f.Name)
		l.fields[f.SchemaName] = place{index: field.Index[0], word: -1, small: schema.Small(info.Name, f.SchemaName)}
	}
	for w := range t.NumField() {
		if t.Field(w).Type != wordType {
			continue
		}
		word := blank.Elem().Field(w)
		for bit := range 32 {
			word.SetUint(1 << bit)
			for i, f := range described.TypeInfo().Fields {
				if info.Fields[i].Null && !f.Null {
					at := l.fields[f.SchemaName]
					at.word, at.bit = w, bit
					l.fields[f.SchemaName] = at
				}
			}
		}
		word.SetUint(0)
	}
	known, _ := layouts.LoadOrStore(t, l)
	return known.(*layout)
}

// typedField is a field of a value of package tg as Lua will see it.
func typedField(value tdp.Object, name string) (v any, known bool) {
	l := layoutOf(value)
	at, known := l.fields[name]
	if !known {
		return nil, false
	}
	whole := reflect.ValueOf(value).Elem()
	if at.word >= 0 && whole.Field(at.word).Uint()&(1<<at.bit) == 0 {
		return nil, true
	}
	return plainValue(whole.Field(at.index), at.small), true
}

// plainValue is a Go field as Lua will see it.
func plainValue(v reflect.Value, number bool) any {
	switch v.Kind() { // what most fields are, and no object of Telegram's is
	case reflect.Int, reflect.Bool, reflect.String, reflect.Float64:
		return v.Interface()
	}
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

package spec

import (
	"fmt"
	"math"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/tgscript/tgscript/runtime/vm"
)

// Number encodes a 64-bit number exactly: as a Lua number up to 2^53, as decimal text beyond.
func Number(n int64) vm.Value {
	if n > exact || n < -exact {
		return vm.String(strconv.FormatInt(n, 10))
	}
	return vm.Number(n)
}

// encoderFor chooses once how a Go type becomes a Lua value. The common types go without reflection
// and without boxing: a field of an event costs one of these calls. nil stands for no result.
func encoderFor[T any](in *Instance, nilable bool) func(T) vm.Value {
	var fast any
	switch any(*new(T)).(type) {
	case None:
		return nil
	case string:
		fast = func(s string) vm.Value {
			if nilable && s == "" {
				return vm.Nil
			}
			return vm.String(s)
		}
	case int:
		fast = func(n int) vm.Value {
			if nilable && n == 0 {
				return vm.Nil
			}
			return vm.Number(n)
		}
	case int64:
		fast = func(n int64) vm.Value {
			if nilable && n == 0 {
				return vm.Nil
			}
			return Number(n)
		}
	case bool:
		fast = func(b bool) vm.Value {
			if b {
				return vm.True
			}
			return vm.False
		}
	}
	if encode, ok := fast.(func(T) vm.Value); ok {
		return encode
	}
	if class := in.classes[reflect.TypeFor[T]()]; class != nil {
		return func(v T) vm.Value {
			if any(v) == any(*new(T)) {
				return vm.Nil
			}
			return class.wrap(in, v)
		}
	}
	return func(v T) vm.Value {
		if nilable && reflect.ValueOf(&v).Elem().IsZero() {
			return vm.Nil
		}
		return in.Value(v)
	}
}

// Value encodes any Go value that rows and errors use: scalars, times (seconds since 1970),
// durations (seconds), lists, maps with string keys, structs with lua tags, and objects of classes.
func (in *Instance) Value(v any) vm.Value {
	switch v := v.(type) {
	case nil:
		return vm.Nil
	case vm.Value:
		return v
	case string:
		return vm.String(v)
	case bool:
		return vm.Bool(v)
	case int:
		return vm.Number(v)
	case int64:
		return Number(v)
	case float64:
		return vm.Number(v)
	case []byte:
		return vm.String(v)
	case listed:
		return v.encode(in)
	case Encoder:
		return v.EncodeLua(in, in.state)
	case error: // as pcall would give it
		return vm.NewError(in.state, v)
	case time.Duration:
		return vm.Number(v.Seconds())
	case time.Time:
		if v.IsZero() {
			return vm.Nil
		}
		return vm.Number(math.Floor(float64(v.UnixMilli()) / 1000))
	}
	if class := in.classes[reflect.TypeOf(v)]; class != nil {
		if r := reflect.ValueOf(v); r.Kind() == reflect.Pointer && r.IsNil() {
			return vm.Nil
		}
		return class.wrap(in, v)
	}
	return in.reflected(reflect.ValueOf(v))
}

func (in *Instance) reflected(r reflect.Value) vm.Value {
	switch r.Kind() {
	case reflect.String:
		return vm.String(r.String())
	case reflect.Bool:
		return vm.Bool(r.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return Number(r.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64: // YAML gives 64 bits to what is too large for int
		if n := r.Uint(); n > exact {
			return vm.String(strconv.FormatUint(n, 10))
		}
		return Number(int64(r.Uint()))
	case reflect.Float32, reflect.Float64:
		return vm.Number(r.Float())
	case reflect.Pointer, reflect.Interface:
		if r.IsNil() {
			return vm.Nil
		}
		return in.Value(r.Elem().Interface())
	case reflect.Slice, reflect.Array:
		if r.Kind() == reflect.Slice && r.IsNil() && r.Type().Elem().Kind() == reflect.Uint8 {
			return vm.String("")
		}
		table := in.newTable(r.Len(), 0)
		for i := range r.Len() {
			table.RawSetInt(i+1, in.Value(r.Index(i).Interface()))
		}
		return table
	case reflect.Map:
		return in.mapped(r)
	case reflect.Struct:
		table := in.newTable(0, r.NumField())
		for _, f := range reflect.VisibleFields(r.Type()) {
			tag, ok := f.Tag.Lookup("lua")
			name, flags, _ := strings.Cut(tag, ",")
			if value := r.FieldByIndex(f.Index); ok && !(flags == "optional" && value.IsZero()) {
				table.RawSetString(name, in.Value(value.Interface()))
			}
		}
		return table
	}
	panic(fmt.Sprintf("spec: no way to give %v to Lua", r.Type()))
}

// mapped keeps the order of keys the same in every run: pairs() shows it to scripts.
func (in *Instance) mapped(r reflect.Value) vm.Value {
	keys := r.MapKeys()
	sort.Slice(keys, func(i, j int) bool { return fmt.Sprint(keys[i]) < fmt.Sprint(keys[j]) })
	table := in.newTable(0, len(keys))
	for _, k := range keys {
		v := in.Value(r.MapIndex(k).Interface())
		if k.Kind() == reflect.String {
			table.RawSetString(k.String(), v)
		} else {
			table.RawSet(in.Value(k.Interface()), v)
		}
	}
	return table
}

package spec

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/tgscript/tgscript/runtime/vm"
)

// Decoder is implemented by pointers to types that read themselves from a Lua value. The error is a
// phrase such as "chat expected, got boolean".
type Decoder interface {
	DecodeLua(L *vm.State, v vm.Value) error
}

// ID is an id or another 64-bit number: a Lua number or, exact above 2^53, a decimal string.
type ID int64

// Suiting is for a Decoder of an argument that may be left out in the middle: it tells the values that could be meant
// for it. Without it any text, number, table or object could.
type Suiting interface{ Suits(v vm.Value) bool }

// suitedBy tells which values could be meant for a type that decodes itself.
func suitedBy(t reflect.Type) func(vm.Value) bool {
	if own, ok := reflect.New(t).Interface().(Suiting); ok {
		return own.Suits
	}
	return is(vm.TypeString, vm.TypeNumber, vm.TypeTable, vm.TypeUserData)
}

// reader decodes one value into a settable field.
type reader func(L *vm.State, v vm.Value, into reflect.Value) error

// exact is the largest integer below which every integer is a Lua number of its own.
const exact = 1 << 53

var (
	timeType     = reflect.TypeFor[time.Time]()
	durationType = reflect.TypeFor[time.Duration]()
	idType       = reflect.TypeFor[ID]()
	decoderType  = reflect.TypeFor[Decoder]()
	valueType    = reflect.TypeFor[vm.Value]()
	tableType    = reflect.TypeFor[*vm.Table]()
	functionType = reflect.TypeFor[*vm.Function]()
)

// Expected is the error for a value of the wrong kind, for types that decode themselves.
func Expected(want string, v vm.Value) error { return &mismatch{want: want, got: describe(v)} }

// readerFor chooses how a Go type is read, and which values look as if they were meant for it.
func readerFor(t reflect.Type, enum []string) (read reader, suits func(vm.Value) bool) {
	switch {
	case reflect.PointerTo(t).Implements(decoderType):
		return func(L *vm.State, v vm.Value, into reflect.Value) error {
			return into.Addr().Interface().(Decoder).DecodeLua(L, v)
		}, suitedBy(t)
	case t == valueType:
		return func(_ *vm.State, v vm.Value, into reflect.Value) error {
			into.Set(reflect.ValueOf(v))
			return nil
		}, func(vm.Value) bool { return true }
	case t == tableType:
		return readAs[*vm.Table]("table"), is(vm.TypeTable)
	case t == functionType:
		return readAs[*vm.Function]("function"), is(vm.TypeFunction)
	case t == durationType:
		return readDuration, is(vm.TypeString, vm.TypeNumber)
	case t == timeType:
		return readTime, is(vm.TypeString, vm.TypeNumber)
	case t == idType:
		return readInteger(true), is(vm.TypeString, vm.TypeNumber)
	}
	switch t.Kind() {
	case reflect.String:
		return readText(readString(enum)), is(vm.TypeString, vm.TypeNumber)
	case reflect.Bool:
		return func(_ *vm.State, v vm.Value, into reflect.Value) error {
			if v.Type() != vm.TypeBool {
				return Expected("boolean", v)
			}
			into.SetBool(v == vm.True)
			return nil
		}, is(vm.TypeBool)
	case reflect.Int, reflect.Int32:
		return readSmall, is(vm.TypeString, vm.TypeNumber)
	case reflect.Int64:
		return readInteger(false), is(vm.TypeString, vm.TypeNumber)
	case reflect.Float64:
		return readFloat, is(vm.TypeNumber, vm.TypeString)
	case reflect.Slice:
		return readList(t)
	case reflect.Pointer:
		return readPointer(t)
	case reflect.Map:
		if t == reflect.TypeFor[map[string]any]() {
			return readMap, is(vm.TypeTable)
		}
	}
	panic(fmt.Sprintf("spec: no way to read %v from Lua", t))
}

func is(types ...vm.Type) func(vm.Value) bool {
	return func(v vm.Value) bool {
		for _, t := range types {
			if v.Type() == t {
				return true
			}
		}
		return false
	}
}

func readAs[T any](want string) reader {
	return func(_ *vm.State, v vm.Value, into reflect.Value) error {
		if _, ok := v.(T); !ok {
			return Expected(want, v)
		}
		into.Set(reflect.ValueOf(v))
		return nil
	}
}

func readString(enum []string) reader {
	return func(_ *vm.State, v vm.Value, into reflect.Value) error {
		if t := v.Type(); t != vm.TypeString && t != vm.TypeNumber {
			return Expected("string", v)
		}
		s := vm.Text(v) // a number is text too, as everywhere in Lua
		for i, allowed := range enum {
			if s == allowed {
				break
			}
			if i == len(enum)-1 {
				return unlisted(s, enum)
			}
		}
		into.SetString(s)
		return nil
	}
}

// longestText is more than Telegram takes of anything that is written.
const longestText = 1 << 20

// readText refuses what is no UTF-8, and what is too long for any text: Telegram's numbers of lengths would overflow.
func readText(read reader) reader {
	return func(L *vm.State, v vm.Value, into reflect.Value) error {
		if s, ok := v.(vm.String); ok {
			if len(s) > longestText {
				return &mismatch{want: "text of at most " + strconv.Itoa(longestText) + " bytes", got: strconv.Itoa(len(s))}
			}
			if at := Invalid(string(s)); at >= 0 {
				return fmt.Errorf("byte %d is no UTF-8, which text has to be", at+1)
			}
		}
		return read(L, v, into)
	}
}

// Invalid is the first byte of a text that is no UTF-8; -1 if all is.
func Invalid(s string) int {
	for i, r := range s {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return i
			}
		}
	}
	return -1
}

// readSmall takes the whole numbers of 32 bits, which most of Telegram's are.
func readSmall(L *vm.State, v vm.Value, into reflect.Value) error {
	if err := readInteger(false)(L, v, into); err != nil {
		return err
	}
	if n := into.Int(); n > math.MaxInt32 || n < math.MinInt32 {
		return &mismatch{want: "smaller number", got: vm.Text(v)}
	}
	return nil
}

func unlisted(s string, enum []string) error {
	text := "'" + s + "' is not one of '" + strings.Join(enum, "', '") + "'"
	if near := Nearest(s, enum); near != "" {
		text += ": did you mean '" + near + "'?"
	}
	return errors.New(text)
}

// readInteger takes what Lua takes for a whole number. Text must be decimal digits, as captures of a
// pattern are; exactness beyond 2^53 is only for IDs.
func readInteger(large bool) reader {
	return func(_ *vm.State, v vm.Value, into reflect.Value) error {
		switch v := v.(type) {
		case vm.Number:
			f := float64(v)
			if f != math.Trunc(f) || math.Abs(f) > exact {
				return &mismatch{want: "whole number", got: vm.Text(v), hint: largeHint(f, large)}
			}
			into.SetInt(int64(f))
		case vm.String:
			n, err := strconv.ParseInt(string(v), 10, 64)
			if err != nil {
				return &mismatch{want: "number", got: "'" + string(v) + "'"}
			}
			into.SetInt(n)
		default:
			return Expected("number", v)
		}
		return nil
	}
}

func largeHint(f float64, large bool) string {
	if large && math.Abs(f) > exact {
		return "write numbers this large as a string"
	}
	return ""
}

func readFloat(_ *vm.State, v vm.Value, into reflect.Value) error {
	switch v := v.(type) {
	case vm.Number:
		if f := float64(v); f-f != 0 { // not a number, or infinite
			return &mismatch{want: "number", got: vm.Text(v)}
		}
		into.SetFloat(float64(v))
		return nil
	case vm.String:
		if f, err := strconv.ParseFloat(string(v), 64); err == nil && f-f == 0 {
			into.SetFloat(f)
			return nil
		}
	}
	return Expected("number", v)
}

// describe names a value's type in an error, and the value where that helps.
func describe(v vm.Value) string {
	switch v := v.(type) {
	case *vm.UserData:
		if meta, ok := v.Metatable.(*vm.Table); ok {
			if name, ok := meta.RawGetString("__name").(vm.String); ok {
				return string(name)
			}
		}
	case vm.String:
		if len(v) <= 20 {
			return "'" + string(v) + "'"
		}
	}
	return v.Type().String()
}

package spec

import (
	"reflect"
	"strconv"

	"github.com/tgscript/tgscript/runtime/vm"
)

// readList reads a table of elements, or one element for a list of one: `chats = "@news"`.
func readList(t reflect.Type) (reader, func(vm.Value) bool) {
	element, suits := readerFor(t.Elem(), nil)
	return readElements(t, element, suits)
}

// bytesReader reads strings of any bytes.
func bytesReader(t reflect.Type) reader {
	read := readString(nil)
	if t.Kind() == reflect.Slice {
		read, _ = readElements(t, read, is(vm.TypeString, vm.TypeNumber))
	}
	return read
}

func readElements(t reflect.Type, element reader, suits func(vm.Value) bool) (reader, func(vm.Value) bool) {
	single := t.Elem() != valueType
	read := func(L *vm.State, v vm.Value, into reflect.Value) error {
		table, ok := v.(*vm.Table)
		if !ok {
			if !single {
				return Expected("list", v)
			}
			list := reflect.MakeSlice(t, 1, 1)
			if err := element(L, v, list.Index(0)); err != nil {
				return err
			}
			into.Set(list)
			return nil
		}
		n := table.Len()
		if key, _ := table.Next(vm.Nil); n == 0 && key != vm.Nil {
			return &mismatch{want: "list", got: "table with names"}
		}
		list := reflect.MakeSlice(t, n, n)
		for i := range n {
			if err := element(L, table.RawGetInt(i+1), list.Index(i)); err != nil {
				return &inList{i + 1, err}
			}
		}
		into.Set(list)
		return nil
	}
	return read, func(v vm.Value) bool { return v.Type() == vm.TypeTable || single && suits(v) }
}

// inList says which element of a list was wrong.
type inList struct {
	index int
	err   error
}

func (e *inList) Error() string { return "element " + strconv.Itoa(e.index) + ": " + e.err.Error() }

// readPointer reads an object of ours by its Go type, or an optional scalar: a pointer that stays nil
// when the option isn't given.
func readPointer(t reflect.Type) (reader, func(vm.Value) bool) {
	if t.Elem().Kind() != reflect.Struct {
		element, suits := readerFor(t.Elem(), nil)
		return func(L *vm.State, v vm.Value, into reflect.Value) error {
			into.Set(reflect.New(t.Elem()))
			return element(L, v, into.Elem())
		}, suits
	}
	return func(_ *vm.State, v vm.Value, into reflect.Value) error {
		data, ok := v.(*vm.UserData)
		if !ok || reflect.TypeOf(data.Value) != t {
			return Expected(objectName(t), v)
		}
		into.Set(reflect.ValueOf(data.Value))
		return nil
	}, is(vm.TypeUserData)
}

// readMap reads any table as plain Go values, the shape that JSON has.
func readMap(_ *vm.State, v vm.Value, into reflect.Value) error {
	table, ok := v.(*vm.Table)
	if !ok {
		return Expected("table", v)
	}
	plain, err := Plain(table)
	if err != nil {
		return err
	}
	m, ok := plain.(map[string]any)
	if !ok {
		return &mismatch{want: "table with names", got: "list"}
	}
	into.Set(reflect.ValueOf(m))
	return nil
}

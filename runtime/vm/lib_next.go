package vm

import (
	"reflect"
	"sync"

	lua "github.com/yuin/gopher-lua"
)

// tableFields says where a table keeps its array and the order of its other keys. Only lengths and presence are
// read.
type tableFields struct {
	array, order int
	ok           bool
}

var tableLayout = sync.OnceValue(func() (l tableFields) {
	table := reflect.TypeFor[lua.LTable]()
	array, found := table.FieldByName("array")
	order, also := table.FieldByName("k2i")
	l.ok = found && also && array.Type.Kind() == reflect.Slice &&
		order.Type == reflect.TypeFor[map[lua.LValue]int]()
	if l.ok {
		l.array, l.order = array.Index[0], order.Index[0]
	}
	return l
})

// next gives the pair behind a key. The stock one starts again from some other place when it doesn't know the key.
func next(L *State, t *Table, key Value) (Value, Value) {
	if key == Nil || t.RawGet(key) != Nil {
		return t.Next(key)
	}
	at := tableLayout()
	if !at.ok {
		return t.Next(key)
	}
	inside := reflect.ValueOf(t).Elem()
	if inside.Field(at.order).MapIndex(reflect.ValueOf(&key).Elem()).IsValid() {
		return t.Next(key) // removed while one walks over the table
	}
	n := inside.Field(at.array).Len()
	if i, ok := key.(Number); ok && i == Number(int(i)) && i >= 1 && i < Number(lua.MaxArrayIndex) {
		if n == 0 {
			return t.Next(Nil)
		}
		return t.Next(Number(min(int(i), n))) // the array was longer, or has a hole there
	}
	raise(L, "invalid key to 'next'")
	return Nil, Nil
}

func baseNext(L *State) int {
	k, v := next(L, argTable(L, 1), L.Get(2))
	if k == Nil {
		L.Push(Nil)
		return 1
	}
	L.Push(k)
	L.Push(v)
	return 2
}

// basePairs also knows __pairs, as later versions of Lua do.
func basePairs(L *State) int {
	v := argAny(L, 1)
	if op := L.GetMetaField(v, "__pairs"); op != Nil {
		L.Push(op)
		L.Push(v)
		L.Call(1, 3)
		return 3
	}
	argTable(L, 1)
	L.Push(threadOf(L).call.machine.next)
	L.Push(v)
	L.Push(Nil)
	return 3
}

func baseIpairs(L *State) int {
	argTable(L, 1)
	L.Push(threadOf(L).call.machine.inext)
	L.Push(L.Get(1))
	L.Push(Number(0))
	return 3
}

func inext(L *State) int {
	t, i := argTable(L, 1), argInt(L, 2)+1
	v := rawIndex(t, i)
	if v == Nil {
		L.Push(Nil)
		return 1
	}
	L.Push(Number(i))
	L.Push(v)
	return 2
}

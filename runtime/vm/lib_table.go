package vm

import (
	"sort"
	"strings"

	lua "github.com/yuin/gopher-lua"
)

// maxResults is how many values a library function returns at most: they have to fit on the Lua stack.
const maxResults = 60_000

var tableFunctions = map[string]GoFunction{
	"concat": tableConcat,
	"getn":   tableGetn,
	"insert": tableInsert,
	"maxn":   tableMaxn,
	"remove": tableRemove,
	"sort":   tableSort,
	"unpack": unpack,
}

// rawIndex reads t[i]; the interpreter's own RawGetInt doesn't see what is behind the array.
func rawIndex(t *Table, i int) Value {
	if i < lua.MaxArrayIndex {
		if v := t.RawGetInt(i); v != Nil || i > 0 {
			return v
		}
	}
	return t.RawGet(Number(i))
}

func tableGetn(L *State) int { return pushNumber(L, float64(argTable(L, 1).Len())) }

func tableMaxn(L *State) int {
	highest := 0.0
	argTable(L, 1).ForEach(func(k, _ Value) {
		if n, ok := k.(Number); ok {
			highest = max(highest, float64(n))
		}
	})
	return pushNumber(L, highest)
}

func tableConcat(L *State) int {
	t, sep := argTable(L, 1), optString(L, 2, "")
	i := optInt(L, 3, 1)
	j := 0
	if L.Get(4) == Nil {
		j = t.Len()
	} else {
		j = argInt(L, 4)
	}
	var out strings.Builder
	for k := i; k <= j; k++ {
		switch v := rawIndex(t, k).(type) {
		case String:
			out.WriteString(string(v))
		case Number:
			out.WriteString(Text(v))
		default:
			raise(L, "invalid value (%s) at index %d in table for 'concat'", v.Type(), k)
		}
		if k == j { // j+1 may not exist
			break
		}
		out.WriteString(sep)
		if out.Len() > maxString {
			raise(L, "resulting string too large")
		}
	}
	return pushString(L, out.String())
}

func tableInsert(L *State) int {
	t := argTable(L, 1)
	switch L.GetTop() {
	case 2:
		if n := t.Len(); n+1 < lua.MaxArrayIndex {
			t.Append(L.Get(2))
		} else {
			raise(L, "the list is full: it has %d items", n)
		}
	case 3:
		n, pos := t.Len(), argInt(L, 2)
		if pos < 1 || pos > n+1 {
			ArgumentError(L, 2, "position %d is out of bounds: the list has %d items", pos, n)
		}
		if pos > n {
			t.RawSetInt(pos, L.Get(3))
		} else {
			t.Insert(pos, L.Get(3))
		}
	default:
		raise(L, "wrong number of arguments to 'insert' (table, [position,] value)")
	}
	return 0
}

func tableRemove(L *State) int {
	t := argTable(L, 1)
	n := t.Len()
	pos := optInt(L, 2, n)
	if pos < 1 || pos > n {
		return 0
	}
	if pos < n {
		L.Push(t.Remove(pos))
		return 1
	}
	// The array may end in nils that don't count; they go too.
	for {
		if v := t.Remove(-1); v != nil && v != Nil {
			L.Push(v)
			return 1
		}
	}
}

// items sorts by a Lua function or by <. The order works on a copy, so a comparator that blocks or changes the table
// does no harm, and one that contradicts itself only gives a strange order.
type items struct {
	L       *State
	values  []Value
	less    *Function
	compare int
}

func (s *items) Len() int      { return len(s.values) }
func (s *items) Swap(i, j int) { s.values[i], s.values[j] = s.values[j], s.values[i] }

// Less has to stop a killed sort itself: without a Lua comparator no instruction runs.
func (s *items) Less(i, j int) bool {
	a, b := s.values[i], s.values[j]
	if s.compare++; s.compare%4096 == 0 {
		poll(s.L)
	}
	if s.less == nil {
		return s.L.LessThan(a, b)
	}
	s.L.Push(s.less)
	s.L.Push(a)
	s.L.Push(b)
	s.L.Call(2, 1)
	v := s.L.Get(-1)
	s.L.Pop(1)
	return Truthy(v)
}

func tableSort(L *State) int {
	t := argTable(L, 1)
	s := &items{L: L}
	if L.Get(2) != Nil {
		s.less = argFunction(L, 2)
	}
	s.values = make([]Value, t.Len())
	for i := range s.values {
		s.values[i] = t.RawGetInt(i + 1)
	}
	sort.Sort(s)
	for i, v := range s.values {
		t.RawSetInt(i+1, v)
	}
	return 0
}

func unpack(L *State) int {
	t, i := argTable(L, 1), optInt(L, 2, 1)
	j := 0
	if L.Get(3) == Nil {
		j = t.Len()
	} else {
		j = argInt(L, 3)
	}
	if i > j {
		return 0
	}
	if n := uint(j) - uint(i); n >= maxResults {
		raise(L, "too many results to unpack: %d (limit %d)", n+1, maxResults)
	}
	for k := i; ; k++ {
		L.Push(rawIndex(t, k))
		if k == j {
			return j - i + 1
		}
	}
}

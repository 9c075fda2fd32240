package vm

import (
	"reflect"
	"sync"
	"unsafe"

	lua "github.com/yuin/gopher-lua"
)

// What values take, about: measured by TestWeight.
const (
	weightOfTable    = 128
	weightOfItem     = 16   // a slot of an array
	weightOfKey      = 88   // of a hash, with its place in the order and its value's slot
	weightOfHash     = 1000 // a table that has one: the interpreter makes most of them with room for 32 keys
	weightOfNumber   = 8
	weightOfString   = 16 // without its bytes
	weightOfFunction = 96
	weightOfUpvalue  = 56
	weightOfObject   = 512 // one of Go's that doesn't say
	weightOfThread   = 8 << 10
	longString       = 128 // from here on a string that is in many places counts once
)

// Weighed may be implemented by the Go values of objects that hold much.
type Weighed interface{ Weight() int }

// tableInside is a table as the interpreter has it: its methods tell neither how much room is set aside nor which keys
// are dead, and don't stop in the middle. It is believed in only if knowsTables finds that nothing has moved.
type tableInside struct {
	Metatable Value
	array     []Value
	dict      map[Value]Value
	strdict   map[string]Value
	keys      []Value
	k2i       map[Value]int
}

// knowsTables says whether tables are still like that.
var knowsTables = sync.OnceValue(func() bool {
	ours, theirs := reflect.TypeFor[tableInside](), reflect.TypeFor[Table]()
	if ours.NumField() != theirs.NumField() {
		return false
	}
	for i := range ours.NumField() {
		if a, b := ours.Field(i), theirs.Field(i); a.Name != b.Name || a.Type != b.Type || a.Offset != b.Offset {
			return false
		}
	}
	return true
})

// scale adds up what can be reached from values, until that is more than it may be.
type scale struct {
	seen  map[unsafe.Pointer]struct{}
	todo  []Value
	total uint64
	limit uint64
}

// weigh gives how many bytes the state holds, about, and stops counting at limit. The caller has the baton. running is
// the thread that is between two instructions, or nil.
func (m *Machine) weigh(running *State, limit uint64) uint64 {
	w := &scale{seen: map[unsafe.Pointer]struct{}{}, limit: limit}
	w.meet(m.root.G.Global)
	w.meet(m.root.G.Registry)
	w.thread(running)
	for _, L := range m.waiting() {
		w.thread(L)
	}
	if m.opts.Roots != nil {
		m.opts.Roots(w.meet)
	}
	for len(w.todo) > 0 && w.total <= limit {
		v := w.todo[len(w.todo)-1]
		w.todo = w.todo[:len(w.todo)-1]
		w.visit(v)
	}
	return w.total
}

// waiting are the threads of calls that have given up the baton.
func (m *Machine) waiting() (threads []*State) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for c := range m.calls {
		if c.at != nil {
			threads = append(threads, c.at)
		}
	}
	return threads
}

// first says whether something is met for the first time.
func (w *scale) first(p unsafe.Pointer) bool {
	if _, known := w.seen[p]; known || p == nil {
		return false
	}
	w.seen[p] = struct{}{}
	return true
}

// meet adds what a value takes wherever it is referred to, and notes those that lead on, each once.
func (w *scale) meet(v Value) {
	switch v := v.(type) {
	case String:
		w.total += weightOfString
		if len(v) < longString || w.first(unsafe.Pointer(unsafe.StringData(string(v)))) {
			w.total += uint64(len(v))
		}
	case Number:
		w.total += weightOfNumber
	case *Table:
		if w.first(unsafe.Pointer(v)) {
			w.todo = append(w.todo, v)
		}
	case *Function:
		if w.first(unsafe.Pointer(v)) {
			w.todo = append(w.todo, v)
		}
	case *UserData:
		if w.first(unsafe.Pointer(v)) {
			w.todo = append(w.todo, v)
		}
	case *State:
		if w.first(unsafe.Pointer(v)) {
			w.todo = append(w.todo, v)
		}
	}
}

// visit adds what a value takes once, and meets what it refers to.
func (w *scale) visit(v Value) {
	switch v := v.(type) {
	case *Function:
		w.total += weightOfFunction + uint64(len(v.Upvalues))*weightOfUpvalue
		if v.Env != nil {
			w.meet(v.Env)
		}
		for _, u := range v.Upvalues {
			if u != nil && w.first(unsafe.Pointer(u)) {
				w.meet(u.Value())
			}
		}
	case *UserData:
		w.meet(v.Metatable)
		if object, ok := v.Value.(Weighed); ok {
			w.total += uint64(object.Weight())
		}
		w.total += weightOfObject
	case *State:
		w.total += weightOfThread
		w.registers(v)
	case *Table:
		w.table(v)
	}
}

func (w *scale) table(t *Table) {
	w.total += weightOfTable
	w.meet(t.Metatable)
	if !knowsTables() {
		t.ForEach(func(k, v Value) {
			w.total += weightOfKey
			w.meet(k)
			w.meet(v)
		})
		return
	}
	inside := (*tableInside)(unsafe.Pointer(t))
	w.total += uint64(cap(inside.array))*weightOfItem + uint64(len(inside.keys))*weightOfKey // with those that were deleted
	if len(inside.keys) > 0 {
		w.total += weightOfHash
	}
	for _, v := range inside.array {
		if w.total > w.limit {
			return
		}
		w.meet(v)
	}
	for k, v := range inside.strdict {
		if w.total > w.limit {
			return
		}
		w.meet(String(k))
		w.meet(v)
	}
	for k, v := range inside.dict {
		if w.total > w.limit {
			return
		}
		w.meet(k)
		w.meet(v)
	}
}

// thread weighs a thread and those that wait for it.
func (w *scale) thread(L *State) {
	for L != nil && w.first(unsafe.Pointer(L)) {
		w.total += weightOfThread
		w.registers(L)
		t := threadOf(L)
		if t == nil {
			return
		}
		L = t.up
	}
}

// registers weighs what is on a thread's stack. The interpreter gives the values of a frame by their distance from its
// first one, and asks only that they don't lie above: so the uppermost frame reaches all of them.
func (w *scale) registers(L *State) {
	d, ok := L.GetStack(0)
	if !ok {
		return
	}
	for i := 1; ; i++ {
		name, v := L.GetLocal(d, i)
		if name == "" {
			break
		}
		w.meet(v)
	}
	for i := 0; i > -firstOf(d); i-- {
		if name, v := L.GetLocal(d, i); name != "" {
			w.meet(v)
		}
	}
}

// firstOf gives the place of a frame's first value on the stack.
func firstOf(d *lua.Debug) int { return frameInt(d, fields().first, 0) }

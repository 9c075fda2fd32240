package vm

import "reflect"

// Tidy makes tables forget their deleted keys: the interpreter keeps each key that was ever set, so that a script
// which notes ids and drops them again would grow for ever (gopher-lua issue 214). It walks what can be reached from
// the globals and the given roots, such as handlers that Go holds, and says how many keys went. While a call runs it
// does nothing, for that may be in the middle of a table.
func (m *Machine) Tidy(roots ...Value) (forgotten int) {
	m.Lock()
	defer m.Unlock()
	if m.Calls() > 0 {
		return 0
	}
	w := walk{seen: map[Value]struct{}{}}
	w.meet(m.root.G.Global)
	w.meet(m.root.G.Registry)
	for _, v := range roots {
		w.meet(v)
	}
	for len(w.todo) > 0 {
		v := w.todo[len(w.todo)-1]
		w.todo = w.todo[:len(w.todo)-1]
		forgotten += w.visit(v)
	}
	return forgotten
}

// walk goes through values that refer to others.
type walk struct {
	seen map[Value]struct{}
	todo []Value
}

// meet notes a value that leads on, once. Threads are left out: a table that only a suspended coroutine holds keeps its
// dead keys.
func (w *walk) meet(v Value) {
	switch v := v.(type) {
	case *Table:
		if v == nil {
			return
		}
	case *Function:
		if v == nil {
			return
		}
	case *UserData:
	default:
		return
	}
	if _, known := w.seen[v]; !known {
		w.seen[v] = struct{}{}
		w.todo = append(w.todo, v)
	}
}

// visit meets what a value refers to, and rebuilds it if it is a table.
func (w *walk) visit(v Value) (forgotten int) {
	switch v := v.(type) {
	case *Function:
		w.meet(v.Env)
		for _, u := range v.Upvalues {
			if u != nil {
				w.meet(u.Value())
			}
		}
	case *UserData:
		w.meet(v.Metatable)
	case *Table:
		w.meet(v.Metatable)
		v.ForEach(func(k, item Value) {
			w.meet(k)
			w.meet(item)
		})
		return rebuild(v)
	}
	return 0
}

// rebuild makes a table anew if most of its keys are dead. The others stay in their order.
func rebuild(t *Table) (forgotten int) {
	at := tableLayout()
	if !at.ok {
		return 0
	}
	inside := reflect.ValueOf(t).Elem()
	keys := inside.Field(at.order).Len()
	if keys < 64 { // not worth it
		return 0
	}
	live, array := 0, inside.Field(at.array).Len()
	fresh := Table{Metatable: t.Metatable}
	for i := 1; i <= array; i++ {
		if v := t.RawGetInt(i); v != nil && v != Nil {
			fresh.RawSetInt(i, v)
		}
	}
	last := Value(Number(array))
	if array == 0 {
		last = Nil
	}
	for k, v := t.Next(last); k != Nil; k, v = t.Next(k) {
		if live++; live*2 > keys {
			return 0
		}
		fresh.RawSet(k, v)
	}
	*t = fresh
	return keys - live
}

package vm

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"
)

// pcall runs its function on a thread of its own. The stock one closes the upvalues of all frames of its thread when
// it catches an error, and xpcall those of none (gopher-lua issue 448): closures stop seeing each other's assignments.
func pcall(L *State) int {
	if v := argAny(L, 1); v.Type() != TypeFunction && L.GetMetaField(v, "__call") == Nil {
		L.Push(False)
		L.Push(String("attempt to call " + v.Type().String()))
		return 2
	}
	t := nest(L, false)
	n := L.GetTop() - 1
	for i := 1; i <= n+1; i++ {
		t.state.Push(L.Get(i))
	}
	return protect(L, t, n, t.onError)
}

// run calls what is ready on the thread's stack, with n arguments. It is the interpreter's PCall, which panics itself
// when the registry is so full that it can't push the message handler: that would end the process.
func (t *thread) run(n, results int, handler *Function) (err error) {
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		v := Value(String(fmt.Sprint(r)))
		if api, ok := r.(*lua.ApiError); ok {
			v = api.Object
		}
		v = reworded(nil, 0, v)
		if t.full {
			t.note(t.state, 0, v) // the failed frames are still there
		}
		func() {
			defer func() { _ = recover() }() // raising is how the interpreter closes upvalues; the panic itself has done its work
			t.state.Error(v, 0)
		}()
		err = &lua.ApiError{Type: lua.ApiErrorPanic, Object: v}
	}()
	return t.state.PCall(n, results, handler)
}

// protect does the call that is ready on t and pushes its outcome to L: true and the results, or false and the error. A
// killed call is caught here, too, but goes no further: its next instruction is its last.
func protect(L *State, t *thread, n int, handler *Function) int {
	err := t.run(n, lua.MultRet, handler)
	t.call.depth--
	if err != nil {
		if !t.call.killed.Load() {
			t.call.trail = trail{} // it was caught
		}
		L.Push(False)
		L.Push(reworded(nil, 0, objectOf(err)))
		if api, ok := err.(*lua.ApiError); ok && api.Type != lua.ApiErrorPanic {
			t.call.machine.release(t)
		}
		return 2
	}
	top := t.state.GetTop()
	L.Push(True)
	for i := 1; i <= top; i++ {
		L.Push(t.state.Get(i))
	}
	t.call.machine.release(t)
	return top + 1
}

func objectOf(err error) Value {
	if api, ok := err.(*lua.ApiError); ok {
		return api.Object
	}
	return String(err.Error())
}

// xpcall is pcall with a handler, and with arguments, as in later versions.
func xpcall(L *State) int {
	h := argFunction(L, 2)
	t := nest(L, false)
	t.state.Push(L.Get(1))
	n := 0
	for i := 3; i <= L.GetTop(); i++ {
		t.state.Push(L.Get(i))
		n++
	}
	// The script's handler runs while the failed frames are on the stack, and on a thread of its own, for raising
	// its result again is what closes their upvalues.
	return protect(L, t, n, L.NewFunction(func(failed *State) int {
		v := reworded(failed, 1, failed.Get(1))
		if t.call.killed.Load() {
			t.note(failed, 1, v)
			failed.Error(v, 0)
		}
		if t.call.depth >= maxDepth {
			failed.Error(String("too many errors inside error handlers"), 0)
		}
		t.call.depth++
		inner := t.call.machine.acquire(t.call, failed, false)
		inner.upFrom = 1
		inner.state.Push(h)
		inner.state.Push(v)
		err := inner.run(1, 1, inner.onError)
		t.call.depth--
		if err != nil {
			failed.Error(reworded(nil, 0, objectOf(err)), 0)
		}
		v = inner.state.Get(-1)
		t.call.machine.release(inner)
		failed.Error(v, 0)
		return 0
	}))
}

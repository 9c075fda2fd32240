package vm

import (
	"context"
	"fmt"
	"runtime/debug"

	lua "github.com/yuin/gopher-lua"
)

// Run calls fn on the calling goroutine and returns its results. It takes the baton, so a binding must not use it:
// that is what [Call] is for. args is called with the baton; it may be nil, and a panic in it is the call's error. The
// error is an [*Error], or, when nothing ran at all, [ErrClosed] or one that wraps why ctx has ended.
func (m *Machine) Run(ctx context.Context, fn *Function, args func(L *State) []Value) ([]Value, error) {
	c := newCall(m, ctx)
	if err := m.admit(c); err != nil {
		return nil, err
	}
	m.baton.Lock()
	return m.run(c, fn, args)
}

// Start starts a call of fn on a goroutine of its own. It takes the baton itself and hands it over, so calls start in
// the order of the Starts, and whoever starts calls waits while Lua computes. done gets nil or the call's error,
// without the baton, when the call has ended: it may close the machine. It may be nil.
func (m *Machine) Start(ctx context.Context, fn *Function, args func(L *State) []Value, done func(error)) {
	c := newCall(m, ctx)
	if err := m.admit(c); err != nil {
		if done != nil {
			done(err)
		}
		return
	}
	m.baton.Lock() // given up by run, on the worker's goroutine: a mutex may be unlocked by another than locked it
	m.workers.do(func() {
		_, err := m.run(c, fn, args)
		if done != nil {
			done(err)
		}
	})
}

// admit refuses a call whose context has ended or whose machine is closed; else the call counts from here on.
func (m *Machine) admit(c *call) error {
	if err := context.Cause(c.parent); err != nil {
		return fmt.Errorf("start a call: %w", err)
	}
	return m.enter(c)
}

// run does the call and gives the baton up. The order of what is deferred counts: the call is left last of all, for
// Close frees the state when no call is left.
func (m *Machine) run(c *call, fn *Function, args func(L *State) []Value) (results []Value, err error) {
	defer m.leave(c)
	defer m.baton.Unlock()
	defer c.end()
	m.take(c)
	defer m.drop()
	t := m.acquire(c, nil, true)
	L := t.state
	L.G.CurrentThread = L
	L.Push(fn)
	n, err := pushArguments(L, args)
	if err == nil {
		err = t.run(n, lua.MultRet, t.onError)
	}
	if err != nil {
		return nil, t.failure(err) // the thread is dropped: who knows what state it is in
	}
	results = values(L, 1)
	m.release(t)
	return results, nil
}

// pushArguments lets the caller make the arguments, whose panics are no concern of other calls.
func pushArguments(L *State, args func(L *State) []Value) (n int, err error) {
	if args == nil {
		return 0, nil
	}
	defer func() {
		if r := recover(); r != nil {
			err = asPanic(r)
		}
	}()
	for _, v := range args(L) {
		L.Push(v)
		n++
	}
	return n, nil
}

// PanicError is a Go panic in a binding, made an error.
type PanicError struct {
	Value any
	Stack []byte // the Go stack, for those who mend the binding
}

func (e *PanicError) Error() string { return fmt.Sprintf("internal error: %v", e.Value) }

// Unwrap gives the panic's value if it is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// asPanic is the error of what was recovered: Lua's own errors travel as panics and are handed on as they are.
func asPanic(r any) error {
	if err, ok := r.(*lua.ApiError); ok {
		return err
	}
	return &PanicError{Value: r, Stack: debug.Stack()}
}

// values copies what is on L's stack from index i on.
func values(L *State, i int) []Value {
	n := L.GetTop() - i + 1
	if n <= 0 {
		return nil
	}
	out := make([]Value, n)
	for k := range out {
		out[k] = L.Get(i + k)
	}
	return out
}

// Call calls fn from inside a binding, on a Lua thread of its own: its error is the binding's to handle, and closes
// no frame but its own. The baton stays with the call.
func Call(L *State, fn *Function, args ...Value) ([]Value, error) {
	t := nest(L, true)
	for _, v := range append([]Value{fn}, args...) {
		t.state.Push(v)
	}
	err := t.run(len(args), lua.MultRet, t.onError)
	t.call.depth--
	if err != nil {
		return nil, t.failure(err)
	}
	results := values(t.state, 1)
	t.call.machine.release(t)
	return results, nil
}

// nest gives a thread for a call inside the call that runs on L. The caller lowers the call's depth again.
func nest(L *State, full bool) *thread {
	c := threadOf(L).call
	if c.depth >= maxDepth {
		raise(L, "too many protected calls inside each other (limit %d)", maxDepth)
	}
	c.depth++
	return c.machine.acquire(c, L, full)
}

package vm

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// raised is the Go side of an error value.
type raised struct {
	err    error
	fields map[string]any
}

func (r *raised) message() string {
	if s, ok := r.fields["message"].(string); ok {
		return s
	}
	return r.err.Error()
}

// Raise ends the running binding with a Lua error made of a Go error: a value with the fields kind, message and
// those that the error tells ([Described]). Uncaught, the call's [Error] wraps err. An [Error] from [Call] is raised
// as the value that it was. It returns only when err is nil.
func Raise(L *State, err error) {
	if err == nil {
		return
	}
	if e, ok := asError(err); ok && e.Value != Nil {
		threadOf(L).call.trail = trail{value: e.Value, frames: e.frames}
		L.Error(e.Value, 0)
	}
	L.Error(NewError(L, err), 1)
}

// NewError makes the error value that [Raise] raises.
func NewError(L *State, err error) *UserData {
	r := &raised{err: err, fields: map[string]any{}}
	var d Described
	if errors.As(err, &d) {
		for k, v := range d.LuaFields() {
			r.fields[k] = v
		}
	}
	if _, ok := r.fields["kind"]; !ok {
		r.fields["kind"] = kindOf(err)
	}
	if _, ok := r.fields["message"]; !ok {
		r.fields["message"] = err.Error()
	}
	u := L.NewUserData()
	u.Value = r
	u.Metatable = threadOf(L).call.machine.errorMeta(L)
	return u
}

// kindOf is the field kind of an error that tells none itself.
func kindOf(err error) string {
	var p *PanicError
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return "TIMEOUT"
	case errors.Is(err, context.Canceled), errors.Is(err, ErrClosed):
		return "CANCELLED"
	case errors.As(err, &p):
		return "INTERNAL"
	}
	return "ERROR"
}

// errorMeta makes the metatable of error values, once.
func (m *Machine) errorMeta(L *State) *Table {
	if m.meta != nil {
		return m.meta
	}
	text := func(v Value) string {
		if u, ok := v.(*UserData); ok {
			if r, ok := u.Value.(*raised); ok {
				return r.message()
			}
		}
		return Text(v)
	}
	m.meta = L.NewTable()
	m.meta.RawSetString("__metatable", String("error"))
	m.meta.RawSetString("__index", L.NewFunction(func(L *State) int {
		r, ok := L.CheckUserData(1).Value.(*raised)
		if !ok {
			L.ArgError(1, "an error expected")
		}
		L.Push(plain(r.fields[L.CheckString(2)]))
		return 1
	}))
	m.meta.RawSetString("__tostring", L.NewFunction(func(L *State) int {
		L.Push(String(text(L.Get(1))))
		return 1
	}))
	m.meta.RawSetString("__concat", L.NewFunction(func(L *State) int {
		L.Push(String(text(L.Get(1)) + text(L.Get(2))))
		return 1
	}))
	return m.meta
}

// plain makes a Lua value of a simple Go value.
func plain(v any) Value {
	switch v := v.(type) {
	case nil:
		return Nil
	case Value:
		return v
	case string:
		return String(v)
	case bool:
		return Bool(v)
	case int:
		return Number(v)
	case int32:
		return Number(v)
	case int64:
		return Number(v)
	case float64:
		return Number(v)
	case time.Duration:
		return Number(v.Seconds())
	}
	return String(fmt.Sprint(v))
}

// Wrap makes a Lua function of a Go function. A Go panic in it becomes a Lua error with a [PanicError] behind it: a fault
// in one binding costs a script one call, not the process.
func Wrap(L *State, fn func(L *State) int) *Function { return L.NewFunction(guarded(fn)) }

func guarded(fn GoFunction) GoFunction {
	return func(L *State) int {
		done := false
		defer func() {
			if done {
				return
			}
			switch r := recover(); {
			case r == nil: // runtime.Goexit
			default:
				err := asPanic(r)
				if p, ok := err.(*PanicError); ok {
					Raise(L, p)
				}
				panic(r) // Lua's own way to raise
			}
		}()
		n := fn(L)
		done = true
		return n
	}
}

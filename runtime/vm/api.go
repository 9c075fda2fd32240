package vm

import (
	"context"
	"time"
)

// SyntaxError says where a chunk can't be compiled.
type SyntaxError struct {
	File         string
	Line, Column int // Column is 0 when it isn't known
	Message      string
	Excerpt      string
}

func (e *SyntaxError) Error() string { panic("soon") }

// Error is what a failed call ended with.
type Error struct {
	File    string
	Line    int
	Message string // without the position
	Excerpt string
	Trace   string // Lua frames only, innermost first
	Site    string // what the call was for, such as "handler registered at hello.lua:3"; whoever knows sets it
	Value   Value  // what was raised
	Cause   error  // the Go error behind Value, or nil
}

func (e *Error) Error() string { panic("soon") }

// Unwrap gives the Go error that a binding raised.
func (e *Error) Unwrap() error { return e.Cause }

// Detail is the whole story: message, excerpt and traceback.
func (e *Error) Detail() string { panic("soon") }

// Described may be implemented by Go errors that have more to tell a script than a message.
type Described interface {
	error
	LuaFields() map[string]any // strings, numbers and booleans: kind, code, seconds, method ...
}

// Options of a machine. The zero value works.
type Options struct {
	MaxRun  time.Duration     // longest uninterrupted run of Lua; 0 means a second, negative no limit
	MaxHeap uint64            // bytes of Go heap above which running calls are ended; 0 means no limit
	Print   func(line string) // gets what print says; nil drops it
}

// Machine is one Lua state and its calls.
type Machine struct{}

// Compile compiles a chunk.
func Compile(file string, source []byte) (*Proto, error) { panic("soon") }

// New makes a machine with the library installed. Close it.
func New(opts Options) *Machine { panic("soon") }

// Lock takes the baton.
func (m *Machine) Lock() { panic("soon") }

// Unlock gives the baton up.
func (m *Machine) Unlock() { panic("soon") }

// Root is the machine's main thread; use it only with the baton.
func (m *Machine) Root() *State { panic("soon") }

// Run calls fn on the calling goroutine and returns its results.
func (m *Machine) Run(ctx context.Context, fn *Function, args func(L *State) []Value) ([]Value, error) {
	panic("soon")
}

// Start starts a call of fn on a goroutine of its own.
func (m *Machine) Start(ctx context.Context, fn *Function, args func(L *State) []Value, done func(error)) {
	panic("soon")
}

// Kill ends every running call.
func (m *Machine) Kill(cause error) { panic("soon") }

// Wait waits for the end of all calls.
func (m *Machine) Wait() { panic("soon") }

// Close ends all calls and frees the machine.
func (m *Machine) Close() error { panic("soon") }

// Block runs f without the baton.
func Block(L *State, f func(ctx context.Context) error) error { panic("soon") }

// Context is the Go context of the running call.
func Context(L *State) context.Context { panic("soon") }

// Raise raises a Go error as a Lua error. It doesn't return.
func Raise(L *State, err error) { panic("soon") }

// Wrap makes a Lua function of a Go function, whose panics become Lua errors.
func Wrap(L *State, fn func(L *State) int) *Function { panic("soon") }

// Call calls fn from inside a binding.
func Call(L *State, fn *Function, args ...Value) ([]Value, error) { panic("soon") }

// Where says "file:line" of the Lua code that called the running binding.
func Where(L *State) string { panic("soon") }

package vm

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"
)

// Error is what a failed call ended with. errors.Is and errors.As find the Go error that a binding raised, or why the call
// was killed: a *RunTooLongError, *HeapError or *MemoryError, [ErrClosed], or what was given to [Machine.Kill].
type Error struct {
	File    string
	Line    int    // 0 when nothing is known of the place
	Message string // without the place
	Excerpt string // the source around it
	Trace   string // how the Lua code got there, innermost first, a line each
	Site    string // what the call was for, such as "handler registered at hello.lua:3"; for those who know to set
	Value   Value  // what was raised
	Cause   error  // the Go error behind Value, or why the call was killed; else nil

	frames []frame // what Trace shows
}

// Error is one line: "file:line: message".
func (e *Error) Error() string {
	if e.File == "" {
		return e.Message
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Message)
}

// Unwrap gives the Go error that a binding raised.
func (e *Error) Unwrap() error { return e.Cause }

// Detail is the whole story: message, excerpt and traceback.
func (e *Error) Detail() string {
	var b strings.Builder
	b.WriteString(e.Error())
	b.WriteByte('\n')
	b.WriteString(e.Excerpt)
	if e.Trace != "" {
		b.WriteString("traceback:\n")
		for line := range strings.Lines(e.Trace) {
			b.WriteString("  " + line)
		}
		if !strings.HasSuffix(e.Trace, "\n") {
			b.WriteByte('\n')
		}
	}
	if e.Site != "" {
		b.WriteString("  " + e.Site + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

var place = regexp.MustCompile(`^([^\n]+?):(\d+): ?`)

// takePlace takes the "file:line:" off the message, if it names a file that the error came through: the message may
// begin with something else that looks so.
func (e *Error) takePlace() {
	m := place.FindStringSubmatch(e.Message)
	if m == nil || e.frames != nil && !slices.ContainsFunc(e.frames, func(f frame) bool { return f.file == m[1] }) {
		return
	}
	e.File, e.Message = m[1], e.Message[len(m[0]):]
	e.Line, _ = strconv.Atoi(m[2])
}

// failure makes the error of a call that ran on t; err is what the interpreter or the making of arguments gave.
func (t *thread) failure(err error) *Error {
	c := t.call
	e := &Error{Value: Nil, Message: err.Error()}
	e.frames = c.trail.frames
	c.trail = trail{}
	switch err := err.(type) {
	case *lua.ApiError:
		e.Value = err.Object
		e.Cause = ErrorOf(err.Object)
		e.Message = describe(t.state, reworded(nil, 0, err.Object))
		if _, ok := err.Object.(String); ok { // others keep what they say; their place comes from the trail
			e.takePlace()
		}
	default:
		e.Cause, e.frames = err, nil
	}
	if cause := c.death(); cause != nil && c.killed.Load() { // whatever was raised meanwhile, on the way out
		e.Cause, e.Message = cause, cause.Error()
		e.File = "" // the trail knows the innermost place
	}
	for i := range e.frames {
		if f := &e.frames[i]; f.file != "" && (e.File == "" || e.File == f.file && e.Line == f.line) {
			e.File, e.Line = f.file, f.line
			e.Excerpt = excerpt(f.chunk.text(), f.line, 0)
			break
		}
	}
	e.Trace = traceText(e.frames)
	return e
}

// describe is the text of an error value; it never fails.
func describe(L *State, v Value) (text string) {
	defer func() {
		if recover() != nil { // nobody further up would catch it
			text = "a " + v.Type().String() + " that can't be shown was raised as an error"
		}
	}()
	switch v := v.(type) {
	case String:
		return string(v)
	case *Table:
		if s, ok := v.RawGetString("message").(String); ok {
			return string(s)
		}
	case *UserData:
		if e, ok := v.Value.(*raised); ok {
			return e.message()
		}
	}
	if op, ok := L.GetMetaField(v, "__tostring").(*Function); ok {
		if out, err := Call(L, op, v); err == nil && len(out) > 0 {
			if s, ok := out[0].(String); ok {
				return string(s)
			}
		}
	}
	switch v.Type() {
	case TypeNumber, TypeBool:
		return Text(v)
	case TypeNil:
		return "nil was raised as an error"
	}
	return "a " + v.Type().String() + " was raised as an error"
}

// Described may be implemented by Go errors that have more to tell a script than a message: strings, numbers,
// booleans and durations by field name, such as kind, code, seconds and method.
type Described interface {
	error
	LuaFields() map[string]any
}

// ErrorOf gives the Go error behind a value that [Raise] has made, or nil.
func ErrorOf(v Value) error {
	if u, ok := v.(*UserData); ok {
		if r, ok := u.Value.(*raised); ok {
			return r.err
		}
	}
	return nil
}

// asError finds an error of this package in err.
func asError(err error) (e *Error, ok bool) {
	ok = errors.As(err, &e)
	return e, ok
}

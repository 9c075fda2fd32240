package vm

import (
	"fmt"
	"strings"

	lua "github.com/yuin/gopher-lua"
)

const maxTrace = 40 // frames; of longer ways the middle is left out

// frame is one step of the way to an error.
type frame struct {
	file, function string // file is "" for Go functions
	line           int
	chunk          *chunk
}

// trail is the way of an error that has ended a thread.
type trail struct {
	value  Value
	frames []frame
}

// handleError is the message handler of a protected call. It sees the failed frames while they exist, and raises
// again, which closes exactly their upvalues; a handler that returned would leave them open.
func (t *thread) handleError(L *State) int {
	v := reworded(L, 1, L.Get(1))
	if t.full || t.call.killed.Load() {
		t.note(L, 1, v)
	}
	L.Error(v, 0)
	return 0
}

// noteAndPanic is what a coroutine that fails does instead of the interpreter's panic.
func (t *thread) noteAndPanic(L *State) {
	v := reworded(L, 0, L.Get(-1))
	t.note(L, 0, v)
	panic(&lua.ApiError{Type: lua.ApiErrorRun, Object: v})
}

// note keeps the way of the error v; for one that came up from a nested thread it goes on where that ended.
func (t *thread) note(L *State, level int, v Value) {
	c := t.call
	killed := c.killed.Load()
	if killed && c.trail.frames != nil {
		return // the place where it was stopped counts, not where that came out of a pcall
	}
	var inner []frame
	if c.trail.frames != nil && c.trail.value == v {
		inner = c.trail.frames
	}
	c.trail = trail{value: v, frames: append(inner[:len(inner):len(inner)], way(L, level, killed)...)}
}

// way lists the frames of L from a level on, and if asked those of the threads that wait for it.
func way(L *State, level int, whole bool) []frame {
	var out []frame
	for L != nil {
		for _, d := range stack(L, level) {
			if f, ok := frameOf(L, d); ok {
				out = append(out, f)
			}
		}
		t := threadOf(L)
		if !whole || t == nil {
			break
		}
		L, level = t.up, t.upFrom
	}
	return out
}

func frameOf(L *State, d *lua.Debug) (frame, bool) {
	fn, err := L.GetInfo("Slnf", d, lua.LNil)
	if err != nil {
		return frame{}, false
	}
	f := frame{function: d.Name, line: d.CurrentLine}
	if fn, ok := fn.(*Function); ok && fn.IsG {
		if f.function == "main chunk" || f.function == "corountine" {
			f.function = ""
		}
	} else if ok {
		f.file, f.chunk = fn.Proto.SourceName, chunkOf(fn.Proto)
		if f.file == trampolineName {
			return frame{}, false
		}
		switch {
		case fn.Proto.LineDefined == 0:
			f.function = "main chunk"
		case f.function == "main chunk" || f.function == "corountine": // what the interpreter calls all lowest frames
			f.function = fmt.Sprintf("<%s:%d>", f.file, fn.Proto.LineDefined)
		}
	}
	return f, true
}

func (f *frame) String() string {
	name := "function '" + f.function + "'"
	switch {
	case f.function == "main chunk":
		name = f.function
	case strings.HasPrefix(f.function, "<"):
		name = "function " + f.function
	case f.function == "", f.function == "?", strings.HasPrefix(f.function, "("):
		name = "function"
	}
	if f.file == "" {
		return "[Go]: in " + name
	}
	return fmt.Sprintf("%s:%d: in %s", f.file, f.line, name)
}

// traceText writes frames a line each. Runs of the same, as of a function that calls itself, become one line.
func traceText(frames []frame) string {
	var lines []string
	for i := 0; i < len(frames); {
		line, same := frames[i].String(), 1
		for i+same < len(frames) && frames[i+same] == frames[i] {
			same++
		}
		if i += same; same > 1 {
			line += fmt.Sprintf(" (%d times)", same)
		}
		lines = append(lines, line)
	}
	if skipped := len(lines) - maxTrace; skipped > 0 {
		rest := lines[maxTrace/2+skipped:]
		lines = append(lines[:maxTrace/2:maxTrace/2], fmt.Sprintf("... (%d more)", skipped))
		lines = append(lines, rest...)
	}
	return strings.Join(lines, "\n")
}

// Where says "file:line" of the Lua code that called the running binding, or "".
func Where(L *State) string {
	for L != nil {
		if at := placeOn(L); at != "" {
			return at
		}
		t := threadOf(L)
		if t == nil {
			break
		}
		L = t.up // pcall has called Go itself
	}
	return ""
}

// placeOn is Where within one thread: what pcall calls itself has none, as in Lua 5.1.
func placeOn(L *State) string {
	for _, d := range stack(L, 0) {
		if f, ok := frameOf(L, d); ok && f.file != "" {
			return fmt.Sprintf("%s:%d", f.file, f.line)
		}
	}
	return ""
}

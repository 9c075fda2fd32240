package scene

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// Diary is what scripts did in a case beside what they said.
type Diary struct {
	mu     sync.Mutex
	calls  []sandbox.Inspection
	lines  []Line
	errors []*runtime.ScriptError
	asked  bool // the test has looked at the errors
	moves  atomic.Int64
}

// Line is what a script has printed or logged.
type Line struct {
	Level string `lua:"level"` // print, debug, info, warn or error
	Text  string `lua:"text"`
}

// LuaType is the table's shape.
func (Line) LuaType() string { return "{ level: string, text: string }" }

// Moves counts what has happened.
func (d *Diary) Moves() int64 { return d.moves.Load() }

// Move notes that something has happened.
func (d *Diary) Move() { d.moves.Add(1) }

// Call notes a call of an account.
func (d *Diary) Call(i sandbox.Inspection) {
	if i.Method != "updates.getState" { // which settling itself calls
		d.Move()
	}
	if i.Kind != sandbox.InspectCall {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.calls = append(d.calls, i)
}

// Line notes what was printed or logged.
func (d *Diary) Line(level, text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lines = append(d.lines, Line{level, text})
}

// Failed notes an error of a script.
func (d *Diary) Failed(err *runtime.ScriptError) {
	d.Move()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.errors = append(d.errors, err)
}

// Lines are what was printed and logged.
func (d *Diary) Lines() []Line {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.lines)
}

// Unasked are the errors of a case that never looked at any: they make it fail.
func (d *Diary) Unasked() []*runtime.ScriptError {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.asked {
		return nil
	}
	return slices.Clone(d.errors)
}

// Errors are those of scripts, in order.
func (d *Diary) Errors() []*runtime.ScriptError {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.errors)
}

func (d *Diary) failures() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = true
	list := make([]string, len(d.errors))
	for i, err := range d.errors {
		list[i] = err.Error()
	}
	return list
}

// call is a call that a script's account has made.
type apiCall struct {
	Method  string `lua:"method"`
	Account string `lua:"account"`
	Request any    `lua:"request"`
	Error   string `lua:"error,optional"`
}

// LuaType is the table's shape.
func (apiCall) LuaType() string {
	return "{ method: string, account: string, request: table, error: string? }"
}

// made lists the calls of scripts: of one method, or of all but those that every account makes by itself.
func (d *Diary) made(method string) []apiCall {
	d.mu.Lock()
	defer d.mu.Unlock()
	list := []apiCall{}
	for _, i := range d.calls {
		if method == "" && housekeeping(i.Method) || method != "" && i.Method != method {
			continue
		}
		list = append(list, apiCall{i.Method, i.Account, i.Request, i.Error})
	}
	return list
}

// housekeeping are methods that accounts call without being told to.
func housekeeping(method string) bool {
	return strings.HasPrefix(method, "auth.") || strings.HasPrefix(method, "updates.") || strings.HasPrefix(method, "help.getConfig") ||
		slices.Contains([]string{"users.getUsers", "help.getNearestDc", "account.updateStatus", "msgs_ack", "ping", "ping_delay_disconnect"}, method)
}

package runtime

import (
	"errors"
	"fmt"
	"strings"

	"github.com/tgscript/tgscript/runtime/vm"
)

// Why things come to an end, or don't begin.
var (
	ErrClosed        = errors.New("host is closed")
	ErrNameTaken     = errors.New("name is taken by another script")
	ErrNoPrevious    = errors.New("no earlier version of the script has served since the start")
	ErrUnknownScript = errors.New("no such script")
	ErrReloaded      = errors.New("script was reloaded")    // ends the calls of the old generation after the grace time
	ErrRemoved       = errors.New("script's file is gone")  // ends a script whose file has been deleted
	ErrStopped       = errors.New("script was stopped")     // ends the calls of a script that is closed
	errFailed        = errors.New("script failed to load")  // ends what a failed load has started
	errSuperseded    = errors.New("script was saved again") // ends a load whose file isn't current any more
)

// SourceTooLargeError says that a file is too large for a script.
type SourceTooLargeError struct {
	Path        string
	Size, Limit int64
}

func (e *SourceTooLargeError) Error() string {
	return fmt.Sprintf("%s: %d bytes are too much for a script (limit %d); keep data in a file of its own",
		e.Path, e.Size, e.Limit)
}

// ScriptError is a failure in a script.
type ScriptError struct {
	Script, Account string
	Generation      int
	Serving         int    // of a load: the generation that goes on serving; 0 if there is none
	Event           string // name of the event that was handled, "timer" or "spawn"; empty for a load
	Site            string // "file:line" of the handler's registration, or of the timer's function
	About           string // one line of what the event was, without what was said
	Err             error  // *vm.SyntaxError, *vm.Error, *SourceTooLargeError or of the file system
}

// Error is one line.
func (e *ScriptError) Error() string {
	text, _, _ := strings.Cut(CutLine(e.Err.Error()), "\n")
	if e.Event == "" {
		return text
	}
	return text + " (in " + e.handler() + ")"
}

func (e *ScriptError) handler() string {
	what := "the handler of " + e.Event
	switch e.Event {
	case jobCall:
		what = "a job"
	case timerCall:
		what = "a timer"
	case spawnedCall:
		what = "a spawned call"
	case complaintCall:
		what = "the handler of errors"
	}
	if e.Site != "" {
		what += " from " + e.Site
	}
	if e.About != "" {
		what += ": " + e.About
	}
	return what
}

// Unwrap gives the cause.
func (e *ScriptError) Unwrap() error { return e.Err }

// Detail is the whole story in several lines: message, excerpt, traceback, and which script it was.
func (e *ScriptError) Detail() string {
	text := e.Err.Error()
	if d, ok := errors.AsType[interface {
		error
		Detail() string
	}](e.Err); ok {
		text = d.Detail()
	}
	var b strings.Builder
	b.WriteString(strings.TrimSuffix(CutLine(text), "\n") + "\n")
	if e.Event != "" {
		b.WriteString("in " + e.handler() + "\n")
	}
	fmt.Fprintf(&b, "script %s", e.Script)
	if e.Account != "" {
		b.WriteString(" on account " + e.Account)
	}
	fmt.Fprintf(&b, ", generation %d", e.Generation)
	if e.Serving != 0 {
		fmt.Fprintf(&b, "; generation %d goes on serving", e.Serving)
	}
	return b.String()
}

// join joins errors; a single one stays what it is.
func join(errs []error) error {
	var some []error
	for _, err := range errs {
		if err != nil {
			some = append(some, err)
		}
	}
	if len(some) == 1 {
		return some[0]
	}
	return errors.Join(some...)
}

// siteOf tells where a function was written.
func siteOf(fn *vm.Function) string {
	if fn == nil || fn.Proto == nil {
		return ""
	}
	return fmt.Sprintf("%s:%d", fn.Proto.SourceName, fn.Proto.LineDefined)
}

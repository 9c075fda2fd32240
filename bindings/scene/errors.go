package scene

import (
	"errors"
	"fmt"
	"time"

	"github.com/gotd/td/tgerr"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

// refusal is what Telegram would answer to what a person has tried, or what a sandbox can't do.
type refusal struct {
	kind          string
	code, seconds int
	err           error
}

func (e *refusal) Error() string { return e.err.Error() }
func (e *refusal) Unwrap() error { return e.err }

// LuaFields are the fields of the error as scenarios see it.
func (e *refusal) LuaFields() map[string]any {
	fields := map[string]any{"kind": e.kind}
	if e.code != 0 {
		fields["code"] = e.code
	}
	if e.seconds != 0 {
		fields["seconds"] = e.seconds
	}
	return fields
}

// told gives an error the kind by which scenarios tell it.
func told(err error) error {
	if err == nil {
		return nil
	}
	if rpc, ok := tgerr.As(err); ok {
		return &refusal{kind: rpc.Type, code: rpc.Code, seconds: rpc.Argument, err: err}
	}
	for is, kind := range kinds {
		if errors.Is(err, is) {
			return &refusal{kind: kind, err: err}
		}
	}
	return err
}

// kinds are the sandbox's own errors.
var kinds = map[error]string{
	sandbox.ErrUnknown: "UNKNOWN", sandbox.ErrNoButton: "NO_BUTTON", sandbox.ErrRealClock: "REAL_CLOCK",
}

// lateError is a wait that has come to nothing.
type lateError struct {
	who, what string
	waited    time.Duration
	last      string // what was there instead
}

func (e *lateError) Error() string {
	text := fmt.Sprintf("%s has waited %v for %s", e.who, e.waited, e.what)
	if e.last != "" {
		text += "; the last message there is " + e.last
	}
	return text
}

// LuaFields are the fields of the error as scenarios see it.
func (e *lateError) LuaFields() map[string]any { return map[string]any{"kind": "TIMEOUT"} }

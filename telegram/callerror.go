package telegram

import (
	"errors"
	"fmt"
	"time"

	"github.com/gotd/td/tgerr"
)

// OutcomeUnknownError says that the connection was lost while Telegram worked on a call that must not
// be made twice: it may have been carried out or not.
type OutcomeUnknownError struct {
	Method string
	Cause  error
}

func (e *OutcomeUnknownError) Error() string {
	return fmt.Sprintf("%s: the connection was lost before Telegram answered, so it may have been carried out or not: look before you repeat it", e.Method)
}

// The cause is not unwrapped: it is gotd's "context canceled", which would be taken for the caller's.

// LuaFields are the fields of the error as scripts see it.
func (e *OutcomeUnknownError) LuaFields() map[string]any {
	return map[string]any{"kind": "OUTCOME_UNKNOWN", "message": e.Error(), "method": e.Method}
}

// repeatedError is the refusal of a call that was made before, when its answer was lost.
type repeatedError struct{ error }

func (e *repeatedError) Unwrap() error { return e.error }

// doneBefore says that a call changes nothing because it was carried out when its answer was lost.
func doneBefore(err error) bool {
	var repeated *repeatedError
	return errors.As(err, &repeated) && tgerr.Is(err, "MESSAGE_NOT_MODIFIED")
}

// CallTimeoutError says that a call has waited too long: for the connection, or for the answer.
type CallTimeoutError struct {
	Method string
	After  time.Duration
	State  ConnectionState // of the link, when the time was over
}

func (e *CallTimeoutError) Error() string {
	text := fmt.Sprintf("%s: no answer within %v", e.Method, e.After)
	if e.State.Name != Ready {
		text += " (" + e.State.Name
		if e.State.Reason != "" {
			text += ": " + e.State.Reason
		}
		text += ")"
	}
	return text
}

// Timeout is true.
func (e *CallTimeoutError) Timeout() bool { return true }

// LuaFields are the fields of the error as scripts see it.
func (e *CallTimeoutError) LuaFields() map[string]any {
	return map[string]any{"kind": "TIMEOUT", "message": e.Error(), "method": e.Method, "seconds": e.After.Seconds()}
}

// AlreadySentError says that Telegram has a message of this random id: an earlier attempt of the same
// call went through, only its answer was lost.
type AlreadySentError struct {
	Method   string
	RandomID int64
	Cause    error
}

func (e *AlreadySentError) Error() string {
	return e.Method + ": Telegram has the message already, the answer to the first attempt was lost"
}

func (e *AlreadySentError) Unwrap() error { return e.Cause }

// FloodWaitError says that Telegram wants a longer pause than the options allow, or our own pacing does.
type FloodWaitError struct {
	Kind        string // "FLOOD_WAIT", "SLOWMODE_WAIT" ...; "PACE_WAIT" of pacing
	Method      string
	Wait, Limit time.Duration
	Cause       error
}

func (e *FloodWaitError) Error() string {
	if e.Kind == paceWait {
		return fmt.Sprintf("%s: it would wait %v for its turn, more than the %v of flood_limit (see pace in config.yaml)", e.Method, e.Wait.Round(time.Millisecond), e.Limit)
	}
	wait := (e.Wait + time.Second - 1).Truncate(time.Second) // what is left of one ordered earlier is no round number
	return fmt.Sprintf("%s: Telegram asks for a pause of %v (%s), more than the %v that are waited for by themselves", e.Method, wait, e.Kind, e.Limit)
}

func (e *FloodWaitError) Unwrap() error { return e.Cause }

// RetryAfter is the pause that Telegram asks for.
func (e *FloodWaitError) RetryAfter() time.Duration { return e.Wait }

// LuaFields are the fields of the error as scripts see it.
func (e *FloodWaitError) LuaFields() map[string]any {
	fields := map[string]any{"kind": e.Kind, "message": e.Error(), "method": e.Method, "seconds": e.Wait.Seconds()}
	if e.Kind != paceWait {
		fields["code"], fields["value"] = 420, e.Wait.Seconds() // Telegram's own
	}
	return fields
}

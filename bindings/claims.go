package bindings

import (
	"fmt"
	"slices"
	"sync"
	"time"
)

// Claims are the chats of an account that are held by conversations. Scripts that share an account share them; the
// zero value is ready.
type Claims struct {
	mu   sync.Mutex
	held []*claim // few: one for each conversation that goes on
}

// claim is a conversation that goes on.
type claim struct {
	chat, with   int64 // with is 0 for everybody
	script, site string
	since        time.Time
	exclusive    bool // nobody else may have the chat, or the person in it, meanwhile
}

// take holds a chat, unless another conversation does and either of them wants to be alone: then it is a *BusyError. A
// conversation with everybody in a chat meets those with any of them.
func (cs *Claims) take(c *claim) (release func(), err error) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	for _, other := range cs.held {
		same := other.chat == c.chat && (other.with == c.with || other.with == 0 || c.with == 0)
		if same && (other.exclusive || c.exclusive) {
			return nil, &BusyError{Script: other.script, Handler: other.site, Since: other.since}
		}
	}
	cs.held = append(cs.held, c)
	return func() {
		cs.mu.Lock()
		defer cs.mu.Unlock()
		cs.held = slices.DeleteFunc(cs.held, func(o *claim) bool { return o == c })
	}, nil
}

// BusyError says who holds a chat.
type BusyError struct {
	Script  string
	Handler string // where its handler was registered; empty outside of handlers
	Since   time.Time
}

// Error is one line for the script's author.
func (e *BusyError) Error() string {
	who := "script " + e.Script
	if e.Handler != "" {
		who += ", handler at " + e.Handler
	}
	return fmt.Sprintf("the chat is in another conversation: %s, since %s", who, e.Since.Format(time.TimeOnly))
}

// LuaFields are what scripts see on the caught error.
func (e *BusyError) LuaFields() map[string]any {
	return map[string]any{"kind": "CONVERSATION_BUSY", "script": e.Script, "handler": e.Handler, "since": e.Since.Unix()}
}

// CancelledError ends what waited in a conversation because somebody wanted that. A call that ends so has not failed.
type CancelledError struct{ Word string }

// Error is one line for the script's author.
func (e *CancelledError) Error() string {
	if e.Word != "" {
		return "the answer was " + e.Word
	}
	return "the conversation was cancelled"
}

// Cancelled tells the runtime that this is no failure.
func (e *CancelledError) Cancelled() bool { return true }

// LuaFields are what scripts see on the caught error.
func (e *CancelledError) LuaFields() map[string]any {
	fields := map[string]any{"kind": "CANCELLED"}
	if e.Word != "" {
		fields["word"] = e.Word
	}
	return fields
}

// FloodedError ends a conversation whose partner writes and writes.
type FloodedError struct{ Limit int }

// Error is one line for the script's author.
func (e *FloodedError) Error() string {
	return fmt.Sprintf("more than %d messages came in the conversation (max_messages)", e.Limit)
}

// LuaFields are what scripts see on the caught error.
func (e *FloodedError) LuaFields() map[string]any { return map[string]any{"kind": "TOO_MANY_MESSAGES"} }

// RefusedError says that no answer passed the check.
type RefusedError struct{ Tries int }

// Error is one line for the script's author.
func (e *RefusedError) Error() string {
	return fmt.Sprintf("no answer of %d was a good one", e.Tries)
}

// LuaFields are what scripts see on the caught error.
func (e *RefusedError) LuaFields() map[string]any {
	return map[string]any{"kind": "ANSWER_REFUSED", "tries": e.Tries}
}

package bindings

import (
	"context"
	"fmt"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram"
)

// TimeoutError says that something did not happen in time.
type TimeoutError struct {
	What  string
	After time.Duration
}

// Error is one line for the script's author.
func (e *TimeoutError) Error() string { return fmt.Sprintf("%s within %v", e.What, e.After) }

// LuaFields are what scripts see on the caught error.
func (e *TimeoutError) LuaFields() map[string]any {
	return map[string]any{"kind": "TIMEOUT", "seconds": e.After.Seconds()}
}

type askOptions struct {
	replyOptions
	Timeout time.Duration `lua:"timeout,optional" doc:"How long to wait; without it, until the script is reloaded."`
}

type askArgs struct {
	Question string     `lua:"question" doc:"What to ask."`
	Opts     askOptions `lua:"options,optional" doc:"How to ask, and how long to wait."`
}

var ask = spec.Method("ask", "Say something in the same chat and wait for the next message that the same person writes there. "+
	"Handlers don't get that message.",
	func(c *spec.Call, m *message, in askArgs) (*message, error) {
		if in.Opts.Timeout > 0 {
			var cancel context.CancelFunc
			late := &TimeoutError{What: "no answer", After: in.Opts.Timeout}
			c.Context, cancel = context.WithTimeoutCause(c.Context, in.Opts.Timeout, late)
			defer cancel()
		}
		answer, err := m.ask(c, in)
		if late, ok := context.Cause(c).(*TimeoutError); err != nil && ok {
			return nil, late
		}
		return answer, err
	},
).InOrder().Raises("TIMEOUT").Example(`local answer = event:ask("What is your name?", { timeout = "5m" })
answer:reply("Nice to meet you, " .. answer.raw_text)`)

// ask takes its place before the question goes out: a quick answer may overtake the confirmation of
// what was sent. Whatever was written before the question is no answer, and goes back to the handlers.
func (m *message) ask(c *spec.Call, in askArgs) (*message, error) {
	waiting, cancel := c.Generation.Await(m.answers)
	defer func() { cancel() }()
	question, err := m.say(c, replyArgs{in.Question, in.Opts.replyOptions}, 0)
	if err != nil {
		return nil, err
	}
	for {
		ev, err := c.Generation.Receive(c, waiting)
		if err != nil {
			return nil, err
		}
		if answer := ev.Value.(*telegram.Event).Message; answer.ID > question.ID {
			return messageOf(answer), nil
		}
		cancel()
		waiting, cancel = c.Generation.Await(func(next runtime.Event) bool {
			return m.answers(next) && next.Value.(*telegram.Event).Message.ID > question.ID
		})
		if err := c.Generation.Script().Deliver(c, ev); err != nil {
			return nil, err
		}
	}
}

// answers says whether an event is the next message of m's sender in m's chat. Of our own questions
// (asked in a chat with oneself) only those count that were typed elsewhere.
func (m *message) answers(ev runtime.Event) bool {
	e, ok := ev.Value.(*telegram.Event)
	return ok && e.Kind == telegram.EventMessage && !e.Own &&
		e.Message.Chat.ID == m.Chat.ID && e.Message.Sender.ID == m.Sender.ID
}

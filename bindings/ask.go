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
	Timeout time.Duration `lua:"timeout,optional" doc:"How long to wait once the question is sent; without it, until the script is reloaded."`
}

type askArgs struct {
	Question content    `lua:"question" doc:"What to ask."`
	Opts     askOptions `lua:"options,optional" doc:"How to ask, and how long to wait."`
}

var ask = spec.Method("ask", "Say something in the same chat and wait for the next message that the same person writes there. "+
	"Handlers don't get that message.",
	func(c *spec.Call, m *message, in askArgs) (*message, error) { return m.ask(c, in) },
).InOrder().Raises("TIMEOUT").Example(`local answer = event:ask("What is your name?", { timeout = "5m" })
answer:reply("Nice to meet you, " .. answer.raw_text)`)

// ask takes its place before the question goes out: a quick answer may overtake the confirmation of
// what was sent. Whatever was written before the question is no answer, and goes back to the handlers.
func (m *message) ask(c *spec.Call, in askArgs) (*message, error) {
	waiting, cancel := c.Generation.Await(m.answers)
	defer func() { cancel() }()
	in.Opts.All = false
	asked, err := m.say(c, replyArgs{in.Question, in.Opts.replyOptions}, 0)
	if err != nil {
		return nil, err
	}
	question := asked.(*message)
	if d := in.Opts.Timeout; d > 0 { // counted from when the question is there to be answered
		var end context.CancelFunc
		c.Context, end = context.WithTimeoutCause(c.Context, d, &TimeoutError{What: "no answer", After: d})
		defer end()
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

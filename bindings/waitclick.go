package bindings

import (
	"context"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram"
)

type waitClickOptions struct {
	Timeout time.Duration `lua:"timeout,optional" doc:"How long; without it, until the script is reloaded."`
	Data    []string      `lua:"data,optional,bytes" doc:"Only buttons with this data, or one of these."`
	From    []target      `lua:"from,optional" doc:"Only presses of these people."`
}

type waitClickArgs struct {
	Opts waitClickOptions `lua:"options,optional" doc:"Which press, and how long."`
}

var waitClick = spec.Method("wait_click", "Wait until somebody presses an inline button below this message. Handlers don't get that press. "+
	"One that came in the half minute before counts too, unless a handler of `callback` wanted it: so none is missed between two waits. Answer it: the person's app waits.",
	func(c *spec.Call, m *message, in waitClickArgs) (*callback, error) {
		from, err := newPeerSet("wait_click", "from", in.Opts.From)
		if err != nil {
			return nil, err
		}
		data := setOf(in.Opts.Data)
		fits := func(q *telegram.CallbackQuery) bool {
			return q.MessageID == m.ID && q.Chat.ID == m.Chat.ID && (data == nil || data[string(q.Data)]) && (from == nil || from.has(q.Sender, q.Account))
		}
		waiting, cancel := c.Generation.Await(func(ev runtime.Event) bool {
			e, ok := ev.Value.(*telegram.Event)
			return ok && e.Kind == telegram.EventCallback && fits(e.Detail.(*telegram.CallbackQuery))
		})
		defer cancel()
		before := &envOf(c).presses
		if q := before.take(c.Generation.Now(), fits); q != nil {
			cancel()
			if next, ok := received(waiting); ok && next.ID != q.ID {
				before.keep(next, c.Generation.Now())
			}
			return &callback{CallbackQuery: q}, nil
		}
		if d := in.Opts.Timeout; d > 0 {
			var end context.CancelFunc
			c.Context, end = c.Generation.WithTimeout(c.Context, d, &TimeoutError{What: "no press", After: d})
			defer end()
		}
		ev, err := c.Generation.Receive(c, waiting)
		if err != nil {
			return nil, err
		}
		q := ev.Value.(*telegram.Event).Detail.(*telegram.CallbackQuery)
		before.take(c.Generation.Now(), func(o *telegram.CallbackQuery) bool { return o.ID == q.ID }) // it may have come at that moment
		return &callback{CallbackQuery: q}, nil
	},
).Raises("TIMEOUT").Example(`client:command("delete", function(event)
  local question = event:reply("Sure?", { buttons = { { text = "Yes", data = "yes" }, { text = "No", data = "no" } } })
  local press = question:wait_click({ from = event.sender_id, timeout = "1m" })
  press:answer()
  question:edit(press.data == "yes" and "Deleted." or "Kept.", { buttons = false })
end)`)

// received is the press that a waiter got before it was called off.
func received(waiting <-chan runtime.Event) (*telegram.CallbackQuery, bool) {
	select {
	case ev := <-waiting:
		return ev.Value.(*telegram.Event).Detail.(*telegram.CallbackQuery), true
	default:
		return nil, false
	}
}

package bindings

import (
	"context"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// waitOptions say how long a wait may be.
type waitOptions struct {
	Timeout *time.Duration `lua:"timeout,optional" doc:"The longest time for this wait, 0 for ever; that of the conversation if not given."`
}

// time is how long to wait; 0 is for ever.
func (o waitOptions) time(v *conversation) time.Duration {
	if o.Timeout != nil {
		return *o.Timeout
	}
	return v.timeout
}

type converseWaitArgs struct {
	Message messageRef  `lua:"message,optional" doc:"Which message it is about; the one that was sent last if not given."`
	Opts    waitOptions `lua:"options,optional" doc:"How long."`
}

// about is the message that a wait is about: 0 if none was sent, and then everything counts.
func (v *conversation) about(r messageRef) int {
	if r.id != 0 {
		return r.id
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.lastSent
}

// message waits for a message.
func (t *talk) message(c *spec.Call, what string, timeout time.Duration, fits func(m *telegram.Message) bool) (*message, error) {
	var found *telegram.Message
	err := t.wait(c, what, timeout, func() (ok bool) {
		found, ok = t.firstOf(fits)
		return ok
	})
	return messageOf(found), err
}

var getResponse = spec.Method("get_response", "Wait for the next message of the other side after a message, by default the one that was sent last. Messages come in order, each once.",
	func(c *spec.Call, v *conversation, in converseWaitArgs) (*message, error) {
		after := v.about(in.Message)
		return v.message(c, "no response", in.Opts.time(v), func(m *telegram.Message) bool { return m.ID > after })
	},
).Raises("TIMEOUT", "CANCELLED", "TOO_MANY_MESSAGES").Example(`client:conversation("@friend", function(conv)
  conv:send_message("Two words, please, in two messages.")
  local first = conv:get_response()
  local second = conv:get_response({ timeout = "5m" })
  conv:send_message(first.raw_text .. " " .. second.raw_text)
end)`)

var getReply = spec.Method("get_reply", "Wait for a message that quotes another, by default the one that was sent last.",
	func(c *spec.Call, v *conversation, in converseWaitArgs) (*message, error) {
		to := v.about(in.Message)
		return v.message(c, "no reply", in.Opts.time(v), func(m *telegram.Message) bool { return m.ReplyToID() == to })
	},
).Raises("TIMEOUT", "CANCELLED", "TOO_MANY_MESSAGES").Example(`client:conversation("Friends", function(conv)
  conv:send_message("Reply to this message!")
  print(conv:get_reply().sender.name)
end)`)

var getEdit = spec.Method("get_edit", "Wait until the other side changes a message: the one given, if it is theirs, else any that came after the one given, by default after the one that was sent last.",
	func(c *spec.Call, v *conversation, in converseWaitArgs) (*message, error) {
		about, theirs := v.about(in.Message), in.Message.message != nil && v.wrote(in.Message.message.Message)
		var found *telegram.Message
		err := v.wait(c, "no edit", in.Opts.time(v), func() bool {
			for i, m := range v.edits {
				if theirs && m.ID == about || !theirs && m.ID > about {
					found = m
					v.edits = append(v.edits[:i:i], v.edits[i+1:]...)
					return true
				}
			}
			return false
		})
		return messageOf(found), err
	},
).Raises("TIMEOUT", "CANCELLED").Example(`client:conversation("@friend", function(conv)
  conv:send_message("Write something, and change it.")
  local before = conv:get_response()
  print(before.raw_text, conv:get_edit(before).raw_text)
end)`)

var waitRead = spec.Method("wait_read", "Wait until the other side has read a message, by default the one that was sent last. Returns at once if it has.",
	func(c *spec.Call, v *conversation, in converseWaitArgs) (spec.None, error) {
		id := v.about(in.Message)
		v.mu.Lock()
		known := v.sent[id] || v.lastRead >= id
		v.mu.Unlock()
		if !known { // sent before the conversation: it may have been read before, too
			dialog, err := v.account.Dialog(c, v.chat)
			if err != nil {
				return spec.None{}, err
			}
			v.mu.Lock()
			v.lastRead = max(v.lastRead, dialog.ReadOutboxMaxID)
			v.mu.Unlock()
		}
		return spec.None{}, v.wait(c, "not read", in.Opts.time(v), func() bool { return v.lastRead >= id })
	},
).Raises("TIMEOUT", "CANCELLED").Example(`client:conversation("@friend", function(conv)
  local sent = conv:send_message("Read this.")
  conv:wait_read()
  sent:delete()
end)`)

type waitEventArgs struct {
	Event   string      `lua:"event" type:"EventName" doc:"Name of the event."`
	Filters lateTable   `lua:"filters,optional" doc:"Which events: the filters that client:on has for it."`
	Opts    waitOptions `lua:"options,optional" doc:"How long."`
}

// Begin has the filters read before other calls of the script go on: what those bring about is to be seen.
func (in *waitEventArgs) Begin(c *spec.Call) (err error) {
	in.Filters.watch, err = newWatch(c, in.Event, in.Filters.table)
	return err
}

var waitEvent = spec.Method("wait_event", "Wait for an event of any kind, wherever it happens. Handlers get it, too.",
	func(c *spec.Call, v *conversation, in waitEventArgs) (any, error) {
		w := in.Filters.watch
		v.mu.Lock()
		v.watches = append(v.watches, w)
		v.mu.Unlock()
		defer v.forget(w)
		within := *c // events that the filter refuses buy no time
		if limit := in.Opts.time(v); limit > 0 {
			var end context.CancelFunc
			within.Context, end = c.Generation.WithTimeout(c, limit, &TimeoutError{What: "no event", After: limit})
			defer end()
		}
		for {
			var seen sighting
			if err := v.wait(&within, "no event", 0, func() bool {
				if len(w.got) == 0 {
					return false
				}
				seen, w.got = w.got[0], w.got[1:]
				return true
			}); err != nil {
				return nil, err
			}
			if value, wanted, err := w.event(c, seen); wanted || err != nil {
				return value, err
			}
		}
	},
).Result("any").Raises("TIMEOUT", "CANCELLED").Example(`client:conversation("@friend", function(conv)
  conv:send_message("Say hello in the group!")
  conv:wait_event("message", { chats = "Friends", pattern = "hello" }, { timeout = "10m" })
  conv:send_message("Thank you.")
end)`)

// forget takes a watch away.
func (t *talk) forget(w *watch) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i, o := range t.watches {
		if o == w {
			t.watches = append(t.watches[:i:i], t.watches[i+1:]...)
			return
		}
	}
}

type converseClickOptions struct {
	Data []string `lua:"data,optional,bytes" doc:"Only buttons with this data, or one of these."`
	waitOptions
}

type converseClickArgs struct {
	Message messageID            `lua:"message,optional" doc:"Below which message; any that was sent in the conversation if not given."`
	Opts    converseClickOptions `lua:"options,optional" doc:"Which press, and how long."`
}

var converseClick = spec.Method("wait_click", "Wait until the other side presses an inline button below a message of the conversation. Handlers don't get that press. "+
	"Answer it: the person's app waits, at the longest until the conversation ends.",
	func(c *spec.Call, v *conversation, in converseClickArgs) (*callback, error) {
		data := setOf(in.Opts.Data)
		var found *telegram.CallbackQuery
		err := v.wait(c, "no press", in.Opts.time(v), func() (ok bool) {
			found, ok = v.pressOf(func(q *telegram.CallbackQuery) bool {
				return (in.Message == 0 || q.MessageID == int(in.Message)) && (data == nil || data[string(q.Data)])
			})
			return ok
		})
		if err != nil {
			return nil, err
		}
		return &callback{CallbackQuery: found}, nil
	},
).Raises("TIMEOUT", "CANCELLED").Example(`client:conversation("@friend", function(conv)
  conv:send_message("Tea?", { buttons = { { text = "Yes", data = "yes" }, { text = "No", data = "no" } } })
  local press = conv:wait_click()
  press:answer(press.data == "yes" and "Coming." or "Fine.")
end)`)

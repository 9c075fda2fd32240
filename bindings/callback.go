package bindings

import (
	"context"
	"reflect"
	"slices"
	"strconv"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// callback is a pressed button as scripts see it.
type callback struct {
	*telegram.CallbackQuery
	matches []any
}

// message is what the button stands below, as far as the event tells: enough to answer in its chat.
func (q *callback) message() *message {
	return &message{Message: &telegram.Message{
		Message: &tg.Message{ID: q.MessageID}, Account: q.Account, Chat: q.Chat, Sender: q.Sender,
	}}
}

// inlineID names a message that was sent through the bot, for the methods about such messages.
func (q *callback) inlineID() *inlineID {
	if q.Inline == nil {
		return nil
	}
	return &inlineID{q.Inline, q.Account}
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }

// callbackClass is the class CallbackEvent.
var callbackClass = spec.Class{
	Name: "CallbackEvent", Call: "event", Go: reflect.TypeFor[*callback](),
	Doc: "A pressed button, as the handlers of `callback` get it. The person's app waits until it is answered: event:answer does it, and so does the end of the handlers.",
	Text: func(v any) string {
		q := v.(*callback)
		return "CallbackEvent(" + strconv.Quote(string(q.Data)) + " from " + decimal(q.Sender.ID) + ")"
	},
	Equal: func(a, b any) bool { return a.(*callback).ID == b.(*callback).ID },
	Fields: slices.Concat([]spec.Field{
		spec.Get("id", "Number of the query; a string, for it has 64 bits.", func(q *callback) string { return decimal(q.ID) }),
		spec.Get("data", "The data of the button.", func(q *callback) string { return string(q.Data) }),
		spec.Get("matches", "What the captures of the `pattern` filter matched, or the whole match if it has none; empty without a pattern.",
			func(q *callback) []any { return q.matches }).Is("string[]"),
		spec.Get("game", "Short name of the game, of a button that plays one.", func(q *callback) string { return q.Game }).Maybe(),
		spec.Get("message_id", "Number of the message below which it is; nil if that was sent through the bot, inline.", func(q *callback) int { return q.MessageID }).Maybe(),
		spec.Get("via_inline", "The message was sent through the bot, inline: the bot does not know where.", func(q *callback) bool { return q.Inline != nil }),
		spec.Get("inline_message_id", "The message that was sent through the bot, for client:edit_inline_message.", (*callback).inlineID).Maybe(),
		spec.Get("chat_instance", "The same for all buttons of a chat; a string, for it has 64 bits.", func(q *callback) string { return decimal(q.Instance) }),
		spec.Get("answered", "Somebody has answered it in this program.", func(q *callback) bool { return q.Answered() }),
	}, sceneFields[*callback]()),
	Methods: slices.Concat([]spec.Func{
		callbackAnswer, callbackEdit, callbackRespond, callbackReply, callbackDelete, callbackAsk, callbackMessage,
	}, sceneMethods[*callback](telegram.EventCallback)),
}

// callbackFilters are the filters of the event callback.
type callbackFilters struct {
	Data     []string `lua:"data,optional,bytes" doc:"Only this data, or one of these."`
	Pattern  string   `lua:"pattern,optional,bytes" doc:"A Lua pattern that the data must match; captures are in event.matches."`
	Instance []string `lua:"chat_instance,optional" doc:"Only buttons with this chat_instance: of one chat, known or not."`
	Stale    bool     `lua:"stale,optional" doc:"Only buttons that ran a function of this script which is gone since a reload or restart. If nobody answers them, the person is told that they are too old."`
	sceneFilters
}

var callbackOptionsRead = spec.OptionsOf[callbackFilters]()

var callbackRow = eventRow{
	Event: spec.EventOf(telegram.EventCallback, "CallbackEvent", "Somebody has pressed an inline button of this bot. It is answered when the "+
		"handlers have ended, if none of them did.",
		callbackOptionsRead).
		Example(`client:on("callback", { pattern = "^page:(%d+)$" }, function(event)
  event:edit("Page " .. event.matches[1], { buttons = { { text = "Next", data = "page:" .. event.matches[1] + 1 } } })
end)`),
	subscribe: func(c *spec.Call, table *vm.Table, fn *vm.Function) (*handler, error) {
		filters, err := callbackOptionsRead.Decode(c.State, "on", table)
		if err != nil {
			return nil, err
		}
		wanted, err := filters.compile(envOf(c).buttonsOf(c.Generation))
		if err != nil {
			return nil, err
		}
		return filters.subscribe(c, runtime.Subscription{
			Event: telegram.EventCallback, Handler: fn, Match: wanted,
			Wrap: func(_ *vm.State, value, captures any) vm.Value {
				q := &callback{CallbackQuery: value.(*telegram.Event).Detail.(*telegram.CallbackQuery)}
				q.matches, _ = captures.([]any)
				return c.Instance.Value(q)
			},
		})
	},
}

// compile makes one predicate of the filters that were given.
func (f callbackFilters) compile(book *buttonBook) (func(value any) (captures any, ok bool), error) {
	find, err := textFilter(f.Data, f.Pattern)
	if err != nil {
		return nil, err
	}
	wanted, err := f.sceneFilters.compile()
	if err != nil {
		return nil, err
	}
	instances := setOf(f.Instance)
	return func(value any) (any, bool) {
		e := value.(*telegram.Event)
		q := e.Detail.(*telegram.CallbackQuery)
		if f.Stale && !book.stale(string(q.Data)) || !f.Stale && runsFunction(q.Data) {
			return nil, false
		}
		if instances != nil && !instances[decimal(q.Instance)] || !wanted(e, q.Chat, q.Sender) {
			return nil, false
		}
		return find(string(q.Data))
	}, nil
}

// setOf is a list as a set; nil for no list.
func setOf(list []string) map[string]bool {
	if list == nil {
		return nil
	}
	set := make(map[string]bool, len(list))
	for _, s := range list {
		set[s] = true
	}
	return set
}

// aside completes what the host is told of an event that is no message: its chat, and what is done after its handlers.
func aside(e *telegram.Event, ev *runtime.Event) {
	switch about := e.Detail.(type) {
	case *telegram.CallbackQuery:
		ev.Chat = about.Chat.ID
		if ev.Chat == 0 {
			ev.Chat = about.Instance
		}
		ev.After = func(ctx context.Context) { about.Close(ctx) }
	case *telegram.InlineQuery:
		ev.Chat = about.Sender.ID
	case *telegram.PreCheckout:
		ev.Chat = about.Sender.ID
	case *telegram.ShippingQuery:
		ev.Chat = about.Sender.ID
	case parties:
		chat, sender := about.Parties()
		if ev.Chat = chat.ID; ev.Chat == 0 {
			ev.Chat = sender.ID
		}
	}
}

package bindings

import (
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// botFilters are the filters of events that only bots are told.
type botFilters struct {
	Text    []string `lua:"text,optional" doc:"Only this text (the query, data or payload), or one of these."`
	Pattern string   `lua:"pattern,optional,bytes" doc:"A Lua pattern that it must match; captures are in event.matches."`
	From    []target `lua:"from,optional" doc:"Only from these people."`
	Except  []target `lua:"except,optional" doc:"Not from these people."`
	handlerOptions
}

var botFiltersRead = spec.OptionsOf[botFilters]()

// botEvent is a kind of event about D, that somebody has caused for a bot.
type botEvent[D any] struct {
	kind, class, doc, sample string
	sender                   func(D) telegram.Peer
	text                     func(D) string // what the filters text and pattern look at
	wrap                     func(d D, matches []any) any
}

// row is the event's row.
func (e botEvent[D]) row() eventRow {
	return eventRow{
		Event: spec.EventOf(e.kind, e.class, e.doc, botFiltersRead).Example(e.sample),
		subscribe: func(c *spec.Call, table *vm.Table, fn *vm.Function) (*handler, error) {
			filters, err := botFiltersRead.Decode(c.State, "on", table)
			if err != nil {
				return nil, err
			}
			wanted, err := filters.compile()
			if err != nil {
				return nil, err
			}
			return filters.subscribe(c, runtime.Subscription{
				Event: e.kind, Handler: fn,
				Match: func(value any) (any, bool) {
					event := value.(*telegram.Event)
					d := event.Detail.(D)
					return wanted(e.sender(d), e.text(d), event.Account)
				},
				Wrap: func(_ *vm.State, value, captures any) vm.Value {
					matches, _ := captures.([]any)
					return c.Instance.Value(e.wrap(value.(*telegram.Event).Detail.(D), matches))
				},
			})
		},
	}
}

// compile makes one predicate of the filters that were given.
func (f botFilters) compile() (func(sender telegram.Peer, text string, account *telegram.Account) (captures any, ok bool), error) {
	find := func(string) ([]any, bool) { return nil, true }
	var err error
	if f.Pattern != "" {
		if find, err = compilePattern(f.Pattern); err != nil {
			return nil, &spec.ArgumentError{Function: "on", Place: "option 'pattern'", Problem: err.Error()}
		}
	}
	from, err := newPeerSet("on", "from", f.From)
	if err != nil {
		return nil, err
	}
	except, err := newPeerSet("on", "except", f.Except)
	if err != nil {
		return nil, err
	}
	texts := setOf(f.Text)
	return func(sender telegram.Peer, text string, account *telegram.Account) (any, bool) {
		if texts != nil && !texts[text] || from != nil && !from.has(sender, account) || except != nil && except.has(sender, account) {
			return nil, false
		}
		captures, ok := find(text)
		return captures, ok
	}, nil
}

// stopEvent is the method stop of an event's class.
func stopEvent[R any](event string) spec.Func {
	return spec.Method("stop", "Keep the event from the handlers that come after this one.",
		func(c *spec.Call, _ R, _ spec.None) (spec.None, error) {
			runtime.StopPropagation(c)
			return spec.None{}, nil
		},
	).Direct().Example(`client:on("` + event + `", { priority = 1 }, function(event) event:stop() end)`)
}

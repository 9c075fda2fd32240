package bindings

import (
	"slices"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// botFilters are the filters of events that only bots are told.
type botFilters struct {
	Text    []string `lua:"text,optional" doc:"Only this text (the query, data or payload), or one of these."`
	Pattern string   `lua:"pattern,optional,bytes" doc:"A Lua pattern that it must match; captures are in event.matches."`
	Except  []target `lua:"except,optional" doc:"The same as not_from."`
	sceneFilters
}

var botFiltersRead = spec.OptionsOf[botFilters]()

// botEvent is a kind of event about D, that somebody has caused for a bot.
type botEvent[D parties] struct {
	kind, class, doc, sample string
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
					chat, sender := d.Parties()
					return wanted(event, chat, sender, e.text(d))
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
func (f botFilters) compile() (func(e *telegram.Event, chat, sender telegram.Peer, text string) (captures any, ok bool), error) {
	find, err := textFilter(f.Text, f.Pattern)
	if err != nil {
		return nil, err
	}
	f.NotFrom = slices.Concat(f.NotFrom, f.Except)
	wanted, err := f.sceneFilters.compile()
	if err != nil {
		return nil, err
	}
	return func(e *telegram.Event, chat, sender telegram.Peer, text string) (any, bool) {
		if !wanted(e, chat, sender) {
			return nil, false
		}
		return find(text)
	}, nil
}

// textFilter looks for one of some texts, and for what a pattern captures; without them it takes all.
func textFilter(texts []string, pattern string) (find func(text string) (captures any, ok bool), err error) {
	match := func(string) ([]any, bool) { return nil, true }
	if pattern != "" {
		if match, err = compilePattern(pattern); err != nil {
			return nil, &spec.ArgumentError{Function: "on", Place: "option 'pattern'", Problem: err.Error()}
		}
	}
	wanted := setOf(texts)
	return func(text string) (any, bool) {
		if wanted != nil && !wanted[text] {
			return nil, false
		}
		return match(text)
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

package bindings

import (
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// staleText is what a person is told whose button has lost its function, if no handler says anything else.
const staleText = "This button is too old. Please ask for a new one."

// hearButtons registers what runs the functions of buttons. A script that has no other handlers ends nonetheless.
func hearButtons(in *spec.Instance) {
	g := in.Generation
	book := g.Value().(*Env).buttonsOf(g)
	wrap := func(_ *vm.State, value, _ any) vm.Value {
		return in.Value(&callback{CallbackQuery: value.(*telegram.Event).Detail.(*telegram.CallbackQuery)})
	}
	for _, own := range []runtime.Subscription{
		{
			Priority: buttonPriority, Handler: in.Function(&pressButton),
			Match: func(value any) (any, bool) { return nil, book.knows(pressedIn(value)) },
		},
		{
			Priority: -buttonPriority, Handler: in.Function(&pressStale),
			Match: func(value any) (any, bool) { return nil, book.stale(pressedIn(value)) },
		},
	} {
		own.Event, own.Wrap, own.Own = telegram.EventCallback, wrap, true
		g.Subscribe(own)
	}
}

// buttonPriority lets functions of buttons have their presses before handlers, and handlers the stale ones.
const buttonPriority = 1 << 30

type pressArgs struct {
	Event *callback `lua:"event" doc:"The press."`
}

// pressButton is the handler of presses that run something.
var pressButton = spec.Function("press", "Run what a button does.",
	func(c *spec.Call, in pressArgs) (spec.None, error) {
		runtime.StopPropagation(c)
		book, data := envOf(c).buttonsOf(c.Generation), string(in.Event.Data)
		if m, key, own := book.menu(data); m != nil {
			return spec.None{}, m.press(c, in.Event, key, own)
		}
		fn := book.function(data)
		if fn == nil { // forgotten since it was pressed
			return spec.None{}, in.Event.Answer(c, telegram.CallbackAnswer{Text: staleText})
		}
		_, err := c.Generation.Machine().Run(c, fn, func(*vm.State) []vm.Value { return []vm.Value{c.Instance.Value(in.Event)} })
		return spec.None{}, err
	},
)

// pressStale is the last handler of presses that run nothing any more.
var pressStale = spec.Function("press", "Answer a button that does nothing any more.",
	func(c *spec.Call, in pressArgs) (spec.None, error) {
		if in.Event.Answered() {
			return spec.None{}, nil
		}
		return spec.None{}, in.Event.Answer(c, telegram.CallbackAnswer{Text: staleText})
	},
)

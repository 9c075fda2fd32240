package bindings

import (
	"reflect"
	"slices"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/schema"
)

// rawFilters are the filters of the event raw.
type rawFilters struct {
	Types []string `lua:"types,optional" doc:"Only updates of these constructors, such as \"updateUserStatus\"."`
	handlerOptions
}

var rawOptions = spec.OptionsOf[rawFilters]()

var rawRow = eventRow{
	Event: spec.EventOf(telegram.EventRaw, "Object", "Any update, as Telegram sent it: https://core.telegram.org/type/Update.", rawOptions).
		Example(`client:on("raw", { types = "updateUserStatus" }, function(update)
  tg.log(update.user_id, update.status._)
end)`),
	subscribe: func(c *spec.Call, table *vm.Table, fn *vm.Function) (*handler, error) {
		filters, err := rawOptions.Decode(c.State, "on", table)
		if err != nil {
			return nil, err
		}
		types := map[string]bool{}
		for _, name := range filters.Types {
			if known := schema.Constructors("Update"); !slices.Contains(known, name) {
				return nil, spec.Unknown("on", "update", name, known)
			}
			types[name] = true
		}
		return filters.subscribe(c, runtime.Subscription{
			Event:   telegram.EventRaw,
			Handler: fn,
			Match: func(value any) (any, bool) {
				return nil, len(types) == 0 || types[value.(*telegram.Event).Update.TypeName()]
			},
			Wrap: func(_ *vm.State, value, _ any) vm.Value {
				return c.Instance.Value(objectOf(value.(*telegram.Event).Update))
			},
		})
	},
}

// connectionFilters are the filters of the event connection.
type connectionFilters struct {
	State []string `lua:"state,optional" doc:"Only these: connecting, ready, disconnected."`
	handlerOptions
}

var connectionOptions = spec.OptionsOf[connectionFilters]()

// connection is a change of the link to Telegram.
type connection struct{ telegram.ConnectionState }

// connectionClass is the class ConnectionEvent.
var connectionClass = spec.Class{
	Name: "ConnectionEvent", Call: "event", Go: reflect.TypeFor[*connection](),
	Doc:  "A change of the link to Telegram.",
	Text: func(v any) string { return "ConnectionEvent(" + v.(*connection).Name + ")" },
	Fields: []spec.Field{
		spec.Get("state", "How the link is now.", func(c *connection) string { return c.Name }).Is(`"connecting"|"ready"|"disconnected"`),
		spec.Get("reason", "Why the link was lost.", func(c *connection) string { return c.Reason }).Maybe(),
	},
}

var connectionRow = eventRow{
	Event: spec.EventOf(telegram.EventConnection, "ConnectionEvent", "The link to Telegram was made or lost. Calls made meanwhile wait.", connectionOptions).
		Example(`client:on("connection", function(event)
  tg.log(event.state, event.reason)
end)`),
	subscribe: func(c *spec.Call, table *vm.Table, fn *vm.Function) (*handler, error) {
		filters, err := connectionOptions.Decode(c.State, "on", table)
		if err != nil {
			return nil, err
		}
		if err := knownWords("state", filters.State, []string{telegram.Connecting, telegram.Ready, telegram.Disconnected}); err != nil {
			return nil, err
		}
		states := map[string]bool{}
		for _, name := range filters.State {
			states[name] = true
		}
		return filters.subscribe(c, runtime.Subscription{
			Event:   telegram.EventConnection,
			Handler: fn,
			Match: func(value any) (any, bool) {
				return nil, len(states) == 0 || states[value.(*telegram.Event).State.Name]
			},
			Wrap: func(_ *vm.State, value, _ any) vm.Value {
				return c.Instance.Value(&connection{value.(*telegram.Event).State})
			},
		})
	},
}

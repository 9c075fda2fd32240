package bindings

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

// eventRow is an event and how a handler of it is registered.
type eventRow struct {
	spec.Event
	subscribe func(c *spec.Call, filters *vm.Table, fn *vm.Function) (*handler, error)
}

// eventRows are all events, by the telegram package's kinds.
var eventRows = slices.Concat([]eventRow{messageRow, editRow, rawRow, connectionRow}, keyboardEvents, happeningEvents)

func events() []spec.Event {
	list := make([]spec.Event, len(eventRows))
	for i, row := range eventRows {
		list[i] = row.Event
	}
	return list
}

// eventNames are the words that client:on knows, for editors to offer.
func eventNames() spec.Alias {
	names := make([]string, len(eventRows))
	for i, row := range eventRows {
		names[i] = strconv.Quote(row.Name)
	}
	return spec.Alias{Name: "EventName", Type: strings.Join(names, "|"), Doc: "What client:on can wait for."}
}

type onArgs struct {
	Event   string       `lua:"event" type:"EventName" doc:"Name of the event."`
	Filters *vm.Table    `lua:"filters,optional" doc:"Which events, and how: see the event."`
	Handler *vm.Function `lua:"handler" type:"fun(event)" doc:"Called with each event that passes the filters."`
}

var on = spec.Method("on", "Register a handler for an event. Filters are tried without waking Lua, except `func`.",
	func(c *spec.Call, _ *client, in onArgs) (*handler, error) {
		names := make([]string, len(eventRows))
		for i, row := range eventRows {
			if row.Name == in.Event {
				return row.subscribe(c, in.Filters, in.Handler)
			}
			names[i] = row.Name
		}
		return nil, spec.Unknown("on", "event", in.Event, names)
	},
).Direct().Example(`client:on("message", { pattern = "^/roll (%d+)$", incoming = true }, function(event)
  event:reply("You rolled " .. math.random(tonumber(event.matches[1])))
end)`)

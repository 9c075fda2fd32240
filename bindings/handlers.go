package bindings

import "github.com/tgscript/tgscript/bindings/spec"

type handlersOptions struct {
	Event string `lua:"event,optional" type:"EventName" doc:"Only those of this event."`
}

type handlersArgs struct {
	Opts handlersOptions `lua:"options,optional" doc:"Which ones."`
}

var listHandlers = spec.Method("handlers", "List the handlers of this script, by event and then in the order in which they run.",
	func(c *spec.Call, _ *client, in handlersArgs) ([]*handler, error) {
		list := []*handler{}
		for _, r := range c.Generation.Registered() {
			if in.Opts.Event == "" || in.Opts.Event == r.Event {
				list = append(list, &handler{r})
			}
		}
		return list, nil
	},
).Direct().Example(`for _, handler in ipairs(client:handlers({ event = "message" })) do
  print(handler.site)
  handler:off()
end`)

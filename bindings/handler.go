package bindings

import (
	"errors"
	"reflect"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
)

// handlerOptions are the options that every event has.
type handlerOptions struct {
	Func       *vm.Function `lua:"func,optional" doc:"Called with the event; the handler runs if it returns true." type:"fun(event): boolean"`
	Once       bool         `lua:"once,optional" doc:"Only for the first event."`
	Priority   int          `lua:"priority,optional" doc:"Handlers with a higher one run first; 0 if not given."`
	Sequential sequential   `lua:"sequential,optional" doc:"Start on an event only when the handler is done with the one before it in the same chat."`
	failureOptions
}

// sequential may be written true or, to say what it is about, "chat".
type sequential bool

// DecodeLua reads true, false or "chat".
func (s *sequential) DecodeLua(_ *vm.State, v vm.Value) error {
	if v != vm.True && v != vm.False && v != vm.String("chat") {
		return spec.Expected("true or 'chat'", v)
	}
	*s = v != vm.False
	return nil
}

// LuaType is how the editor types write it.
func (sequential) LuaType() string { return `boolean|"chat"` }

// handler is what client:on returns.
type handler struct{ runtime.Registered }

// handlerClass is the class Handler.
var handlerClass = spec.Class{
	Name: "Handler", Call: "handler", Go: reflect.TypeFor[*handler](),
	Doc:  "A registered handler.",
	Text: func(v any) string { h := v.(*handler); return "Handler(" + h.Event + " at " + h.Site + ")" },
	Fields: []spec.Field{
		spec.Get("event", "Name of the event.", func(h *handler) string { return h.Event }),
		spec.Get("site", "Where it was registered: file and line.", func(h *handler) string { return h.Site }),
		spec.Get("errors", "How many of its calls have failed.", func(h *handler) int { return h.Errors() }),
		spec.Get("paused", "It has failed too often (`errors` in config.yaml) and gets no more events.", func(h *handler) bool { return h.Paused() }),
	},
	Methods: []spec.Func{
		spec.Method("off", "Take the handler away. A call that is running goes on.",
			func(_ *spec.Call, h *handler, _ spec.None) (spec.None, error) { h.Off(); return spec.None{}, nil },
		).Direct(),
		resumeHandler,
	},
}

// subscribe registers a handler with what the options say.
func (o handlerOptions) subscribe(c *spec.Call, s runtime.Subscription) (*handler, error) {
	if catch, ok := c.Value(catching{}).(*caught); ok {
		*catch = caught{s, o.Func}
		return &handler{}, nil
	}
	s.Priority, s.Sequential, s.Site = o.Priority, bool(o.Sequential), vm.Where(c.State)
	s.Retry, s.Timeout = o.Retry.Retry, o.Timeout
	h := &handler{}
	if o.Func == nil {
		s.Once = o.Once
	} else {
		filtered, err := o.filtered(c, s.Handler, h, s.Event)
		if err != nil {
			return nil, err
		}
		s.Handler, s.Within = filtered, true
	}
	if err := c.Generation.HandlerRoom(s.Event); err != nil {
		return nil, err
	}
	h.Registered = c.Generation.Register(s)
	return h, nil
}

// filtering joins filter and handler in Lua, so that a traceback shows both. `once` counts events that
// the filter let through, of which several may be under way.
const filtering = `local filter, handler, take, around, name = ...
return function(event)
  if not (filter(event) and take()) then return end
  local outer = around()
  if outer then return outer(event, handler, name) end
  return handler(event)
end`

// filtered makes a handler that asks the `func` filter first.
func (o handlerOptions) filtered(c *spec.Call, fn *vm.Function, h *handler, event string) (*vm.Function, error) {
	proto, err := vm.Compile("filter", []byte(filtering))
	if err != nil {
		return nil, err
	}
	taken := false
	take := vm.Wrap(c.State, func(L *vm.State) int {
		free := !taken
		if o.Once {
			taken = true
			h.Off()
		}
		L.Push(vm.Bool(free))
		return 1
	})
	around := vm.Wrap(c.State, func(L *vm.State) int {
		L.Push(outermost(c.Generation))
		return 1
	})
	made, err := vm.Call(c.State, c.State.NewFunctionFromProto(proto), o.Func, fn, take, around, vm.String(event))
	if err != nil {
		return nil, err
	}
	if len(made) == 1 {
		if joined, ok := made[0].(*vm.Function); ok {
			return joined, nil
		}
	}
	return nil, errors.New("join filter and handler: no function came back")
}

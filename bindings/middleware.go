package bindings

import (
	"errors"
	"reflect"
	"slices"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
)

type useOptions struct {
	Events []string `lua:"events,optional" type:"EventName|EventName[]" doc:"Only around the handlers of these events."`
}

type useArgs struct {
	Options  useOptions   `lua:"options,optional" doc:"Around which handlers."`
	Function *vm.Function `lua:"fn" type:"fun(event, next: fun())" doc:"Called with the event, and what it calls to go on."`
}

var use = spec.Function("use", "Call a function around each handler of the script, from now on: with the event, and a function that goes on to the handler. "+
	"Without that call the handler doesn't run. What is used first is outermost; errors of the handler come out of `next`. The filter `func` is asked before.",
	func(c *spec.Call, in useArgs) (*middleware, error) {
		names := make([]string, len(eventRows))
		for i, row := range eventRows {
			names[i] = row.Name
		}
		for _, name := range in.Options.Events {
			if !slices.Contains(names, name) {
				return nil, spec.Unknown("use", "event", name, names)
			}
		}
		m := &middleware{events: setOf(in.Options.Events)}
		made, err := joinFunctions(c, surrounding, outermost(c.Generation), in.Function, vm.Wrap(c.State, func(L *vm.State) int {
			L.Push(vm.Bool(!m.off && (m.events == nil || m.events[L.CheckString(1)])))
			return 1
		}))
		if err != nil {
			return nil, err
		}
		c.Generation.Around(made)
		return m, nil
	},
).Direct().Example(`tg.use(function(event, next)
  local began = os.clock()
  local ok, err = pcall(next)
  tg.log("handled in", os.clock() - began)
  if not ok then error(err, 0) end
end)
tg.use({ events = "message" }, function(event, next)
  if event.sender and event.sender.is_bot then return end -- bots don't talk with bots
  next()
end)`)

// middleware is what tg.use returns.
type middleware struct {
	events map[string]bool // nil is all
	off    bool            // with the baton
}

// middlewareClass is the class Middleware.
var middlewareClass = spec.Class{
	Name: "Middleware", Call: "middleware", Go: reflect.TypeFor[*middleware](),
	Doc: "A function around the handlers.",
	Methods: []spec.Func{
		spec.Method("off", "Don't call it any more.",
			func(_ *spec.Call, m *middleware, _ spec.None) (spec.None, error) {
				m.off = true
				return spec.None{}, nil
			},
		).Direct().Example(`local timing = tg.use(function(event, next) next() end)
timing:off()`),
	},
}

// surrounding makes one function of what is around the handlers already and what goes inside that.
const surrounding = `local outer, fn, wanted = ...
local function inside(event, handler, name)
  if not wanted(name) then return handler(event) end
  return fn(event, function() return handler(event) end)
end
if not outer then return inside end
return function(event, handler, name)
  return outer(event, function(e) return inside(e, handler, name) end, name)
end`

func outermost(g *runtime.Generation) vm.Value {
	if fn := g.AroundHandlers(); fn != nil {
		return fn
	}
	return vm.Nil
}

// joinFunctions runs Lua of ours that makes one function of several.
func joinFunctions(c *spec.Call, source string, parts ...vm.Value) (*vm.Function, error) {
	proto, err := vm.Compile("tgscript", []byte(source))
	if err != nil {
		return nil, err
	}
	made, err := vm.Call(c.State, c.State.NewFunctionFromProto(proto), parts...)
	if err != nil {
		return nil, err
	}
	if len(made) == 1 {
		if fn, ok := made[0].(*vm.Function); ok {
			return fn, nil
		}
	}
	return nil, errors.New("join functions: none came back")
}

package runtime

import "github.com/tgscript/tgscript/runtime/vm"

// Around is a function that is called in place of each handler, with the event, the handler, and the event's name: it
// calls the handler, or doesn't. There is one; who wants several makes one of them. nil takes it away.
func (g *Generation) Around(fn *vm.Function) { g.around.Store(fn) }

// AroundHandlers is what Around has set; nil for nothing.
func (g *Generation) AroundHandlers() *vm.Function { return g.around.Load() }

// function is what the current handler's call runs.
func (c *call) function() *vm.Function {
	h := c.current.handler
	if !h.Within {
		if c.wrapped = c.generation.around.Load(); c.wrapped != nil {
			return c.wrapped
		}
	}
	c.wrapped = nil
	return h.Handler
}

// surrounded are the arguments of function.
func (c *call) surrounded(event vm.Value) []vm.Value {
	if c.wrapped == nil {
		return []vm.Value{event}
	}
	return []vm.Value{event, c.current.handler.Handler, vm.String(c.event.Name)}
}

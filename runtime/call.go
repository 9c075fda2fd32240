package runtime

import (
	"context"
	"errors"
	"sync/atomic"

	"github.com/tgscript/tgscript/runtime/vm"
)

// call is an event on its way through a script's handlers, or a run of a timer or of a top level. It is the context
// of the Lua it runs: its Context is that of the generation.
//
// One goroutine at a time has a call: the one that delivers makes it, the dispatcher routes it, its own runs it. What is
// atomic is looked at by others, too.
type call struct {
	context.Context
	generation *Generation
	event      Event

	// Whose turn it is:
	first   match // of the handlers that want the event; kept apart, for there is seldom another one
	rest    []match
	index   int                // of the next match
	current match              // whose handler runs
	wrapped *vm.Function       // what runs around the handler; nil for nothing
	end     context.CancelFunc // of the first handler's time

	// How it went:
	begun   bool        // the first handler has got its event
	skipped bool        // the handler was taken off while its call waited for the baton
	stopped atomic.Bool // by StopPropagation
	cut     bool        // it was ended because the script was stopped: the event is not handled

	aside  bool         // it has no place among the events: see inform
	laned  bool         // it has its chat's lane
	dozing atomic.Int32 // its waits for the clock
	waits  *module      // with the baton: the module that it waits for
}

// Names of calls that aren't of an event.
const (
	timerCall     = "timer"
	spawnedCall   = "spawn"
	jobCall       = "job"
	complaintCall = "on_error"
	evalCall      = "eval"
)

type callKey struct{}

// Value finds the call itself for those who ask with callKey.
func (c *call) Value(key any) any {
	if _, ok := key.(callKey); ok {
		return c
	}
	return c.Context.Value(key)
}

func callOf(ctx context.Context) *call {
	c, _ := ctx.Value(callKey{}).(*call)
	return c
}

// Current is the generation whose call runs on L, or nil outside of calls.
func Current(L *vm.State) *Generation { return CurrentGeneration(vm.Context(L)) }

// CurrentGeneration is the generation of the call that ctx belongs to, or nil.
func CurrentGeneration(ctx context.Context) *Generation {
	if c := callOf(ctx); c != nil {
		return c.generation
	}
	return nil
}

// CurrentEvent is the event that the running call handles.
func CurrentEvent(ctx context.Context) (ev Event, ok bool) {
	if c := callOf(ctx); c != nil && c.first.handler != nil {
		return c.event, true
	}
	return Event{}, false
}

// CurrentSite is where the running call's handler was registered; empty outside of handlers.
func CurrentSite(ctx context.Context) string {
	if c := callOf(ctx); c != nil && c.current.handler != nil {
		return c.current.handler.Site
	}
	return ""
}

// StopPropagation keeps the running call's event from the handlers that would come after this one. It says whether
// there was an event to stop.
func StopPropagation(ctx context.Context) bool {
	c := callOf(ctx)
	if c == nil || c.first.handler == nil {
		return false
	}
	c.stopped.Store(true)
	return true
}

// pick moves on to the next handler that still wants the event.
func (c *call) pick() bool {
	for c.index <= len(c.rest) {
		m := c.first
		if c.index > 0 {
			m = c.rest[c.index-1]
		}
		c.index++
		if m.handler != nil && m.handler.take() {
			c.current = m
			return true
		}
	}
	return false
}

// arguments makes the Lua event.
func (c *call) arguments(L *vm.State) []vm.Value {
	if c.generation.killed.Load() {
		return nil // the call ends before its first instruction
	}
	c.begun = true
	h := c.current.handler
	if !h.Once && h.off.Load() {
		c.skipped = true
		L.RaiseError("handler was taken off") // ends the call before the handler runs
	}
	if h.Wrap == nil {
		return nil
	}
	return c.surrounded(h.Wrap(L, c.event.Value, c.current.captures))
}

// done goes on with the handlers after the first, on the same goroutine and one after another.
func (c *call) done(err error) {
	g := c.generation
	c.end()
	if !c.begun && err != nil && g.killed.Load() {
		g.script.again(c)
		return
	}
	c.report(c.retried(err))
	for !c.stopped.Load() && !c.cut && !g.killed.Load() && c.pick() { // after a cut it comes again, to all of them
		c.report(c.retried(c.run()))
	}
	c.cut = c.cut || g.killed.Load() && c.index <= len(c.rest) && !c.stopped.Load() && errors.Is(context.Cause(g.scope.Context), ErrStopped)
	if c.event.After != nil && !g.killed.Load() {
		c.event.After(c)
	}
	g.script.finish(c)
}

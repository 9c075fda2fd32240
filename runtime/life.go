package runtime

import "errors"

// LifeEvent is the name of events about the script itself. Their Value is a [Life].
const LifeEvent = "script"

// The states of a Life.
const (
	Loaded   = "loaded"   // the script serves, for the first time since it was added
	Reloaded = "reloaded" // a new version of it serves
	Replaced = "replaced" // this version doesn't any more: another one has taken over
	Removed  = "removed"  // the script's file is gone
	Stopping = "stopping" // the script ends
	Paused   = "paused"   // the script gets nothing to do
	Resumed  = "resumed"  // the pause is over
)

// Life is a turn in the life of a script's generation. Only the generation itself is told, by calls of their own: those
// of the three that end it run within the grace time, while nothing else begins.
type Life struct {
	State      string
	Generation int // its number
}

// inform tells the generation's handlers. The calls don't wait in the queue, and have no place among the events.
func (g *Generation) inform(state string) {
	c := &call{generation: g, event: Event{Name: LifeEvent, Value: Life{state, g.number}}, aside: true}
	c.first, c.rest = g.match(&c.event)
	if c.first.handler == nil || !g.refs.acquire() {
		return
	}
	g.script.begin()
	g.script.calls.Add(1)
	if !c.pick() {
		g.script.finishAside(c)
		return
	}
	c.Context = g.scope.Context
	g.used.Store(true)
	ctx, end := c.timed()
	c.end = end
	g.machine.Start(ctx, c.function(), c.arguments, c.done)
}

// finishAside ends a call that had no place among the events.
func (s *Script) finishAside(c *call) {
	s.calls.Add(-1)
	c.generation.refs.release()
	s.end(1)
}

// farewell is what a generation that is retired for a cause is told.
func farewell(cause error) string {
	switch {
	case errors.Is(cause, ErrReloaded):
		return Replaced
	case errors.Is(cause, ErrRemoved):
		return Removed
	}
	return Stopping
}

// reason is why a handler keeps its script alive: one that only waits for turns in its life doesn't, nor one of the library's.
func (g *Generation) reason(s Subscription) (drop func(), ok bool) {
	if s.Event != LifeEvent && !s.Own {
		return g.keep()
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	return func() {}, g.phase != retired
}

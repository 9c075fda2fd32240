package runtime

import (
	"maps"
	"slices"
	"sync/atomic"
	"time"

	"github.com/tgscript/tgscript/runtime/vm"
)

// Subscription is a handler and the events that it wants.
type Subscription struct {
	Event string // name of the events
	// Match looks closer; nil takes all. It runs without Lua, on any goroutine, for each event of the name.
	Match   func(value any) (captures any, ok bool)
	Handler *vm.Function
	// Wrap makes what the handler gets, with the baton; nil gives it nothing.
	Wrap       func(L *vm.State, value any, captures any) vm.Value
	Priority   int    // higher runs first; equal ones run in order of registration
	Once       bool   // ends with the first event
	Within     bool   // the Handler calls what is Around handlers itself
	Sequential bool   // one at a time for each Event.Chat, over reloads too
	Site       string // "file:line" of the registration
	Retry      Retry
	Timeout    time.Duration // ends a call that takes longer; 0 is never
	Own        bool          // the library's: no reason for the script to live on, and listed nowhere
}

// table holds a generation's handlers by event name, in the order in which they run. It is replaced, never changed.
type table map[string][]*handler

type handler struct {
	Subscription
	generation *Generation
	off        atomic.Bool // it was taken away: events that have found it before that pass it by
	drop       func()      // gives back the reason to live on
	failures   failures
	runs       atomic.Int64 // calls that it has had
}

// match is a handler that wants an event, and what its pattern captured.
type match struct {
	handler  *handler
	captures any
}

// Subscribe registers a handler. It is live from the swap on, or at once when the generation already serves.
func (g *Generation) Subscribe(s Subscription) (off func()) { return g.Register(s).Off }

// Register is Subscribe for those who want more of the handler than to take it off.
func (g *Generation) Register(s Subscription) Registered {
	drop, ok := g.reason(s)
	if !ok {
		return Registered{Event: s.Event, Site: s.Site, Priority: s.Priority}
	}
	h := &handler{Subscription: s, generation: g, drop: drop}
	g.edit(s.Event, func(hs []*handler) []*handler {
		at := slices.IndexFunc(hs, func(o *handler) bool { return o.Priority < s.Priority })
		if at < 0 {
			at = len(hs)
		}
		return slices.Insert(hs, at, h)
	})
	return h.registered()
}

// edit replaces the handlers of one event.
func (g *Generation) edit(event string, change func([]*handler) []*handler) {
	g.mu.Lock()
	defer g.mu.Unlock()
	next := maps.Clone(*g.table.Load())
	if hs := change(slices.Clone(next[event])); len(hs) > 0 {
		next[event] = hs
	} else {
		delete(next, event)
	}
	g.table.Store(&next)
}

// take says whether the handler may run for an event that it wanted on arrival.
func (h *handler) take() bool {
	if h.failures.paused.Load() || h.off.Load() || h.Once && !h.end() {
		return false
	}
	h.runs.Add(1)
	return true
}

// end takes the handler off, once.
func (h *handler) end() bool {
	if !h.off.CompareAndSwap(false, true) {
		return false
	}
	h.generation.edit(h.Event, func(hs []*handler) []*handler {
		return slices.DeleteFunc(hs, func(o *handler) bool { return o == h })
	})
	h.drop()
	return true
}

// match finds the handlers that want an event.
func (g *Generation) match(ev *Event) (first match, rest []match) {
	for _, h := range (*g.table.Load())[ev.Name] {
		m := match{handler: h}
		if h.Match != nil {
			var ok bool
			if m.captures, ok = h.Match(ev.Value); !ok {
				continue
			}
		}
		if first.handler == nil {
			first = m
		} else {
			rest = append(rest, m)
		}
	}
	return first, rest
}

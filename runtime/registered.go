package runtime

import (
	"maps"
	"slices"
)

// Registered is a handler of a generation.
type Registered struct {
	Event, Site string
	Priority    int
	handler     *handler // nil for one that came too late
}

// Off takes the handler away.
func (r Registered) Off() {
	if r.handler != nil {
		r.handler.end()
	}
}

// Errors counts the handler's failed calls.
func (r Registered) Errors() int {
	if r.handler == nil {
		return 0
	}
	return int(r.handler.failures.count.Load())
}

// Runs counts the handler's calls.
func (r Registered) Runs() int64 {
	if r.handler == nil {
		return 0
	}
	return r.handler.runs.Load()
}

// Paused says whether the handler gets no events because it has failed too often.
func (r Registered) Paused() bool { return r.handler != nil && r.handler.failures.paused.Load() }

// Resume lets a paused handler have events again, and says whether it was one.
func (r Registered) Resume() bool {
	return r.handler != nil && r.handler.failures.paused.CompareAndSwap(true, false)
}

// Registered lists the handlers that are registered now, by event and then in the order in which they run.
func (g *Generation) Registered() []Registered {
	all := *g.table.Load()
	var list []Registered
	for _, event := range slices.Sorted(maps.Keys(all)) {
		for _, h := range all[event] {
			if !h.Own {
				list = append(list, h.registered())
			}
		}
	}
	return list
}

func (h *handler) registered() Registered {
	return Registered{Event: h.Event, Site: h.Site, Priority: h.Priority, handler: h}
}

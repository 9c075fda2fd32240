package runtime

import (
	"maps"
	"slices"
)

// Registered is a handler of a generation.
type Registered struct {
	Event, Site string
	Priority    int
	Off         func() // takes it away
}

// Registered lists the handlers that are registered now, by event and then in the order in which they run.
func (g *Generation) Registered() []Registered {
	all := *g.table.Load()
	var list []Registered
	for _, event := range slices.Sorted(maps.Keys(all)) {
		for _, h := range all[event] {
			list = append(list, Registered{Event: event, Site: h.Site, Priority: h.Priority, Off: func() { h.end() }})
		}
	}
	return list
}

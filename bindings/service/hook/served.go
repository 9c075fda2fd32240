package hook

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
)

// Served is a path that requests come to.
type Served struct {
	Address, Path string       // as they were given to Open
	Handler       http.Handler // of the whole port
}

// Served are the paths that are served, in order.
func (ls *Listeners) Served() []Served {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	var all []Served
	for address, l := range ls.on {
		l.mu.Lock()
		for path := range l.active {
			all = append(all, Served{address, path, l})
		}
		l.mu.Unlock()
	}
	slices.SortFunc(all, func(a, b Served) int {
		return cmp.Or(strings.Compare(a.Address, b.Address), strings.Compare(a.Path, b.Path))
	})
	return all
}

package runtime

import "sync"

// Alive returns once every script has let something else than its Lua run: it takes the baton of each, as events do.
// A script that never gives it up holds Alive up as well, so whoever watches over the process learns of it.
func (h *Host) Alive() {
	var scripts sync.WaitGroup
	for _, s := range h.Scripts() {
		g := s.live.Load()
		if g == nil {
			continue
		}
		scripts.Go(func() {
			g.machine.Lock()
			defer g.machine.Unlock()
		})
	}
	scripts.Wait()
}

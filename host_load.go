package tgscript

import (
	"context"
	"sync"
	"time"
)

// loadPatience is how long the account and its other scripts wait for a script's first load. After that the script
// loads beside them; what happens meanwhile waits in its own queue, so that it misses nothing and holds up nobody.
const loadPatience = time.Second

// loadWithin gives a tenant one more script, and returns when that has been loaded or takes too long. failed is told if
// it couldn't be loaded: late says that nobody waits for it any more. The load ends with ctx. Until failed has been told
// the host doesn't count as idle: the end of a run would hide what a late load has to say.
func (h *Host) loadWithin(ctx context.Context, t *tenant, loads *sync.WaitGroup, path string, failed func(err error, late bool)) {
	done, late := make(chan struct{}), make(chan struct{})
	release := h.scripts.Hold()
	loads.Go(func() {
		defer release()
		defer close(done)
		if err := h.load(ctx, t, path); err != nil {
			select {
			case <-late:
				failed(err, true)
			default:
				failed(err, false)
			}
		}
	})
	patience := time.NewTimer(loadPatience)
	defer patience.Stop()
	select {
	case <-done:
	case <-patience.C:
		close(late)
		h.log.DebugContext(ctx, "a script is still loading, going on without it", "account", t.name, "file", path)
	}
}

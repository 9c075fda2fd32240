package vm

import (
	"context"
	"runtime"
	"sync/atomic"
	"time"
)

// scales weigh machines that rest; those that run do it themselves. They have a goroutine of their own, for the watchdog
// must not wait: neither for a walk through a large state nor for a collection.
type scales struct {
	queue    chan *Machine // to be weighed
	collect  chan struct{} // has room for one: garbage is to be collected
	crisis   time.Time     // since when the heap has been too large; with the watchdog's mu
	cleared  bool          // its garbage has been collected since then; with the mu too
	clearing atomic.Bool   // garbage is being collected
}

// weighPatience is how long the heaviest machine is looked for when the heap is too large.
const weighPatience = 300 * time.Millisecond

func newScales() scales {
	return scales{queue: make(chan *Machine, 1024), collect: make(chan struct{}, 1)}
}

// run is the goroutine that weighs and collects, until ctx ends.
func (s *scales) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case m := <-s.queue:
			m.burden.idle.Store(false)
			if m.baton.TryLock() { // else it runs, and will be asked
				m.measure(nil)
				m.baton.Unlock()
			}
		case <-s.collect:
			runtime.GC()
			s.clearing.Store(false)
		}
	}
}

// ask has a machine weighed.
func (s *scales) ask(m *Machine) {
	if c := m.holder.Load(); c != nil {
		m.burden.asked.Store(true)
		c.alert.Store(true)
		return
	}
	if m.burden.idle.CompareAndSwap(false, true) {
		select {
		case s.queue <- m:
		default:
			m.burden.idle.Store(false)
		}
	}
}

// weigh looks at the heap. While it is smaller than what one state may hold there is nothing to weigh, so this costs
// nothing in most processes. It is called with the lock.
func (w *Watchdog) weigh(now time.Time) {
	limit := uint64(0)
	watched := false
	for m := range w.machines {
		watched = watched || m.opts.Memory > 0
		if most := m.opts.MaxHeap; most > 0 && (limit == 0 || most < limit) {
			limit = most
		}
	}
	if limit == 0 && !watched {
		return
	}
	heap := heapBytes()
	for m := range w.machines {
		if m.opts.Memory > 0 && heap > m.opts.Memory && m.due(now) {
			w.scales.ask(m)
		}
	}
	switch {
	case limit == 0 || heap <= limit:
		w.scales.crisis, w.scales.cleared = time.Time{}, false
	case w.scales.clearing.Load():
		if heap > 2*limit {
			w.endRunning(heap, limit)
		}
	case w.scales.crisis.IsZero():
		w.scales.crisis = now
		for m := range w.machines {
			w.scales.ask(m)
		}
	default:
		w.relieve(now, heap, limit)
	}
}

// relieve ends the calls of the machine that holds most, once all have been weighed. If none holds much it may be
// garbage, which is collected; if it was not, those that run are to blame, for what they have Go hold.
func (w *Watchdog) relieve(now time.Time, heap, limit uint64) {
	var heaviest *Machine
	most, weighed := uint64(0), true // weighed: all of them, since the crisis began
	for m := range w.machines {
		weighed = weighed && m.burden.at.Load() >= w.scales.crisis.UnixNano()
		if held := m.burden.held.Load(); heaviest == nil || held > most {
			heaviest, most = m, held
		}
	}
	if !weighed && now.Sub(w.scales.crisis) < weighPatience {
		return
	}
	switch {
	case heaviest != nil && most >= limit/8:
		heaviest.offends(&HeapError{Used: heap, Limit: limit})
	case w.scales.cleared:
		w.endRunning(heap, limit)
	}
	w.scales.crisis, w.scales.cleared = time.Time{}, true
	w.scales.clearing.Store(true)
	select {
	case w.scales.collect <- struct{}{}:
	default:
	}
}

// endRunning ends the calls that compute in this moment. It is called with the lock.
func (w *Watchdog) endRunning(heap, limit uint64) {
	for m := range w.machines {
		if c := m.holder.Load(); c != nil {
			c.kill(&HeapError{Used: heap, Limit: limit})
		}
	}
}

package vm

import (
	"context"
	"fmt"
	"runtime/metrics"
	"sync"
	"sync/atomic"
	"time"
)

const heapMetric = "/memory/classes/heap/objects:bytes"

const (
	tick         = 5 * time.Millisecond // how exact limits of time are
	ticksToSleep = 200                  // of nobody running Lua: a second, after which an idle process isn't woken any more
	longestLook  = 20 * tick            // that counts in full
)

// RunTooLongError ends a call that has run for too long without a pause.
type RunTooLongError struct{ Ran, Limit time.Duration }

func (e *RunTooLongError) Error() string {
	return fmt.Sprintf("ran for %v without a pause (limit %v): an endless loop?",
		e.Ran.Round(time.Millisecond), e.Limit)
}

// HeapError ends the calls of the script that holds most when the process uses more memory than it may.
type HeapError struct{ Used, Limit uint64 }

func (e *HeapError) Error() string {
	return fmt.Sprintf("the process uses %d MB of memory (limits.heap: %d), and this script is to blame for most", e.Used>>20, e.Limit>>20)
}

// Watchdog ends calls that run for too long. One may watch the machines of a whole process, if they share it by
// [Options]; a machine that is given none has its own. It sleeps while nobody runs Lua.
type Watchdog struct {
	asleep atomic.Bool   // set by run; whoever takes a baton then wakes it
	wake   chan struct{} // has room for one
	stop   context.CancelFunc
	ends   sync.WaitGroup
	scales scales

	mu       sync.Mutex
	looked   time.Time // the latest look
	machines map[*Machine]*watch
}

// watch is what the watchdog knows of a machine. It measures turns, the time between two takings of the baton: a script
// may go on for ever if it waits for something now and then.
type watch struct {
	turn   uint64    // the one that was seen at the latest look
	since  time.Time // when it was seen first
	looked time.Time // the latest look
}

// NewWatchdog starts a watchdog. Whoever does closes it, after its machines.
func NewWatchdog() *Watchdog {
	ctx, stop := context.WithCancel(context.Background())
	w := &Watchdog{wake: make(chan struct{}, 1), stop: stop, scales: newScales(), machines: map[*Machine]*watch{}}
	w.ends.Go(func() { w.run(ctx) })
	w.ends.Go(func() { w.scales.run(ctx) })
	return w
}

// Close stops the watchdog and waits for its end.
func (w *Watchdog) Close() error {
	w.stop()
	w.ends.Wait()
	return nil
}

func (w *Watchdog) enter(m *Machine) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.machines[m] = &watch{}
}

func (w *Watchdog) leave(m *Machine) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.machines, m)
}

// running wakes the watchdog. It is called whenever a baton is taken, so it is one load while the watchdog is awake.
func (w *Watchdog) running() {
	if w.asleep.Load() && w.asleep.CompareAndSwap(true, false) {
		select {
		case w.wake <- struct{}{}:
		default:
		}
	}
}

func (w *Watchdog) run(ctx context.Context) {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	idle := 0
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.wake:
			ticker.Reset(tick)
		case now := <-ticker.C:
			if idle++; w.look(now) {
				idle = 0
			}
			if idle > ticksToSleep {
				ticker.Stop()
				w.asleep.Store(true)
				if w.look(now) { // somebody has started before the flag was up
					w.running()
				}
				idle = 0
			}
		}
	}
}

// look ends the calls that have run for too long and says whether any call runs. Of a look that comes late only
// longestLook counts: the process has stood still (a suspended or starved machine), and with it whoever runs.
func (w *Watchdog) look(now time.Time) (busy bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	stood := max(0, now.Sub(w.looked)-longestLook)
	w.looked = now
	for m, seen := range w.machines {
		c := m.holder.Load()
		if c == nil {
			continue
		}
		busy = true
		c.death() // whose context has ended
		if turn := m.turn.Load(); turn != seen.turn {
			seen.turn, seen.since = turn, now
		} else if m.burden.weighs.Load() {
			seen.since = seen.since.Add(now.Sub(seen.looked)) // which is our doing
		} else if seen.since = seen.since.Add(stood); m.opts.MaxRun > 0 && now.Sub(seen.since) > m.opts.MaxRun {
			ran := now.Sub(seen.since)
			c.kill(&RunTooLongError{Ran: ran, Limit: m.opts.MaxRun})
		}
		seen.looked = now
	}
	w.weigh(now)
	return busy
}

func heapBytes() uint64 {
	sample := []metrics.Sample{{Name: heapMetric}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

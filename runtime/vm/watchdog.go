package vm

import (
	"context"
	"fmt"
	"runtime/metrics"
	"sync"
	"sync/atomic"
	"time"

	lua "github.com/yuin/gopher-lua"
)

const heapMetric = "/memory/classes/heap/objects:bytes"

const (
	tick         = 5 * time.Millisecond
	ticksToSleep = 200 // of nobody running Lua
)

// RunTooLongError ends a call that has run for too long without a pause.
type RunTooLongError struct{ Ran, Limit time.Duration }

func (e *RunTooLongError) Error() string {
	return fmt.Sprintf("ran for %v without a pause (limit %v): an endless loop?",
		e.Ran.Round(time.Millisecond), e.Limit)
}

// HeapError ends the calls that run when the process uses more memory than it may.
type HeapError struct{ Used, Limit uint64 }

func (e *HeapError) Error() string {
	return fmt.Sprintf("the process uses %d MB of memory (limit %d MB)", e.Used>>20, e.Limit>>20)
}

// process is what all machines of the process share: one watchdog, which runs while there are machines and sleeps
// while nobody runs Lua, and the compiled chunks.
type process struct {
	chunks cache
	asleep atomic.Bool
	wake   chan struct{}

	mu       sync.Mutex
	machines map[*Machine]*watch
	stop     context.CancelFunc
	done     chan struct{}
}

// watch is what the watchdog knows of a machine.
type watch struct {
	turn  uint64
	since time.Time
}

var theProcess = sync.OnceValue(func() *process {
	// Keys up to this one live in an array that is filled with nils: the stock limit lets t[67108863] = 1 take
	// gigabytes in one instruction that nothing can stop.
	lua.MaxArrayIndex = 1 << 20
	return &process{machines: map[*Machine]*watch{}}
})

func (p *process) enter(m *Machine) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.machines[m] = &watch{}
	if len(p.machines) == 1 {
		ctx, stop := context.WithCancel(context.Background())
		p.stop, p.done = stop, make(chan struct{})
		p.wake = make(chan struct{}, 1) // a channel belongs to the synctest bubble that it was made in
		go p.watchdog(ctx, p.done)
	}
}

// leave forgets a machine; the last one waits for the watchdog's end.
func (p *process) leave(m *Machine) {
	p.mu.Lock()
	delete(p.machines, m)
	last := len(p.machines) == 0
	stop, done := p.stop, p.done
	p.mu.Unlock()
	if last {
		stop()
		<-done
	}
}

// running wakes the watchdog.
func (p *process) running() {
	if p.asleep.Load() && p.asleep.CompareAndSwap(true, false) {
		select {
		case p.wake <- struct{}{}:
		default:
		}
	}
}

func (p *process) watchdog(ctx context.Context, done chan<- struct{}) {
	defer close(done)
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	idle := 0
	for {
		select {
		case <-ctx.Done():
			return
		case <-p.wake:
			ticker.Reset(tick)
		case now := <-ticker.C:
			if idle++; p.look(now) {
				idle = 0
			}
			if idle > ticksToSleep {
				ticker.Stop()
				p.asleep.Store(true)
				if p.look(now) { // somebody has started before the flag was up
					p.running()
				}
				idle = 0
			}
		}
	}
}

// look ends the calls that have run for too long and says whether any call runs.
func (p *process) look(now time.Time) (busy bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var heap uint64
	for m, w := range p.machines {
		c := m.holder.Load()
		if c == nil {
			continue
		}
		busy = true
		c.death() // whose context has ended
		if turn := m.turn.Load(); turn != w.turn {
			w.turn, w.since = turn, now
		} else if ran := now.Sub(w.since); m.opts.MaxRun > 0 && ran > m.opts.MaxRun {
			c.kill(&RunTooLongError{Ran: ran, Limit: m.opts.MaxRun})
		}
		if m.opts.MaxHeap > 0 {
			if heap == 0 {
				heap = heapBytes()
			}
			if heap > m.opts.MaxHeap {
				c.kill(&HeapError{Used: heap, Limit: m.opts.MaxHeap})
			}
		}
	}
	return busy
}

func heapBytes() uint64 {
	sample := []metrics.Sample{{Name: heapMetric}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

package runtime

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Clock is where a host takes the time from: timers of scripts, time-outs, the time of day. nil in Options is the
// machine's. One that is moved by hand lets tests wait for nothing.
type Clock interface {
	Now() time.Time
	// AfterFunc calls f once, d from now, on a goroutine of the clock's. f doesn't block.
	AfterFunc(d time.Duration, f func()) (stop func() bool)
}

// machineClock is the machine's.
type machineClock struct{}

func (machineClock) Now() time.Time { return time.Now() }

func (machineClock) AfterFunc(d time.Duration, f func()) (stop func() bool) {
	return time.AfterFunc(d, f).Stop
}

// clock is the host's; outside of a host the machine's.
func (g *Generation) clock() Clock {
	if g == nil {
		return machineClock{}
	}
	return g.script.host.opts.Clock
}

// Now is the time by the host's clock.
func (g *Generation) Now() time.Time { return g.clock().Now() }

// Now is the time for the call that ctx belongs to; outside of calls the machine's.
func Now(ctx context.Context) time.Time {
	if g := CurrentGeneration(ctx); g != nil {
		return g.Now()
	}
	return time.Now()
}

// Rest counts the call of ctx as one that does nothing but wait for the clock, as [Host.Quiet] wants to know. awake
// is called by what ends the wait, before it does: then nobody takes the call for a resting one while it wakes. It may
// be called again.
func Rest(ctx context.Context) (awake func()) {
	c := callOf(ctx)
	if c == nil {
		return func() {}
	}
	if c == c.generation.scope { // a top level, which is no call
		dozing := &c.generation.script.dozing
		dozing.Add(1)
		return sync.OnceFunc(func() { dozing.Add(-1) })
	}
	resting := &c.generation.script.waiters.resting
	if c.dozing.Add(1) == 1 {
		resting.Add(1)
	}
	c.generation.script.host.still.stir()
	return sync.OnceFunc(func() {
		if c.dozing.Add(-1) == 0 {
			resting.Add(-1)
		}
	})
}

// SleepBy waits by a clock that somebody moves. The call of ctx rests meanwhile.
func SleepBy(ctx context.Context, clock Clock, d time.Duration) error {
	return sleepBy(ctx, clock, d, nil)
}

// Sleep waits by the host's clock.
func (g *Generation) Sleep(ctx context.Context, d time.Duration) error { return g.sleep(ctx, d, nil) }

func (g *Generation) sleep(ctx context.Context, d time.Duration, closing <-chan struct{}) error {
	return sleepBy(ctx, g.clock(), d, closing)
}

func sleepBy(ctx context.Context, clock Clock, d time.Duration, closing <-chan struct{}) error {
	rung := make(chan struct{})
	awake := func() {}
	if _, real := clock.(machineClock); !real { // which moves on by itself: the call will be done soon
		awake = Rest(ctx)
	}
	defer awake()
	stop := clock.AfterFunc(d, func() {
		awake()
		close(rung)
	})
	defer stop()
	select {
	case <-rung:
		return nil
	case <-closing:
		return ErrStopped
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// WithTimeout is a context that ends with cause when a time is over by the host's clock.
func (g *Generation) WithTimeout(ctx context.Context, d time.Duration, cause error) (context.Context, context.CancelFunc) {
	clock := g.clock()
	if _, real := clock.(machineClock); real {
		return context.WithTimeoutCause(ctx, d, cause)
	}
	within, cancel := context.WithCancelCause(ctx)
	waking := &g.script.waking
	var late, over atomic.Bool
	stop := clock.AfterFunc(d, func() {
		if late.CompareAndSwap(false, true) {
			waking.Add(1) // whoever rests within the context counts as awake from here on
			cancel(cause)
		}
	})
	return within, func() {
		stop()
		cancel(context.Canceled)
		if !over.Swap(true) && !late.CompareAndSwap(false, true) {
			waking.Add(-1)
			g.script.host.still.stir()
		}
	}
}

// Dozing says whether the first load of a script does nothing but wait for the clock.
func (h *Host) Dozing() bool {
	return slices.ContainsFunc(h.Scripts(), func(s *Script) bool { return s.live.Load() == nil && s.dozing.Load() > 0 })
}

// Resting says whether a call does nothing but wait for the clock, or for an event.
func (h *Host) Resting() bool {
	for _, s := range h.Scripts() {
		if s.waiters.resting.Load() > 0 {
			return true
		}
	}
	return false
}

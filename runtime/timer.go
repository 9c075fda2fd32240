package runtime

import (
	"sync"
	"time"

	"github.com/tgscript/tgscript/runtime/vm"
)

// minPeriod keeps Every from being an endless loop.
const minPeriod = time.Millisecond

// timer calls a function later, once or again and again. It belongs to a generation.
type timer struct {
	generation *Generation
	fn         *vm.Function
	period     time.Duration // 0: once, or as next says
	next       func(after time.Time) time.Time
	drop       func() // gives back the reason to live on

	mu      sync.Mutex  // guards what follows; never held while Lua runs
	halt    func() bool // stops the clock; nil before it runs
	due     time.Time   // when it fires next
	off     bool        // it was cancelled, or has ended with its generation
	running bool        // its call of the time before goes on
	held    bool        // its last time has come while the script was paused
}

// After calls fn once, d after now, or after the swap when the generation doesn't serve yet.
func (g *Generation) After(d time.Duration, fn *vm.Function) (cancel func()) {
	return g.timer(d, 0, fn)
}

// Every calls fn each d, which is at least a millisecond. Ticks don't drift; one that comes while the call of the one
// before still runs is left out.
func (g *Generation) Every(d time.Duration, fn *vm.Function) (cancel func()) {
	d = max(d, minPeriod)
	return g.timer(d, d, fn)
}

// Schedule calls fn at the time that next gives, and at the one that it gives then, until that is zero. The clock on
// the wall counts, also when it is set. A time that comes while the call of the one before still runs is left out.
func (g *Generation) Schedule(next func(after time.Time) time.Time, fn *vm.Function) (cancel func()) {
	return g.start(&timer{generation: g, fn: fn, next: next}, 0)
}

func (g *Generation) timer(first, period time.Duration, fn *vm.Function) (cancel func()) {
	return g.start(&timer{generation: g, fn: fn, period: period}, first)
}

func (g *Generation) start(t *timer, first time.Duration) (cancel func()) {
	drop, ok := g.keep()
	if !ok {
		return func() {}
	}
	t.drop = drop
	g.mu.Lock()
	if g.timers != nil {
		g.timers[t] = struct{}{}
	}
	g.mu.Unlock()
	g.whenServing(func() { t.arm(first) })
	return t.end
}

func (t *timer) arm(d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.off {
		return
	}
	t.due = t.now().Add(d)
	if t.next != nil {
		now := t.now().Round(0) // without the reading that stands still while the machine sleeps
		if t.due = t.next(now); t.due.IsZero() {
			t.due = now
		}
		d = t.until(now)
	}
	t.wind(d)
}

func (t *timer) now() time.Time { return t.generation.Now() }

// wind lets the timer fire. It is called with the lock.
func (t *timer) wind(d time.Duration) {
	t.halt = t.generation.script.host.opts.Clock.AfterFunc(d, t.fire)
}

// look is how often a schedule looks whether the clock on the wall was set.
const look = time.Minute

func (t *timer) until(now time.Time) time.Duration {
	d := max(t.due.Sub(now), 0)
	if _, real := t.generation.clock().(machineClock); real {
		d = min(d, look)
	}
	return d
}

// early puts a schedule to the time that is due, or says what comes after it. It is called with the lock.
func (t *timer) early() bool {
	now := t.now().Round(0)
	if now.Before(t.due) {
		t.wind(t.until(now))
		return true
	}
	if t.due = t.next(now); !t.due.IsZero() {
		t.wind(t.until(now))
	}
	return false
}

// fire runs on the clock's goroutine.
func (t *timer) fire() {
	t.mu.Lock()
	if t.off || t.next != nil && t.early() {
		t.mu.Unlock()
		return
	}
	skip := t.running
	if t.generation.script.paused.Load() != nil {
		skip, t.held = true, t.last()
	} else {
		t.running = true
	}
	if t.period > 0 {
		now := t.now()
		behind := now.Sub(t.due)
		t.due = t.due.Add(t.period * (behind/t.period + 1)) // from the due time, not from now: no drift
		t.wind(t.due.Sub(now))
	}
	t.mu.Unlock()
	if skip {
		return
	}
	if !t.generation.spawn(t.fn, nil, timerCall, t.ran) {
		t.end()
	}
}

func (t *timer) ran() {
	t.mu.Lock()
	t.running = false
	last := t.last()
	t.mu.Unlock()
	if last {
		t.end()
	}
}

// last says that no time comes after this one. It is called with the lock.
func (t *timer) last() bool { return t.period == 0 && (t.next == nil || t.due.IsZero()) }

// stop ends the ticking. A call that runs goes on.
func (t *timer) stop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.off = true
	if t.halt != nil {
		t.halt()
	}
}

// end stops the timer and forgets it.
func (t *timer) end() {
	t.stop()
	g := t.generation
	g.mu.Lock()
	delete(g.timers, t)
	g.mu.Unlock()
	t.drop()
}

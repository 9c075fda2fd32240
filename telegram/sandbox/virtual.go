package sandbox

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/gotd/td/clock"
)

// ErrRealClock is an order to move a clock that can't be moved.
var ErrRealClock = errors.New("the server's clock is the machine's")

// VirtualClock is a clock for Options.Clock that can be moved forward. It may also stand still
// between moves: then a run of the same actions has the same dates each time.
type VirtualClock struct {
	mu     sync.Mutex
	frozen bool
	start  time.Time // the virtual time at origin
	origin time.Time // real
	timers []*virtualTimer
	due    []func() // of AfterFunc, to be called without the lock
}

var _ clock.Clock = (*VirtualClock)(nil)

// NewVirtualClock returns a clock that shows start, or the present for the zero time, and goes on
// from there unless it's frozen.
func NewVirtualClock(start time.Time, frozen bool) *VirtualClock {
	c := &VirtualClock{frozen: frozen, start: start, origin: time.Now()}
	if start.IsZero() {
		c.start = c.origin
	}
	return c
}

// Now is the virtual time.
func (c *VirtualClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

func (c *VirtualClock) now() time.Time {
	if c.frozen {
		return c.start
	}
	return c.start.Add(time.Since(c.origin))
}

// Advance moves the clock forward and rings what is due by then.
func (c *VirtualClock) Advance(d time.Duration) {
	c.mu.Lock()
	c.start = c.start.Add(d)
	timers := slices.Clone(c.timers)
	slices.SortStableFunc(timers, func(a, b *virtualTimer) int { return a.at.Compare(b.at) })
	for _, t := range timers {
		c.ring(t)
	}
	due := c.due
	c.due = nil
	c.mu.Unlock()
	for _, f := range due {
		f()
	}
}

// Next is when the next timer rings, if there is one.
func (c *VirtualClock) Next() (at time.Time, some bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, t := range c.timers {
		if !some || t.at.Before(at) {
			at, some = t.at, true
		}
	}
	return at, some
}

// AfterFunc calls f once, d from now: while the clock stands still, within the Advance that gets there.
func (c *VirtualClock) AfterFunc(d time.Duration, f func()) (stop func() bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := &virtualTimer{clock: c, call: f}
	t.at = c.now().Add(d)
	c.timers = append(c.timers, t)
	if !c.frozen {
		c.wake(t, d)
	}
	return t.stop
}

// Timer rings once.
func (c *VirtualClock) Timer(d time.Duration) clock.Timer { return virtualOnce{c.add(d, 0)} }

// Ticker rings again and again.
func (c *VirtualClock) Ticker(d time.Duration) clock.Ticker { return c.add(d, d) }

func (c *VirtualClock) add(d, every time.Duration) *virtualTimer {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := &virtualTimer{clock: c, every: every, c: make(chan time.Time, 1)}
	c.arm(t, d)
	return t
}

// arm sets a timer; a clock that goes on by itself lets the machine's clock wake it.
func (c *VirtualClock) arm(t *virtualTimer, d time.Duration) {
	c.disarm(t)
	t.at = c.now().Add(d)
	c.timers = append(c.timers, t)
	c.ring(t)
}

func (c *VirtualClock) disarm(t *virtualTimer) bool {
	at := slices.Index(c.timers, t)
	if at >= 0 {
		c.timers = slices.Delete(c.timers, at, at+1)
	}
	if t.wake != nil {
		t.wake.Stop()
	}
	return at >= 0
}

// ring rings a timer that is due, and sets it for its next time. Called with the lock.
func (c *VirtualClock) ring(t *virtualTimer) {
	if !slices.Contains(c.timers, t) {
		return
	}
	now := c.now()
	if !t.at.After(now) && t.call != nil {
		c.disarm(t)
		c.due = append(c.due, t.call)
		return
	}
	if !t.at.After(now) {
		select {
		case t.c <- now:
		default:
		}
		if t.every <= 0 {
			c.disarm(t)
			return
		}
		for !t.at.After(now) {
			t.at = t.at.Add(t.every)
		}
	}
	if c.frozen {
		return
	}
	if t.wake != nil {
		t.wake.Stop()
	}
	c.wake(t, t.at.Sub(now))
}

// wake lets the machine's clock ring a timer.
func (c *VirtualClock) wake(t *virtualTimer, d time.Duration) {
	t.wake = time.AfterFunc(d, func() {
		c.mu.Lock()
		c.ring(t)
		due := c.due
		c.due = nil
		c.mu.Unlock()
		for _, f := range due {
			f()
		}
	})
}

type virtualTimer struct {
	clock *VirtualClock
	at    time.Time
	every time.Duration
	wake  *time.Timer // nil while the clock stands still
	call  func()      // of AfterFunc; else nil
	c     chan time.Time
}

func (t *virtualTimer) C() <-chan time.Time { return t.c }

func (t *virtualTimer) stop() bool {
	t.clock.mu.Lock()
	defer t.clock.mu.Unlock()
	return t.clock.disarm(t)
}

func (t *virtualTimer) Stop() { t.stop() }

func (t *virtualTimer) Reset(d time.Duration) {
	t.clock.mu.Lock()
	defer t.clock.mu.Unlock()
	if t.every > 0 {
		t.every = d
	}
	t.clock.arm(t, d)
}

// virtualOnce gives a timer the Stop of timers; tickers have another.
type virtualOnce struct{ *virtualTimer }

func (t virtualOnce) Stop() bool { return t.stop() }

// Advance moves the server's clock, which must be a [VirtualClock] or one with its Advance.
func (s *Server) Advance(d time.Duration) error {
	moving, ok := s.clock.(interface{ Advance(time.Duration) })
	if !ok {
		return fmt.Errorf("move the clock by %v: %w", d, ErrRealClock)
	}
	moving.Advance(d)
	s.due() // before anybody looks
	s.late.due(s.clock.Now())
	return nil
}

// Now is the time by the server's clock.
func (s *Server) Now() time.Time { return s.clock.Now() }

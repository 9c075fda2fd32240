package sandbox

import (
	"sync"
	"time"

	"github.com/gotd/td/clock"
)

// handClock is a clock that a test moves.
type handClock struct {
	mu     sync.Mutex
	now    time.Time
	timers []*handTimer
}

func newHandClock() *handClock { return &handClock{now: time.Now()} }

func (c *handClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *handClock) add(d, every time.Duration) *handTimer {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := &handTimer{clock: c, at: c.now.Add(d), every: every, on: true, c: make(chan time.Time, 1)}
	c.timers = append(c.timers, t)
	return t
}

func (c *handClock) Timer(d time.Duration) clock.Timer   { return handTimerStop{c.add(d, 0)} }
func (c *handClock) Ticker(d time.Duration) clock.Ticker { return c.add(d, d) }

// Advance moves the clock and rings what is due.
func (c *handClock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	for _, t := range c.timers {
		for t.on && !t.at.After(c.now) {
			select {
			case t.c <- c.now:
			default:
			}
			t.at = t.at.Add(t.every)
			t.on = t.every > 0
		}
	}
}

type handTimer struct {
	clock *handClock
	at    time.Time
	every time.Duration
	on    bool
	c     chan time.Time
}

func (t *handTimer) C() <-chan time.Time { return t.c }

func (t *handTimer) Stop() {
	t.clock.mu.Lock()
	defer t.clock.mu.Unlock()
	t.on = false
}

func (t *handTimer) Reset(d time.Duration) {
	t.clock.mu.Lock()
	defer t.clock.mu.Unlock()
	t.at, t.on = t.clock.now.Add(d), true
}

// handTimerStop gives a timer the Stop of timers; tickers have another.
type handTimerStop struct{ *handTimer }

func (t handTimerStop) Stop() bool {
	t.handTimer.Stop()
	return true
}

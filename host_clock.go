package tgscript

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tgscript/tgscript/runtime"
)

// accountClock is for hosts whose time somebody moves: it lets an account wait by the clock of the scripts: a call that waits for it rests.
type accountClock struct {
	runtime.Clock
	dozing *atomic.Int32
}

// Sleep waits.
func (c accountClock) Sleep(ctx context.Context, d time.Duration) error {
	c.dozing.Add(1)
	awake := sync.OnceFunc(func() { c.dozing.Add(-1) })
	defer awake()
	return runtime.SleepBy(ctx, wakingClock{c.Clock, awake}, d)
}

// wakingClock says that a wait is over before it is.
type wakingClock struct {
	runtime.Clock
	awake func()
}

// AfterFunc calls f once, d from now.
func (c wakingClock) AfterFunc(d time.Duration, f func()) (stop func() bool) {
	return c.Clock.AfterFunc(d, func() {
		c.awake()
		f()
	})
}

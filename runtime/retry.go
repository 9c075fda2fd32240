package runtime

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"
)

// Retry says what is done about a handler that fails: it gets the event again, so many times. The zero value is
// nothing.
type Retry struct {
	Times   int
	Delay   time.Duration // before the first time
	Backoff float64       // how much longer each later delay is; 0 is 1, always the same
}

// longestDelay bounds what Backoff makes of a delay.
const longestDelay = time.Hour

// Deferred may be implemented by errors that say when it is worth while to try again.
type Deferred interface{ RetryAfter() time.Duration }

// delay is how long to wait before an attempt, counted from 1.
func (r Retry) delay(attempt int, err error) time.Duration {
	d := float64(r.Delay) * math.Pow(or(r.Backoff, 1), float64(attempt-1))
	wait := time.Duration(min(d, float64(longestDelay)))
	if later, ok := errors.AsType[interface {
		error
		Deferred
	}](err); ok {
		wait = max(wait, later.RetryAfter())
	}
	return wait
}

// retried gives a handler that failed its event again, and returns what the last attempt ended with. The call keeps
// its place meanwhile, and its chat's lane.
func (c *call) retried(err error) error {
	g, h := c.generation, c.current.handler
	for attempt := 1; err != nil && attempt <= h.Retry.Times; attempt++ {
		if c.skipped || g.killed.Load() || c.failed(err) != nil {
			return err
		}
		wait := h.Retry.delay(attempt, err)
		g.script.log.Warn("handler failed and is tried again", "error", err, "event", h.Event, "handler", h.Site, "attempt", attempt, "of", h.Retry.Times, "in", wait)
		if why := g.sleep(c, wait, g.script.closing); why != nil {
			c.cut = c.cut || errors.Is(why, ErrStopped) // its next attempt is the next start's
			return err
		}
		err = c.run()
	}
	return err
}

// run runs the current handler.
func (c *call) run() error {
	ctx, end := c.timed()
	defer end()
	_, err := c.generation.machine.Run(ctx, c.function(), c.arguments)
	return err
}

// timed is the context of one run of the current handler.
func (c *call) timed() (ctx context.Context, end context.CancelFunc) {
	d := c.current.handler.Timeout
	if d <= 0 {
		return c, untimed
	}
	return c.generation.WithTimeout(c, d, &CallTimeoutError{After: d})
}

// untimed ends a handler's time that has none.
func untimed() {}

// CallTimeoutError ends a handler's call that took longer than the handler's timeout.
type CallTimeoutError struct{ After time.Duration }

// Error is one line for the script's author.
func (e *CallTimeoutError) Error() string {
	return fmt.Sprintf("the handler took longer than %v", e.After)
}

// LuaFields are what scripts see on the caught error.
func (e *CallTimeoutError) LuaFields() map[string]any {
	return map[string]any{"kind": "TIMEOUT", "seconds": e.After.Seconds()}
}

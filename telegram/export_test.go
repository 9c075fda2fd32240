package telegram

import (
	"context"
	"runtime"
	"time"
)

// TunePings makes a dead link show sooner.
func (a *Account) TunePings(every, limit time.Duration) {
	a.tune.pingEvery, a.tune.pingLimit = every, limit
}

// SkewClock plays a machine whose clock is wrong.
func (a *Account) SkewClock(by time.Duration) { a.clock.offset.Add(int64(by)) }

// Skew is by how much the clock is corrected.
func (a *Account) Skew() time.Duration { return time.Duration(a.clock.offset.Load()) }

// TuneSleep replaces the pauses that floods and retries ask for.
func (a *Account) TuneSleep(f func(ctx context.Context, d time.Duration) error) { a.tune.sleep = f }

// WatchState tells every change of the link, also before a sign-in. f must not block.
func (a *Account) WatchState(f func(ConnectionState)) {
	a.mu.Lock()
	a.tune.watch = f
	a.mu.Unlock()
}

// TuneDelay sets the first pause between attempts to connect.
func (a *Account) TuneDelay(d time.Duration) { a.tune.delay = d }

// TuneQuiet lets the account sooner ask for what may have been lost.
func (a *Account) TuneQuiet(d time.Duration) { a.tune.quiet = d }

// AwaitCalls waits until n calls are in flight.
func (a *Account) AwaitCalls(ctx context.Context, n int) error {
	l, err := a.waitLink(ctx, nil)
	if err != nil {
		return err
	}
	for {
		l.mu.Lock()
		flying := len(l.calls)
		l.mu.Unlock()
		if flying >= n {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		default:
			runtime.Gosched()
		}
	}
}

// AgePeers makes all that is known of peers older by so many days.
func (a *Account) AgePeers(days int32) {
	a.peers.mu.Lock()
	defer a.peers.mu.Unlock()
	for _, k := range a.peers.byID {
		k.record.Seen -= days
	}
}

// LateMove is an order to move to another data center that is given of the session as it is now, and comes when it is
// called; it has been read when the call ends.
func (a *Account) LateMove(dc int) func(ctx context.Context) error {
	of := a.vault.snapshot()
	return func(ctx context.Context) error {
		c, err := a.current()
		if err != nil {
			return err
		}
		select {
		case c.orders <- order{of: of, dc: dc}:
		case <-ctx.Done():
			return ctx.Err()
		}
		for len(c.orders) > 0 && ctx.Err() == nil {
			runtime.Gosched()
		}
		return ctx.Err()
	}
}

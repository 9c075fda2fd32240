package telegram

import "time"

// TunePings makes a dead link show sooner.
func (a *Account) TunePings(every, limit time.Duration) {
	a.tune.pingEvery, a.tune.pingLimit = every, limit
}

// SkewClock plays a machine whose clock is wrong.
func (a *Account) SkewClock(by time.Duration) { a.clock.offset.Add(int64(by)) }

// Skew is by how much the clock is corrected.
func (a *Account) Skew() time.Duration { return time.Duration(a.clock.offset.Load()) }

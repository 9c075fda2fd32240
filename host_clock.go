package tgscript

import (
	"context"
	"time"

	"github.com/tgscript/tgscript/runtime"
)

// accountClock is for hosts whose time somebody moves: it lets an account wait by the clock of the scripts: a call that waits for it rests.
type accountClock struct{ runtime.Clock }

// Sleep waits.
func (c accountClock) Sleep(ctx context.Context, d time.Duration) error {
	return runtime.SleepBy(ctx, c.Clock, d)
}

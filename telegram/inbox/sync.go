package inbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// arrival is somebody who waits until the account's own sequence has come this far.
type arrival struct {
	pts     int
	reached chan struct{}
}

// ErrEnded says that the inbox hands nothing over any more.
var ErrEnded = errors.New("inbox has ended")

// Sync waits until everything that Telegram has counted in the account's own sequence so far has been taken by
// the sink, or fails with ErrEnded. Channels have sequences of their own and are not waited for.
func (b *Inbox) Sync(ctx context.Context) error {
	state, err := b.engine.opts.API.UpdatesGetState(ctx)
	if err != nil {
		return fmt.Errorf("get state: %w", err)
	}
	a := &arrival{pts: state.Pts, reached: make(chan struct{})}
	b.queue.push(input{own: true, arrival: a})
	select {
	case <-a.reached:
		return nil
	case <-b.queue.over:
		return ErrEnded
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// arrived tells those whose place has been reached, now that the sink has taken all that was due. What the others
// miss may be on its way, or was lost: it is waited for like a gap, then fetched.
func (e *engine) arrived(now time.Time) {
	e.arrivals = slices.DeleteFunc(e.arrivals, func(a *arrival) bool {
		if e.pts.pts < a.pts {
			return false
		}
		close(a.reached)
		return true
	})
	if b := &e.pts; len(e.arrivals) > 0 && !b.fetching && b.due.IsZero() {
		e.wait(b, now.Add(gapWait))
	}
}

// Behind says whether something of a sequence is missing and being waited for; channel is 0 for the account's own. Only
// the sink may ask.
func (b *Inbox) Behind(channel int64) bool { return b.engine.behind(channel) }

func (e *engine) behind(channel int64) bool {
	box := &e.pts
	if channel != 0 {
		box = e.channels[channel]
	}
	return box != nil && (channel == 0 && e.looking || box.fetching || box.lined || len(box.pending) > 0 || !box.due.IsZero())
}

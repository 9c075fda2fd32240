package inbox

import (
	"errors"
	"math/rand/v2"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tgerr"
)

const (
	firstRetry  = 500 * time.Millisecond
	lastRetry   = 30 * time.Second
	stuckLimit  = 4  // differences that don't close a gap, before what is missing is given up
	barredLimit = 5  // refusals for any other reason, before a channel is taken for closed
	fewUpdates  = 32 // asked for at once where an answer can't be read

	strangeLimit = 50 // updates in a row that can't be read, before all are given up
)

// failed plans another try. Nothing that a call can answer ends the inbox: if the account is lost,
// its owner stops it.
func (e *engine) failed(now time.Time, b *box, err error) {
	b.fetching, b.again = false, false
	if b == &e.pts {
		e.qts.fetching = false
	}
	var alien *bin.UnexpectedIDErr
	switch {
	case b.channel != 0 && b.barred(err):
		e.log.Info("channel can't be followed any more", "channel", b.channel, "error", err)
		e.forget(b)
		return
	case errors.As(err, &alien) && e.narrowed(now, b, err):
		return
	case tgerr.Is(err, "PERSISTENT_TIMESTAMP_INVALID", "PERSISTENT_TIMESTAMP_EMPTY"), alien != nil:
		e.log.Warn("difference can't be had, going to the present", "channel", b.channel, "error", err)
		if b.channel == 0 {
			e.present(false)
		} else {
			e.unreachable(now, b)
		}
		return
	}
	b.tries++
	wait := retryAfter(b.tries, err)
	e.log.Debug("difference will be asked for again", "channel", b.channel, "wait", wait, "error", err)
	e.wait(b, now.Add(wait))
}

// narrowed asks for fewer updates after an answer that can't be read, down to one: what is then unreadable is skipped,
// and nothing beside it. It says false if there is nothing after that.
func (e *engine) narrowed(now time.Time, b *box, err error) bool {
	switch {
	case b.tries > strangeLimit:
		return false
	case b.narrow == 0:
		b.narrow = fewUpdates
	case b.narrow > 1:
		b.narrow = 1
	case b.channel == 0:
		e.log.Warn("an update that this version does not know is skipped", "after", b.pts, "error", err)
		b.tries++
		e.present(true)
		return true
	case len(b.pending) > 0 && b.pending[0].start() > b.pts:
		e.log.Warn("an update that this version does not know is skipped", "channel", b.channel, "after", b.pts, "error", err)
		e.jump(b, b.pts+1)
		b.narrow = 0
		b.tries++
	default:
		b.narrow = 0
		return false
	}
	e.want(now, b)
	return true
}

// barred says whether a channel is closed to the account. Telegram has many names for that.
func (b *box) barred(err error) bool {
	if !tgerr.IsCode(err, 400) && !tgerr.IsCode(err, 403) {
		b.refused = 0
		return false
	}
	b.refused++
	return b.refused > barredLimit || tgerr.Is(err, "CHANNEL_PRIVATE", "CHANNEL_INVALID", "CHAT_FORBIDDEN")
}

func retryAfter(tries int, err error) time.Duration {
	if wait, ok := tgerr.AsFloodWait(err); ok {
		return wait
	}
	wait := min(firstRetry<<min(tries-1, 10), lastRetry)
	return wait*3/4 + rand.N(wait/2) // accounts that lost the same server shouldn't come back in step
}

// forget drops a channel that the account is not let into any more. What it had sent us still counts.
func (e *engine) forget(b *box) {
	for i := range b.pending {
		e.turn(b, &b.pending[i])
	}
	b.pending = nil
	delete(e.channels, b.channel)
	e.saver.gone(b)
}

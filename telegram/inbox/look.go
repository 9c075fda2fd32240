package inbox

import (
	"context"
	"slices"
	"time"
)

// Look asks Telegram whether a sequence has more than has come; channel is 0 for the account's own. Until that is
// known, and has come, Behind says so.
func (b *Inbox) Look(channel int64) { b.queue.push(input{own: true, look: &channel}) }

// Whole is Note for when nothing of a sequence is missing any more: see Behind.
func (b *Inbox) Whole(channel int64, note any) {
	b.queue.push(input{own: true, whole: &whole{channel, note}})
}

// whole is a note that waits for a sequence.
type whole struct {
	channel int64
	note    any
}

// tellWhole sends the notes whose time has come.
func (e *engine) tellWhole() {
	e.wholes = slices.DeleteFunc(e.wholes, func(w *whole) bool {
		if e.behind(w.channel) {
			return false
		}
		e.deliver(Item{Note: w.note})
		return true
	})
}

func (e *engine) look(now time.Time, channel int64) {
	if b := e.channels[channel]; b != nil && !b.fresh {
		e.want(now, b)
		return
	}
	if channel != 0 || e.looking {
		return
	}
	e.looking = true // a difference would make all chats wait
	e.spawn(func(ctx context.Context) func(time.Time) {
		state, err := e.opts.API.UpdatesGetState(ctx)
		return func(now time.Time) {
			e.looking = false
			if err == nil && state.Pts > e.pts.pts && !e.pts.fetching {
				e.wait(&e.pts, now.Add(gapWait)) // it may be on its way
			}
		}
	})
}

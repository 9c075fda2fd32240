package inbox

import (
	"context"
	"time"

	"github.com/gotd/td/tg"
)

const (
	channelCalls = 8      // differences of channels at once
	userLimit    = 100    // most that a user may ask for: https://core.telegram.org/method/updates.getChannelDifference
	botLimit     = 100000 // and a bot
)

// fetchChannel asks for what a channel's sequence has missed.
func (e *engine) fetchChannel(now time.Time, b *box) {
	b.due, b.lined = time.Time{}, false
	input, ok := e.opts.Channel(b.channel)
	switch {
	case !ok && b.look > 0:
		e.foundBegin(now, b)
		return
	case !ok:
		e.unreachable(now, b)
		return
	}
	b.fetching = true
	e.running++
	request := &tg.UpdatesGetChannelDifferenceRequest{
		Channel: input, Filter: &tg.ChannelMessagesFilterEmpty{}, Pts: max(b.pts, 1), Limit: userLimit,
	}
	if e.opts.Bot {
		request.Limit = botLimit
	}
	if b.narrow > 0 {
		request.Limit = b.narrow
	}
	look := b.look
	if look > 0 {
		request.Pts, request.Limit = look, b.pts-look
	}
	e.spawn(func(ctx context.Context) func(time.Time) {
		difference, err := e.opts.API.UpdatesGetChannelDifference(ctx, request)
		return func(now time.Time) {
			e.running--
			switch {
			case look != b.look: // was answered before
			case look > 0:
				e.lookedBack(now, b, difference, err)
			default:
				e.fetchedChannel(now, b, difference, err)
			}
			e.nextInLine(now)
		}
	})
}

func (e *engine) nextInLine(now time.Time) {
	for e.running < channelCalls && len(e.line) > 0 {
		b := e.line[0]
		e.line[0] = nil
		if e.line = e.line[1:]; e.channels[b.channel] == b {
			e.fetchChannel(now, b)
		}
	}
}

// fetchedChannel handles the answer. Its timeout is advice for clients that poll channels which
// they are not in; a gap must not wait for that.
func (e *engine) fetchedChannel(now time.Time, b *box, difference tg.UpdatesChannelDifferenceClass, err error) {
	if err != nil {
		e.failed(now, b, err)
		return
	}
	before, tries := b.pts, b.tries
	b.tries, b.refused = 0, 0
	var final bool
	switch d := difference.(type) {
	case *tg.UpdatesChannelDifferenceEmpty:
		final = true // whatever it says: asking again would give the same
		e.reachedChannel(b, d.Pts)
	case *tg.UpdatesChannelDifference:
		final = d.Final
		e.missedInChannel(now, b, d.NewMessages, d.OtherUpdates, Item{Users: d.Users, Chats: d.Chats})
		e.reachedChannel(b, d.Pts)
	case *tg.UpdatesChannelDifferenceTooLong:
		final = d.Final
		e.tooLong(now, b, d)
	}
	if !final && b.pts == before {
		e.leadsNowhere(now, b, tries)
		return
	}
	if !final || b.again {
		b.fetching, b.again = false, false
		e.want(now, b)
		return
	}
	if b.since > 0 {
		b.since = 0
		e.touch(b)
	}
	b.fetching, b.late, b.narrow = false, false, 0
	e.settle(now, b)
}

func (e *engine) missedInChannel(now time.Time, b *box, messages []tg.MessageClass, others []tg.UpdateClass, like Item) {
	top := b.top
	like.sole = !b.stored
	for _, m := range messages {
		date, id := written(m)
		if date < b.since {
			continue // older than what the account knew when it first heard of the channel
		}
		top = max(top, id)
		like.Late = b.late && date < e.started
		like.Update = newMessage(m, true)
		e.deliver(like)
	}
	if top != b.top {
		b.top = top
		e.touch(b)
	}
	like.Late = b.late
	for _, u := range others {
		at := place(u)
		switch {
		case b.since > 0 && dateOf(u) < b.since: // about messages that were no news
			continue
		case at.kind == tooLongUpdate && at.channel == b.channel:
			continue
		}
		like.Update = u
		if at.kind == uncountedUpdate || at.channel == b.channel {
			e.deliver(like)
		} else {
			e.counted(now, at, like)
		}
	}
}

func (e *engine) reachedChannel(b *box, pts int) {
	if pts <= 0 {
		return
	}
	if pts < b.pts {
		e.log.Warn("channel was set back by the server", "channel", b.channel, "from", b.pts, "to", pts)
	}
	if pts != b.pts {
		b.pts = pts
		e.touch(b)
	}
	b.covered(pts)
}

// tooLong goes to the end of a channel that has moved too far. The answer holds its newest messages:
// those that are new to us are handed on, the rest is reported.
func (e *engine) tooLong(now time.Time, b *box, d *tg.UpdatesChannelDifferenceTooLong) {
	dialog, ok := d.Dialog.(*tg.Dialog)
	if !ok || dialog.Pts <= 0 {
		return
	}
	news := make([]tg.MessageClass, 0, len(d.Messages))
	for i := len(d.Messages) - 1; i >= 0; i-- { // newest first in the answer
		if _, id := written(d.Messages[i]); id > b.top {
			news = append(news, d.Messages[i])
		}
	}
	if b.since > 0 {
		b.pts = dialog.Pts
		e.touch(b)
	} else {
		e.jump(b, dialog.Pts)
	}
	e.missedInChannel(now, b, news, nil, Item{Users: d.Users, Chats: d.Chats})
	b.covered(b.pts)
}

// unreachable lets a channel go on without differences, since nobody knows how to ask for them. Its next update may
// say how; until then it counts as late, for what the last process noted of it is needed.
func (e *engine) unreachable(now time.Time, b *box) {
	b.tries, b.fetching = 0, false
	switch {
	case b.since == 0:
		e.settle(now, b)
	case len(b.pending) > 0:
		b.late, b.since = false, 0
		b.pts = b.pending[0].start()
		e.touch(b)
		e.drain(now, b)
	}
}

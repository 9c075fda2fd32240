package inbox

import (
	"slices"
	"time"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

const (
	lookBack = 100     // updates of a channel that come before the first one that was heard of
	lookFor  = 15 * 60 // how old these may be, in seconds

	lookTries = 5 // calls that may fail
)

// begin starts the sequence of a channel that was never heard of before with the first of its updates. Others may have
// been lost before that one, while the link was down or on the way: a single call looks, and what cannot be had so is not
// asked for again.
func (e *engine) begin(now time.Time, b *box) {
	if !b.fresh || len(b.pending) == 0 {
		return
	}
	b.begin()
	if b.pts <= 1 {
		e.drain(now, b)
		return
	}
	b.late = true // what is older than this process
	b.look, b.since = max(1, b.pts-lookBack), e.newsSince(b)
	b.accepted.look, b.accepted.since = b.look, b.since
	e.saver.changed(b)
	if e.running < channelCalls {
		e.fetchChannel(now, b)
	} else {
		b.fetching, b.lined, b.due = true, true, time.Time{}
		e.line = append(e.line, b)
	}
}

// newsSince is the time before which a channel that was never heard of has no news.
func (e *engine) newsSince(b *box) int {
	return max(e.origin, e.common.date-lookFor, b.joined)
}

// lookedBack hands on what came before the first update that was heard of, then what waits.
func (e *engine) lookedBack(now time.Time, b *box, difference tg.UpdatesChannelDifferenceClass, err error) {
	if err != nil && !tgerr.IsCode(err, 400) && !tgerr.IsCode(err, 403) && !tgerr.IsCode(err, 420) && b.tries < lookTries {
		b.tries++
		e.wait(b, now.Add(retryAfter(b.tries, nil)))
		return
	}
	from, like := b.look, Item{}
	b.look, b.tries = 0, 0
	var messages []tg.MessageClass
	var others []tg.UpdateClass
	switch d := difference.(type) {
	case *tg.UpdatesChannelDifference:
		messages, others, like.Users, like.Chats = d.NewMessages, d.OtherUpdates, d.Users, d.Chats
		if !d.Final && d.Pts > from && d.Pts < b.pts {
			b.look = d.Pts
		}
	case *tg.UpdatesChannelDifferenceTooLong:
		messages, like.Users, like.Chats = slices.Clone(d.Messages), d.Users, d.Chats
		slices.Reverse(messages) // newest first in the answer
	}
	if err == nil {
		first := b.firstWaiting()
		messages = slices.DeleteFunc(messages, func(m tg.MessageClass) bool {
			_, id := written(m)
			return first > 0 && id >= first
		})
		others = slices.DeleteFunc(others, func(u tg.UpdateClass) bool { return place(u).pts > b.pts })
		e.missedInChannel(now, b, messages, others, like)
	}
	e.touch(b)
	if b.look > 0 {
		e.fetchChannel(now, b)
		return
	}
	e.foundBegin(now, b)
}

// foundBegin lets a channel go on from the first update that was heard of.
func (e *engine) foundBegin(now time.Time, b *box) {
	b.look, b.since, b.fetching, b.late = 0, 0, false, false
	e.touch(b)
	if b.again {
		b.again = false
		e.want(now, b)
		return
	}
	e.drain(now, b)
}

// firstWaiting is the lowest id of the messages that wait; 0 if none does.
func (b *box) firstWaiting() (first int) {
	for _, h := range b.pending {
		u, ok := h.item.Update.(*tg.UpdateNewChannelMessage)
		if !ok {
			continue
		}
		if _, id := written(u.Message); id > 0 && (first == 0 || id < first) {
			first = id
		}
	}
	return first
}

// joinedAt is when the account came to a channel, as far as what came along with an update says.
func joinedAt(channel int64, chats []tg.ChatClass) int {
	for _, c := range chats {
		if c, ok := c.(*tg.Channel); ok && c.ID == channel && !c.Min {
			return c.Date
		}
	}
	return 0
}

package inbox

import (
	"context"
	"time"

	"github.com/gotd/td/tg"
)

// want asks for the difference of a sequence, as soon as may be.
func (e *engine) want(now time.Time, b *box) {
	if b == &e.qts {
		b = &e.pts // one difference covers both
	}
	e.begin(now, b)
	switch {
	case b.fetching:
		b.again = true
	case b.lined:
	case b.channel == 0:
		e.fetch()
	case e.running < channelCalls:
		e.fetchChannel(now, b)
	default:
		b.lined = true
		e.line = append(e.line, b)
	}
}

// fetch asks for what the account's own sequences have missed. All updates wait meanwhile.
func (e *engine) fetch() {
	e.pts.fetching, e.qts.fetching = true, true
	e.pts.due, e.qts.due, e.seqDue = time.Time{}, time.Time{}, time.Time{}
	request := &tg.UpdatesGetDifferenceRequest{Pts: e.pts.pts, Qts: e.qts.pts, Date: max(e.common.date, 1)}
	if e.pts.narrow > 0 {
		request.SetPtsLimit(e.pts.narrow)
	}
	e.spawn(func(ctx context.Context) func(time.Time) {
		difference, err := e.opts.API.UpdatesGetDifference(ctx, request)
		return func(now time.Time) { e.fetched(now, difference, err) }
	})
}

func (e *engine) fetched(now time.Time, difference tg.UpdatesDifferenceClass, err error) {
	if err != nil {
		e.failed(now, &e.pts, err)
		return
	}
	before, tries := [...]int{e.pts.pts, e.qts.pts, e.common.seq, e.common.date}, e.pts.tries
	e.pts.tries = 0
	more := false
	switch d := difference.(type) {
	case *tg.UpdatesDifferenceEmpty:
		e.common.seq = max(e.common.seq, d.Seq)
		e.dated(d.Date)
		if e.pts.late {
			e.check(now) // an empty answer is also what a server gives that has lost its memory
		}
	case *tg.UpdatesDifference:
		e.missed(now, d.NewMessages, d.NewEncryptedMessages, d.OtherUpdates, Item{Users: d.Users, Chats: d.Chats})
		e.reached(now, d.State)
	case *tg.UpdatesDifferenceSlice:
		e.missed(now, d.NewMessages, d.NewEncryptedMessages, d.OtherUpdates, Item{Users: d.Users, Chats: d.Chats})
		e.reached(now, d.IntermediateState)
		more = true
	case *tg.UpdatesDifferenceTooLong:
		e.jump(&e.pts, d.Pts)
		more = true
	}
	switch {
	case !more:
		e.complete(now)
	case before == [...]int{e.pts.pts, e.qts.pts, e.common.seq, e.common.date}:
		e.leadsNowhere(now, &e.pts, tries)
	default:
		e.fetch()
	}
}

// leadsNowhere gives a server time that says there is more, and doesn't say what: asking at once would never end.
func (e *engine) leadsNowhere(now time.Time, b *box, tries int) {
	b.fetching, b.again, b.tries = false, false, tries+1
	if b == &e.pts {
		e.qts.fetching = false
	}
	e.wait(b, now.Add(retryAfter(b.tries, nil)))
}

// missed hands on the content of a difference. It is as Telegram wants it applied: numbers are not
// looked at, except those of channels, which a difference of the account only mentions.
func (e *engine) missed(now time.Time, messages []tg.MessageClass, encrypted []tg.EncryptedMessageClass, others []tg.UpdateClass, like Item) {
	for _, m := range messages {
		date, _ := written(m)
		like.Late = e.pts.late && date < e.started
		like.Update = newMessage(m, false)
		e.deliver(like)
	}
	like.Late = e.pts.late
	for _, m := range encrypted {
		like.Update = &tg.UpdateNewEncryptedMessage{Message: m}
		e.deliver(like)
	}
	for _, u := range others {
		like.Update = u
		switch at := place(u); at.kind {
		case channelUpdate, tooLongUpdate:
			e.counted(now, at, like)
		default:
			e.uncounted = e.uncounted || at.kind == uncountedUpdate
			e.deliver(like)
		}
	}
}

// reached takes the state over that the server says we have now. Numbers never go back on the word
// of one answer: a replica may be behind.
func (e *engine) reached(now time.Time, s tg.UpdatesState) {
	if s.Pts < e.pts.pts {
		e.check(now)
	}
	for _, at := range [...]struct {
		b   *box
		pts int
	}{{&e.pts, s.Pts}, {&e.qts, s.Qts}} {
		if at.pts > at.b.pts {
			at.b.pts = at.pts
			e.touch(at.b)
		}
		at.b.covered(at.b.pts)
	}
	e.common.seq = max(e.common.seq, s.Seq)
	e.dated(s.Date)
}

// complete ends a difference: what came meanwhile has its turn.
func (e *engine) complete(now time.Time) {
	e.pts.fetching, e.qts.fetching = false, false
	if e.pts.again {
		e.pts.again = false
		e.fetch()
		return
	}
	e.pts.late, e.pts.narrow = false, 0
	e.settle(now, &e.pts)
	e.settle(now, &e.qts)
	e.afterDifference()
}

// settle looks at what waits after a difference. If there is still a gap then the server hasn't
// caught up with itself; and if that lasts, what is missing doesn't exist.
func (e *engine) settle(now time.Time, b *box) {
	b.ready(e.visit)
	if len(b.pending) == 0 {
		b.stuck = 0
		return
	}
	if b.stuck++; b.stuck > stuckLimit {
		e.jump(b, b.pending[0].start())
		b.stuck = 0
		e.drain(now, b)
		return
	}
	e.wait(b, now.Add(gapWait<<b.stuck))
}

// jump goes over what can't be had any more.
func (e *engine) jump(b *box, pts int) {
	if pts <= b.pts {
		return
	}
	if b != &e.qts {
		e.deliver(Item{Skipped: &Skipped{Channel: b.channel, From: b.pts, To: pts}})
	}
	b.pts = pts
	e.touch(b)
}

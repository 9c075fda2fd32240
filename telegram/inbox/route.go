package inbox

import (
	"slices"
	"time"

	"github.com/gotd/td/tg"
)

// container takes what came off the wire, or out of a call of our own, apart.
func (e *engine) container(now time.Time, u tg.UpdatesClass, own bool) {
	if !own {
		e.watch.heard(now)
	}
	switch u := u.(type) {
	case *tg.Updates:
		e.list(now, u.Updates, Item{Users: u.Users, Chats: u.Chats, Own: own}, u.Seq, u.Seq)
		e.dated(u.Date)
	case *tg.UpdatesCombined:
		e.list(now, u.Updates, Item{Users: u.Users, Chats: u.Chats, Own: own}, u.SeqStart, u.Seq)
		e.dated(u.Date)
	case *tg.UpdateShort:
		e.short(now, u.Update, own)
		e.dated(u.Date)
	case *tg.UpdateShortSentMessage:
		e.counted(now, position{kind: commonUpdate, pts: u.Pts, count: u.PtsCount}, Item{Own: true})
	case *tg.UpdateShortMessage:
		e.bare(now, u.Pts, u.PtsCount, own)
	case *tg.UpdateShortChatMessage:
		e.bare(now, u.Pts, u.PtsCount, own)
	case *tg.UpdatesTooLong:
		e.want(now, &e.pts)
	}
}

func (e *engine) dated(date int) { e.common.date = max(e.common.date, date) }

// list handles the updates of a container. Only those that no other sequence counts obey seq.
func (e *engine) list(now time.Time, updates []tg.UpdateClass, like Item, start, seq int) {
	rest := 0
	for _, u := range updates {
		at := place(u)
		if at.kind == uncountedUpdate && seq != 0 {
			rest++
			continue
		}
		like.Update = u
		e.counted(now, at, like)
	}
	if seq != 0 {
		e.sequenced(now, heldSeq{updates, like, start, seq, rest})
	}
}

// short handles an update that came without the people in it. A message from somebody that we have
// never seen can't be answered: the difference brings it together with its author.
func (e *engine) short(now time.Time, u tg.UpdateClass, own bool) {
	at, item := place(u), Item{Update: u, Own: own}
	if m, ok := u.(*tg.UpdateNewMessage); ok && !own && at.pts > e.pts.pts && e.stranger(m.Message) {
		e.keep(&e.pts, held{item: item, pts: at.pts, count: at.count})
		e.want(now, &e.pts)
		return
	}
	e.counted(now, at, item)
}

func (e *engine) stranger(m tg.MessageClass) bool {
	message, ok := m.(*tg.Message)
	if !ok {
		return false
	}
	return (message.PeerID != nil && !e.opts.Known(message.PeerID)) ||
		(message.FromID != nil && !e.opts.Known(message.FromID))
}

// bare handles a message whose fields gotd hasn't turned into an update: of ours it only counts, of
// others the difference brings it whole.
func (e *engine) bare(now time.Time, pts, count int, own bool) {
	if own {
		e.counted(now, position{kind: commonUpdate, pts: pts, count: count}, Item{Own: true})
		return
	}
	e.want(now, &e.pts)
}

// counted sends an update to the sequence that counts it.
func (e *engine) counted(now time.Time, at position, item Item) {
	switch at.kind {
	case commonUpdate:
		e.offer(now, &e.pts, at, item)
	case qtsUpdate:
		e.offer(now, &e.qts, at, item)
	case channelUpdate:
		b, ok := e.channels[at.channel]
		if !ok {
			b = &box{channel: at.channel, fresh: true, joined: joinedAt(at.channel, item.Chats)}
			e.channels[at.channel] = b
			e.saver.changed(b) // that it is known has to outlive a crash together with the date that we have come to
		}
		b.active = now
		e.offer(now, b, at, item)
	case tooLongUpdate:
		if b := e.unheard(now, at.channel); at.pts == 0 || at.pts > b.pts {
			e.want(now, b)
		}
	default:
		e.deliver(item)
	}
}

// offer hands an update on if it is its turn.
func (e *engine) offer(now time.Time, b *box, at position, item Item) {
	switch b.judge(at.pts, at.count) {
	case apply:
		e.turn(b, &held{item: item, pts: at.pts, count: at.count})
		if len(b.pending) > 0 {
			e.drain(now, b)
		}
	case hold:
		e.keep(b, held{item: item, pts: at.pts, count: at.count})
		switch {
		case b.fetching || !b.due.IsZero():
		case b.fresh:
			e.wait(b, now.Add(freshWait))
		default:
			e.wait(b, now.Add(gapWait))
		}
	}
}

// heldLimit is how many updates of one sequence wait for their turn, while a server doesn't give the difference.
const heldLimit = queueLimit

// keep puts an update among those that wait. One that there is no room for is left with the server: the difference
// brings it, if need be the one after the next.
func (e *engine) keep(b *box, h held) {
	switch {
	case len(b.pending) < heldLimit:
		b.keep(h)
	case b == &e.qts:
		e.pts.again = e.pts.again || e.pts.fetching
	default:
		b.again = b.again || b.fetching
	}
}

// turn hands an update on and moves its sequence.
func (e *engine) turn(b *box, h *held) {
	if h.pts > b.pts {
		b.pts = h.pts
		e.touch(b)
	}
	if b.channel != 0 {
		if m, ok := h.item.Update.(*tg.UpdateNewChannelMessage); ok {
			_, id := written(m.Message)
			b.top = max(b.top, id)
		}
	}
	h.item.sole = !b.stored
	if e.deliver(h.item) {
		e.marks[len(e.marks)-1] = mark{b, b.pts, b.top}
	}
}

// drain hands on what has been waiting for the present number of its box.
func (e *engine) drain(now time.Time, b *box) {
	b.ready(e.visit)
	switch {
	case b.fetching || b.tries > 0: // a difference is coming anyhow
	case len(b.pending) == 0:
		b.due, b.stuck = time.Time{}, 0
	default: // what is missing now may be on its way
		b.due = time.Time{}
		e.wait(b, now.Add(gapWait))
	}
}

func (e *engine) touch(b *box) {
	if !b.touched {
		b.touched = true
		e.touched = append(e.touched, b)
	}
}

// deliver makes an item due for the sink, and says whether it is an update that the sink will get.
func (e *engine) deliver(item Item) bool {
	if item.Update == nil {
		if item.Skipped != nil || item.Note != nil {
			e.out, e.marks = append(e.out, item), append(e.marks, mark{})
		}
		return false
	}
	if !item.Own && (e.asked(&item) || !e.news(&item)) {
		return false
	}
	e.out, e.marks = append(e.out, item), append(e.marks, mark{})
	return true
}

// news says whether an update still has to be handled.
func (e *engine) news(item *Item) bool {
	if item.ledger == nil {
		e.ledger.enter(item)
	}
	if item.key.kind == keyOnce || item.key.kind == keyQuestion {
		item.sole = true
		e.saver.plan() // no sequence will ask for it
	}
	stale := item.Late && e.opts.CatchUp.Stale(item.Update, e.opts.Now())
	if !stale && (e.ledger.recovered == nil || !e.ledger.known(item) || e.ledger.edited(item)) {
		return true
	}
	if item.kept {
		e.ledger.forget(item.slot)
	}
	return false
}

// wait makes a difference due for a box.
func (e *engine) wait(b *box, at time.Time) {
	if b.due.IsZero() || at.Before(b.due) {
		b.due = at
		e.timer.add(b)
	}
}

// slack is how many seconds a message may be older than updates that came before it.
const slack = 60

// unheard finds the sequence of a channel that has more than was pushed. If it was never heard of,
// what is newer than the account's state is news.
func (e *engine) unheard(now time.Time, id int64) *box {
	b, ok := e.channels[id]
	if !ok {
		b = &box{channel: id, pts: 1, since: e.common.date - slack, late: true}
		b.accepted.pts, b.accepted.since = b.pts, b.since
		e.channels[id] = b
		e.saver.changed(b)
	}
	b.active = now
	return b
}

// heldSeq is a container with updates that only seq counts.
type heldSeq struct {
	updates    []tg.UpdateClass
	like       Item
	start, seq int
	rest       int // how many of updates
}

func (e *engine) sequenced(now time.Time, c heldSeq) {
	switch {
	case e.common.seq >= c.start && e.common.seq != 0: // came before
	case e.pts.fetching || (e.common.seq != 0 && c.start > e.common.seq+1):
		if len(e.ahead) >= heldLimit {
			e.handOn(c) // no difference is sure to bring these again
			return
		}
		e.ahead = append(e.ahead, c)
		if !e.pts.fetching && e.seqDue.IsZero() {
			e.seqDue = now.Add(gapWait)
		}
	default:
		e.inTurn(c)
		if len(e.ahead) > 0 {
			e.overtaken(now)
		}
	}
}

func (e *engine) inTurn(c heldSeq) {
	e.common.seq = c.seq
	e.handOn(c)
}

// handOn delivers what nothing but seq counts.
func (e *engine) handOn(c heldSeq) {
	if c.rest == 0 {
		return
	}
	for _, u := range c.updates {
		if place(u).kind == uncountedUpdate {
			c.like.Update = u
			e.deliver(c.like)
		}
	}
}

// overtaken hands on the containers whose turn has come.
func (e *engine) overtaken(now time.Time) {
	slices.SortStableFunc(e.ahead, bySeq)
	done := 0
	for ; done < len(e.ahead) && e.ahead[done].start <= e.common.seq+1; done++ {
		if c := e.ahead[done]; c.seq > e.common.seq {
			e.inTurn(c)
		}
	}
	e.ahead = slices.Delete(e.ahead, 0, done)
	e.seqDue = time.Time{}
	if len(e.ahead) > 0 {
		e.seqDue = now.Add(gapWait)
	}
}

// afterDifference hands on all containers that waited: what the difference hasn't brought won't come.
// If it had uncounted updates, those of the containers that it covers were among them.
func (e *engine) afterDifference() {
	slices.SortStableFunc(e.ahead, bySeq)
	reached, last := e.common.seq, 0
	for _, c := range e.ahead {
		if c.seq > last && (c.seq > reached || !e.uncounted) {
			e.inTurn(c)
		}
		last = max(last, c.seq)
	}
	e.common.seq = max(e.common.seq, reached)
	clear(e.ahead)
	e.ahead, e.seqDue, e.uncounted = e.ahead[:0], time.Time{}, false
}

func bySeq(a, b heldSeq) int { return a.start - b.start }

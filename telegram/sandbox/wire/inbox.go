package wire

import "time"

// inboxMessages is how many messages of a client are remembered. A request is remembered at least until
// it's answered.
const inboxMessages = 1024

const (
	// How far the clock of a client may be off.
	//
	// See https://core.telegram.org/mtproto/description#message-identifier-msg-id
	maxPast, maxFuture = 300 * time.Second, 30 * time.Second
)

// Codes of bad_msg_notification.
//
// See https://core.telegram.org/mtproto/service_messages_about_messages#notice-of-ignored-error-message
const (
	idTooLow         = 16
	idTooHigh        = 17
	idNotDivisible   = 18
	containerRepeats = 19
	tooOld           = 20
	seqTooLow        = 32
	seqTooHigh       = 33
	seqOdd           = 34 // an even one was expected
	seqEven          = 35
	badSalt          = 48
	badContainer     = 64
)

type progress uint8

const (
	received progress = iota // not a query: nothing more happens
	waiting                  // a query, in the queue or running
	answered
	failed    // answered with an error
	dropped   // answered, and the client wants no answer
	container // its messages are remembered by themselves
)

// incoming is a message that was received.
type incoming struct {
	id      int64
	seq     int32
	state   progress
	due     bool          // an ack is owed
	unwant  bool          // rpc_drop_answer came while it ran
	old     bool          // pushed out of the ring
	answer  *sent         // of a query
	waiters chan struct{} // closed when it's answered; nil if nobody waits
}

func (in *incoming) over() bool { return in.state != waiting }

// inbox remembers what came, so that nothing is done twice.
type inbox struct {
	byID  map[int64]*incoming
	ring  []*incoming
	next  int
	floor int64     // no message up to this id is taken unless it's remembered
	last  *incoming // content message with the highest id
}

func (b *inbox) add(in *incoming) {
	if b.byID == nil {
		b.byID = map[int64]*incoming{}
	}
	b.byID[in.id] = in
	if in.seq&1 != 0 && (b.last == nil || in.id > b.last.id) {
		b.last = in
	}
	if len(b.ring) < inboxMessages {
		b.ring = append(b.ring, in)
		return
	}
	oldest := b.ring[b.next]
	b.ring[b.next] = in
	b.next = (b.next + 1) % inboxMessages
	b.floor = max(b.floor, oldest.id)
	if oldest.old = true; oldest.over() {
		b.forget(oldest)
	}
}

// forget leaves alone what has taken the id over.
func (b *inbox) forget(in *incoming) {
	if b.byID[in.id] == in {
		delete(b.byID, in.id)
	}
}

// settle ends a query's waiting.
func (b *inbox) settle(in *incoming, state progress) {
	in.state = state
	if in.waiters != nil {
		close(in.waiters)
		in.waiters = nil
	}
	if in.old {
		b.forget(in)
	}
}

// release lets those go who wait for queries of a closed session.
func (b *inbox) release() {
	for _, in := range b.byID {
		if in.waiters != nil {
			close(in.waiters)
			in.waiters = nil
		}
	}
}

// checkSeq compares a number with that of the message with the highest id: it's 0 if they fit.
func (b *inbox) checkSeq(id int64, seq int32) int {
	last := b.last
	if last == nil || seq > last.seq && id > last.id || seq < last.seq && id < last.id {
		return 0
	}
	odd := seq&1 != 0
	switch {
	case id > last.id && (seq < last.seq || odd):
		return seqTooLow
	case id < last.id && (seq > last.seq || odd):
		return seqTooHigh
	default:
		return 0
	}
}

// checkID judges an id by the clock.
func checkID(id int64, now time.Time) int {
	// The time is in the upper half; the lower half is a fraction, which clients fill as they like.
	created := time.Unix(id>>32, 0)
	switch {
	case id&3 != 0:
		return idNotDivisible
	case created.Before(now.Add(-maxPast)):
		return idTooLow
	case created.After(now.Add(maxFuture)):
		return idTooHigh
	default:
		return 0
	}
}

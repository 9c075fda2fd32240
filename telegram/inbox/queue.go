package inbox

import (
	"context"
	"fmt"
	"log/slog"
	"sync"

	"github.com/gotd/td/tg"
)

// queueLimit is how many containers of updates may wait for a sink that is slow. What comes after
// that is left with the server and fetched when there is room again. What no server keeps gets onceLimit,
// and waits on the disk after that.
const (
	queueLimit = 4096
	onceLimit  = 4 * queueLimit
)

type affected struct {
	channel    int64
	pts, count int
}

// input is one thing that the engine is told.
type input struct {
	updates     tg.UpdatesClass
	affected    affected
	own         bool
	note        any
	arrival     *arrival
	look        *int64
	whole       *whole
	waited      *Receipt // an update that was held when it arrived
	date        int      // and the date that came with it
	late        bool     // it was left by an earlier process
	reconnected bool
	unreadable  bool
}

// queue is what stands between the many goroutines that read the socket and the one that orders.
type queue struct {
	wake   chan struct{}
	ledger *ledger

	mu       sync.Mutex
	limit    int
	ready    bool // the ledger is
	items    []input
	left     map[int64]struct{} // sequences with updates that were left with the server; 0 is the account's own
	spill    spill
	lost     losses
	unwanted bool          // the engine has ended
	over     chan struct{} // closed then
}

// losses are updates that no difference will bring back.
type losses struct {
	passing int   // which said what was so at that moment
	once    int   // for which there was no disk, or no room on it
	begins  bool  // nothing is lost: what comes now waits on the disk
	ends    int   // how many have waited there, and do no more
	err     error // why
	stuck   error // why what waits on the disk can't be had
}

// tell says what was lost, and what has become late.
func (l losses) tell(ctx context.Context, log *slog.Logger) {
	if l.begins {
		log.WarnContext(ctx, "handlers are too slow: what Telegram tells only once waits on the disk")
	}
	if l.ends > 0 {
		log.InfoContext(ctx, "nothing waits on the disk any more", "count", l.ends)
	}
	if l.passing > 0 {
		log.WarnContext(ctx, "handlers are too slow: who is typing or online was not told", "count", l.passing)
	}
	if l.stuck != nil {
		log.ErrorContext(ctx, "what waits on the disk can't be read", "error", l.stuck)
	}
	if l.once > 0 {
		log.ErrorContext(ctx, "handlers are too slow: updates are lost that Telegram tells only once", "count", l.once, "error", l.err)
	}
}

func (q *queue) init(limit int, l *ledger) {
	q.wake, q.over, q.limit, q.ledger = make(chan struct{}, 1), make(chan struct{}), limit, l
}

// start says that the ledger knows what earlier processes have left.
func (q *queue) start(dir string) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	last, err := q.spill.start(dir, q.ledger.arrived())
	if err != nil {
		return fmt.Errorf("read what waits on the disk: %w", err)
	}
	q.ledger.pass(last)
	q.ready = true
	q.remind()
	return nil
}

// remind wakes the engine if something waits on the disk.
func (q *queue) remind() {
	if q.spill.waits() {
		q.stir()
	}
}

func (q *queue) stir() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

func (q *queue) push(in input) {
	var asked []tg.UpdateClass
	if in.updates != nil && !in.own {
		asked, in = withoutQuestions(in)
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case q.unwanted:
		return
	case len(asked) == 0:
	case q.ready:
		for _, u := range asked {
			q.question(u, in.date)
		}
	default:
		q.items = append(q.items, input{updates: &tg.Updates{Updates: asked, Date: in.date}})
	}
	switch {
	case len(asked) > 0 && in.updates == nil:
	case len(q.items) < q.limit || in.own || in.reconnected:
		q.items = append(q.items, in)
	default:
		q.overflow(in)
	}
	q.stir()
}

// withoutQuestions takes them out of a container: nothing counts them, so they wait for nobody. What is left may be
// nothing.
func withoutQuestions(in input) (asked []tg.UpdateClass, rest input) {
	contents := Contents(in.updates)
	for _, u := range contents {
		if isQuestion(u) {
			asked = append(asked, u)
		}
	}
	if len(asked) == 0 {
		return nil, in
	}
	others := make([]tg.UpdateClass, 0, len(contents)-len(asked))
	for _, u := range contents {
		if !isQuestion(u) {
			others = append(others, u)
		}
	}
	rest, seq := in, 0
	switch u := in.updates.(type) {
	case *tg.Updates:
		c := *u
		c.Updates = others
		rest.updates, rest.date, seq = &c, u.Date, u.Seq
	case *tg.UpdatesCombined:
		c := *u
		c.Updates = others
		rest.updates, rest.date, seq = &c, u.Date, u.Seq
	case *tg.UpdateShort:
		rest.date = u.Date
	}
	if len(others) == 0 && seq == 0 {
		rest.updates = nil
	}
	return asked, rest
}

// question holds a question until its turn comes, unless it has come before.
func (q *queue) question(u tg.UpdateClass, date int) {
	if id := queryOf(u); id != 0 && q.ledger.repeated(id) {
		return
	}
	if q.spill.waits() || len(q.items) >= q.once() {
		q.keep(u)
		return
	}
	q.items = append(q.items, input{waited: q.ledger.arrive(u), date: date})
}

func (q *queue) once() int { return q.limit * (onceLimit / queueLimit) }

// overflow notes which sequences have to be fetched. What no sequence counts gets more room, unless it says what is so
// at the moment.
func (q *queue) overflow(in input) {
	if q.left == nil {
		q.left = make(map[int64]struct{})
	}
	counted := 0
	var once []tg.UpdateClass
	for _, u := range Contents(in.updates) {
		switch at := place(u); {
		case at.kind == channelUpdate || at.kind == tooLongUpdate:
			q.left[at.channel] = struct{}{}
			counted++
		case at.kind != uncountedUpdate:
			q.left[0] = struct{}{}
			counted++
		case isPassing(u):
			q.lost.passing++
			counted++
		default:
			once = append(once, u)
		}
	}
	switch {
	case len(once) == 0 && counted > 0:
	case len(once) == 0:
		q.left[0] = struct{}{} // updatesTooLong, and whatever else has nothing in it
	case len(q.items) < q.once() && !q.spill.waits():
		q.items = append(q.items, in)
	default:
		for _, u := range once {
			q.keep(u)
		}
	}
}

// isPassing says whether an update tells what is so at the moment, and soon is not.
func isPassing(u tg.UpdateClass) bool {
	switch u.(type) {
	case *tg.UpdateUserStatus, *tg.UpdateUserTyping, *tg.UpdateChatUserTyping, *tg.UpdateChannelUserTyping, *tg.UpdateEncryptedChatTyping:
		return true
	}
	return false
}

// keep has an update wait on the disk.
func (q *queue) keep(u tg.UpdateClass) {
	begins := !q.spill.waits()
	if err := q.spill.put(u, q.ledger.last.Add(1)); err != nil {
		q.lost.once++
		q.lost.err = err
		return
	}
	q.lost.begins = q.lost.begins || begins
}

// again looks once more for what could not be read from the disk.
func (q *queue) again() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.remind()
}

// take swaps what is waiting against an empty slice to fill. What waits on the disk follows, one file at a time.
func (q *queue) take(empty []input) (items []input, left map[int64]struct{}, lost losses) {
	q.mu.Lock()
	defer q.mu.Unlock()
	items, q.items = q.items, empty[:0]
	left, q.left = q.left, nil
	lost, q.lost = q.lost, losses{}
	if q.spill.waits() {
		arrived, late, err := q.spill.take(q.ledger.arriveTogether)
		for _, r := range arrived {
			items = append(items, input{waited: r, late: late})
		}
		if lost.stuck = err; err == nil {
			q.remind()
		}
		if !q.spill.waits() {
			lost.ends, q.spill.taken = q.spill.taken, 0
		}
	}
	return items, left, lost
}

// end drops what is waiting and all that is still to come. What was held when it arrived stays held.
func (q *queue) end(log *slog.Logger) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items, q.left, q.unwanted = nil, nil, true
	if err := q.spill.end(); err != nil {
		log.Warn("what waits on the disk can't be closed", "error", err)
	}
	close(q.over)
}

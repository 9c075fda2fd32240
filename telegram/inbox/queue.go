package inbox

import (
	"sync"

	"github.com/gotd/td/tg"
)

// queueLimit is how many containers of updates may wait for a sink that is slow. What comes after
// that is left with the server and fetched when there is room again.
const queueLimit = 4096

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
	reconnected bool
	unreadable  bool
}

// queue is what stands between the many goroutines that read the socket and the one that orders.
type queue struct {
	wake chan struct{}

	mu       sync.Mutex
	limit    int
	items    []input
	left     map[int64]struct{} // sequences with updates that were left with the server; 0 is the account's own
	lost     int                // updates that no difference will bring back
	unwanted bool               // the engine has ended
	over     chan struct{}      // closed then
}

func (q *queue) init(limit int) {
	q.wake, q.over, q.limit = make(chan struct{}, 1), make(chan struct{}), limit
}

func (q *queue) push(in input) {
	q.mu.Lock()
	switch {
	case q.unwanted:
	case len(q.items) < q.limit || in.own || in.reconnected:
		q.items = append(q.items, in)
	default:
		q.overflow(in)
	}
	q.mu.Unlock()
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// overflow notes which sequences have to be fetched. What no sequence counts, like a button press,
// gets four times the room before it is lost.
func (q *queue) overflow(in input) {
	if q.left == nil {
		q.left = make(map[int64]struct{})
	}
	uncounted := 0
	for _, u := range Contents(in.updates) {
		switch at := place(u); at.kind {
		case uncountedUpdate:
			uncounted++
		case channelUpdate, tooLongUpdate:
			q.left[at.channel] = struct{}{}
		case commonUpdate, qtsUpdate:
			q.left[0] = struct{}{}
		}
	}
	switch {
	case uncounted == 0:
		q.left[0] = struct{}{} // also for updatesTooLong
	case len(q.items) < 4*q.limit:
		q.items = append(q.items, in)
	default:
		q.lost += uncounted
	}
}

// take swaps what is waiting against an empty slice to fill.
func (q *queue) take(empty []input) (items []input, left map[int64]struct{}, lost int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	items, q.items = q.items, empty[:0]
	left, q.left = q.left, nil
	lost, q.lost = q.lost, 0
	return items, left, lost
}

// end drops what is waiting and all that is still to come.
func (q *queue) end() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items, q.left, q.unwanted = nil, nil, true
	close(q.over)
}

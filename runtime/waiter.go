package runtime

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
)

// waiters are the calls of a script that wait for an event, of all generations: a call of a replaced one may still be
// answered within the grace time. They are asked before the queue, or a script whose calls all wait would never get
// to the answers.
type waiters struct {
	n       atomic.Int32 // of both lists: spares the lock when nobody waits
	resting atomic.Int64 // calls that do nothing but wait

	mu   sync.Mutex // guards what follows; match and hear are called with it
	in   []*waiter  // calls, in the order in which they began to wait
	ears []*Listener
}

// waiter is one Await.
type waiter struct {
	generation *Generation
	match      func(Event) bool
	got        chan Event // has room for the one event
	resting    bool       // its call is in Receive; with the lock
}

// Await waits for one event, which is then not handed to handlers. match is asked on the goroutine that delivers and
// must neither block nor touch Lua values. Call cancel when done with it. Nothing comes after the generation's end.
func (g *Generation) Await(match func(Event) bool) (event <-chan Event, cancel func()) {
	w := &waiter{generation: g, match: match, got: make(chan Event, 1)}
	g.script.waiters.add(w)
	return w.got, func() { g.script.waiters.remove(func(o *waiter) bool { return o == w }) }
}

// Receive waits for the event of an Await. It gives up when ctx ends, and when the script is being stopped: no
// event will come then.
func (g *Generation) Receive(ctx context.Context, event <-chan Event) (Event, error) {
	s := g.script
	s.waiters.rest(event)
	s.host.still.stir()
	defer s.waiters.wake(event)
	select {
	case ev := <-event:
		return ev, nil
	case <-ctx.Done():
		return Event{}, context.Cause(ctx)
	case <-s.closing:
		return Event{}, ErrStopped
	}
}

// rest marks the waiter as one whose call does nothing else; whoever hands it an event takes that back, so that the
// call counts as running before it wakes.
func (ws *waiters) rest(event <-chan Event) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if i := ws.index(event); i >= 0 {
		ws.in[i].resting = true
		ws.resting.Add(1)
	}
}

// wake takes rest back, if nobody has.
func (ws *waiters) wake(event <-chan Event) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if i := ws.index(event); i >= 0 {
		ws.rouse(ws.in[i])
	}
}

func (ws *waiters) rouse(w *waiter) {
	if w.resting {
		w.resting = false
		ws.resting.Add(-1)
	}
}

func (ws *waiters) index(event <-chan Event) int {
	return slices.IndexFunc(ws.in, func(w *waiter) bool { return w.got == event })
}

func (ws *waiters) add(w *waiter) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	ws.in = append(ws.in, w)
	ws.count()
}

func (ws *waiters) remove(which func(*waiter) bool) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	ws.in = slices.DeleteFunc(ws.in, func(w *waiter) bool {
		gone := which(w)
		if gone {
			ws.rouse(w)
		}
		return gone
	})
	ws.count()
}

// drop forgets the waiters and listeners of a generation.
func (ws *waiters) drop(g *Generation) {
	ws.remove(func(w *waiter) bool { return w.generation == g })
	ws.mu.Lock()
	defer ws.mu.Unlock()
	ws.deafen(func(l *Listener) bool { return l.generation == g })
}

// offer gives an event to the first that waits for it, or to a listener.
func (ws *waiters) offer(ev Event) bool {
	if ws.n.Load() == 0 {
		return false
	}
	ws.mu.Lock()
	defer ws.mu.Unlock()
	return ws.answer(ev) || ws.heard(ev)
}

// answer gives an event to the first call that waits for it. It is called with the lock.
func (ws *waiters) answer(ev Event) bool {
	i := slices.IndexFunc(ws.in, func(w *waiter) bool { return w.match(ev) })
	if i < 0 {
		return false
	}
	ws.rouse(ws.in[i])
	ws.in[i].got <- ev
	ws.in = slices.Delete(ws.in, i, i+1)
	ws.count()
	return true
}

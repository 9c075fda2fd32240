package runtime

import (
	"context"
	"fmt"
)

// Heard is what a listener makes of an event.
type Heard int

// What a listener may say of an event.
const (
	Ignored Heard = iota // it is nothing to the listener
	Noticed              // the listener has noted it, and the handlers get it too
	Kept                 // the listener has it, and the handlers don't
)

// Listener hears the events of a script before its handlers do, one after another, until it is closed. An event that
// it keeps counts as handled once [Listener.Done] is told, and is given to the handlers by [Listener.HandBack]: what
// was kept and neither comes again after a crash.
type Listener struct {
	script     *Script
	generation *Generation
	hear       func(Event) Heard
	early      bool

	// With the lock of the waiters:
	next    chan struct{} // closed at the next thing that is heard
	resting int           // calls that do nothing but wait for it
}

// Listen begins to listen. hear is called on the goroutine that delivers and must neither block nor touch Lua values.
// Listeners are asked in the order in which they began, after the calls that Await, and those that are early before
// the others.
func (g *Generation) Listen(early bool, hear func(Event) Heard) *Listener {
	l := &Listener{script: g.script, generation: g, hear: hear, early: early, next: make(chan struct{})}
	ws := &g.script.waiters
	ws.mu.Lock()
	defer ws.mu.Unlock()
	at := len(ws.ears)
	if early {
		for at = 0; at < len(ws.ears) && ws.ears[at].early; at++ {
		}
	}
	ws.ears = append(ws.ears, nil)
	copy(ws.ears[at+1:], ws.ears[at:])
	ws.ears[at] = l
	ws.count()
	return l
}

// Close ends the listening.
func (l *Listener) Close() {
	ws := &l.script.waiters
	ws.mu.Lock()
	defer ws.mu.Unlock()
	ws.deafen(func(o *Listener) bool { return o == l })
}

// Next is a channel for [Listener.Rest]. Take it before looking at what was heard: then nothing is missed.
func (l *Listener) Next() <-chan struct{} {
	l.script.waiters.mu.Lock()
	defer l.script.waiters.mu.Unlock()
	return l.next
}

// Rest waits until something has been heard since next was taken. It gives up when ctx ends, and when the script is
// being stopped.
func (l *Listener) Rest(ctx context.Context, next <-chan struct{}) error {
	s := l.script
	l.resign(next, 1)
	s.host.still.stir()
	select {
	case <-next:
		return nil
	case <-ctx.Done():
		l.resign(next, -1)
		return context.Cause(ctx)
	case <-s.closing:
		l.resign(next, -1)
		return ErrStopped
	}
}

// resign counts a call as one that does nothing but wait, unless what it waits for has come.
func (l *Listener) resign(next <-chan struct{}, calls int) {
	ws := &l.script.waiters
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if l.next == next {
		l.resting += calls
		ws.resting.Add(int64(calls))
	}
}

// Wake lets all that rest look again.
func (l *Listener) Wake() {
	l.script.waiters.mu.Lock()
	defer l.script.waiters.mu.Unlock()
	l.wake()
}

// wake is called with the lock, so that the calls count as running before they wake.
func (l *Listener) wake() {
	l.script.waiters.resting.Add(-int64(l.resting))
	l.resting = 0
	close(l.next)
	l.next = make(chan struct{})
}

// Done says that the script is done with an event that the listener has kept.
func (l *Listener) Done(ev Event) {
	if ev.Ticket != nil {
		ev.Ticket.Done(l.script.name)
	}
}

// HandBack gives an event that was kept to those who would have got it otherwise. Close the listener before, or it
// may get it again.
func (l *Listener) HandBack(ctx context.Context, ev Event) error {
	back := ev
	var r *returned
	if ev.Ticket != nil {
		r = &returned{Ticket: ev.Ticket}
		back.Ticket = r
	}
	if err := l.script.Deliver(ctx, back); err != nil {
		return fmt.Errorf("hand an event back: %w", err) // not done: it comes again at the next start
	}
	if r != nil && !r.taken {
		l.Done(ev) // nobody wanted it
	}
	return nil
}

// returned is the ticket of an event that was taken already. Deliver takes it before it returns, if at all.
type returned struct {
	Ticket
	taken bool
}

func (r *returned) Take(string) { r.taken = true }

// heard lets the listeners hear an event until one keeps it. It is called with the lock.
func (ws *waiters) heard(ev Event) (kept bool) {
	for _, l := range ws.ears {
		what := l.hear(ev)
		if what == Ignored {
			continue
		}
		l.wake()
		if what == Kept {
			if ev.Ticket != nil {
				ev.Ticket.Take(l.script.name)
			}
			return true
		}
	}
	return false
}

// deafen removes listeners; it is called with the lock.
func (ws *waiters) deafen(which func(*Listener) bool) {
	left := make([]*Listener, 0, len(ws.ears))
	for _, l := range ws.ears {
		if which(l) {
			ws.resting.Add(-int64(l.resting))
			l.resting = 0
			continue
		}
		left = append(left, l)
	}
	ws.ears = left
	ws.count()
}

// count says whether anybody waits.
func (ws *waiters) count() { ws.n.Store(int32(len(ws.in) + len(ws.ears))) }

package telegram

import (
	"context"
	"sync"
	"sync/atomic"
)

// line keeps calls in the order in which they were announced, up to the moment when each is written to the
// connection. Telegram carries out what comes over one connection in the order of its arrival, so that two messages
// to a chat stay in order though neither waits for the answer to the other.
type line struct {
	mu   sync.Mutex
	last *place
}

// place is one call's place in the line.
type place struct {
	before atomic.Pointer[place] // nil when nobody is left to wait for
	left   chan struct{}
	once   sync.Once
}

// placed is the context of a call that has a place.
type placed struct {
	context.Context
	place *place
}

type placeKey struct{}

// Value finds the place for those who ask with placeKey.
func (c placed) Value(key any) any {
	if _, ok := key.(placeKey); ok {
		return c.place
	}
	return c.Context.Value(key)
}

// InOrder announces a call: the first request made with the returned context is written after those announced
// before, and before those announced after. leave gives the place up; who makes no request has to call it, and
// calling it later does nothing. A request that is refused with a flood wait, or lost with its connection, is
// made again out of line, for others must not wait with it; nor do they wait for who has to ask Telegram first whom
// a target means.
func (a *Account) InOrder(ctx context.Context) (_ context.Context, leave func()) {
	return a.line.enter(ctx)
}

// enter gives a call the last place.
func (l *line) enter(ctx context.Context) (_ context.Context, leave func()) {
	p := &place{left: make(chan struct{})}
	l.mu.Lock()
	p.before.Store(l.last)
	l.last = p
	l.mu.Unlock()
	return placed{ctx, p}, p.leave
}

func (p *place) leave() {
	p.once.Do(func() {
		p.pass() // so that the line doesn't hold on to everybody who ever stood in it
		close(p.left)
	})
}

// pass forgets those before who have left. One may leave before its turn, so that all have to be asked.
func (p *place) pass() (next *place) {
	for next = p.before.Load(); next != nil; next = next.before.Load() {
		select {
		case <-next.left:
			continue
		default:
		}
		break
	}
	p.before.Store(next)
	return next
}

// awaitTurn waits until the calls announced before have been written, or have left the line. A place that has been
// left waits for nobody.
func awaitTurn(ctx context.Context) error {
	p, _ := ctx.Value(placeKey{}).(*place)
	if p == nil {
		return nil
	}
	select {
	case <-p.left:
		return nil
	default:
	}
	for next := p.pass(); next != nil; next = p.pass() {
		select {
		case <-next.left:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return nil
}

// written gives up the place of the call whose request has been written.
func written(ctx context.Context) {
	if p, _ := ctx.Value(placeKey{}).(*place); p != nil {
		p.leave()
	}
}

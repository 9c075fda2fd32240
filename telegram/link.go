package telegram

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"

	"github.com/gotd/td/bin"
	gotd "github.com/gotd/td/telegram"
)

var (
	errLinkEnded = errors.New("link ended")
	errCut       = errors.New("the connection was lost")
)

// link is one gotd client. A client can't run twice, and neither its data center nor its key can be
// changed from outside, so an account has one link after another: a new one after each move to
// another data center and each new key. A lost connection is not the end of a link.
type link struct {
	client  *gotd.Client
	session *record     // whose key it has
	closing func() bool // gotd was told to stop: its errors from then on are no news of the connection

	mu    sync.Mutex
	last  int
	calls map[int]*flight
	ended error // why no call can be made any more
}

// flight is a call on its way.
type flight struct {
	cancel context.CancelCauseFunc
	once   bool                   // must not be made twice
	sent   atomic.Pointer[frames] // the connection that it was written to
	lost   atomic.Bool            // a connection was lost meanwhile
}

type flightKey struct{}

// writing is asked before the request of a call is written to a connection. A call that must not be made twice is
// not written to a second one: gotd sends again what Telegram has not acknowledged.
func writing(ctx context.Context, over *frames) error {
	f, _ := ctx.Value(flightKey{}).(*flight)
	if f == nil {
		return nil
	}
	if !f.sent.CompareAndSwap(nil, over) && f.sent.Load() != over {
		f.cancel(errCut)
		return errCut
	}
	return nil
}

func newLink() *link { return &link{calls: map[int]*flight{}} }

// invoke makes a call, which ends with the link: gotd's calls would wait for a client that is gone.
// A call that must not be made twice ends with its connection, since gotd would send it again over
// the next one if Telegram had not acknowledged it yet.
func (l *link) invoke(ctx context.Context, in bin.Encoder, out bin.Decoder) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	f := &flight{cancel: cancel, once: !repeatable(in)}
	id, err := l.enter(f)
	if err != nil {
		return err
	}
	if f.once { // writing asks about no other
		ctx = context.WithValue(ctx, flightKey{}, f)
	}
	defer l.leave(id)
	err = l.client.Invoke(ctx, enveloped(ctx, in), out)
	if cause := context.Cause(ctx); err != nil && cause != nil && l.isOurs(cause) {
		return cause
	}
	if err != nil && l.closing() {
		l.end(errCut)
	}
	if _, refused := asRPC(err); refused && f.lost.Load() {
		err = &repeatedError{err}
	}
	return err
}

func (l *link) enter(f *flight) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case errors.Is(l.ended, errCut):
		return 0, errLinkEnded // whoever comes too late may come again: nothing was sent
	case l.ended != nil:
		return 0, l.ended
	}
	l.last++
	l.calls[l.last] = f
	return l.last, nil
}

func (l *link) leave(id int) {
	l.mu.Lock()
	delete(l.calls, id)
	l.mu.Unlock()
}

// isOurs tells our own reasons to cancel a call from the caller's.
func (l *link) isOurs(cause error) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return errors.Is(cause, errCut) || (l.ended != nil && errors.Is(cause, l.ended))
}

// over says that the link has ended.
func (l *link) over() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.ended != nil
}

// disconnected says that none stands any more, before gotd sends anything again. A call whose answer was
// an order to move was not lost.
func (l *link) disconnected(lost bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, f := range l.calls {
		switch {
		case !lost:
			f.sent.Store(nil)
		case f.once && f.sent.Load() != nil:
			f.cancel(errCut)
		default:
			f.lost.Store(true)
		}
	}
}

// end makes every call fail with cause, now and from now on.
func (l *link) end(cause error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended != nil {
		return
	}
	l.ended = cause
	for _, f := range l.calls {
		f.cancel(cause)
	}
}

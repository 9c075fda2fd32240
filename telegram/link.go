package telegram

import (
	"context"
	"errors"
	"sync"

	"github.com/gotd/td/bin"
	gotd "github.com/gotd/td/telegram"
)

var errLinkEnded = errors.New("link ended")

// link is one gotd client. A client can't run twice, and neither its data center nor its key can be
// changed from outside, so an account has one link after another: a new one after each move to
// another data center and each new key. A lost connection is not the end of a link.
type link struct {
	client *gotd.Client

	mu    sync.Mutex
	last  int
	calls map[int]context.CancelCauseFunc // in flight
	ended error                           // why no call can be made any more
}

func newLink() *link { return &link{calls: map[int]context.CancelCauseFunc{}} }

// invoke makes a call, which ends with the link: gotd's calls would wait for a client that is gone.
func (l *link) invoke(ctx context.Context, in bin.Encoder, out bin.Decoder) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	id, err := l.enter(cancel)
	if err != nil {
		return err
	}
	defer l.leave(id)
	err = l.client.Invoke(ctx, in, out)
	if cause := context.Cause(ctx); err != nil && cause != nil && l.isEnded(cause) {
		return cause
	}
	return err
}

func (l *link) enter(cancel context.CancelCauseFunc) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended != nil {
		return 0, l.ended
	}
	l.last++
	l.calls[l.last] = cancel
	return l.last, nil
}

func (l *link) leave(id int) {
	l.mu.Lock()
	delete(l.calls, id)
	l.mu.Unlock()
}

func (l *link) isEnded(cause error) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.ended != nil && errors.Is(cause, l.ended)
}

// end makes every call fail with cause, now and from now on.
func (l *link) end(cause error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended != nil {
		return
	}
	l.ended = cause
	for _, cancel := range l.calls {
		cancel(cause)
	}
}

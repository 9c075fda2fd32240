package telegram

import (
	"context"
	"errors"
	"sync"
)

// control is the state of one Run, and what others steer it by.
type control struct {
	fail   context.CancelCauseFunc         // ends Run
	spawn  func(func(ctx context.Context)) // starts a goroutine that Run waits for
	orders chan order                      // for the link; room for one
	signed chan signed                     // a sign-in has succeeded
	ready  chan struct{}                   // closed when f may start
	once   sync.Once
	delays *delays
	conn   *connector
	files  *transfers // nil until a file is moved; guarded by the account

	mu      sync.Mutex
	counted int   // connections that stood
	missing int   // answers in a row that the key is unknown
	cause   error // why the last connection ended
	wasIn   bool  // signed in already when the present connection was begun
}

// order ends the present link: for a new key at a data center, or because the session is of no use. It speaks of one
// session: orders come late, and twice, and one that was given of a key must not be carried out on the next.
type order struct {
	of   *record // the session when the order was given; nil for none
	dc   int     // where the new key is made; 0 is the present data center
	keep bool    // no new key: the same session again
	lost error
}

// signed is answered with what started says.
type signed struct {
	self  *User
	reply chan error
}

// start lets f start: a connection stands, or the session is of no use and only a sign-in helps.
func (c *control) start() { c.once.Do(func() { close(c.ready) }) }

// give orders something. While an order waits to be carried out, others are dropped.
func (c *control) give(o order) {
	select {
	case c.orders <- o:
	default:
	}
}

// begin notes whether the account is signed in before a connection is made: an answer to something that was
// asked before a sign-in, and comes after it, says nothing about the session.
func (c *control) begin(signedIn bool) {
	c.mu.Lock()
	c.wasIn = signedIn
	c.cause = nil // of connections before it
	c.mu.Unlock()
}

func (c *control) begunSignedIn() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.wasIn
}

// stood counts a connection, and says whether it is the first. gotd may tell of one that has been lost meanwhile.
func (c *control) stood() (first bool) {
	c.delays.connected()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counted++
	c.missing = 0
	return c.counted == 1
}

// unknownKey counts an answer that the key is unknown.
func (c *control) unknownKey() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.missing++
	return c.missing
}

// blame notes why the connection ends. The first reason is the right one: what follows is its echo.
func (c *control) blame(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cause == nil {
		c.cause = err
	}
}

func (c *control) blamed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.cause != nil
}

func (c *control) takeCause() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	err := c.cause
	c.cause = nil
	return err
}

// current is the control of the Run that is going on.
func (a *Account) current() (*control, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.control == nil {
		return nil, ErrNotRunning
	}
	return a.control, nil
}

// lose says that a session is of no use any more. Once signed in, that is the end of Run; before, a
// sign-in may still mend it. Of a session that was given up meanwhile it is no news.
func (a *Account) lose(of *record, lost *AccountLostError) {
	a.mu.Lock()
	c, signedIn := a.control, a.self != nil
	a.mu.Unlock()
	switch {
	case c == nil, !of.sameKey(a.vault.snapshot()):
	case signedIn:
		c.fail(lost)
	default:
		c.give(order{of: of, lost: lost})
	}
}

// lostError makes Telegram's error an AccountLostError, if it is one that ends a session.
func (a *Account) lostError(err error) *AccountLostError {
	var lost *AccountLostError
	if errors.As(err, &lost) {
		return lost
	}
	if errors.Is(err, errForgotten) {
		return &AccountLostError{Account: a.opts.Name, Reason: LostForgotten, Cause: errForgotten}
	}
	if rpc, ok := asRPC(err); ok {
		if reason, ok := lostReasons[rpc.Type]; ok {
			return &AccountLostError{Account: a.opts.Name, Reason: reason, Cause: rpc}
		}
	}
	return nil
}

package telegram

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// errOver is why the context of a Run ends that nothing went wrong in.
var errOver = errors.New("run is over")

// Run connects and keeps connected until f returns, ctx ends or the account is lost. f starts once
// the first connection stands, or at once if Telegram says that the stored session is of no use, so
// that SignIn can make another; its ctx ends when the account is lost. Run returns f's error, or
// *AccountLostError.
func (a *Account) Run(ctx context.Context, f func(ctx context.Context) error) error {
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(errOver)
	var work sync.WaitGroup
	c := &control{
		fail:   fail,
		orders: make(chan order, 1),
		signed: make(chan signed),
		ready:  make(chan struct{}),
		delays: &delays{now: a.tune.now, first: a.tune.delay},
		spawn:  func(g func(context.Context)) { work.Go(func() { g(ctx) }) },
	}
	if err := a.begin(c); err != nil {
		return fmt.Errorf("run account %s: %w", a.opts.Name, err)
	}
	c.spawn(func(ctx context.Context) { a.keepConnected(ctx, c) })
	c.spawn(func(ctx context.Context) { a.serveSignIns(ctx, c) })
	defer func() { // also if f panics
		fail(errOver)
		work.Wait()
		a.stopped()
		a.tellLost(ctx, context.Cause(ctx))
		a.endTransfers()
		a.finish()
	}()
	err := callback(ctx, c, f)
	return outcome(err, context.Cause(ctx))
}

// callback runs f. gotd would turn an error of f that wraps context.Canceled into nil, so f is no
// business of gotd's.
func callback(ctx context.Context, c *control, f func(ctx context.Context) error) error {
	select {
	case <-c.ready:
		return f(ctx)
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// outcome puts f's error and the reason why its context ended together.
func outcome(err, cause error) error {
	switch {
	case cause == nil, errors.Is(cause, context.Canceled), errors.Is(cause, context.DeadlineExceeded):
		return err
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, cause):
		return cause // f only felt the end of its context
	default:
		return errors.Join(cause, err)
	}
}

func (a *Account) begin(c *control) error {
	inner, err := newResolver(a.opts)
	if err != nil {
		return err
	}
	c.conn = &connector{inner: inner, server: a.opts.Server, primary: a.mayConnect, watch: a.frameWatch(c)}
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case a.closed:
		return ErrClosed
	case a.running:
		return ErrRunning
	}
	a.running, a.control, a.self, a.unusable = true, c, nil, nil
	return nil
}

func (a *Account) finish() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.control.conn.close()
	a.running, a.control, a.self, a.unusable = false, nil, nil, nil
	a.news()
}

// serveSignIns starts the events of the account once it is signed in, with the context of Run: that
// of SignIn may end earlier.
func (a *Account) serveSignIns(ctx context.Context, c *control) {
	for {
		select {
		case <-ctx.Done():
			return
		case s := <-c.signed:
			s.reply <- a.started(ctx, s.self)
		}
	}
}

// keepConnected has one link after another until ctx ends.
func (a *Account) keepConnected(ctx context.Context, c *control) {
	dc := a.opts.Server.DC
	for ctx.Err() == nil {
		if a.vault.snapshot() == nil {
			if err := a.makeKey(ctx, c, dc); err != nil {
				if !a.retryable(err) {
					c.fail(explainConnect(err))
					return
				}
				a.setState(ctx, ConnectionState{Name: Disconnected, Reason: plainReason(err)})
				if sleep(ctx, c.delays.NextBackOff()) != nil {
					return
				}
				continue
			}
		}
		o := a.runLink(ctx, c)
		if o.lost != nil && ctx.Err() == nil {
			o = a.waitForSignIn(ctx, c, o.lost)
		}
		if ctx.Err() != nil {
			return
		}
		if o.keep || a.vault.outlives(o.of) {
			continue
		}
		if r := a.vault.snapshot(); o.dc != 0 {
			dc = o.dc
		} else if r != nil && r.Data.DC != 0 {
			dc = r.Data.DC
		}
		if err := a.vault.retire(); err != nil {
			c.fail(fmt.Errorf("make room for a new session: %w", err))
			return
		}
	}
}

// waitForSignIn lets f start although the session is of no use, until a sign-in asks for a new key.
func (a *Account) waitForSignIn(ctx context.Context, c *control, lost error) order {
	a.setUnusable(a.vault.snapshot(), lost)
	a.setState(ctx, ConnectionState{Name: Disconnected, Reason: lost.Error()})
	c.start()
	for {
		select {
		case <-ctx.Done():
			return order{}
		case o := <-c.orders:
			if o.lost == nil && !a.vault.outlives(o.of) {
				a.setUnusable(nil, nil)
				return o
			}
		}
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}

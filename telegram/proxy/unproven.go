package proxy

import (
	"context"
	"errors"
	"io"
	"os"
	"sync"
	"syscall"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/proto/codec"
	"github.com/gotd/td/transport"
)

// unproven is a connection over which the other end has not yet said anything. Only the first answer
// proves that a way works: a proxy may take a connection and drop it, or stay silent, as MTProxies do
// to a wrong secret. After that it does nothing but pass on.
type unproven struct {
	transport.Conn
	trip   *trip
	failed func() // told once, if no answer ever comes
	shut   sync.Once

	mu      sync.Mutex
	state   state
	overdue *time.Timer
}

type state int

const (
	idle state = iota
	waiting
	late    // the time limit has passed
	settled // an answer came, or it was closed by us, or has failed
)

// Send starts the clock.
func (c *unproven) Send(ctx context.Context, b *bin.Buffer) error {
	err := c.Conn.Send(ctx, b)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.state == idle {
		c.state = waiting
		c.overdue = time.AfterFunc(c.trip.opts.Timeout, c.expire)
	}
	return err
}

// Recv stops it, or tells why nothing came.
func (c *unproven) Recv(ctx context.Context, b *bin.Buffer) error {
	err := c.Conn.Recv(ctx, b)
	was := c.settle()
	var code *codec.ProtocolErr
	if was == settled || err == nil || errors.As(err, &code) { // an error code is an answer
		return err
	}
	c.failed()
	if was == late {
		return c.trip.silence(&slow{c.trip.opts.Timeout})
	}
	return c.trip.silence(err)
}

// Close gives the way up without a verdict on it.
func (c *unproven) Close() error {
	c.settle()
	return c.close()
}

// close is for the first to come, the user or the clock.
func (c *unproven) close() (err error) {
	c.shut.Do(func() { err = c.Conn.Close() })
	return err
}

func (c *unproven) settle() (was state) {
	c.mu.Lock()
	defer c.mu.Unlock()
	was, c.state = c.state, settled
	if c.overdue != nil {
		c.overdue.Stop()
	}
	return was
}

// expire ends the Recv that waits.
func (c *unproven) expire() {
	c.mu.Lock()
	if c.state == waiting {
		c.state = late
	}
	over := c.state == late
	c.mu.Unlock()
	if over {
		_ = c.close()
	}
}

// silence is the error of a way over which nothing useful ever came; err is how that showed.
func (t *trip) silence(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	e := &Error{Proxy: t.proxy, Hop: HopDC, Err: err}
	var late *slow
	switch {
	case errors.As(err, &late):
		e.What = "dc: no answer from Telegram within " + late.limit.Round(time.Millisecond).String()
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded):
		e.What = "dc: no answer from Telegram in time"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		e.What = "dc: connection closed before any answer from Telegram"
	default:
		e.What, e.Hint = "dc: "+root(err).Error(), "what answers there is not Telegram"
	}
	var known *fault
	switch {
	case errors.As(err, &known) && known.hint != "":
		e.Hint = known.hint
	case t.proxy.Kind == MTProxy:
		e.Hint = "its secret is probably wrong, since an MTProxy stays silent then; or it can't reach Telegram"
	case e.Hint != "":
	case t.proxy.Kind == "":
		e.Hint = "the network may block Telegram; a proxy may help"
	default:
		e.Hint = "the proxy connected, but Telegram does not answer behind it: it or its network may block Telegram"
	}
	return e
}

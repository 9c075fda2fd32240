package proxy

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"time"
)

// Hop is a stage of the way to a data centre.
type Hop string

// The hops, in their order. Not every kind of proxy has all of them.
const (
	HopDial      Hop = "dial"
	HopTLS       Hop = "tls"
	HopHandshake Hop = "handshake"
	HopAuth      Hop = "authentication"
	HopConnect   Hop = "connect"
	HopDC        Hop = "dc"
)

// Error tells where the way to a data centre broke off, and what to do.
type Error struct {
	Proxy Proxy  // the zero Proxy for a direct connection
	Hop   Hop    // where
	What  string // what happened there
	Hint  string // what to do; may be ""
	Err   error  // the cause; may be nil
}

// Error is one line: the proxy without its secrets, what happened, what to do.
func (e *Error) Error() string {
	s := e.Proxy.String() + ": " + e.What
	if e.Proxy.Kind != "" {
		s = "proxy " + s
	}
	if e.Hint != "" {
		s += ": " + e.Hint
	}
	return s
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// LuaFields are what a script sees of the error besides its message.
func (e *Error) LuaFields() map[string]any {
	return map[string]any{"kind": "PROXY", "proxy": e.Proxy.String(), "hop": string(e.Hop)}
}

// fault is a failure that knows its words; what it happened to is filled in by the trip.
type fault struct {
	what, hint string
	err        error
}

func (f *fault) Error() string { return f.what }
func (f *fault) Unwrap() error { return f.err }

// slow is the cause of a context that ended because an attempt took too long.
type slow struct{ limit time.Duration }

func (s *slow) Error() string {
	return fmt.Sprintf("no answer within %v", s.limit.Round(time.Millisecond))
}

// Is makes it a deadline like any other.
func (s *slow) Is(target error) bool {
	return target == context.DeadlineExceeded || target == os.ErrDeadlineExceeded
}

// explain puts an error of the net package or of a context into words, hop first.
func explain(hop Hop, err error) *fault {
	var known *fault
	if errors.As(err, &known) {
		f := *known
		return &f
	}
	f := &fault{err: err}
	var dns *net.DNSError
	var late *slow
	switch {
	case errors.As(err, &late):
		f.what = string(hop) + ": " + late.Error()
	case errors.Is(err, context.Canceled):
		f.what = string(hop) + ": cancelled"
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded):
		f.what = string(hop) + ": no answer in time"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		f.what = string(hop) + ": it closed the connection"
	case errors.As(err, &dns):
		f.what = string(hop) + ": host name not found"
		f.hint = "check its spelling and the network"
	default:
		f.what = string(hop) + ": " + root(err).Error()
	}
	return f
}

// root leaves out what the net package says of addresses: the message names the proxy already.
func root(err error) error {
	var op *net.OpError
	if errors.As(err, &op) {
		err = op.Err
	}
	var call *os.SyscallError
	if errors.As(err, &call) {
		err = call.Err
	}
	return err
}

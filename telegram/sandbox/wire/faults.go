package wire

import (
	"net"
	"time"
)

// Fault is what goes wrong at one point. The zero value is that nothing does. Delay comes first, then
// the others in the order of the fields.
type Fault struct {
	// Delay holds up this one thing, not those that come after it on the same session.
	Delay time.Duration
	// Close closes the connection.
	Close bool
	// Code is sent as a transport error, as 404 or 429 (it goes out negative).
	Code int32
	// Swallow forgets the message: it is never sent, or not looked at.
	Swallow bool
	// Twice sends or handles the message a second time.
	Twice bool
	// Err is answered instead of running the query.
	Err error
}

// Faults say what goes wrong, and when. A nil function means that nothing does there. They are called
// from many goroutines and must not wait.
type Faults struct {
	// Accept is asked about each new connection: Delay, Close, Code (sent after the transport is
	// known).
	Accept func(remote net.Addr) Fault
	// Exchange is asked about each message of a key exchange by the constructor id of its method:
	// Close, Code, Swallow, and Twice, which answers dh_gen_retry to set_client_DH_params.
	Exchange func(method uint32) Fault
	// Request is asked before a query runs: Delay, and one of Close, Code and Swallow, after which it
	// counts as never received, or Err.
	Request func(r *Request) Fault
	// Answer is asked after a query has run: Delay, Close, Swallow, Twice. An answer that wasn't sent is
	// kept for when the client asks again or reconnects.
	Answer func(r *Request) Fault
	// Push is asked about each pushed update: Delay, Close, Swallow, Twice.
	Push func(s *Session, body []byte) Fault
}

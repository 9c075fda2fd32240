package proxy

import (
	"context"
	"time"
)

// Hop is a stage of the way to a data centre.
type Hop string

// The hops, in their order.
const (
	HopDial      Hop = "dial"
	HopTLS       Hop = "tls"
	HopHandshake Hop = "handshake"
	HopAuth      Hop = "authentication"
	HopConnect   Hop = "connect"
	HopDC        Hop = "dc"
)

// Step tells what happened at one hop of a check.
type Step struct {
	Hop    Hop
	Detail string
	Took   time.Duration
	Err    error
}

// Target is the data centre that a check asks for an answer.
type Target struct {
	DC      int    // 0 is 2
	Address string // host:port; "" is Telegram's own address of DC
	Options Options
}

// Check walks the way through p to the target and asks it for an answer. The last step carries the error, if any.
func Check(ctx context.Context, p Proxy, t Target) []Step { return nil }

package proxy

import (
	"context"
	"errors"
	"net"
	"strings"
	"syscall"
	"time"
)

// trip is one attempt to get through a proxy. It gives every hop the same treatment: bound to the
// context, timed, told, and its failure put into words.
type trip struct {
	proxy Proxy
	opts  Options
	tell  func(Step) // nil: nobody asks
}

// hop runs one stage on conn, which is nil while there is none. f returns what is worth telling.
func (t *trip) hop(ctx context.Context, hop Hop, conn net.Conn, f func() (detail string, err error)) error {
	start := time.Now()
	detail, err := bound(ctx, conn, f)
	if err != nil {
		why := explain(hop, err)
		if why.hint == "" {
			why.hint = t.advice(hop, err)
		}
		if t.proxy.Kind == "" && detail != "" { // the address, which no proxy's name tells
			why.what = string(hop) + " " + detail + strings.TrimPrefix(why.what, string(hop))
		}
		err = &Error{Proxy: t.proxy, Hop: hop, What: why.what, Hint: why.hint, Err: why.err}
	}
	if t.tell != nil {
		t.tell(Step{Hop: hop, Detail: detail, Took: time.Since(start), Err: err})
	}
	return err
}

// bound makes reads and writes on conn fail when ctx ends. Neither io.ReadFull nor http.ReadResponse
// would notice otherwise.
func bound(ctx context.Context, conn net.Conn, f func() (string, error)) (string, error) {
	if err := context.Cause(ctx); err != nil {
		return "", err
	}
	if conn == nil {
		detail, err := f()
		if err != nil && ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		return detail, err
	}
	past := time.Unix(1, 0)
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(past) })
	detail, err := f()
	if !stop() {
		// The deadline has been set, or is about to be: the connection is spoilt.
		return detail, context.Cause(ctx)
	}
	return detail, err
}

// dial makes the TCP connection that everything else travels on.
func (t *trip) dial(ctx context.Context, address string) (net.Conn, error) {
	var conn net.Conn
	err := t.hop(ctx, HopDial, nil, func() (string, error) {
		if t.opts.LoopbackOnly {
			if err := onlyLoopback(address); err != nil {
				return "", err
			}
		}
		var err error
		conn, err = t.opts.Dial(ctx, "tcp", address)
		if err != nil {
			return address, err
		}
		return conn.RemoteAddr().String(), nil
	})
	if err != nil {
		return nil, err
	}
	return conn, nil
}

// advice is what to do about a failure that the hop itself had no words for.
func (t *trip) advice(hop Hop, err error) string {
	switch {
	case errors.Is(err, context.Canceled):
		return ""
	case t.proxy.Kind == "" && hop == HopDial:
		return "check the network; where Telegram is blocked it takes a proxy"
	case hop == HopDial && errors.Is(err, syscall.ECONNREFUSED):
		return "is the proxy running, and is this its port?"
	case hop == HopDial:
		return "check its address and the network"
	case hop == HopTLS && t.proxy.Kind == MTProxy:
		return "its secret is probably wrong, or this machine's clock is"
	case hop == HopTLS:
		return "is it an https proxy? Most speak plain http"
	case hop == HopHandshake:
		return "is it a " + string(t.proxy.Kind) + " proxy?"
	case hop == HopConnect:
		return "the proxy can't reach Telegram"
	}
	return ""
}

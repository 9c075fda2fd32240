package proxy

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/transport"

	"github.com/tgscript/tgscript/telegram/proxy/mtproxy"
)

// route leads to data centres in one manner: directly or through one proxy. failed is to be called when
// the connection turns out never to answer.
type route interface {
	connect(ctx context.Context, t *trip, to destination) (conn transport.Conn, failed func(), err error)
}

func routeOf(p Proxy) route {
	if p.Kind == MTProxy {
		return mtproxyRoute{}
	}
	return &tunnelRoute{}
}

// mtproxyRoute leaves it to the proxy where the data centres are.
type mtproxyRoute struct{}

func (mtproxyRoute) connect(ctx context.Context, t *trip, to destination) (transport.Conn, func(), error) {
	ctx, cancel := t.opts.attempt(ctx, 1)
	defer cancel()
	conn, err := t.dial(ctx, t.proxy.Address())
	if err != nil {
		return nil, nil, err
	}
	var out transport.Conn
	start := func() (detail string, err error) {
		out, err = mtproxy.Client(conn, t.proxy.Secret, t.proxy.Transport, to.number(), t.opts.Now())
		return "as " + t.proxy.Secret.Domain, explainMTProxy(err)
	}
	if t.proxy.Secret.Domain != "" {
		err = t.hop(ctx, HopTLS, conn, start)
	} else {
		_, err = start()
	}
	if err != nil {
		_ = conn.Close()
		return nil, nil, err
	}
	return out, func() {}, nil
}

func explainMTProxy(err error) error {
	switch {
	case errors.Is(err, mtproxy.ErrForeignTLS):
		return &fault{what: "tls: a web site answered instead of the proxy", hint: "its secret or host name is wrong, or this machine's clock is", err: err}
	case errors.Is(err, mtproxy.ErrNotTLS):
		return &fault{what: "tls: does not speak fake TLS", hint: "is it an MTProxy, and was its secret made with ee?", err: err}
	case errors.Is(err, mtproxy.ErrAlert):
		return &fault{what: "tls: it turned the hello down", hint: "its secret or host name is probably wrong", err: err}
	}
	return err
}

// tunnelRoute dials data centres itself: their addresses in turn, not all at once, which proxies with
// a limit on connections dislike and which would tell several networks at a time.
type tunnelRoute struct{ turns turns }

func (r *tunnelRoute) connect(ctx context.Context, t *trip, to destination) (transport.Conn, func(), error) {
	options := to.addresses(t)
	if len(options) == 0 {
		return nil, nil, fmt.Errorf("no address known for data centre %d", to.dc)
	}
	var failed []error
	first := r.turns.first(to)
	for i := range options {
		option := options[(first+i)%len(options)]
		conn, err := r.try(ctx, t, to, option, len(options)-i)
		if err == nil {
			return conn, func() { r.turns.pass(to, first+i) }, nil
		}
		failed = append(failed, err)
		var e *Error
		if ctx.Err() != nil || errors.As(err, &e) && t.proxy.Kind != "" && e.Hop != HopConnect {
			break // the proxy's own failure: another address would meet it again
		}
	}
	return nil, nil, together(failed)
}

func (r *tunnelRoute) try(ctx context.Context, t *trip, to destination, option tg.DCOption, left int) (_ transport.Conn, err error) {
	ctx, cancel := t.opts.attempt(ctx, left)
	defer cancel()
	conn, err := t.tunnel(ctx, address(option))
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = conn.Close()
		}
	}()
	switch {
	case option.TCPObfuscatedOnly && len(option.Secret) > 0:
		secret, err := mtproxy.SecretBytes(option.Secret, "")
		if err != nil {
			return nil, fmt.Errorf("data centre %d: %w", to.dc, err)
		}
		var out transport.Conn
		err = t.hop(ctx, HopDC, conn, func() (string, error) {
			out, err = mtproxy.Client(conn, secret, "", to.number(), t.opts.Now())
			return address(option), err
		})
		return out, err
	case t.opts.Plain && !option.TCPObfuscatedOnly:
		return transport.Intermediate.Handshake(conn)
	}
	return mtproxy.Direct(conn, to.number())
}

// tunnel opens a connection to address, through the proxy if there is one.
func (t *trip) tunnel(ctx context.Context, address string) (net.Conn, error) {
	if t.proxy.Kind == "" {
		return t.dial(ctx, address)
	}
	target, err := t.resolve(ctx, address)
	if err != nil {
		return nil, err
	}
	conn, err := t.dial(ctx, t.proxy.Address())
	if err != nil {
		return nil, err
	}
	out, err := kinds[t.proxy.Kind].tunnel(ctx, t, conn, target)
	if err != nil {
		_ = conn.Close()
		return nil, err
	}
	return out, nil
}

// resolve looks the target up here if the proxy is told not to.
func (t *trip) resolve(ctx context.Context, address string) (string, error) {
	if t.opts.LoopbackOnly {
		if err := onlyLoopback(address); err != nil {
			return "", t.hop(ctx, HopConnect, nil, func() (string, error) { return "", err })
		}
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil || !isHost(host) { // Telegram's servers tell addresses too: nothing may slip into a request
		return "", t.hop(ctx, HopConnect, nil, func() (string, error) {
			return "", &fault{what: fmt.Sprintf("connect: %q is not an address", address), err: err}
		})
	}
	if !t.proxy.LocalDNS || net.ParseIP(host) != nil {
		return address, nil
	}
	network := "ip"
	if t.proxy.Kind == SOCKS4 {
		network = "ip4"
	}
	found, err := t.opts.Lookup(ctx, network, host)
	if err == nil && len(found) == 0 {
		err = &net.DNSError{Err: "no address", Name: host, IsNotFound: true}
	}
	if err != nil {
		return "", t.hop(ctx, HopConnect, nil, func() (string, error) {
			return "", &fault{what: "connect: " + host + " not found from this machine", hint: "check the name, or let the proxy look it up (rdns: true)", err: err}
		})
	}
	return net.JoinHostPort(found[0].Unmap().String(), port), nil
}

// together joins what several attempts had to say, in one line.
func together(failed []error) error {
	if len(failed) == 1 {
		return failed[0]
	}
	return &several{failed}
}

type several struct{ errs []error }

func (s *several) Error() string {
	lines := make([]string, len(s.errs))
	for i, err := range s.errs {
		lines[i] = err.Error()
	}
	return strings.Join(lines, "; ")
}

func (s *several) Unwrap() []error { return s.errs }

package proxy

import (
	"context"
	"crypto/x509"
	"log/slog"
	"net"
	"net/netip"
	"time"

	"github.com/gotd/td/telegram/dcs"
)

// Options say how connections are made. The zero value obfuscates and takes IPv4 addresses first.
type Options struct {
	Dial    dcs.DialFunc   // makes TCP connections; nil is the net package
	Lookup  Lookup         // looks names up for proxies with LocalDNS; nil is the net package
	Logger  *slog.Logger   // nil is silent
	RootCAs *x509.CertPool // judges https proxies; nil is the system's

	// Timeout bounds one attempt through one proxy, or at one address, and then the wait for the first
	// answer over it. A deadline of the context is shared among what is left to try. 0 is 20 s.
	Timeout time.Duration
	// Now is the time as Telegram's servers have it: fake TLS tells it to the proxy. nil is this
	// machine's clock.
	Now func() time.Time

	Test         bool // Telegram's test data centres
	Plain        bool // no obfuscation towards data centres. MTProxies have their own, always
	PreferIPv6   bool // a data centre's IPv6 addresses first
	NoIPv6       bool // never a data centre's IPv6 addresses
	LoopbackOnly bool // refuse to dial, or to have dialled, any address but this machine's
}

// Lookup finds the addresses of a host.
type Lookup func(ctx context.Context, network, host string) ([]netip.Addr, error)

const (
	defaultTimeout = 20 * time.Second
	keepAlive      = 15 * time.Second
)

func (o Options) withDefaults() Options {
	if o.Dial == nil {
		o.Dial = (&net.Dialer{KeepAlive: keepAlive, Control: o.control()}).DialContext
	}
	if o.Lookup == nil {
		o.Lookup = net.DefaultResolver.LookupNetIP
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Timeout <= 0 {
		o.Timeout = defaultTimeout
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// attempt bounds one of several attempts by the time limit, and by its share of ctx's time.
func (o Options) attempt(ctx context.Context, left int) (context.Context, context.CancelFunc) {
	ctx, release := share(ctx, left)
	inner, cancel := context.WithTimeoutCause(ctx, o.Timeout, &slow{o.Timeout})
	return inner, func() { cancel(); release() }
}

// share gives one of several attempts its fair part of the time that ctx has left.
func share(ctx context.Context, left int) (context.Context, context.CancelFunc) {
	deadline, ok := ctx.Deadline()
	if !ok || left < 2 {
		return context.WithCancel(ctx)
	}
	limit := time.Until(deadline) / time.Duration(left)
	return context.WithTimeoutCause(ctx, limit, &slow{limit})
}

// Package web makes HTTP requests for scripts: only to where they may, however a name resolves and wherever a
// redirect leads, and never for longer or with larger answers than is allowed.
package web

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
)

// Rules say where requests may go. Places are host:port.
type Rules interface {
	Allowed(place string) error   // by a rule of any kind
	Named(place string) error     // by a rule that names it: for what is not the public internet
	Forbidden(place string) error // by a rule that denies it
}

// special are networks that net/netip doesn't know as other than public.
var special = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("fec0::/10"),
	// These hold an address of IPv4, which may be any.
	netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2002::/16"),
	netip.MustParsePrefix("2001::/32"), netip.MustParsePrefix("::/96"),
}

// Public says whether an address is one of the public internet: not this machine, its network, or a special one.
func Public(ip netip.Addr) bool {
	ip = ip.Unmap()
	if !ip.IsGlobalUnicast() || ip.IsPrivate() {
		return false
	}
	for _, net := range special {
		if net.Contains(ip.WithZone("")) {
			return false
		}
	}
	return true
}

// place is where a request goes.
func place(u *url.URL) (string, error) {
	port := u.Port()
	switch {
	case u.Hostname() == "":
		return "", errors.New("the address has no host")
	case port != "":
	case u.Scheme == "http":
		port = "80"
	case u.Scheme == "https":
		port = "443"
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return "", fmt.Errorf("addresses begin with http:// or https://, not %q", u.Scheme+":")
	}
	return net.JoinHostPort(u.Hostname(), port), nil
}

// guard checks each request of a chain of redirects before it is made.
type guard struct {
	rules   Rules
	through http.RoundTripper
}

func (g guard) RoundTrip(r *http.Request) (*http.Response, error) {
	where, err := place(r.URL)
	if err != nil {
		return nil, err
	}
	if err := g.rules.Allowed(where); err != nil {
		return nil, err
	}
	if ip, err := netip.ParseAddr(r.URL.Hostname()); err == nil && !Public(ip) { // a proxy would be asked for it
		if err := g.rules.Named(where); err != nil {
			return nil, err
		}
	}
	return g.through.RoundTrip(r)
}

// dialer connects to addresses that may be connected to. It resolves names itself, so that what is checked is what
// is connected to.
type dialer struct {
	rules   Rules
	resolve func(ctx context.Context, host string) ([]netip.Addr, error)
	dial    func(ctx context.Context, network, address string) (net.Conn, error)
}

func (d dialer) connect(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	ips, err := d.addresses(ctx, host)
	if err != nil {
		return nil, err
	}
	var failed error
	for _, ip := range ips {
		if err := d.check(host, ip, port); err != nil {
			return nil, err // one that is refused spoils all: a name that leads inside and outside is an attack
		}
	}
	for _, ip := range ips {
		conn, err := d.dial(ctx, network, net.JoinHostPort(ip.String(), port))
		if err == nil {
			return conn, nil
		}
		failed = err
	}
	return nil, failed
}

func (d dialer) addresses(ctx context.Context, host string) ([]netip.Addr, error) {
	if ip, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{ip}, nil
	}
	ips, err := d.resolve(ctx, host)
	if err == nil && len(ips) == 0 {
		err = fmt.Errorf("%s has no address", host)
	}
	return ips, err
}

func (d dialer) check(host string, ip netip.Addr, port string) error {
	ip = ip.Unmap()
	where := net.JoinHostPort(ip.String(), port)
	if err := d.rules.Forbidden(where); err != nil {
		return err
	}
	if Public(ip) || host == "localhost" && ip.IsLoopback() && d.rules.Named(net.JoinHostPort(host, port)) == nil {
		return nil
	}
	return d.rules.Named(where)
}

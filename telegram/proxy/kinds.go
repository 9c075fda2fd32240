package proxy

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
)

// Kind is the protocol that a proxy speaks.
type Kind string

// The kinds of proxies.
const (
	SOCKS5  Kind = "socks5"
	SOCKS4  Kind = "socks4" // 4a too: the difference is who looks names up
	HTTP    Kind = "http"
	HTTPS   Kind = "https" // HTTP with TLS between us and the proxy
	MTProxy Kind = "mtproxy"
)

// kind is what is special about a kind of proxy.
type kind struct {
	port  int               // taken when none is given; 0: it must be given
	check func(Proxy) error // what this kind can't do
	// tunnel asks the proxy behind conn for a way to target. It may return a connection that wraps conn.
	// nil: the proxy chooses the target itself.
	tunnel func(ctx context.Context, t *trip, conn net.Conn, target string) (net.Conn, error)
}

var kinds = map[Kind]kind{
	SOCKS5:  {1080, checkSOCKS5, tunnelSOCKS5},
	SOCKS4:  {1080, checkSOCKS4, tunnelSOCKS4},
	HTTP:    {0, checkHTTP, tunnelHTTP},
	HTTPS:   {443, checkHTTP, tunnelHTTPS},
	MTProxy: {443, checkMTProxy, nil},
}

// names are what people call the kinds, in URLs and mappings.
var names = map[string]Kind{
	"socks5": SOCKS5, "socks5h": SOCKS5, "socks": SOCKS5,
	"socks4": SOCKS4, "socks4a": SOCKS4,
	"http": HTTP, "https": HTTPS,
	"mtproxy": MTProxy, "mtproto": MTProxy,
}

func unknownKind(name string) error {
	return fmt.Errorf("kind of proxy %q unknown: want socks5, socks4, http, https or mtproxy", name)
}

func checkSOCKS5(p Proxy) error {
	if len(p.Username) > 255 || len(p.Password) > 255 {
		return errors.New("username or password longer than the 255 bytes that SOCKS5 carries")
	}
	return nil
}

func checkSOCKS4(p Proxy) error {
	if p.Password != "" {
		return errors.New("SOCKS4 has no passwords: remove it, or use socks5")
	}
	if strings.ContainsRune(p.Username, 0) {
		return errors.New("username holds a zero byte")
	}
	return nil
}

func checkHTTP(p Proxy) error {
	if strings.Contains(p.Username, ":") {
		return errors.New("username holds a colon, which basic authentication can't carry")
	}
	return nil
}

func checkMTProxy(p Proxy) error {
	if p.Username != "" || p.LocalDNS {
		return errors.New("mtproxy has no username, password or rdns: it has a secret")
	}
	if _, err := p.Secret.Transport(p.Transport); err != nil {
		return err
	}
	return nil
}

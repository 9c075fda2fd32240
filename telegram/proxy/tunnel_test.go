package proxy_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/proxy"
	"github.com/tgscript/tgscript/telegram/proxy/proxytest"
)

// within is far beyond what anything on loopback takes.
func within(tb testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(tb.Context(), time.Minute)
	tb.Cleanup(cancel)
	return ctx
}

func at(kind proxy.Kind, s *proxytest.Server, user, password string) proxy.Proxy {
	return proxy.Proxy{Kind: kind, Host: "127.0.0.1", Port: s.Port(), Username: user, Password: password}
}

// hops tells the steps of a check in one line, and the error that ended it.
func hops(steps []proxy.Step) (string, error) {
	var names []string
	var err error
	for _, s := range steps {
		names = append(names, string(s.Hop))
		err = s.Err
	}
	return strings.Join(names, " "), err
}

// certificate is one for example.com and 127.0.0.1, and who vouches for it.
func certificate(tb testing.TB) (*tls.Config, *x509.CertPool) {
	tb.Helper()
	s := httptest.NewTLSServer(nil)
	tb.Cleanup(s.Close)
	pool := x509.NewCertPool()
	pool.AddCert(s.Certificate())
	return &tls.Config{Certificates: s.TLS.Certificates}, pool
}

func TestEveryKindReachesADataCentre(t *testing.T) {
	dc := proxytest.NewDataCentre(t, 2)
	cert, pool := certificate(t)
	secure := proxytest.Connect{User: "u", Password: "p", TLS: cert}.Serve(t)
	named := at(proxy.HTTPS, secure, "u", "p")
	named.ServerName = "example.com"
	for name, c := range map[string]struct {
		proxy proxy.Proxy
		hops  string
	}{
		"no proxy":                               {proxy.Proxy{}, "dial dc"},
		"socks5":                                 {at(proxy.SOCKS5, proxytest.SOCKS{}.Serve(t), "", ""), "dial handshake connect dc"},
		"socks5 with a password":                 {at(proxy.SOCKS5, proxytest.SOCKS{User: "u", Password: "p"}.Serve(t), "u", "p"), "dial handshake authentication connect dc"},
		"socks5 with a password nobody asks for": {at(proxy.SOCKS5, proxytest.SOCKS{}.Serve(t), "u", "p"), "dial handshake authentication connect dc"},
		"socks4":                                 {at(proxy.SOCKS4, proxytest.SOCKS{}.Serve(t), "", ""), "dial handshake connect dc"},
		"socks4 with a user":                     {at(proxy.SOCKS4, proxytest.SOCKS{User: "u"}.Serve(t), "u", ""), "dial handshake connect dc"},
		"http":                                   {at(proxy.HTTP, proxytest.Connect{}.Serve(t), "", ""), "dial handshake connect dc"},
		"http with a password":                   {at(proxy.HTTP, proxytest.Connect{User: "u", Password: "p"}.Serve(t), "u", "p"), "dial handshake authentication connect dc"},
		"https":                                  {at(proxy.HTTPS, secure, "u", "p"), "dial tls handshake authentication connect dc"},
		"https by another name":                  {named, "dial tls handshake authentication connect dc"},
	} {
		for _, plain := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, plain %v", name, plain), func(t *testing.T) {
				steps := proxy.Check(within(t), c.proxy, proxy.Target{List: dc.List(), Options: proxy.Options{Plain: plain, RootCAs: pool, LoopbackOnly: true}})
				if got, err := hops(steps); got != c.hops || err != nil {
					t.Errorf("got %s, %v; want %s", got, err, c.hops)
				}
				if last := steps[len(steps)-1]; last.Detail != "answered a key exchange" {
					t.Errorf("last detail %q", last.Detail)
				}
			})
		}
	}
}

// What the target says together with the proxy's answer must not get lost.
func TestEarlyBytesStay(t *testing.T) {
	dc := proxytest.NewDataCentre(t, 2)
	early := string([]byte{4, 0, 0, 0, 0x6c, 0xfe, 0xff, 0xff}) // error 404 in the intermediate transport
	cert, pool := certificate(t)
	for name, p := range map[string]proxy.Proxy{
		"socks5": at(proxy.SOCKS5, proxytest.SOCKS{Early: early}.Serve(t), "", ""),
		"socks4": at(proxy.SOCKS4, proxytest.SOCKS{Early: early}.Serve(t), "", ""),
		"http":   at(proxy.HTTP, proxytest.Connect{Early: early}.Serve(t), "", ""),
		"https":  at(proxy.HTTPS, proxytest.Connect{Early: early, TLS: cert}.Serve(t), "", ""),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := hops(proxy.Check(within(t), p, proxy.Target{List: dc.List(), Options: proxy.Options{Plain: true, RootCAs: pool}}))
			if err == nil || !strings.Contains(err.Error(), "answered error 404") {
				t.Error(err)
			}
		})
	}
}

func TestNamesAreLookedUpWhereToldTo(t *testing.T) {
	dc := proxytest.NewDataCentre(t, 2)
	list := []tg.DCOption{{ID: 2, IPAddress: "localhost", Port: dc.Port()}}
	for _, kind := range []proxy.Kind{proxy.SOCKS5, proxy.SOCKS4, proxy.HTTP} {
		for _, local := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, locally %v", kind, local), func(t *testing.T) {
				s := proxytest.SOCKS{}.Serve(t)
				if kind == proxy.HTTP {
					s = proxytest.Connect{}.Serve(t)
				}
				p := at(kind, s, "", "")
				p.LocalDNS = local
				var asked []string
				lookup := func(_ context.Context, network, host string) ([]netip.Addr, error) {
					asked = append(asked, network+" "+host)
					return []netip.Addr{netip.MustParseAddr("::ffff:127.0.0.1")}, nil
				}
				steps := proxy.Check(within(t), p, proxy.Target{List: list, Options: proxy.Options{Lookup: lookup, LoopbackOnly: true}})
				if _, err := hops(steps); err != nil {
					t.Fatal(err)
				}
				want := []string{"ip localhost"}
				if kind == proxy.SOCKS4 {
					want = []string{"ip4 localhost"}
				}
				if !local {
					want = nil
				}
				if !slices.Equal(asked, want) {
					t.Errorf("looked up %v; want %v", asked, want)
				}
			})
		}
	}
}

func TestANameNobodyKnows(t *testing.T) {
	p := at(proxy.SOCKS5, proxytest.Silent(t), "", "")
	p.LocalDNS = true
	lookup := func(context.Context, string, string) ([]netip.Addr, error) { return nil, nil }
	_, err := hops(proxy.Check(within(t), p, proxy.Target{List: []tg.DCOption{{ID: 2, IPAddress: "nowhere.test", Port: 1}}, Options: proxy.Options{Lookup: lookup}}))
	if err == nil || !strings.Contains(err.Error(), "connect: nowhere.test not found from this machine") {
		t.Error(err)
	}
}

func TestTargetsThatAKindCantReach(t *testing.T) {
	long := strings.Repeat("a", 253)
	for name, c := range map[string]struct {
		proxy proxy.Proxy
		host  string
		says  string
	}{
		"socks4 and IPv6":               {at(proxy.SOCKS4, proxytest.SOCKS{}.Serve(t), "", ""), "::1", "no address known for data centre 2"},
		"socks5 and IPv6":               {at(proxy.SOCKS5, proxytest.SOCKS{}.Serve(t), "", ""), "::1", "connect to [::1]:1 refused: connection refused"},
		"socks5 and a long name":        {at(proxy.SOCKS5, proxytest.SOCKS{}.Serve(t), "", ""), long, "connection refused"},
		"socks4 and a name":             {at(proxy.SOCKS4, proxytest.SOCKS{}.Serve(t), "", ""), long, "refused: the proxy's rules"},
		"http and IPv6":                 {at(proxy.HTTP, proxytest.Connect{}.Serve(t), "", ""), "::1", "connect to [::1]:1 refused: 502 Bad Gateway: the proxy can't reach Telegram"},
		"http and what is no address":   {at(proxy.HTTP, proxytest.Connect{}.Serve(t), "", ""), "h\r\nX: y", "is not an address"},
		"socks4 and what is no address": {at(proxy.SOCKS4, proxytest.SOCKS{}.Serve(t), "", ""), "h\x00", "is not an address"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := hops(proxy.Check(within(t), c.proxy, proxy.Target{List: []tg.DCOption{{ID: 2, IPAddress: c.host, Port: 1}}}))
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v; want %q", err, c.says)
			}
		})
	}
}

func TestLoopbackOnly(t *testing.T) {
	dialled := func(context.Context, string, string) (net.Conn, error) { return nil, errors.New("dialled") }
	socks := proxytest.SOCKS{}.Serve(t)
	far := []tg.DCOption{{ID: 2, IPAddress: "149.154.167.50", Port: 443}}
	for name, c := range map[string]struct {
		proxy proxy.Proxy
		dial  func(context.Context, string, string) (net.Conn, error)
	}{
		"no proxy":               {proxy.Proxy{}, dialled},
		"a proxy elsewhere":      {proxy.Proxy{Kind: proxy.MTProxy, Host: "proxy.example", Port: 1}, dialled},
		"a target elsewhere":     {at(proxy.SOCKS5, socks, "", ""), nil},
		"a name that only looks": {proxy.Proxy{Kind: proxy.HTTP, Host: "localhost.example", Port: 1}, dialled},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := hops(proxy.Check(within(t), c.proxy, proxy.Target{List: far, Options: proxy.Options{Dial: c.dial, LoopbackOnly: true}}))
			if err == nil || !strings.Contains(err.Error(), "refused: only addresses of this machine are allowed here") {
				t.Error(err)
			}
		})
	}
}

func TestAHangingProxyEndsWithTheContext(t *testing.T) {
	dc := proxytest.NewDataCentre(t, 2)
	for _, kind := range []proxy.Kind{proxy.SOCKS5, proxy.SOCKS4, proxy.HTTP, proxy.HTTPS, proxy.MTProxy} {
		t.Run(string(kind), func(t *testing.T) {
			s := proxytest.Silent(t)
			p := at(kind, s, "", "")
			if kind == proxy.MTProxy {
				p.Secret = secret(t, "ee"+key+"a.example")
			}
			ctx, cancel := context.WithCancel(within(t))
			dial := func(ctx context.Context, network, address string) (net.Conn, error) {
				conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
				return &onWrite{conn, cancel}, err
			}
			_, err := hops(proxy.Check(ctx, p, proxy.Target{List: dc.List(), Options: proxy.Options{Dial: dial}}))
			if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "cancelled") {
				t.Error(err)
			}
			_, err = hops(proxy.Check(within(t), p, proxy.Target{List: dc.List(), Options: proxy.Options{Dial: patient, Timeout: 50 * time.Millisecond}}))
			if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "no answer within 50ms") {
				t.Error(err)
			}
		})
	}
}

// onWrite calls then once the client has sent something and waits for an answer.
type onWrite struct {
	net.Conn
	then func()
}

func (c *onWrite) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	c.then()
	return n, err
}

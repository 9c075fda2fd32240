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
				if last := steps[len(steps)-1]; last.Detail != "answered with 1 public keys" {
					t.Errorf("last detail %q", last.Detail)
				}
			})
		}
	}
}

func TestErrorsNameHopAndRemedy(t *testing.T) {
	dc := proxytest.NewDataCentre(t, 2)
	cert, pool := certificate(t)
	closed := proxytest.Silent(t)
	closed.Close()
	other := proxytest.Connect{TLS: cert}.Serve(t)
	misnamed := at(proxy.HTTPS, other, "", "")
	misnamed.ServerName = "wrong.test"
	says := func(kind proxy.Kind, answer string) proxy.Proxy {
		return at(kind, proxytest.Answering(t, answer), "", "")
	}
	for name, c := range map[string]struct {
		proxy proxy.Proxy
		hop   proxy.Hop
		want  string // after the proxy's name
	}{
		"nobody listens": {at(proxy.SOCKS5, closed, "", ""), proxy.HopDial, "dial: connection refused: is the proxy running, and is this its port?"},
		"socks5 with a wrong password": {at(proxy.SOCKS5, proxytest.SOCKS{User: "u", Password: "p"}.Serve(t), "u", "x"), proxy.HopAuth,
			"authentication refused: check username and password"},
		"socks5 without the password it wants": {at(proxy.SOCKS5, proxytest.SOCKS{User: "u", Password: "p"}.Serve(t), "", ""), proxy.HopAuth,
			"authentication demanded: add the proxy's user name and password"},
		"socks5 that wants GSSAPI": {at(proxy.SOCKS5, proxytest.Answering(t, "\x05\xff"), "u", "p"), proxy.HopAuth,
			"authentication refused: it takes neither user name and password nor none: this proxy wants a method that is not supported, such as GSSAPI"},
		"socks5 that picks what was not offered": {says(proxy.SOCKS5, "\x05\x01"), proxy.HopAuth,
			"authentication by method 0x1 demanded, which was not offered: is it a socks5 proxy?"},
		"socks5 that hangs up on the password": {at(proxy.SOCKS5, proxytest.Answering(t, "\x05\x02"), "u", "p"), proxy.HopAuth,
			"authentication: it closed the connection: check username and password"},
		"socks5 whose rules forbid": {at(proxy.SOCKS5, proxytest.SOCKS{Refuse: 2}.Serve(t), "", ""), proxy.HopConnect,
			"connect to " + dc.Address() + " refused: not allowed by its rules: the proxy's rules must allow this target"},
		"socks5 with a reply nobody knows": {at(proxy.SOCKS5, proxytest.SOCKS{Refuse: 99}.Serve(t), "", ""), proxy.HopConnect,
			"connect to " + dc.Address() + " refused: reply 99: the proxy's own log may say why"},
		"socks5 with an odd address":    {says(proxy.SOCKS5, "\x05\x00\x05\x00\x00\x09"), proxy.HopConnect, "connect: reply with an address of type 0x9: is it a socks5 proxy?"},
		"socks5 that turns to nonsense": {says(proxy.SOCKS5, "\x05\x00zzzz"), proxy.HopConnect, "handshake: does not speak SOCKS5, it answered 7a 7a 7a 7a: check type, address and port"},
		"socks5 that is HTTP":           {says(proxy.SOCKS5, "HTTP/1.1 400 Bad Request\r\n\r\n"), proxy.HopHandshake, "handshake: does not speak SOCKS5, it answered HTTP: use http:// for this proxy"},
		"socks5 that is SOCKS4":         {says(proxy.SOCKS5, "\x00\x5b\x00\x00\x00\x00\x00\x00"), proxy.HopHandshake, "handshake: does not speak SOCKS5, it answered SOCKS4: use socks4:// for this proxy"},
		"socks5 that is TLS":            {says(proxy.SOCKS5, "\x15\x03\x01\x00\x02\x02\x28"), proxy.HopHandshake, "handshake: does not speak SOCKS5, it answered TLS: use https:// for this proxy"},
		"socks5 that is rubbish":        {says(proxy.SOCKS5, "SSH-2.0-x\r\n"), proxy.HopHandshake, "handshake: does not speak SOCKS5, it answered 53 53: check type, address and port"},
		"socks5 that hangs up":          {says(proxy.SOCKS5, ""), proxy.HopHandshake, "handshake: it closed the connection: is it a socks5 proxy?"},
		"socks4 that is SOCKS5":         {says(proxy.SOCKS4, "\x05\xff"), proxy.HopHandshake, "handshake: does not speak SOCKS4, it answered SOCKS5: use socks5:// for this proxy"},
		"socks4 that hangs up": {says(proxy.SOCKS4, ""), proxy.HopHandshake,
			"handshake: it closed the connection: is it a socks4 proxy? Or does it lack SOCKS4A? Then set rdns to false"},
		"socks4 that refuses": {at(proxy.SOCKS4, proxytest.SOCKS{Refuse: 91}.Serve(t), "", ""), proxy.HopConnect,
			"connect to " + dc.Address() + " refused: the proxy's rules must allow this target and this user, and it must reach it"},
		"socks4 with another user": {at(proxy.SOCKS4, proxytest.SOCKS{User: "u"}.Serve(t), "x", ""), proxy.HopAuth,
			"authentication refused: the proxy asks identd on this machine who you are; check username"},
		"http with a wrong password": {at(proxy.HTTP, proxytest.Connect{User: "u", Password: "p"}.Serve(t), "u", "x"), proxy.HopAuth,
			"authentication refused: check username and password"},
		"http without the password it wants": {at(proxy.HTTP, proxytest.Connect{User: "u"}.Serve(t), "", ""), proxy.HopAuth,
			"authentication demanded: add the proxy's user name and password"},
		"http that takes itself for a web site": {at(proxy.HTTP, proxytest.Connect{Status: "401 Unauthorized"}.Serve(t), "u", "x"), proxy.HopAuth,
			"authentication refused: check username and password"},
		"http that wants another method": {at(proxy.HTTP, proxytest.Connect{User: "u", Scheme: "Negotiate"}.Serve(t), "u", "p"), proxy.HopAuth,
			"authentication by Negotiate demanded: only basic authentication (user name and password) is supported"},
		"http whose rules forbid": {at(proxy.HTTP, proxytest.Connect{Status: "403 Filtered"}.Serve(t), "", ""), proxy.HopConnect,
			"connect to " + dc.Address() + " refused: 403 Filtered: the proxy's rules must allow CONNECT to this host and port"},
		"http that can't reach it": {at(proxy.HTTP, proxytest.Connect{Status: "503 Service Unavailable"}.Serve(t), "", ""), proxy.HopConnect,
			"connect to " + dc.Address() + " refused: 503 Service Unavailable: the proxy can't reach Telegram"},
		"http that is a web server": {at(proxy.HTTP, proxytest.Connect{Status: "404 Not Found"}.Serve(t), "", ""), proxy.HopConnect,
			"connect to " + dc.Address() + " refused: 404 Not Found: is it an http proxy? Web servers answer so"},
		"http that is SOCKS5": {says(proxy.HTTP, "\x05\xff"), proxy.HopHandshake, "handshake: does not speak HTTP, it answered SOCKS5: use socks5:// for this proxy"},
		"http that is TLS":    {says(proxy.HTTP, "\x15\x03\x01\x00\x02\x02\x28"), proxy.HopHandshake, "handshake: does not speak HTTP, it answered TLS: use https:// for this proxy"},
		"http that hangs up":  {says(proxy.HTTP, ""), proxy.HopHandshake, "handshake: it closed the connection: is it a http proxy?"},
		"http that stops":     {says(proxy.HTTP, "HTTP/1.1 200 OK\r\n"), proxy.HopHandshake, "handshake: it closed the connection: is it a http proxy?"},
		"http that goes mad":  {says(proxy.HTTP, "HTTP/9.z 1\r\n\r\n"), proxy.HopHandshake, "handshake: answer is not HTTP: is it an http proxy?"},
		"http without an end": {says(proxy.HTTP, "HTTP/1.1 200 OK\r\n"+strings.Repeat("A: b\r\n", 20_000)), proxy.HopHandshake, "handshake: answer without end: is it an http proxy?"},
		"https with another's certificate": {misnamed, proxy.HopTLS,
			"tls: its certificate is not for wrong.test: set the option tls to the name in its certificate"},
		"https that is http":  {says(proxy.HTTPS, "HTTP/1.1 400 Bad Request\r\n\r\n"), proxy.HopTLS, "tls: it answered without TLS: use http:// for this proxy"},
		"https that hangs up": {says(proxy.HTTPS, ""), proxy.HopTLS, "tls: it closed the connection: is it an https proxy? Most speak plain http"},
		"no Telegram behind it": {at(proxy.SOCKS5, proxytest.Answering(t, "\x05\x00\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00"), "", ""), proxy.HopDC,
			"dc: connection closed before any answer from Telegram: the proxy connected, but Telegram does not answer behind it: it or its network may block Telegram"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := hops(proxy.Check(within(t), c.proxy, proxy.Target{List: dc.List(), Options: proxy.Options{RootCAs: pool, Plain: true}}))
			var e *proxy.Error
			if !errors.As(err, &e) {
				t.Fatal(err)
			}
			if want := "proxy " + c.proxy.String() + ": " + c.want; err.Error() != want || e.Hop != c.hop {
				t.Errorf("got  %s, %v\nwant %s, %s", e.Hop, err, c.hop, want)
			}
		})
	}
}

func TestAnUnknownAuthorityIsRefused(t *testing.T) {
	cert, _ := certificate(t)
	s := proxytest.Connect{TLS: cert}.Serve(t)
	_, err := hops(proxy.Check(within(t), at(proxy.HTTPS, s, "", ""), proxy.Target{}))
	if err == nil || !strings.Contains(err.Error(), "unknown authority: add that authority") {
		t.Error(err)
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

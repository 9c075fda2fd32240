package proxy_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/telegram/dcs"
	"github.com/gotd/td/transport"

	"github.com/tgscript/tgscript/telegram/proxy"
	"github.com/tgscript/tgscript/telegram/proxy/mtproxy"
	"github.com/tgscript/tgscript/telegram/proxy/proxytest"
)

const site = "www.example.com"

// shortReads gives no more than n bytes at a time, as slow networks do.
type shortReads struct {
	net.Conn
	n int
}

func (c shortReads) Read(p []byte) (int, error) { return c.Conn.Read(p[:min(len(p), c.n)]) }

func reading(n int) dcs.DialFunc {
	if n == 0 {
		return nil
	}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return shortReads{conn, n}, nil
	}
}

// converse sends packets of all sizes up to 512 KiB and gets answers of up to 700 kB.
func converse(ctx context.Context, tb testing.TB, conn transport.Conn) {
	tb.Helper()
	for _, size := range [][2]int{{40, 40}, {600, 24}, {24, 70_000}, {16_384, 16_384}, {65_536 + 24, 24}, {512 << 10, 24}, {24, 700_000}, {300_000, 300_000}} {
		packet := proxytest.Packet(size[0], size[1])
		b := &bin.Buffer{Buf: bytes.Clone(packet)}
		if err := conn.Send(ctx, b); err != nil {
			tb.Fatalf("send %d: %v", size[0], err)
		}
		if err := conn.Recv(ctx, b); err != nil {
			tb.Fatalf("receive %d: %v", size[1], err)
		}
		if !bytes.Equal(b.Buf, proxytest.Answer(packet)) {
			tb.Fatalf("%d up, %d down: answer is wrong", size[0], size[1])
		}
	}
}

func TestEverySecretAndTransport(t *testing.T) {
	dc := proxytest.NewDataCentre(t, 2)
	zeros := strings.Repeat("0", 32)
	for name, c := range map[string]struct {
		secret    string
		transport mtproxy.Transport
		tag       byte
	}{
		"plain":              {key, "", 0xdd},
		"plain abridged":     {key, mtproxy.Abridged, 0xef},
		"plain intermediate": {key, mtproxy.Intermediate, 0xee},
		"plain padded":       {key, mtproxy.Padded, 0xdd},
		"zeros":              {zeros, mtproxy.Abridged, 0xef},
		"dd":                 {"dd" + key, "", 0xdd},
		"DD padded":          {"DD" + strings.ToUpper(key), mtproxy.Padded, 0xdd},
		"ee":                 {"ee" + key + site, "", 0xdd},
	} {
		for _, piece := range []int{0, 1400, 97} {
			t.Run(fmt.Sprintf("%s, pieces of %d", name, piece), func(t *testing.T) {
				s := secret(t, c.secret)
				server := &proxytest.MTProxy{Key: s.Key[:], Domain: s.Domain, Upstream: dc.Address(), Piece: piece}
				p := at(proxy.MTProxy, server.Serve(t), "", "")
				p.Secret, p.Transport = s, c.transport
				ctx := within(t)
				r, err := proxy.Chain{p}.Resolver(proxy.Options{Dial: reading(piece), LoopbackOnly: true})
				if err != nil {
					t.Fatal(err)
				}
				conn, err := r.Primary(ctx, 2, dcs.List{})
				if err != nil {
					t.Fatal(err)
				}
				defer conn.Close()
				converse(ctx, t, conn)
				if who := server.Callers(); len(who) != 1 || who[0].Fault != "" || who[0].Tag != c.tag || who[0].DC != 2 {
					t.Errorf("the server saw %+v", who)
				}
			})
		}
	}
}

func TestTunnelsCarryBigPackets(t *testing.T) {
	dc := proxytest.NewDataCentre(t, 2)
	for name, chain := range map[string]proxy.Chain{
		"direct": nil,
		"socks5": {at(proxy.SOCKS5, proxytest.SOCKS{}.Serve(t), "", "")},
		"http":   {at(proxy.HTTP, proxytest.Connect{}.Serve(t), "", "")},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := within(t)
			r, err := chain.Resolver(proxy.Options{Dial: reading(1400)})
			if err != nil {
				t.Fatal(err)
			}
			conn, err := r.Primary(ctx, 2, dcs.List{Options: dc.List()})
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			converse(ctx, t, conn)
		})
	}
}

func TestMTProxyIsToldWhichDataCentre(t *testing.T) {
	dc := proxytest.NewDataCentre(t, 2)
	s := secret(t, key)
	for name, c := range map[string]struct {
		test bool
		ask  func(dcs.Resolver, context.Context) (transport.Conn, error)
		want int16
	}{
		"primary": {false, func(r dcs.Resolver, ctx context.Context) (transport.Conn, error) {
			return r.Primary(ctx, 4, dcs.List{})
		}, 4},
		"media": {false, func(r dcs.Resolver, ctx context.Context) (transport.Conn, error) {
			return r.MediaOnly(ctx, 4, dcs.List{})
		}, -4},
		"cdn": {false, func(r dcs.Resolver, ctx context.Context) (transport.Conn, error) { return r.CDN(ctx, 203, dcs.List{}) }, 203},
		"test": {true, func(r dcs.Resolver, ctx context.Context) (transport.Conn, error) {
			return r.Primary(ctx, 2, dcs.List{})
		}, 10002},
		"media, test": {true, func(r dcs.Resolver, ctx context.Context) (transport.Conn, error) {
			return r.MediaOnly(ctx, 2, dcs.List{})
		}, -10002},
		"list of test": {false, func(r dcs.Resolver, ctx context.Context) (transport.Conn, error) {
			return r.Primary(ctx, 2, dcs.List{Test: true})
		}, 10002},
	} {
		t.Run(name, func(t *testing.T) {
			server := &proxytest.MTProxy{Key: s.Key[:], Upstream: dc.Address()}
			p := at(proxy.MTProxy, server.Serve(t), "", "")
			p.Secret = s
			r, err := proxy.Chain{p}.Resolver(proxy.Options{Test: c.test})
			if err != nil {
				t.Fatal(err)
			}
			ctx := within(t)
			conn, err := c.ask(r, ctx)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			packet := proxytest.Packet(24, 24)
			b := &bin.Buffer{Buf: packet}
			if err := errors.Join(conn.Send(ctx, b), conn.Recv(ctx, b)); err != nil {
				t.Fatal(err)
			}
			if who := server.Callers(); who[0].DC != c.want {
				t.Errorf("told %d; want %d", who[0].DC, c.want)
			}
		})
	}
}

func TestAWrongSecretIsSaid(t *testing.T) {
	dc := proxytest.NewDataCentre(t, 2)
	other := strings.Repeat("ab", 16)
	for name, c := range map[string]struct {
		ours     string
		stranger func(net.Conn)
		now      func() time.Time
		hop      proxy.Hop
		says     string
	}{
		"plain, silence":   {other, nil, nil, proxy.HopDC, "dc: no answer from Telegram within 50ms: its secret is probably wrong, since an MTProxy stays silent then; or it can't reach Telegram"},
		"plain, hangs up":  {other, func(net.Conn) {}, nil, proxy.HopDC, "dc: connection closed before any answer from Telegram: its secret is probably wrong"},
		"ee, silence":      {"ee" + other + site, nil, nil, proxy.HopTLS, "tls: no answer within 50ms: its secret is probably wrong, or this machine's clock is"},
		"ee, hangs up":     {"ee" + other + site, func(net.Conn) {}, nil, proxy.HopTLS, "tls: it closed the connection: its secret is probably wrong"},
		"ee, another host": {"ee" + key + "www.example.org", nil, nil, proxy.HopTLS, "tls: no answer within 50ms"},
		"ee, wrong clock": {"ee" + key + site, nil, func() time.Time { return time.Now().Add(-time.Hour) }, proxy.HopTLS,
			"tls: no answer within 50ms: its secret is probably wrong, or this machine's clock is"},
		"ee, a web site":         {"ee" + other + site, saying("\x16\x03\x03\x00\x04\x02\x00\x00\x00\x14\x03\x03\x00\x01\x01\x17\x03\x03\x00\x01x"), nil, proxy.HopTLS, "tls: a web site answered instead of the proxy: its secret or host name is wrong, or this machine's clock is"},
		"ee, an alert":           {"ee" + other + site, saying("\x15\x03\x03\x00\x02\x02\x28"), nil, proxy.HopTLS, "tls: it turned the hello down: its secret or host name is probably wrong"},
		"ee, a plain web server": {"ee" + other + site, saying("HTTP/1.1 400 Bad Request\r\n\r\n"), nil, proxy.HopTLS, "tls: does not speak fake TLS: is it an MTProxy, and was its secret made with ee?"},
	} {
		t.Run(name, func(t *testing.T) {
			theirs := secret(t, key)
			ours := secret(t, c.ours)
			server := &proxytest.MTProxy{Key: theirs.Key[:], Upstream: dc.Address(), Stranger: c.stranger}
			if ours.Domain != "" {
				server.Domain = site
			}
			p := at(proxy.MTProxy, server.Serve(t), "", "")
			p.Secret = ours
			opts := proxy.Options{Dial: patient, Now: c.now}
			if strings.Contains(c.says, "within") {
				opts.Timeout = 50 * time.Millisecond
			}

			_, err := hops(proxy.Check(within(t), p, proxy.Target{Options: opts}))
			var e *proxy.Error
			if !errors.As(err, &e) || e.Hop != c.hop || !strings.HasPrefix(err.Error(), "proxy "+p.String()+": "+c.says) {
				t.Errorf("check: %v; want %s", err, c.says)
			}
			if err := firstAnswer(within(t), p, opts); err == nil || !strings.HasPrefix(err.Error(), "proxy "+p.String()+": "+c.says) {
				t.Errorf("connection: %v; want %s", err, c.says)
			}
		})
	}
}

// patient leaves the whole time limit to what comes after it, however busy the machine is.
func patient(_ context.Context, network, address string) (net.Conn, error) {
	return net.Dial(network, address)
}

func saying(answer string) func(net.Conn) {
	return func(conn net.Conn) { _, _ = conn.Write([]byte(answer)) }
}

// firstAnswer connects and waits for one answer, with no deadline but the resolver's own.
func firstAnswer(ctx context.Context, p proxy.Proxy, opts proxy.Options) error {
	r, err := proxy.Chain{p}.Resolver(opts)
	if err != nil {
		return err
	}
	conn, err := r.Primary(ctx, 2, dcs.List{})
	if err != nil {
		return err
	}
	defer conn.Close()
	b := &bin.Buffer{Buf: proxytest.Packet(24, 24)}
	if err := conn.Send(context.Background(), b); err != nil {
		return err
	}
	return conn.Recv(context.Background(), b)
}

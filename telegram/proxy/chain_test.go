package proxy_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/telegram/dcs"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/transport"

	"github.com/tgscript/tgscript/telegram/proxy"
	"github.com/tgscript/tgscript/telegram/proxy/proxytest"
)

// dialler notes every address that is dialled.
type dialler struct {
	mu    sync.Mutex
	asked []string
}

func (d *dialler) dial(ctx context.Context, network, address string) (net.Conn, error) {
	d.mu.Lock()
	d.asked = append(d.asked, address)
	d.mu.Unlock()
	return (&net.Dialer{}).DialContext(ctx, network, address)
}

// took gives what was dialled since the last call, by the names of the servers.
func (d *dialler) took(names map[string]string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []string
	for _, a := range d.asked {
		out = append(out, names[a])
	}
	d.asked = nil
	return strings.Join(out, " ")
}

func resolver(tb testing.TB, chain proxy.Chain, opts proxy.Options) dcs.Resolver {
	tb.Helper()
	r, err := chain.Resolver(opts)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// talk connects and has one question answered.
func talk(ctx context.Context, r dcs.Resolver, list []tg.DCOption) error {
	conn, err := r.Primary(ctx, 2, dcs.List{Options: list})
	if err != nil {
		return err
	}
	defer conn.Close()
	return exchange(ctx, conn)
}

func exchange(ctx context.Context, conn transport.Conn) error {
	b := &bin.Buffer{Buf: proxytest.Packet(24, 24)}
	if err := conn.Send(ctx, b); err != nil {
		return err
	}
	return conn.Recv(ctx, b)
}

func TestAListFailsOverInOrderAndStays(t *testing.T) {
	dc := proxytest.NewDataCentre(t, 2)
	dead := proxytest.Silent(t)
	dead.Close()
	refusing := proxytest.SOCKS{User: "u", Password: "p"}.Serve(t)
	one, two := proxytest.SOCKS{}.Serve(t), proxytest.Connect{}.Serve(t)
	names := map[string]string{dead.Address(): "dead", refusing.Address(): "refusing", one.Address(): "one", two.Address(): "two", dc.Address(): "DIRECT"}
	var d dialler
	var log bytes.Buffer
	r := resolver(t, proxy.Chain{at(proxy.SOCKS5, dead, "", ""), at(proxy.SOCKS5, refusing, "u", "hunter2"), at(proxy.SOCKS5, one, "", ""), at(proxy.HTTP, two, "", "")},
		proxy.Options{Dial: d.dial, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	ctx := within(t)
	step := func(what, want string, works bool) {
		t.Helper()
		err := talk(ctx, r, dc.List())
		if got := d.took(names); got != want || (err == nil) != works {
			t.Fatalf("%s: dialled %q, %v; want %q, works %v", what, got, err, want, works)
		}
	}
	step("the first that works is found", "dead refusing one", true)
	step("it is kept", "one", true)
	one.Close()
	step("when it fails, the next is taken", "one two", true)
	step("and kept", "two", true)
	two.Close()
	step("when all fail, all were tried, and nothing else", "two dead refusing one", false)
	dc.Close()
	if !strings.Contains(log.String(), "proxy failed, the next one is tried") || !strings.Contains(log.String(), "proxy in use") || strings.Contains(log.String(), "hunter2") {
		t.Errorf("log: %s", log.String())
	}
}

func TestTheErrorOfAListTellsOfEach(t *testing.T) {
	dead := proxytest.Silent(t)
	dead.Close()
	r := resolver(t, proxy.Chain{at(proxy.SOCKS5, dead, "", ""), at(proxy.HTTP, proxytest.Connect{User: "u"}.Serve(t), "", "")}, proxy.Options{})
	err := talk(within(t), r, []tg.DCOption{{ID: 2, IPAddress: "127.0.0.1", Port: 1}})
	var e *proxy.Error
	if err == nil || !strings.HasPrefix(err.Error(), "no proxy works: proxy socks5://") || !strings.Contains(err.Error(), "; proxy http://") || !errors.As(err, &e) {
		t.Error(err)
	}
}

// A proxy that lets us in and then says nothing has failed too, but only the first answer could tell.
func TestAProxyThatNeverAnswersIsLeft(t *testing.T) {
	dc := proxytest.NewDataCentre(t, 2)
	blackhole := proxytest.SOCKS{}.Serve(t)
	good := proxytest.SOCKS{}.Serve(t)
	mute := &proxytest.MTProxy{Key: bytes.Repeat([]byte{1}, 16), Upstream: dc.Address(), Stranger: func(net.Conn) {}}
	wrong := at(proxy.MTProxy, mute.Serve(t), "", "")
	wrong.Secret = secret(t, key)
	names := map[string]string{wrong.Address(): "wrong", blackhole.Address(): "blackhole", good.Address(): "good"}
	var d dialler
	r := resolver(t, proxy.Chain{wrong, at(proxy.SOCKS5, good, "", "")}, proxy.Options{Dial: d.dial})
	if err := talk(within(t), r, dc.List()); err == nil || !strings.Contains(err.Error(), "secret is probably wrong") {
		t.Error(err)
	}
	if err := talk(within(t), r, dc.List()); err != nil {
		t.Error(err)
	}
	if got := d.took(names); got != "wrong good" {
		t.Errorf("dialled %s", got)
	}
}

func TestClosingEarlyIsNoVerdict(t *testing.T) {
	dc := proxytest.NewDataCentre(t, 2)
	one, two := proxytest.SOCKS{}.Serve(t), proxytest.SOCKS{}.Serve(t)
	var d dialler
	r := resolver(t, proxy.Chain{at(proxy.SOCKS5, one, "", ""), at(proxy.SOCKS5, two, "", "")}, proxy.Options{Dial: d.dial})
	ctx := within(t)
	conn, err := r.Primary(ctx, 2, dcs.List{Options: dc.List()})
	if err != nil {
		t.Fatal(err)
	}
	received := make(chan error, 1)
	go func() { received <- conn.Recv(ctx, &bin.Buffer{}) }()
	if err := conn.Close(); err != nil {
		t.Error(err)
	}
	if err := <-received; !errors.Is(err, net.ErrClosed) {
		t.Error(err)
	}
	if err := talk(ctx, r, dc.List()); err != nil {
		t.Error(err)
	}
	if got := d.took(map[string]string{one.Address(): "one", two.Address(): "two"}); got != "one one" {
		t.Errorf("dialled %s", got)
	}
}

func TestAddressesAreTriedInTurn(t *testing.T) {
	dc := proxytest.NewDataCentre(t, 2)
	dead := proxytest.Silent(t)
	dead.Close()
	hangsUp := proxytest.Serve(t, func(net.Conn) {})
	list := []tg.DCOption{
		{ID: 2, IPAddress: "127.0.0.1", Port: dead.Port()},
		{ID: 2, IPAddress: "127.0.0.1", Port: hangsUp.Port()},
		{ID: 2, IPAddress: "127.0.0.1", Port: dc.Port()},
	}
	names := map[string]string{dead.Address(): "dead", hangsUp.Address(): "mute", dc.Address(): "dc"}
	ctx := within(t)
	var d dialler
	r := resolver(t, nil, proxy.Options{Dial: d.dial})
	err := talk(ctx, r, list)
	if got := d.took(names); got != "dead mute" || err == nil {
		t.Errorf("dialled %q, %v: one that answers the call but says nothing shows only later", got, err)
	}
	if err := talk(ctx, r, list); err != nil {
		t.Error(err)
	}
	if got := d.took(names); got != "dc" {
		t.Errorf("dialled %q", got)
	}
	socks := resolver(t, proxy.Chain{at(proxy.SOCKS5, proxytest.SOCKS{}.Serve(t), "", "")}, proxy.Options{})
	if err := talk(ctx, socks, []tg.DCOption{list[0], list[2]}); err != nil {
		t.Errorf("through a proxy: %v", err)
	}
	if err := talk(ctx, socks, nil); err == nil || !strings.Contains(err.Error(), "no address known for data centre 2") {
		t.Error(err)
	}
}

// What the proxy itself refuses, it would refuse for every address; wrong passwords get people locked out.
func TestARefusedPasswordIsTriedOnce(t *testing.T) {
	s := proxytest.SOCKS{User: "u", Password: "p"}.Serve(t)
	r := resolver(t, proxy.Chain{at(proxy.SOCKS5, s, "u", "x")}, proxy.Options{})
	err := talk(within(t), r, []tg.DCOption{{ID: 2, IPAddress: "127.0.0.1", Port: 1}, {ID: 2, IPAddress: "127.0.0.1", Port: 2}})
	if err == nil || s.Accepted() != 1 {
		t.Errorf("%d connections, %v", s.Accepted(), err)
	}
}

// The time that is left is shared: the first proxy must not eat what the second needs.
func TestDeadlinesAreShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var waits []time.Duration
		start := time.Now()
		hang := func(ctx context.Context, _, _ string) (net.Conn, error) {
			begun := time.Since(start)
			<-ctx.Done()
			waits = append(waits, time.Since(start)-begun)
			return nil, ctx.Err()
		}
		p := proxy.Proxy{Kind: proxy.HTTP, Host: "h", Port: 1}
		for name, c := range map[string]struct {
			limit time.Duration
			want  []time.Duration
		}{
			"a tight one":    {12 * time.Second, []time.Duration{4 * time.Second, 4 * time.Second, 4 * time.Second}},
			"a generous one": {time.Hour, []time.Duration{20 * time.Second, 20 * time.Second, 20 * time.Second}},
		} {
			waits, start = nil, time.Now()
			r := resolver(t, proxy.Chain{p, p, p}, proxy.Options{Dial: hang})
			ctx, cancel := context.WithTimeout(t.Context(), c.limit)
			err := talk(ctx, r, []tg.DCOption{{ID: 2, IPAddress: "127.0.0.1", Port: 1}})
			cancel()
			if err == nil || len(waits) != 3 || waits[0] != c.want[0] || waits[1] != c.want[1] || waits[2] != c.want[2] {
				t.Errorf("%s: waited %v, %v", name, waits, err)
			}
		}
	})
}

// A proxy that falls silent right after the connection is given up after the time limit of our own.
func TestSilenceHasATimeLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		far := make(chan net.Conn, 1)
		dial := func(context.Context, string, string) (net.Conn, error) {
			near, other := net.Pipe()
			far <- other
			return near, nil
		}
		p := proxy.Proxy{Kind: proxy.MTProxy, Host: "h", Port: 1, Secret: secret(t, key)}
		r := resolver(t, proxy.Chain{p}, proxy.Options{Dial: dial})
		conn, err := r.Primary(t.Context(), 2, dcs.List{})
		if err != nil {
			t.Fatal(err)
		}
		other := <-far
		go func() { _, _ = other.Read(make([]byte, 1000)) }()
		start := time.Now()
		err = exchange(context.Background(), conn)
		if want := "dc: no answer from Telegram within 20s"; err == nil || !strings.Contains(err.Error(), want) || time.Since(start) != 20*time.Second {
			t.Errorf("after %v: %v; want %s", time.Since(start), err, want)
		}
		_ = conn.Close()
	})
}

func TestABrokenProxyInAListIsRefusedAtOnce(t *testing.T) {
	_, err := proxy.Chain{{Kind: proxy.HTTP, Host: "h", Port: 1}, {Kind: "vpn", Host: "h", Port: 1}}.Resolver(proxy.Options{})
	if err == nil || !strings.Contains(err.Error(), `proxy 2 of 2: kind of proxy "vpn" unknown`) {
		t.Error(err)
	}
	if _, err := (proxy.Chain{{}}).Resolver(proxy.Options{}); err == nil {
		t.Error("an empty proxy in a list would be a direct connection")
	}
}

func TestClientProxyIsTheFirstMTProxy(t *testing.T) {
	m := proxy.Proxy{Kind: proxy.MTProxy, Host: "h", Port: 1}
	if got, ok := (proxy.Chain{m}).ClientProxy(); !ok || got.Address != "h" || got.Port != 1 {
		t.Error(got, ok)
	}
	for _, c := range []proxy.Chain{nil, {{Kind: proxy.SOCKS5, Host: "h", Port: 1}, m}} {
		if _, ok := c.ClientProxy(); ok {
			t.Errorf("%v tells one", c)
		}
	}
}

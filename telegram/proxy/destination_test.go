package proxy

import (
	"context"
	"net"
	"slices"
	"testing"

	"github.com/gotd/td/telegram/dcs"
	"github.com/gotd/td/tg"
)

func TestAddressesInOrder(t *testing.T) {
	four := tg.DCOption{ID: 2, IPAddress: "10.0.0.1", Port: 443}
	fixed := tg.DCOption{ID: 2, IPAddress: "10.0.0.2", Port: 443, Static: true}
	hidden := tg.DCOption{ID: 2, IPAddress: "10.0.0.3", Port: 443, TCPObfuscatedOnly: true}
	six := tg.DCOption{ID: 2, IPAddress: "fd00::1", Port: 443, Ipv6: true}
	files := tg.DCOption{ID: 2, IPAddress: "10.0.0.4", Port: 443, MediaOnly: true}
	copies := tg.DCOption{ID: 2, IPAddress: "10.0.0.5", Port: 443, CDN: true}
	other := tg.DCOption{ID: 3, IPAddress: "10.0.0.6", Port: 443}
	again := fixed
	again.Static = false
	all := []tg.DCOption{six, hidden, four, again, fixed, files, copies, other}
	noFiles := []tg.DCOption{four, other}

	for name, c := range map[string]struct {
		role role
		list []tg.DCOption
		trip trip
		want []tg.DCOption
	}{
		"IPv4 first, fixed ones first, each once": {primary, all, trip{}, []tg.DCOption{fixed, four, hidden, six}},
		"IPv6 first when preferred":               {primary, all, trip{opts: Options{PreferIPv6: true}}, []tg.DCOption{six, fixed, four, hidden}},
		"IPv6 never":                              {primary, all, trip{opts: Options{NoIPv6: true}}, []tg.DCOption{fixed, four, hidden}},
		"SOCKS4 has no IPv6":                      {primary, all, trip{proxy: Proxy{Kind: SOCKS4}}, []tg.DCOption{fixed, four, hidden}},
		"files have their own":                    {media, all, trip{}, []tg.DCOption{files}},
		"or else the usual ones":                  {media, noFiles, trip{}, []tg.DCOption{four}},
		"copies have their own":                   {cdn, all, trip{}, []tg.DCOption{copies}},
		"and no others":                           {cdn, noFiles, trip{}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got := destination{dc: 2, role: c.role, list: dcs.List{Options: c.list}}.addresses(&c.trip)
			same := func(a, b tg.DCOption) bool { return address(a) == address(b) }
			if !slices.EqualFunc(got, c.want, same) {
				t.Errorf("got %v; want %v", got, c.want)
			}
		})
	}
}

func TestOptionsWithASecretSpeakAsToAProxy(t *testing.T) {
	// Telegram's list may hold addresses that only talk obfuscated by a secret of their own.
	option := tg.DCOption{ID: 2, IPAddress: "127.0.0.1", Port: 1, TCPObfuscatedOnly: true, Secret: []byte("short")}
	r, err := Chain(nil).Resolver(Options{Dial: pipe})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Primary(t.Context(), 2, dcs.List{Options: []tg.DCOption{option}}); err == nil {
		t.Error("a secret of 5 bytes was taken")
	}
	option.Secret = []byte("0123456789abcdef")
	conn, err := r.Primary(t.Context(), 2, dcs.List{Options: []tg.DCOption{option}})
	if err != nil {
		t.Fatal(err)
	}
	_ = conn.Close()
}

func pipe(context.Context, string, string) (net.Conn, error) {
	near, _ := net.Pipe()
	return near, nil
}

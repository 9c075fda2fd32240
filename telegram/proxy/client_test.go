package proxy_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/gotd/td/session"
	"github.com/gotd/td/telegram"
	"github.com/gotd/td/telegram/dcs"

	"github.com/tgscript/tgscript/telegram/proxy"
	"github.com/tgscript/tgscript/telegram/proxy/proxytest"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// A client of gotd's talks to the sandbox through every kind, and the way is checked before.
func TestAClientWorksThroughEveryKind(t *testing.T) {
	server, err := sandbox.New(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	address := fmt.Sprintf("127.0.0.1:%d", server.DCOptions()[0].Port)

	behind := func(text string, piece int) proxy.Proxy {
		s := secret(t, text)
		p := at(proxy.MTProxy, (&proxytest.MTProxy{Key: s.Key[:], Domain: s.Domain, Upstream: address, Piece: piece}).Serve(t), "", "")
		p.Secret = s
		return p
	}
	cert, pool := certificate(t)
	for name, chain := range map[string]proxy.Chain{
		"directly":       nil,
		"socks5":         {at(proxy.SOCKS5, proxytest.SOCKS{User: "u", Password: "p"}.Serve(t), "u", "p")},
		"socks4":         {at(proxy.SOCKS4, proxytest.SOCKS{}.Serve(t), "", "")},
		"http":           {at(proxy.HTTP, proxytest.Connect{User: "u", Password: "p"}.Serve(t), "u", "p")},
		"https":          {at(proxy.HTTPS, proxytest.Connect{TLS: cert}.Serve(t), "", "")},
		"mtproxy, plain": {behind(key, 0)},
		"mtproxy, dd":    {behind("dd"+key, 97)},
		"mtproxy, ee":    {behind("ee"+key+site, 97)},
	} {
		t.Run(name, func(t *testing.T) {
			opts := proxy.Options{LoopbackOnly: true, RootCAs: pool}
			for _, p := range chain {
				if got, err := hops(proxy.Check(within(t), p, proxy.Target{List: server.DCOptions(), Options: opts})); err != nil {
					t.Errorf("check: %s, %v", got, err)
				}
			}
			ready, err := server.ReadySession(0) // making a new key costs a second
			if err != nil {
				t.Fatal(err)
			}
			storage := &session.StorageMemory{}
			if err := storage.StoreSession(t.Context(), ready); err != nil {
				t.Fatal(err)
			}
			client := telegram.NewClient(1, "hash", telegram.Options{
				Resolver: resolver(t, chain, opts), PublicKeys: server.Keys(), DC: server.DCOptions()[0].ID, DCList: dcs.List{Options: server.DCOptions()},
				SessionStorage: storage, DialTimeout: time.Minute, NoUpdates: true,
			})
			if err := client.Run(within(t), func(ctx context.Context) error {
				_, err := client.API().HelpGetConfig(ctx)
				return err
			}); err != nil {
				t.Error(err)
			}
		})
	}
}

package wire

import (
	"context"
	"strings"
	"testing"

	"github.com/gotd/td/session"
	"github.com/gotd/td/telegram"
	"github.com/gotd/td/telegram/dcs"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/transport"
)

func TestGotdClientWorksOverEachTransport(t *testing.T) {
	for name, plain := range map[string]dcs.PlainOptions{
		"abridged":                {Protocol: transport.Abridged},
		"intermediate":            {Protocol: transport.Intermediate},
		"padded intermediate":     {Protocol: transport.PaddedIntermediate},
		"full":                    {Protocol: transport.Full},
		"obfuscated abridged":     {Protocol: transport.Abridged, Obfuscated: true},
		"obfuscated intermediate": {Protocol: transport.Intermediate, Obfuscated: true},
		"obfuscated padded":       {Protocol: transport.PaddedIntermediate, Obfuscated: true},
	} {
		t.Run(name, func(t *testing.T) {
			s, address := start(t, Options{DC: 2})
			storage, key := stored(t, s)
			run(t, clientOptions(address, plain, storage), func(ctx context.Context, c *telegram.Client) {
				for _, n := range []int{1, 10, 1000, 200_000} {
					mustEcho(ctx, t, c, strings.Repeat("x", n))
				}
				sessions := s.Sessions(key.IntID())
				if len(sessions) != 1 {
					t.Fatalf("%d sessions", len(sessions))
				}
				if init := sessions[0].Init(); init == nil || init.APIID != 1 || sessions[0].Layer() == 0 {
					t.Errorf("session knows %+v of layer %d", init, sessions[0].Layer())
				}
			})
		})
	}
}

func TestGotdClientMakesItsKey(t *testing.T) {
	s, address := start(t, Options{DC: 2})
	storage := new(session.StorageMemory)
	run(t, clientOptions(address, dcs.PlainOptions{}, storage), func(ctx context.Context, c *telegram.Client) {
		mustEcho(ctx, t, c, "hello")
	})
	data, err := (&session.Loader{Storage: storage}).Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if len(s.AuthKeys().keys) != 1 {
		t.Errorf("%d keys", len(s.AuthKeys().keys))
	}
	for _, k := range s.AuthKeys().keys {
		if string(k.value[:]) != string(data.AuthKey) {
			t.Error("client and server don't agree on the key")
		}
	}
}

func TestGotdClientGetsPushes(t *testing.T) {
	s, address := start(t, Options{DC: 2})
	storage, key := stored(t, s)
	opts := clientOptions(address, dcs.PlainOptions{}, storage)
	const many = 300
	got := make(chan int, many)
	opts.UpdateHandler = telegram.UpdateHandlerFunc(func(_ context.Context, u tg.UpdatesClass) error {
		got <- u.(*tg.UpdateShort).Date
		return nil
	})
	run(t, opts, func(ctx context.Context, c *telegram.Client) {
		mustEcho(ctx, t, c, "there")
		target := s.Sessions(key.IntID())[0]
		if target.NoUpdates() {
			t.Error("session says it wants no updates")
		}
		for i := range many {
			if err := target.Push(&tg.UpdateShort{Update: &tg.UpdateConfig{}, Date: i}); err != nil {
				t.Fatal(err)
			}
		}
		seen := map[int]bool{}
		for range many {
			select {
			case date := <-got:
				seen[date] = true
			case <-ctx.Done():
				t.Fatal("updates are missing")
			}
		}
		if len(seen) != many {
			t.Errorf("%d different updates", len(seen))
		}
	})
}

func TestGotdClientReconnects(t *testing.T) {
	var (
		s       *Server
		address string
	)
	s, address = start(t, Options{DC: 2, Handler: withConfig(&address, echo)})
	storage, key := stored(t, s)
	run(t, clientOptions(address, dcs.PlainOptions{}, storage), func(ctx context.Context, c *telegram.Client) {
		mustEcho(ctx, t, c, "before")
		for _, session := range s.Sessions(key.IntID()) {
			session.mu.Lock()
			session.cut()
			session.mu.Unlock()
		}
		// What gotd writes into a broken connection it doesn't try again, so this does.
		for ctx.Err() == nil {
			if _, err := c.API().HelpGetDeepLinkInfo(ctx, "after"); err == nil {
				break
			}
		}
	})
	if n := len(s.Sessions(key.IntID())); n != 2 {
		t.Errorf("%d sessions, though gotd begins one for each connection", n)
	}
}

func TestGotdClientWithPFS(t *testing.T) {
	s, address := start(t, Options{DC: 2})
	storage, key := stored(t, s)
	opts := clientOptions(address, dcs.PlainOptions{}, storage)
	opts.EnablePFS = true
	run(t, opts, func(ctx context.Context, c *telegram.Client) {
		mustEcho(ctx, t, c, "over a temporary key")
		if n := len(s.Sessions(key.IntID())); n == 0 {
			t.Error("session isn't listed at the permanent key")
		}
	})
}

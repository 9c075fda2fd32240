package sandbox

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gotd/td/session"
	"github.com/gotd/td/tg"
)

// BenchmarkRealClients is a thousand gotd clients with stored keys, connected at once, in this
// process: what they take with the server, and how many calls they make. Run it with -benchtime 1x.
func BenchmarkRealClients(b *testing.B) {
	const accounts, calls = 1000, 20
	for b.Loop() {
		seed := DefaultSeed()
		seed.Bots = nil
		for i := range accounts {
			seed.Bots = append(seed.Bots, benchBot(i))
		}
		seed.Chats = nil
		s := serve(b, Options{Seed: seed})
		before := memory()
		clients := make([]*client, accounts)
		var joining sync.WaitGroup
		room := make(chan struct{}, 16)
		for i, bot := range seed.Bots {
			room <- struct{}{}
			joining.Go(func() {
				defer func() { <-room }()
				clients[i] = s.returning(b, bot.Token)
			})
		}
		joining.Wait()
		b.ReportMetric(float64(memory()-before)/(1<<20), "MiB")
		began := time.Now()
		var done atomic.Int64
		var running sync.WaitGroup
		for _, c := range clients {
			running.Go(func() {
				for range calls {
					if _, err := c.api.UpdatesGetState(b.Context()); err != nil {
						b.Error(err)
						return
					}
					done.Add(1)
				}
			})
		}
		running.Wait()
		b.ReportMetric(float64(done.Load())/time.Since(began).Seconds(), "rpc/s")
		var leaving sync.WaitGroup
		for _, c := range clients {
			leaving.Go(c.stop)
		}
		leaving.Wait()
	}
}

// returning connects a client of a bot whose key is signed in already.
func (s *Server) returning(b testing.TB, token string) *client {
	b.Helper()
	ready, err := s.ReadySession(0)
	if err != nil {
		b.Fatal(err)
	}
	storage := &session.StorageMemory{}
	if err := storage.StoreSession(b.Context(), ready); err != nil {
		b.Fatal(err)
	}
	c := redial(b, s, storage)
	if _, err := c.api.AuthImportBotAuthorization(b.Context(), &tg.AuthImportBotAuthorizationRequest{
		APIID: s.seed.APIID, APIHash: s.seed.APIHash, BotAuthToken: token,
	}); err != nil {
		b.Fatal(err)
	}
	return c
}

package sandbox

import (
	"fmt"
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// BenchmarkSend is the server's own work for one private message: no network, nobody listening.
func BenchmarkSend(b *testing.B) {
	b.Run("unwatched", func(b *testing.B) { benchmarkSend(b, Options{}) })
	b.Run("inspected", func(b *testing.B) { benchmarkSend(b, Options{Inspect: func(Inspection) {}}) })
}

func benchmarkSend(b *testing.B, opts Options) {
	s, err := New(opts)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	key, err := s.dcs[firstDC].keys.NewReady()
	if err != nil {
		b.Fatal(err)
	}
	call := func(in bin.Encoder) {
		if _, err := s.direct(b.Context(), firstDC, key.IntID(), in); err != nil {
			b.Fatal(err)
		}
	}
	call(&tg.AuthImportBotAuthorizationRequest{APIID: s.seed.APIID, APIHash: s.seed.APIHash, BotAuthToken: s.seed.Bots[0].Token})
	if _, err := s.Person("alice").Send(b.Context(), "EchoBot", "/start", SendOptions{}); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		call(&tg.MessagesSendMessageRequest{Peer: &tg.InputPeerUser{UserID: 1001}, Message: "benchmark message", RandomID: random()})
	}
}

// BenchmarkEcho is a person's message over the wire to a bot that answers: both clients and the
// server in this process.
func BenchmarkEcho(b *testing.B) {
	for _, flight := range []int{1, 32} {
		b.Run(fmt.Sprintf("%d in flight", flight), func(b *testing.B) { benchmarkEcho(b, flight) })
	}
}

func benchmarkEcho(b *testing.B, flight int) {
	s := serve(b, Options{})
	alice, bot := login(b, s, "alice"), login(b, s, "EchoBot")
	to := alice.to(b, "sandbox_echo_bot")
	go func() {
		for {
			select {
			case <-b.Context().Done():
				return
			case u := <-bot.updates:
				if u, ok := u.(*tg.UpdateNewMessage); ok {
					if m, ok := u.Message.(*tg.Message); ok && !m.Out {
						go func() {
							_, _ = bot.api.MessagesSendMessage(b.Context(), &tg.MessagesSendMessageRequest{
								Peer: &tg.InputPeerUser{UserID: 1001}, Message: m.Message, RandomID: random(),
							})
						}()
					}
				}
			}
		}
	}()
	slots := make(chan struct{}, flight)
	echoes := make(chan struct{})
	go func() {
		for u := range alice.updates {
			if u, ok := u.(*tg.UpdateNewMessage); ok && !u.Message.(*tg.Message).Out {
				echoes <- struct{}{}
			}
		}
	}()
	b.Cleanup(func() { close(alice.updates) })
	n := 0
	go func() {
		for range b.N {
			slots <- struct{}{}
			go func() {
				_, _ = alice.api.MessagesSendMessage(b.Context(), &tg.MessagesSendMessageRequest{Peer: to, Message: "ping", RandomID: random()})
			}()
		}
	}()
	b.ResetTimer()
	for n < b.N {
		<-echoes
		<-slots
		n++
	}
}

package telegram_test

import (
	"context"
	"testing"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// BenchmarkRawCall compares a call by name with a typed one, over the whole way.
func BenchmarkRawCall(b *testing.B) {
	s, err := sandbox.New(sandbox.Options{})
	if err != nil {
		b.Fatal(err)
	}
	opts := options(s)
	if opts.Session, err = s.ReadySession(0); err != nil {
		b.Fatal(err)
	}
	a, err := telegram.Open(opts)
	if err != nil {
		b.Fatal(err)
	}
	err = a.Run(b.Context(), func(ctx context.Context) error {
		if _, err := a.SignIn(ctx, alice()); err != nil {
			return err
		}
		b.Run("typed", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := a.API().MessagesGetHistory(ctx, &tg.MessagesGetHistoryRequest{Peer: &tg.InputPeerSelf{}, Limit: 10}); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("by name", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := a.Call(ctx, "messages.getHistory", fields{"peer": "me", "limit": 10}); err != nil {
					b.Fatal(err)
				}
			}
		})
		return nil
	})
	if err != nil {
		b.Error(err)
	}
	if err := a.Close(); err != nil {
		b.Error(err)
	}
	if err := s.Close(); err != nil {
		b.Error(err)
	}
}

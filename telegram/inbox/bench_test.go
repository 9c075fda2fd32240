package inbox

import (
	"context"
	"testing"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/store"
)

// BenchmarkUpdate is the way of one message through the inbox. One after another is what an echo bot
// sees; in disorder is what gotd makes of a burst.
func BenchmarkUpdate(b *testing.B) {
	for name, swap := range map[string]int{"in order": 1, "in disorder": 8} {
		b.Run(name, func(b *testing.B) {
			s := newServer()
			n := (b.N + swap - 1) / swap * swap
			taken, all := 0, make(chan struct{})
			box := New(Options{API: s, Store: store.Memory(), Sink: func(_ context.Context, items []Item) (int, error) {
				if taken += len(items); taken == n {
					close(all)
				}
				return len(items), nil
			}})
			ctx, cancel := context.WithCancel(b.Context())
			defer cancel()
			if err := box.Start(ctx); err != nil {
				b.Fatal(err)
			}
			done := make(chan error, 1)
			go func() { done <- box.Run(ctx) }()

			updates := make([]tg.UpdatesClass, n)
			for i := range updates {
				at := i/swap*swap + swap - 1 - i%swap // each group backwards
				updates[i] = &tg.Updates{Updates: []tg.UpdateClass{&tg.UpdateNewMessage{
					Message: &tg.Message{ID: at, PeerID: &tg.PeerUser{UserID: 1}}, Pts: 101 + at, PtsCount: 1,
				}}}
			}
			box.queue.limit = n + 1
			b.ReportAllocs()
			b.ResetTimer()
			for _, u := range updates {
				box.Push(u)
			}
			<-all
			b.StopTimer()
			cancel()
			if err := <-done; err != nil {
				b.Fatal(err)
			}
		})
	}
}

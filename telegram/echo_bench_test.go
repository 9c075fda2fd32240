//go:build unix

package telegram_test

import (
	"context"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/gotd/td/session"
	gotd "github.com/gotd/td/telegram"
	"github.com/gotd/td/telegram/dcs"
	"github.com/gotd/td/telegram/message"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
	"github.com/tgscript/tgscript/telegram/text"
)

// BenchmarkEcho has a bot echo with 32 messages in flight: ours, and a bare one of gotd's beside it.
// Both figures include the sandbox, which is the same for both.
func BenchmarkEcho(b *testing.B) {
	for name, bot := range map[string]func(b *testing.B, s *sandbox.Server, f func()){"gotd": bareBot, "tgscript": ourBot} {
		b.Run(name, func(b *testing.B) {
			s, err := sandbox.New(sandbox.Options{})
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			bot(b, s, func() {
				echoes := make(chan struct{}, 10_000)
				defer s.Observe(func(e sandbox.Entry) {
					if e.From == "EchoBot" {
						echoes <- struct{}{}
					}
				})()
				bob := s.Person("bob")
				send := func(i int) {
					if _, err := bob.Send(b.Context(), "EchoBot", strconv.Itoa(i), sandbox.SendOptions{}); err != nil {
						b.Fatal(err)
					}
				}
				send(0)
				<-echoes
				cpu := cpuTime()
				b.ResetTimer()
				sent := min(32, b.N)
				for i := range sent {
					send(i)
				}
				for range b.N {
					<-echoes
					if sent < b.N {
						send(sent)
						sent++
					}
				}
				b.StopTimer()
				b.ReportMetric(float64((cpuTime()-cpu).Microseconds())/float64(b.N), "cpu-us/op")
			})
		})
	}
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func ourBot(b *testing.B, s *sandbox.Server, f func()) {
	opts := options(s)
	ready, err := s.ReadySession(0)
	if err != nil {
		b.Fatal(err)
	}
	opts.Session, opts.BotToken, opts.Dir = ready, s.Info().Bots[0].Token, b.TempDir()
	opts.Handler = func(ctx context.Context, e *telegram.Event) {
		if e.Kind == telegram.EventMessage && !e.Message.Out {
			go func() {
				_, _ = e.Account.Send(ctx, e.Message, text.Of(e.Message.Message.Message), telegram.SendOptions{})
			}()
		}
	}
	a, err := telegram.Open(opts)
	if err != nil {
		b.Fatal(err)
	}
	defer a.Close()
	if err := a.Run(b.Context(), func(ctx context.Context) error {
		if _, err := a.SignIn(ctx, nil); err != nil {
			return err
		}
		f()
		return nil
	}); err != nil {
		b.Fatal(err)
	}
}

func bareBot(b *testing.B, s *sandbox.Server, f func()) {
	ready, err := s.ReadySession(0)
	if err != nil {
		b.Fatal(err)
	}
	storage := &session.StorageMemory{}
	if err := storage.StoreSession(b.Context(), ready); err != nil {
		b.Fatal(err)
	}
	info := s.Info()
	dispatcher := tg.NewUpdateDispatcher()
	client := gotd.NewClient(info.APIID, info.APIHash, gotd.Options{
		DC: info.DC, DCList: dcs.List{Options: s.DCOptions()}, PublicKeys: s.Keys(), SessionStorage: storage, UpdateHandler: dispatcher,
	})
	sender := message.NewSender(client.API())
	dispatcher.OnNewMessage(func(ctx context.Context, e tg.Entities, u *tg.UpdateNewMessage) error {
		if m, ok := u.Message.(*tg.Message); ok && !m.Out {
			_, err := sender.Reply(e, u).Text(ctx, m.Message)
			return err
		}
		return nil
	})
	if err := client.Run(b.Context(), func(ctx context.Context) error {
		if _, err := client.Auth().Bot(ctx, info.Bots[0].Token); err != nil {
			return err
		}
		f()
		return nil
	}); err != nil {
		b.Fatal(err)
	}
}

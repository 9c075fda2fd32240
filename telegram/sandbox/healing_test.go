package sandbox_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
	"github.com/tgscript/tgscript/telegram/text"
)

const patience = time.Minute

// heard collects the texts of messages that an account is told of.
type heard struct {
	mu    sync.Mutex
	texts []string
	more  chan struct{}
}

func (h *heard) handle(_ context.Context, e *telegram.Event) {
	if e.Kind != telegram.EventMessage || e.Message.Out {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.texts = append(h.texts, e.Message.Message.Message)
	select {
	case h.more <- struct{}{}:
	default:
	}
}

// wait returns what was heard as soon as it's as much as n, or what it is when the test gives up.
func (h *heard) wait(ctx context.Context, n int) []string {
	for {
		h.mu.Lock()
		texts := slices.Clone(h.texts)
		h.mu.Unlock()
		if len(texts) >= n {
			return texts
		}
		select {
		case <-h.more:
		case <-ctx.Done():
			return texts
		}
	}
}

// withBot runs f while an account of ours is signed in as EchoBot.
func withBot(t *testing.T, s *sandbox.Server, f func(ctx context.Context, a *telegram.Account, h *heard)) {
	t.Helper()
	h := &heard{more: make(chan struct{}, 1)}
	info := s.Info()
	ready, err := s.ReadySession(0)
	if err != nil {
		t.Fatal(err)
	}
	a, err := telegram.Open(telegram.Options{
		Name: "bot", APIID: info.APIID, APIHash: info.APIHash, Session: ready, BotToken: info.Bots[0].Token, Handler: h.handle,
		Server: telegram.Server{DC: info.DC, Options: s.DCOptions(), Keys: s.Keys(), LoopbackOnly: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	ctx, stop := context.WithTimeout(t.Context(), patience)
	defer stop()
	if err := a.Run(ctx, func(ctx context.Context) error {
		if _, err := a.SignIn(ctx, nil); err != nil {
			return err
		}
		f(ctx, a, h)
		return nil
	}); err != nil {
		t.Error(err)
	}
}

func serve(t *testing.T, opts sandbox.Options) *sandbox.Server {
	t.Helper()
	s, err := sandbox.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

func say(t *testing.T, s *sandbox.Server, words ...string) {
	t.Helper()
	for _, word := range words {
		if _, err := s.Person("alice").Send(t.Context(), "EchoBot", word, sandbox.SendOptions{}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAccountsHealFromFaultsOfUpdates: whatever happens to updates on their way, an account of ours
// hears everything once and in order.
func TestAccountsHealFromFaultsOfUpdates(t *testing.T) {
	for name, fault := range map[string]sandbox.UpdateFault{
		"lost":      {Lose: true, Times: 2},
		"doubled":   {Twice: true},
		"reordered": {Reorder: true, Times: 1},
		"late":      {Delay: 50 * time.Millisecond, Times: 1},
		"cut":       {Cut: true, Times: 1},
		"torn":      {Tear: true, Times: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, sandbox.Options{})
			withBot(t, s, func(ctx context.Context, _ *telegram.Account, h *heard) {
				say(t, s, "/start")
				h.wait(ctx, 1)
				fault.Account = "EchoBot"
				defer s.Disturb(fault)()
				say(t, s, "one", "two", "three", "four")
				want := []string{"/start", "one", "two", "three", "four"}
				if got := h.wait(ctx, len(want)); !slices.Equal(got, want) {
					t.Errorf("heard %q, want %q", got, want)
				}
			})
		})
	}
}

// TestAccountsHealFromFaultsOfAnswers: a message is sent once, whatever happens to the answer.
func TestAccountsHealFromFaultsOfAnswers(t *testing.T) {
	const send = "messages.sendMessage"
	for name, fault := range map[string]sandbox.Fault{
		"late":                      {Method: send, Times: 1, Delay: 50 * time.Millisecond},
		"torn":                      {Method: send, Times: 1, Tear: true},
		"cut off":                   {Method: send, Times: 1, Cut: true, After: true},
		"a flood wait":              sandbox.FloodWait(send, 1),
		"an error that passes, 500": {Method: send, Times: 1, Code: 500, Message: "INTERNAL"},
		"an error that passes, 503": {Method: send, Times: 1, Code: 503, Message: "Timeout"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, sandbox.Options{})
			withBot(t, s, func(ctx context.Context, a *telegram.Account, h *heard) {
				say(t, s, "/start")
				h.wait(ctx, 1)
				defer s.Inject(fault)()
				_, err := a.Send(ctx, telegram.Name("@alice"), text.Of("answer"), telegram.SendOptions{})
				list, _ := s.Person("alice").Messages("EchoBot")
				answers := 0
				for _, m := range list {
					if m.Text == "answer" {
						answers++
					}
				}
				if err != nil || answers != 1 {
					t.Errorf("%d answers are there, and Send says %v", answers, err)
				}
			})
		})
	}
}

func TestAnswersThatStallAreReported(t *testing.T) {
	s := serve(t, sandbox.Options{})
	withBot(t, s, func(ctx context.Context, a *telegram.Account, _ *heard) {
		defer s.Inject(sandbox.Fault{Method: "updates.getState", Stall: true})()
		ctx, stop := context.WithTimeout(ctx, 100*time.Millisecond)
		defer stop()
		if _, err := a.API().UpdatesGetState(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if _, err := s.Person("alice").Messages("bob"); err != nil {
			t.Errorf("the server stands still, too: %v", err)
		}
	})
}

package telegram_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// states are the changes of an account's link.
type states chan telegram.ConnectionState

func watch(a *telegram.Account) states {
	s := make(states, 1000)
	a.WatchState(func(state telegram.ConnectionState) { s <- state })
	return s
}

// await skips states until one of this name comes.
func (s states) await(ctx context.Context, t *testing.T, name string) telegram.ConnectionState {
	t.Helper()
	for {
		select {
		case state := <-s:
			if state.Name == name {
				return state
			}
		case <-ctx.Done():
			t.Errorf("the connection was never %s", name)
			return telegram.ConnectionState{}
		}
	}
}

// reads proves that the account can call.
func reads(ctx context.Context, a *telegram.Account) error {
	_, err := a.API().HelpGetNearestDC(ctx)
	return err
}

// stored is an account of alice with a session on the disk.
func stored(t *testing.T, s *sandbox.Server) telegram.Options {
	t.Helper()
	opts := ready(t, s, options(s))
	opts.Dir = t.TempDir()
	a := open(t, opts)
	if err := signedIn(t, a, alice(), nothing); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	opts.Session = nil
	return opts
}

func TestADroppedConnectionComesBack(t *testing.T) {
	s := world(t)
	opts := stored(t, s)
	a := open(t, opts)
	a.TuneDelay(time.Millisecond)
	seen := watch(a)
	err := signedIn(t, a, nil, func(ctx context.Context) error {
		for range 3 {
			if err := s.Drop("alice"); err != nil {
				return err
			}
			if lost := seen.await(ctx, t, telegram.Disconnected); lost.Reason == "" {
				t.Error("no reason was given")
			}
			if err := reads(ctx, a); err != nil { // waits for the connection
				t.Errorf("call while disconnected: %v", err)
			}
			seen.await(ctx, t, telegram.Ready)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestADeadLinkIsNoticed(t *testing.T) {
	s := world(t)
	opts := stored(t, s)
	r := newRelay(t, s.Info().Address)
	opts.Server.Options = r.options(t, opts.Server.DC)
	a := open(t, opts)
	seen := watch(a)
	a.TunePings(50*time.Millisecond, 500*time.Millisecond)
	err := signedIn(t, a, nil, func(ctx context.Context) error {
		r.set(true, false)
		lost := seen.await(ctx, t, telegram.Disconnected)
		r.set(false, false)
		r.cut() // what waits in the dark
		if !strings.Contains(lost.Reason, "no answer to a ping") {
			t.Errorf("the reason is %q", lost.Reason)
		}
		return reads(ctx, a)
	})
	if err != nil {
		t.Error(err)
	}
}

func TestAServerThatComesUpLater(t *testing.T) {
	s := world(t)
	for name, opts := range map[string]telegram.Options{"with a session": stored(t, s), "with nothing": options(s)} {
		t.Run(name, func(t *testing.T) {
			r := newRelay(t, s.Info().Address)
			r.set(false, true)
			opts.Server.Options = r.options(t, opts.Server.DC)
			a := open(t, opts)
			seen := watch(a)
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			done := make(chan struct{})
			go func() {
				defer close(done)
				seen.await(ctx, t, telegram.Disconnected)
				r.set(false, false)
			}()
			if err := a.Run(ctx, func(ctx context.Context) error { return reads(ctx, a) }); err != nil {
				t.Error(err)
			}
			<-done
		})
	}
}

func TestCallsEndWithTheirTimeOut(t *testing.T) {
	s := world(t)
	opts := stored(t, s)
	r := newRelay(t, s.Info().Address)
	opts.Server.Options = r.options(t, opts.Server.DC)
	opts.Connection.CallTimeout = 500 * time.Millisecond
	a := open(t, opts)
	seen := watch(a)
	err := signedIn(t, a, nil, func(ctx context.Context) error {
		r.set(false, true)
		r.cut()
		seen.await(ctx, t, telegram.Disconnected)
		late := wantAs[*telegram.CallTimeoutError](t, reads(ctx, a))
		if late.Method != "help.getNearestDc" || late.State.Name == telegram.Ready || ctx.Err() != nil {
			t.Errorf("got %v", late)
		}
		short, cancel := context.WithTimeout(ctx, time.Millisecond)
		defer cancel()
		if err := reads(short, a); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the caller's own time-out: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestALostSessionEndsItsAccountOnly(t *testing.T) {
	for name, test := range map[string]struct {
		harm func(s *sandbox.Server) error
		want telegram.LostReason
		says string
	}{
		"ended elsewhere": {func(s *sandbox.Server) error { return s.Revoke("alice") }, telegram.LostRevoked, "sign in again"},
		"used twice":      {func(s *sandbox.Server) error { return s.Duplicate("alice") }, telegram.LostDuplicated, "only one machine"},
		"banned":          {func(s *sandbox.Server) error { return s.Ban("alice", true) }, telegram.LostBanned, "recover@telegram.org"},
		"forgotten":       {func(s *sandbox.Server) error { return s.ForgetKeys("alice") }, telegram.LostForgotten, "was kept"},
	} {
		t.Run(name, func(t *testing.T) {
			s := world(t)
			opts := stored(t, s)
			before, err := os.ReadFile(filepath.Join(opts.Dir, "session.json"))
			if err != nil {
				t.Fatal(err)
			}
			a := open(t, opts)
			a.TuneDelay(time.Millisecond)
			other := open(t, ready(t, s, options(s)))
			bob := &person{phones: []string{"+427770002"}, codes: []string{rightCode}}
			err = signedIn(t, other, bob, func(ctx context.Context) error {
				err := signedIn(t, a, nil, func(ctx context.Context) error {
					if err := test.harm(s); err != nil {
						return err
					}
					err := reads(ctx, a)
					if _, err2 := a.Me(ctx); err == nil {
						err = err2
					}
					if err == nil {
						<-ctx.Done()
						err = ctx.Err()
					}
					return err
				})
				lost := wantAs[*telegram.AccountLostError](t, err)
				if lost.Reason != test.want || !strings.Contains(lost.Error(), test.says) || !strings.Contains(lost.Error(), "account me") {
					t.Errorf("got %s: %v", lost.Reason, lost)
				}
				return reads(ctx, other)
			})
			if err != nil {
				t.Errorf("the other account: %v", err)
			}
			after, err := os.ReadFile(filepath.Join(opts.Dir, "session.json"))
			if err != nil || !sameKey(before, after) {
				t.Errorf("the stored session was replaced: %v", err)
			}
			// With nobody to ask the next start says the same; with somebody it signs in anew.
			lost := wantAs[*telegram.AccountLostError](t, signedIn(t, a, nil, nothing))
			if test.want == telegram.LostBanned {
				return
			}
			who := alice()
			if err := signedIn(t, a, who, func(ctx context.Context) error { return reads(ctx, a) }); err != nil {
				t.Errorf("signing in anew: %v", err)
			}
			if len(who.notices) == 0 || who.notices[0] != lost.Error() {
				t.Errorf("the person was told %q", who.notices)
			}
		})
	}
}

// sameKey compares the keys of two session files.
func sameKey(a, b []byte) bool {
	key := func(raw []byte) []byte {
		_, rest, _ := bytes.Cut(raw, []byte(`"AuthKey":"`))
		k, _, _ := bytes.Cut(rest, []byte(`"`))
		return k
	}
	return len(key(a)) > 0 && bytes.Equal(key(a), key(b))
}

func TestABotSignsInAgainByItself(t *testing.T) {
	s := world(t)
	opts := ready(t, s, options(s))
	opts.BotToken = "2001:AAE-sandbox-echo-bot-token-000000001"
	a := open(t, opts)
	if err := signedIn(t, a, nil, nothing); err != nil {
		t.Fatal(err)
	}
	if err := s.Revoke("EchoBot"); err != nil {
		t.Fatal(err)
	}
	if err := signedIn(t, a, nil, func(ctx context.Context) error { return reads(ctx, a) }); err != nil {
		t.Error(err)
	}
}

func TestAWrongClockIsCorrected(t *testing.T) {
	s := world(t)
	for name, skew := range map[string]time.Duration{
		"ten minutes fast": 10 * time.Minute, "ten minutes slow": -10 * time.Minute, "a year slow": -365 * 24 * time.Hour, "twenty seconds fast": 20 * time.Second,
	} {
		t.Run(name, func(t *testing.T) {
			for kind, opts := range map[string]telegram.Options{"stored key": stored(t, s), "new key": options(s)} {
				a := open(t, opts)
				a.SkewClock(skew)
				if err := run(t, a, func(ctx context.Context) error { return reads(ctx, a) }); err != nil {
					t.Errorf("%s: %v", kind, err)
				}
				if left := a.Skew(); left.Abs() > 5*time.Second {
					t.Errorf("%s: still wrong by %v", kind, left)
				}
			}
		})
	}
}

func TestFloods(t *testing.T) {
	s := world(t)
	opts := stored(t, s)
	opts.Connection.FloodLimit = 10 * time.Second
	a := open(t, opts)
	var slept []time.Duration
	a.TuneSleep(func(ctx context.Context, d time.Duration) error {
		slept = append(slept, d)
		return ctx.Err()
	})
	var passed atomic.Int64 // seconds
	began := time.Now()
	a.TuneNow(func() time.Time { return began.Add(time.Duration(passed.Load()) * time.Second) })
	err := signedIn(t, a, nil, func(ctx context.Context) error {
		s.Inject(sandbox.FloodWait("help.getNearestDc", 3))
		s.Inject(sandbox.FloodWait("help.getNearestDc", 7))
		if err := reads(ctx, a); err != nil {
			t.Errorf("pauses within the limit: %v", err)
		}
		if len(slept) != 2 || slept[0] != 3*time.Second || slept[1] != 7*time.Second {
			t.Errorf("paused for %v", slept)
		}
		s.Inject(sandbox.FloodWait("help.getNearestDc", 11))
		flood := wantAs[*telegram.FloodWaitError](t, reads(ctx, a))
		if flood.Wait != 11*time.Second || flood.Method != "help.getNearestDc" || flood.LuaFields()["seconds"] != 11.0 {
			t.Errorf("got %v", flood)
		}
		if again := wantAs[*telegram.FloodWaitError](t, reads(ctx, a)); again.Wait != 11*time.Second {
			t.Errorf("the pause that Telegram has ordered is forgotten: %v", again)
		}
		passed.Add(6)
		if err := reads(ctx, a); err != nil || slept[len(slept)-1] != 5*time.Second {
			t.Errorf("the rest of the pause is not sat out: %v, %v", slept, err)
		}
		s.Inject(sandbox.FloodWait("help.getNearestDc", 3))
		ended, cancel := context.WithCancel(ctx)
		a.TuneSleep(func(ctx context.Context, _ time.Duration) error { cancel(); return context.Cause(ctx) })
		if err := reads(ended, a); !errors.Is(err, context.Canceled) {
			t.Errorf("a pause that was cancelled: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestLostAnswers(t *testing.T) {
	s := world(t)
	a := open(t, stored(t, s))
	a.TuneDelay(time.Millisecond)
	cut := func(method string, after bool) {
		s.Inject(sandbox.Fault{Method: method, Times: 1, Cut: true, After: after})
	}
	err := signedIn(t, a, nil, func(ctx context.Context) error {
		cut("help.getNearestDc", true)
		if err := reads(ctx, a); err != nil {
			t.Errorf("a read is repeated: %v", err)
		}
		cut("messages.importChatInvite", true)
		_, err := a.API().MessagesImportChatInvite(ctx, "sandboxNews0001")
		if unknown := wantAs[*telegram.OutcomeUnknownError](t, err); unknown.Method != "messages.importChatInvite" || errors.Is(err, context.Canceled) {
			t.Errorf("got %v", unknown)
		}
		cut("messages.sendMessage", true)
		_, err = a.API().MessagesSendMessage(ctx, &tg.MessagesSendMessageRequest{Peer: &tg.InputPeerSelf{}, Message: "once", RandomID: 42})
		if sent := wantAs[*telegram.AlreadySentError](t, err); sent.RandomID != 42 {
			t.Errorf("got %v", sent)
		}
		cut("messages.sendMessage", false)
		_, err = a.API().MessagesSendMessage(ctx, &tg.MessagesSendMessageRequest{Peer: &tg.InputPeerSelf{}, Message: "twice", RandomID: 43})
		if err != nil {
			t.Errorf("a send that was not carried out is repeated: %v", err)
		}
		s.Inject(sandbox.Fault{Method: "help.getNearestDc", Times: 2, Code: 500, Message: "RPC_CALL_FAIL"})
		a.TuneSleep(func(context.Context, time.Duration) error { return nil })
		if err := reads(ctx, a); err != nil {
			t.Errorf("Telegram's own trouble: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	messages, err := s.Person("alice").Messages("alice")
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, m := range messages {
		count[m.Text]++
	}
	if count["once"] != 1 || count["twice"] != 1 {
		t.Errorf("sent %v", count)
	}
}

func TestOnlyLoopbackIsDialled(t *testing.T) {
	s := world(t)
	opts := options(s)
	opts.Server.Options = []tg.DCOption{{ID: opts.Server.DC, IPAddress: "192.0.2.1", Port: 443}}
	a := open(t, opts)
	seen := watch(a)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer cancel()
		if lost := seen.await(ctx, t, telegram.Disconnected); !strings.Contains(lost.Reason, "loopback") {
			t.Errorf("the reason is %q", lost.Reason)
		}
	}()
	if err := a.Run(ctx, nothing); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	<-done
}

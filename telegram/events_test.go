package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
	"github.com/tgscript/tgscript/telegram/text"
)

func TestEvents(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, l *listener) {
		said := say(t, s, "bob", "alice", "private")
		say(t, s, "bob", "Friends", "group")
		say(t, s, "bob", "Workshop", "supergroup")
		l.wait(3)
		l.mu.Lock()
		told := slices.Clone(l.told)
		slices.Sort(told) // a supergroup counts by itself
		l.told = nil
		var kinds []string
		for _, e := range l.all {
			if e.Message != nil {
				kinds = append(kinds, fmt.Sprint(e.Message.IsPrivate(), e.Message.IsGroup(), e.Message.IsChannel(), e.Message.Time().IsZero()))
				if e.Message.ChatID() != e.Message.Chat.ID || e.Message.SenderID() != said.FromID || e.Message.Chat.Input == nil || e.Message.Sender.Input == nil {
					t.Errorf("message of %d in %+v", e.Message.SenderID(), e.Message.Chat)
				}
			}
		}
		l.mu.Unlock()
		slices.Sort(kinds)
		if want := []string{"message bob group", "message bob private", "message bob supergroup"}; !slices.Equal(told, want) {
			t.Errorf("got %q", told)
		}
		if want := []string{"false true false false", "false true false false", "true false false false"}; !slices.Equal(kinds, want) {
			t.Errorf("they are %q", kinds)
		}
		// From another device of Alice's.
		say(t, s, "alice", "bob", "elsewhere")
		l.wants("message alice elsewhere out")
		if err := s.Person("bob").Delete(ctx, "alice", said.ID); err != nil {
			t.Error(err)
			return
		}
		say(t, s, "bob", "alice", "end")
		l.wants("message bob end")
		if raw := l.count(telegram.EventRaw); raw < 6 {
			t.Errorf("%d raw events, want at least the 6 that happened", raw)
		}
	})
}

// TestBurst has more messages arrive at once than anything has room for.
func TestBurst(t *testing.T) {
	const burst = 1000
	asBot(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, l *listener) {
		self := a.Self().FirstName
		var want []string
		for i := range burst {
			say(t, s, "bob", self, fmt.Sprint(i))
			want = append(want, fmt.Sprint("message bob ", i))
		}
		got := l.wait(burst)
		for i := range min(len(got), burst) {
			if got[i] != want[i] {
				t.Errorf("%q came where %q should", got[i], want[i])
				return
			}
		}
		if len(got) != burst {
			t.Errorf("got %d messages, want %d", len(got), burst)
		}
	})
}

func TestGap(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, l *listener) {
		say(t, s, "bob", "alice", "1")
		l.wants("message bob 1")
		if err := s.Swallow("alice", 2); err != nil {
			t.Error(err)
			return
		}
		m := say(t, s, "bob", "alice", "2")
		if _, err := s.Person("bob").Edit(ctx, "alice", m.ID, "2b"); err != nil {
			t.Error(err)
			return
		}
		say(t, s, "bob", "alice", "3")
		l.wants("message bob 2b", "message bob 3") // a difference has messages as they are now
	})
}

func TestReconnect(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, l *listener) {
		say(t, s, "bob", "Workshop", "before")
		say(t, s, "bob", "alice", "before")
		l.wait(2)
		l.mu.Lock()
		l.told = nil
		l.mu.Unlock()
		if err := s.Swallow("alice", -1); err != nil { // what is pushed into a dying connection is lost
			t.Error(err)
			return
		}
		var want []string
		for i := range 50 {
			say(t, s, "bob", "alice", fmt.Sprint("lost ", i))
			say(t, s, "bob", "Workshop", fmt.Sprint("gone ", i))
			want = append(want, fmt.Sprint("message bob lost ", i), fmt.Sprint("message bob gone ", i))
		}
		if err := s.Drop("alice"); err != nil {
			t.Error(err)
			return
		}
		if err := s.Swallow("alice", 0); err != nil {
			t.Error(err)
			return
		}
		got := l.wait(len(want))
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("got %q", got)
		}
		if l.count(telegram.EventConnection) < 2 {
			t.Error("the drop was no event")
		}
	})
}

func TestCatchUp(t *testing.T) {
	s := world(t)
	opts := ready(t, s, options(s))
	opts.Dir = t.TempDir()
	var lists []*listener
	for range 3 {
		l := listen(t)
		lists = append(lists, l)
		opts.Handler = l.handle
		a := open(t, opts)
		err := signedIn(t, a, alice(), func(ctx context.Context) error {
			if len(lists) == 1 {
				say(t, s, "bob", "alice", "first")
				say(t, s, "bob", "Workshop", "second")
			}
			l.wait(2)
			return nil
		})
		if err != nil {
			t.Error(err)
			return
		}
		if err := a.Close(); err != nil {
			t.Error(err)
			return
		}
		if len(lists) < 3 {
			say(t, s, "bob", "alice", fmt.Sprint("while down ", len(lists)))
			say(t, s, "bob", "Workshop", fmt.Sprint("meanwhile ", len(lists)))
		}
	}
	for i, l := range lists {
		slices.Sort(l.told)
		want := []string{fmt.Sprint("message bob meanwhile ", i, " late"), fmt.Sprint("message bob while down ", i, " late")}
		if i == 0 {
			want = []string{"message bob first", "message bob second"}
		}
		for j := range l.told {
			// What was written in the second of the start may be called late or not.
			if l.told[j] != want[j] && l.told[j]+" late" != want[j] {
				t.Errorf("run %d got %q, want %q", i, l.told, want)
			}
		}
		if len(l.told) != 2 {
			t.Errorf("run %d got %q", i, l.told)
		}
	}
}

// TestSlowHandler shows that handlers run one at a time and that sending in one is fine.
func TestSlowHandler(t *testing.T) {
	s := world(t)
	l := listen(t)
	var a *telegram.Account
	inside := 0
	l.before = func(ctx context.Context, e *telegram.Event) {
		if inside++; inside != 1 {
			t.Error("two handlers at once")
		}
		if e.Kind == telegram.EventMessage && !e.Message.Out {
			if _, err := a.Send(ctx, e.Message, text.Of("echo "+e.Message.Message.Message), telegram.SendOptions{}); err != nil && !errors.Is(err, context.Canceled) {
				t.Errorf("echo: %v", err)
			}
		}
		inside--
	}
	opts := ready(t, s, options(s))
	opts.Handler, opts.BotToken = l.handle, s.Info().Bots[0].Token
	a = open(t, opts)
	err := signedIn(t, a, nil, func(ctx context.Context) error {
		for i := range 30 {
			say(t, s, "bob", a.Self().FirstName, fmt.Sprint(i))
		}
		l.wait(30)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Person("bob").Messages(s.Info().Bots[0].Name)
	if err != nil || len(got) < 59 {
		t.Errorf("the chat has %d messages, %v", len(got), err)
	}
}

// TestDrops cuts the connection again and again while messages come.
func TestDrops(t *testing.T) {
	const messages, drops = 600, 3
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, l *listener) {
		for i := range messages {
			if i%(messages/drops) == messages/drops/2 {
				if err := s.Drop("alice"); err != nil {
					t.Error(err)
					return
				}
			}
			say(t, s, "bob", "alice", fmt.Sprint(i))
			if i%10 == 0 {
				_, _ = a.Send(ctx, telegram.Name("me"), text.Of("x"), telegram.SendOptions{}) // lets the link come back, and numbers of our own between
			}
		}
		got := l.wait(messages)
		for i := range min(len(got), messages) {
			if want := fmt.Sprint("message bob ", i); got[i] != want {
				t.Errorf("%q came where %q should", got[i], want)
				return
			}
		}
		if len(got) != messages {
			t.Errorf("got %d messages, want %d", len(got), messages)
		}
	})
}

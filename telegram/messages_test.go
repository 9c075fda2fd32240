package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
	"github.com/tgscript/tgscript/telegram/text"
)

func TestSending(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, l *listener) {
		for _, where := range []string{"me", "@bobby", "Friends", "Workshop"} {
			m, err := a.Send(ctx, telegram.Name(where), text.Of("hello "+where), telegram.SendOptions{})
			if err != nil {
				t.Errorf("send to %s: %v", where, err)
				continue
			}
			if m.ID == 0 || m.Date == 0 || !m.Out && where != "me" || m.Message.Message != "hello "+where || m.Sender.ID != a.Self().ID || m.Chat.Input == nil {
				t.Errorf("sent to %s: %+v in %+v from %+v", where, m.Message, m.Chat, m.Sender)
			}
			answer, err := a.Send(ctx, m, text.Text{Plain: "bold", Entities: []tg.MessageEntityClass{&tg.MessageEntityBold{Length: 4}}},
				telegram.SendOptions{ReplyTo: m.ID, Silent: true})
			if err != nil {
				t.Errorf("reply in %s: %v", where, err)
				continue
			}
			if answer.ReplyToID() != m.ID || len(answer.Entities) != 1 || answer.Chat.ID != m.Chat.ID {
				t.Errorf("replied in %s: %+v", where, answer.Message)
			}
		}
		got, err := s.Person("bob").Messages("alice")
		if err != nil || len(got) != 2 || got[0].Text != "hello @bobby" || got[1].ReplyTo != got[0].ID {
			t.Errorf("Bob has %+v, %v", got, err)
		}
		// None of them is an event: what comes next is the first.
		say(t, s, "bob", "alice", "hi")
		l.wants("message bob hi")
	})
}

func TestSendingRefused(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		_, err := a.Send(ctx, telegram.Name("me"), text.Of(""), telegram.SendOptions{})
		if e := wantAs[*telegram.RPCError](t, err); e.Kind != "MESSAGE_EMPTY" || e.Code != 400 || e.Method != "messages.sendMessage" {
			t.Errorf("an empty message gives %+v", e)
		}
		_, err = a.Send(ctx, telegram.Name("@nobody_here"), text.Of("x"), telegram.SendOptions{})
		if e := wantAs[*telegram.PeerUnknownError](t, err); e.What != "@nobody_here" || len(e.Tried) != 2 || e.Hint == "" {
			t.Errorf("an unknown name gives %+v", e)
		}
	})
}

// TestSentOnce cuts the connection after Telegram has taken a message and before it has said so.
func TestSentOnce(t *testing.T) {
	for who, as := range map[string]func(*testing.T, func(context.Context, *sandbox.Server, *telegram.Account, *listener)){"a user": asAlice, "a bot": asBot} {
		t.Run(who, func(t *testing.T) {
			as(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, l *listener) {
				self := a.Self().FirstName
				say(t, s, "bob", self, "hi")
				l.wants("message bob hi")
				s.Inject(sandbox.Fault{Account: self, Method: "messages.sendMessage", Times: 1, Cut: true, After: true})
				m, err := a.Send(ctx, telegram.Name("@bobby"), text.Of("once"), telegram.SendOptions{})
				if err != nil {
					t.Error(err)
					return
				}
				got, err := s.Person("bob").Messages(self)
				if err != nil || len(got) != 2 || got[1].Text != "once" {
					t.Errorf("Bob has %+v, %v", got, err)
				}
				if m.ID == 0 {
					t.Error("the message has no id")
				}
				if _, err := a.Edit(ctx, m, m.ID, text.Of("changed"), telegram.EditOptions{}); err != nil {
					t.Errorf("edit it: %v", err)
				}
				say(t, s, "bob", self, "thanks")
				l.wants("message bob thanks")
			})
		})
	}
}

func TestEditing(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, l *listener) {
		for _, where := range []telegram.Name{"me", "@bobby", "Workshop"} {
			m, err := a.Send(ctx, where, text.Of("first"), telegram.SendOptions{})
			if err != nil {
				t.Error(err)
				return
			}
			changed, err := a.Edit(ctx, m, m.ID, text.Of("second"), telegram.EditOptions{})
			if err != nil || changed.ID != m.ID || changed.Message.Message != "second" || changed.Chat.ID != m.Chat.ID {
				t.Errorf("edited in %s: %+v, %v", where, changed, err)
			}
			_, err = a.Edit(ctx, m, m.ID, text.Of("second"), telegram.EditOptions{})
			if e := wantAs[*telegram.RPCError](t, err); e.Kind != "MESSAGE_NOT_MODIFIED" {
				t.Errorf("the same text gives %v", e)
			}
		}
		said := say(t, s, "bob", "alice", "hi")
		if _, err := s.Person("bob").Edit(ctx, "alice", said.ID, "ho"); err != nil {
			t.Error(err)
			return
		}
		l.wants("message bob hi", "edit bob ho")
	})
}

func TestDeleting(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, l *listener) {
		for _, where := range []telegram.Name{"@bobby", "Workshop"} {
			var ids []int
			for i := range 205 {
				m, err := a.Send(ctx, where, text.Of(fmt.Sprint(i)), telegram.SendOptions{})
				if err != nil {
					t.Error(err)
					return
				}
				ids = append(ids, m.ID)
			}
			n, err := a.Delete(ctx, where, ids[:204], telegram.DeleteOptions{})
			if err != nil || n != 204 {
				t.Errorf("deleted %d in %s, %v", n, where, err)
			}
		}
		left, err := s.Person("bob").Messages("alice")
		if err != nil || len(left) != 1 || left[0].Text != "204" {
			t.Errorf("Bob has %d messages, %v", len(left), err)
		}
		if n, err := a.Delete(ctx, telegram.Name("@bobby"), nil, telegram.DeleteOptions{}); n != 0 || err != nil {
			t.Errorf("deleting nothing gives %d, %v", n, err)
		}
		say(t, s, "bob", "alice", "no gap")
		l.wants("message bob no gap")
	})
}

func TestMentions(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		bob, err := a.Resolve(ctx, telegram.Name("@bobby"))
		if err != nil {
			t.Error(err)
			return
		}
		m, err := a.Send(ctx, telegram.Name("Friends"), text.Text{Plain: "hey you, and you", Entities: []tg.MessageEntityClass{
			&tg.MessageEntityItalic{Length: 3},
			&tg.MessageEntityMentionName{Offset: 4, Length: 3, UserID: bob.ID},
			&tg.MessageEntityMentionName{Offset: 13, Length: 3, UserID: 987654},
		}}, telegram.SendOptions{})
		if err != nil {
			t.Error(err)
			return
		}
		if len(m.Entities) != 2 {
			t.Errorf("sent with %+v", m.Entities)
			return
		}
		if e, ok := m.Entities[1].(*tg.MessageEntityMentionName); !ok || e.UserID != bob.ID {
			t.Errorf("the mention is %+v", m.Entities[1])
		}
	})
}

func TestMeAndEntity(t *testing.T) {
	asAlice(t, func(ctx context.Context, _ *sandbox.Server, a *telegram.Account, _ *listener) {
		me, err := a.Me(ctx)
		if err != nil || me.FirstName != "alice" || me.ID != a.Self().ID {
			t.Errorf("me is %+v, %v", me, err)
		}
		for name, want := range map[string]string{"me": "alice", "@bobby": "bob", "Friends": "Friends", "Workshop": "Workshop", "News": "News"} {
			p, err := a.Entity(ctx, telegram.Name(name))
			if err != nil || nameOf(p) != want {
				t.Errorf("entity of %s is %+v, %v", name, p, err)
			}
		}
	})
}

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

func TestSendLater(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		m, err := a.Send(ctx, telegram.Name("@bobby"), text.Of("tomorrow"), telegram.SendOptions{At: time.Now().Add(24 * time.Hour)})
		if err != nil || m.ID == 0 || m.Time().Before(time.Now()) {
			t.Errorf("planned %+v, %v", m, err)
		}
		got, err := s.Person("bob").Messages("alice")
		if err != nil || len(got) != 0 {
			t.Errorf("Bob has %+v already, %v", got, err)
		}
	})
}

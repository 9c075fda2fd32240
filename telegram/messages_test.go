package telegram_test

import (
	"context"
	"fmt"
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

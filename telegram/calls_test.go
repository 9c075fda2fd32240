package telegram

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"

	"github.com/tgscript/tgscript/telegram/text"
)

// answering is a puppet that knows user 5, group -6 and channel 7.
func answering(answer func(in bin.Encoder) (bin.Encoder, error)) *puppet {
	p := newPuppet(answer)
	p.peers.self.Store(1)
	p.peers.learn(users(&tg.User{ID: 5, AccessHash: 5, FirstName: "Anna"}), []tg.ChatClass{&tg.Chat{ID: 6}, &tg.Channel{ID: 7, AccessHash: 7, Broadcast: true}})
	return p
}

func TestSendAnswers(t *testing.T) {
	user, channel := ID(5), ID(channelID(7))
	sent := func(id int, peer tg.PeerClass) *tg.Message {
		return &tg.Message{ID: id, PeerID: peer, Date: 8, Message: "server's"}
	}
	for name, test := range map[string]struct {
		to     ID
		answer func(random int64) tg.UpdatesClass
		want   string
	}{
		"a short one": {user, func(int64) tg.UpdatesClass {
			return &tg.UpdateShortSentMessage{Out: true, ID: 9, Date: 8, TTLPeriod: 60, Entities: []tg.MessageEntityClass{&tg.MessageEntityBold{}}}
		}, "9 in 5 by 1 at 8: ours, reply to 4, 1 entities, out"},
		"the message itself": {user, func(random int64) tg.UpdatesClass {
			return &tg.Updates{Updates: []tg.UpdateClass{&tg.UpdateMessageID{ID: 9, RandomID: random}, &tg.UpdateNewMessage{Message: sent(9, &tg.PeerUser{UserID: 5})}}}
		}, "9 in 5 by 5 at 8: server's, reply to 0, 0 entities, in"},
		"a post among others": {channel, func(random int64) tg.UpdatesClass {
			return &tg.UpdatesCombined{Updates: []tg.UpdateClass{
				&tg.UpdateMessageID{ID: 8, RandomID: 1}, &tg.UpdateMessageID{ID: 9, RandomID: random},
				&tg.UpdateNewChannelMessage{Message: sent(8, &tg.PeerChannel{ChannelID: 7})}, &tg.UpdateNewChannelMessage{Message: sent(9, &tg.PeerChannel{ChannelID: 7})},
			}}
		}, "9 in -1000000000007 by -1000000000007 at 8: server's, reply to 0, 0 entities, in"},
		"a planned message": {user, func(int64) tg.UpdatesClass {
			return &tg.UpdateShort{Update: &tg.UpdateNewScheduledMessage{Message: sent(9, &tg.PeerUser{UserID: 5})}}
		}, "9 in 5 by 5 at 8: server's, reply to 0, 0 entities, in"},
		"only the id": {channel, func(random int64) tg.UpdatesClass {
			return &tg.Updates{Updates: []tg.UpdateClass{&tg.UpdateMessageID{ID: 9, RandomID: random}}}
		}, "9 in -1000000000007 by -1000000000007 at now: ours, reply to 4, 0 entities, out"},
	} {
		t.Run(name, func(t *testing.T) {
			p := answering(func(in bin.Encoder) (bin.Encoder, error) {
				return test.answer(in.(*tg.MessagesSendMessageRequest).RandomID), nil
			})
			m, err := p.Send(t.Context(), test.to, text.Of("ours"), SendOptions{ReplyTo: 4})
			if err != nil {
				t.Fatal(err)
			}
			date, way := fmt.Sprint(m.Date), "in"
			if m.Date > 8 {
				date = "now"
			}
			if m.Out {
				way = "out"
			}
			got := fmt.Sprintf("%d in %d by %d at %s: %s, reply to %d, %d entities, %s", m.ID, m.ChatID(), m.SenderID(), date, m.Message.Message, m.ReplyToID(), len(m.Entities), way)
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			p.peers.close()
		})
	}
}

// TestLostMessage has Telegram say that it has the message already.
func TestLostMessage(t *testing.T) {
	history := func(list ...tg.MessageClass) func() (bin.Encoder, error) {
		return func() (bin.Encoder, error) { return &tg.MessagesMessages{Messages: list}, nil }
	}
	for name, test := range map[string]struct {
		history func() (bin.Encoder, error)
		bot     bool
		id      int
	}{
		"the history has it":       {history(&tg.Message{ID: 3, PeerID: &tg.PeerUser{UserID: 5}, Out: true, Message: "other"}, &tg.Message{ID: 2, PeerID: &tg.PeerUser{UserID: 5}, Out: true, Message: "ours", Date: 4}), false, 2},
		"the history hasn't it":    {history(&tg.Message{ID: 3, PeerID: &tg.PeerUser{UserID: 5}, Message: "ours"}), false, 0},
		"the history can't be had": {func() (bin.Encoder, error) { return nil, errors.New("no link") }, false, 0},
		"bots have no history":     {nil, true, 0},
	} {
		t.Run(name, func(t *testing.T) {
			p := answering(func(in bin.Encoder) (bin.Encoder, error) {
				if _, ok := in.(*tg.MessagesGetHistoryRequest); ok {
					return test.history()
				}
				return nil, tgerr.New(500, "RANDOM_ID_DUPLICATE")
			})
			p.self.Bot = test.bot
			m, err := p.Send(t.Context(), ID(5), text.Of("ours "), SendOptions{})
			if err != nil || m.ID != test.id || m.Date == 0 || m.ChatID() != 5 {
				t.Errorf("got %+v, %v", m, err)
			}
			p.peers.close()
		})
	}
}

// TestLostMessageOfBot has the message come as an update, or not at all.
func TestLostMessageOfBot(t *testing.T) {
	for name, found := range map[string]int{"it comes": 7, "it never comes": 0} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var difference atomic.Int32
				p := answering(func(in bin.Encoder) (bin.Encoder, error) {
					switch in.(type) {
					case *tg.UpdatesGetStateRequest:
						return &tg.UpdatesState{Pts: 100, Qts: 1, Seq: 1, Date: 1}, nil
					case *tg.UpdatesGetDifferenceRequest:
						if difference.Add(1); found == 0 {
							return &tg.UpdatesDifferenceEmpty{}, nil
						}
						return &tg.UpdatesDifference{NewMessages: []tg.MessageClass{&tg.Message{ID: 7, Out: true, PeerID: &tg.PeerUser{UserID: 5}, Message: "ours"}}, State: tg.UpdatesState{Pts: 101, Date: 1}}, nil
					}
					return nil, tgerr.New(500, "RANDOM_ID_DUPLICATE")
				})
				p.self.Bot = true
				if err := p.started(t.Context(), p.self); err != nil {
					t.Fatal(err)
				}
				begin := time.Now()
				m, err := p.Send(t.Context(), ID(5), text.Of("ours"), SendOptions{})
				if err != nil || m.ID != found || difference.Load() != 1 || (found == 0) != (time.Since(begin) == lostWait) {
					t.Errorf("got %+v, %v after %d differences and %v", m, err, difference.Load(), time.Since(begin))
				}
				p.stopped()
				if got := p.told(); len(got) != 0 {
					t.Errorf("our own message was told as %q", got)
				}
				p.peers.close()
			})
		})
	}
}

func TestFailedCalls(t *testing.T) {
	p := answering(func(in bin.Encoder) (bin.Encoder, error) {
		switch in := in.(type) {
		case *tg.ChannelsDeleteMessagesRequest:
			if in.ID[0] > 100 {
				return nil, tgerr.New(403, "MESSAGE_DELETE_FORBIDDEN")
			}
			return &tg.MessagesAffectedMessages{Pts: 1, PtsCount: len(in.ID)}, nil
		case *tg.MessagesEditMessageRequest:
			return &tg.Updates{}, nil
		case *tg.UsersGetUsersRequest:
			return &tg.UserClassVector{Elems: []tg.UserClass{&tg.UserEmpty{ID: 5}}}, nil
		}
		return nil, errors.New("no link")
	})
	ids := make([]int, 150)
	for i := range ids {
		ids[i] = i + 1
	}
	n, err := p.Delete(t.Context(), ID(channelID(7)), ids, DeleteOptions{})
	var refusal *RPCError
	if n != 100 || !errors.As(err, &refusal) || refusal.Kind != "MESSAGE_DELETE_FORBIDDEN" {
		t.Errorf("deleted %d, %v", n, err)
	}
	if m, err := p.Edit(t.Context(), ID(5), 3, text.Of("new"), EditOptions{}); err != nil || m.ID != 3 || m.Message.Message != "new" {
		t.Errorf("an edit that Telegram says nothing about is %+v, %v", m, err)
	}
	if _, err := p.Me(t.Context()); err == nil {
		t.Error("nobody is me")
	}
	if who, err := p.Entity(t.Context(), ID(5)); err != nil || who.User == nil {
		t.Errorf("one whom Telegram has nothing new about is %+v, %v", who, err)
	}
	for what, call := range map[string]func(ctx context.Context) error{
		"send":   func(ctx context.Context) error { _, err := p.Send(ctx, ID(5), text.Of("x"), SendOptions{}); return err },
		"entity": func(ctx context.Context) error { _, err := p.Entity(ctx, ID(-6)); return err },
		"delete": func(ctx context.Context) error { _, err := p.Delete(ctx, ID(5), []int{1}, DeleteOptions{}); return err },
		"edit": func(ctx context.Context) error {
			_, err := p.Edit(ctx, ID(99), 1, text.Of("x"), EditOptions{})
			return err
		},
		"name":   func(ctx context.Context) error { _, err := p.Resolve(ctx, Name("@someone")); return err },
		"phone":  func(ctx context.Context) error { _, err := p.Resolve(ctx, Name("+49 170 0000")); return err },
		"invite": func(ctx context.Context) error { _, err := p.Resolve(ctx, Name("t.me/+AbCdEf_12345")); return err },
		"title":  func(ctx context.Context) error { _, err := p.Resolve(ctx, Name("Some One")); return err },
	} {
		if err := call(t.Context()); err == nil {
			t.Errorf("%s: no error", what)
		} else if unknown := (*PeerUnknownError)(nil); errors.As(err, &unknown) {
			t.Errorf("%s: trouble on the way is no proof that nobody is there: %v", what, err)
		}
	}
	p.peers.close()
}

package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/inbox"
	"github.com/tgscript/tgscript/telegram/store"
)

// puppet is an account whose calls a function answers.
type puppet struct {
	*Account
	answer func(in bin.Encoder) (bin.Encoder, error)

	mu     sync.Mutex
	asked  []string
	events []*Event
}

func newPuppet(answer func(in bin.Encoder) (bin.Encoder, error)) *puppet {
	p := &puppet{answer: answer}
	log := slog.New(slog.DiscardHandler)
	p.Account = &Account{log: log, peers: newPeerBook(store.Memory(), log, PeerLimits{}), updates: &updateFeed{}, self: &User{&tg.User{ID: 1, AccessHash: 1, FirstName: "Me"}}}
	p.Account.tune.now = time.Now
	p.Account.opts.Handler = func(_ context.Context, e *Event) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.events = append(p.events, e)
	}
	p.Account.api = tg.NewClient(p)
	return p
}

// Invoke sends the answer through its bytes, as the network does.
func (p *puppet) Invoke(_ context.Context, in bin.Encoder, out bin.Decoder) error {
	p.mu.Lock()
	p.asked = append(p.asked, methodName(in))
	p.mu.Unlock()
	answer, err := p.answer(in)
	if err == nil {
		var b bin.Buffer
		if err = answer.Encode(&b); err == nil {
			err = out.Decode(&b)
		}
	}
	return p.answered(in, out, err)
}

func (p *puppet) told() (list []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, e := range p.events {
		s := e.Kind
		if s == EventAccountState {
			continue // comes with every sign-in
		}
		if e.Message != nil {
			s += fmt.Sprint(" ", e.Message.ID)
		}
		list = append(list, s)
	}
	p.events = nil
	return list
}

// TestOwnNumbers makes calls whose answers count, and sees whether the next update is taken for a gap.
func TestOwnNumbers(t *testing.T) {
	channel := &tg.InputChannel{ChannelID: 9, AccessHash: 9}
	for name, test := range map[string]struct {
		call   func(ctx context.Context, api *tg.Client) error
		answer bin.Encoder
		next   tg.UpdateClass
	}{
		"reading a private chat": {
			func(ctx context.Context, api *tg.Client) error {
				_, err := api.MessagesReadHistory(ctx, &tg.MessagesReadHistoryRequest{Peer: &tg.InputPeerSelf{}})
				return err
			}, &tg.MessagesAffectedMessages{Pts: 101, PtsCount: 1}, private(102),
		},
		"deleting in a channel": {
			func(ctx context.Context, api *tg.Client) error {
				_, err := api.ChannelsDeleteMessages(ctx, &tg.ChannelsDeleteMessagesRequest{Channel: channel})
				return err
			}, &tg.MessagesAffectedMessages{Pts: 53, PtsCount: 3}, inChannel(54),
		},
		"reading mentions in a channel": {
			func(ctx context.Context, api *tg.Client) error {
				_, err := api.MessagesReadMentions(ctx, &tg.MessagesReadMentionsRequest{Peer: &tg.InputPeerChannel{ChannelID: 9}})
				return err
			}, &tg.MessagesAffectedHistory{Pts: 51, PtsCount: 1}, inChannel(52),
		},
		"deleting what a search found": {
			func(ctx context.Context, api *tg.Client) error {
				_, err := api.MessagesDeletePhoneCallHistory(ctx, &tg.MessagesDeletePhoneCallHistoryRequest{})
				return err
			}, &tg.MessagesAffectedFoundMessages{Pts: 104, PtsCount: 4}, private(105),
		},
		"a call that answers with updates": {
			func(ctx context.Context, api *tg.Client) error {
				_, err := api.MessagesSendMessage(ctx, &tg.MessagesSendMessageRequest{Peer: &tg.InputPeerSelf{}, RandomID: 1})
				return err
			}, &tg.Updates{Updates: []tg.UpdateClass{private(101)}}, private(102),
		},
		"a call that answers with a short one": {
			func(ctx context.Context, api *tg.Client) error {
				_, err := api.MessagesSendMessage(ctx, &tg.MessagesSendMessageRequest{Peer: &tg.InputPeerSelf{}, RandomID: 1})
				return err
			}, &tg.UpdateShortSentMessage{ID: 5, Pts: 101, PtsCount: 1}, private(102),
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := newPuppet(func(in bin.Encoder) (bin.Encoder, error) {
					switch in.(type) {
					case *tg.UpdatesGetStateRequest:
						return &tg.UpdatesState{Pts: 100, Qts: 1, Seq: 1, Date: 1}, nil
					case *tg.UpdatesGetDifferenceRequest:
						return &tg.UpdatesDifferenceEmpty{}, nil
					}
					return test.answer, nil
				})
				if err := p.started(t.Context(), p.self); err != nil {
					t.Fatal(err)
				}
				if err := p.handleUpdates(t.Context(), &tg.Updates{Updates: []tg.UpdateClass{inChannel(50)}}); err != nil {
					t.Fatal(err)
				}
				<-time.After(time.Second)
				p.told()
				if err := test.call(t.Context(), p.api); err != nil {
					t.Fatal(err)
				}
				if err := p.handleUpdates(t.Context(), &tg.UpdateShort{Update: test.next}); err != nil {
					t.Fatal(err)
				}
				synctest.Wait()
				if got := p.told(); len(got) != 2 || got[1][:7] != "message" {
					t.Errorf("at once came %q", got)
				}
				p.stopped()
				p.peers.close()
				if slices.Contains(p.asked, "updates.getDifference") || slices.Contains(p.asked, "updates.getChannelDifference") {
					t.Errorf("asked for %q", p.asked)
				}
			})
		})
	}
}

func private(pts int) tg.UpdateClass {
	return &tg.UpdateNewMessage{Message: &tg.Message{ID: pts, PeerID: &tg.PeerUser{UserID: 1}}, Pts: pts, PtsCount: 1}
}

func inChannel(pts int) tg.UpdateClass {
	return &tg.UpdateNewChannelMessage{Message: &tg.Message{ID: pts, PeerID: &tg.PeerChannel{ChannelID: 9}}, Pts: pts, PtsCount: 1}
}

// TestEarlyUpdates has updates come before the sign-in is through, and while the state is asked for.
func TestEarlyUpdates(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var p *puppet
		push := func(updates ...tg.UpdateClass) {
			if err := p.handleUpdates(t.Context(), &tg.Updates{Updates: updates}); err != nil {
				t.Error(err)
			}
		}
		p = newPuppet(func(in bin.Encoder) (bin.Encoder, error) {
			if _, ok := in.(*tg.UpdatesGetStateRequest); ok {
				push(private(101))
				return &tg.UpdatesState{Pts: 100, Qts: 1, Seq: 1, Date: 1}, nil
			}
			return &tg.UpdatesDifferenceEmpty{}, nil
		})
		for range 2 * earlyLimit {
			push(private(99), &tg.UpdateUserTyping{})
		}
		if err := p.started(t.Context(), p.self); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if got := p.told(); len(got) != 2*earlyLimit+2 || got[2*earlyLimit+1] != "message 101" {
			t.Errorf("%d events came: %.200q", len(got), got)
		}
		p.stopped()
		push(&tg.UpdateUserTyping{})
		p.stopped()
		p.peers.close()
	})
}

func TestStartFails(t *testing.T) {
	p := newPuppet(func(bin.Encoder) (bin.Encoder, error) { return nil, errors.New("no link") })
	if err := p.started(t.Context(), p.self); err == nil || p.updates.get() != nil {
		t.Errorf("got %v", err)
	}
	p.stopped()
	p.peers.close()
	if err := p.peers.store.Close(); err != nil {
		t.Fatal(err)
	}
	if err := p.started(t.Context(), p.self); err == nil {
		t.Error("updates started without a store")
	}
}

func TestLearnsFromAnswers(t *testing.T) {
	user, group := &tg.User{ID: 5, AccessHash: 5}, &tg.Chat{ID: 6, Title: "G", Photo: &tg.ChatPhotoEmpty{}}
	u, c := []tg.UserClass{user}, []tg.ChatClass{group}
	for name, out := range map[string]bin.Decoder{
		"users":              &tg.UserClassVector{Elems: u},
		"updates":            &tg.UpdatesBox{Updates: &tg.Updates{Users: u, Chats: c}},
		"combined updates":   &tg.UpdatesBox{Updates: &tg.UpdatesCombined{Users: u, Chats: c}},
		"difference":         &tg.UpdatesDifferenceBox{Difference: &tg.UpdatesDifference{Users: u, Chats: c}},
		"channel difference": &tg.UpdatesChannelDifferenceBox{ChannelDifference: &tg.UpdatesChannelDifference{Users: u, Chats: c}},
		"messages":           &tg.MessagesMessagesBox{Messages: &tg.MessagesMessages{Users: u, Chats: c}},
		"dialogs":            &tg.MessagesDialogsBox{Dialogs: &tg.MessagesDialogs{Users: u, Chats: c}},
		"chats":              &tg.MessagesChatsBox{Chats: &tg.MessagesChats{Chats: c}},
		"contacts":           &tg.ContactsContactsBox{Contacts: &tg.ContactsContacts{Users: u}},
		"blocked":            &tg.ContactsBlockedBox{Blocked: &tg.ContactsBlocked{Users: u, Chats: c}},
		"top peers":          &tg.ContactsTopPeersBox{TopPeers: &tg.ContactsTopPeers{Users: u, Chats: c}},
		"participants":       &tg.ChannelsChannelParticipantsBox{ChannelParticipants: &tg.ChannelsChannelParticipants{Users: u, Chats: c}},
		"an invite":          &tg.ChatInviteBox{ChatInvite: &tg.ChatInviteAlready{Chat: group}},
		"a peek":             &tg.ChatInviteBox{ChatInvite: &tg.ChatInvitePeek{Chat: group}},
		"resolved":           &tg.ContactsResolvedPeer{Users: u, Chats: c},
		"found":              &tg.ContactsFound{Users: u, Chats: c},
	} {
		p := newPuppet(nil)
		if err := p.answered(nil, out, nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if p.peers.get(5).User == nil && p.peers.get(-6).Chat == nil {
			t.Errorf("nobody was learned from %s", name)
		}
		p.peers.close()
	}
	p := newPuppet(nil)
	for _, out := range []bin.Decoder{&tg.BoolBox{}, &tg.UpdatesBox{}, &tg.UpdatesDifferenceBox{}, &tg.ChatInviteBox{}} {
		if err := p.answered(nil, out, nil); err != nil {
			t.Errorf("%T: %v", out, err)
		}
	}
	p.peers.close()
}

func TestDispatch(t *testing.T) {
	message := func(m *tg.Message) tg.UpdateClass { return &tg.UpdateNewMessage{Message: m} }
	edit := func(m *tg.Message) tg.UpdateClass { return &tg.UpdateEditChannelMessage{Message: m} }
	user, me := &tg.PeerUser{UserID: 5}, &tg.PeerUser{UserID: 1}
	for sentence, test := range map[string]struct {
		item inbox.Item
		want []string
	}{
		"a message":                      {inbox.Item{Update: message(&tg.Message{ID: 3, PeerID: user})}, []string{"raw", "message 3"}},
		"an edit":                        {inbox.Item{Update: edit(&tg.Message{ID: 3, PeerID: user})}, []string{"raw", "edit 3"}},
		"a service message":              {inbox.Item{Update: &tg.UpdateNewMessage{Message: &tg.MessageService{ID: 3}}}, []string{"raw"}},
		"a message that is gone":         {inbox.Item{Update: &tg.UpdateNewMessage{Message: &tg.MessageEmpty{ID: 3}}}, []string{"raw"}},
		"a message from nowhere":         {inbox.Item{Update: message(&tg.Message{ID: 3})}, []string{"raw"}},
		"something else":                 {inbox.Item{Update: &tg.UpdateConfig{}}, []string{"raw"}},
		"a result of our own":            {inbox.Item{Update: message(&tg.Message{ID: 3, PeerID: user}), Own: true}, nil},
		"what we sent, by id":            {inbox.Item{Update: message(&tg.Message{ID: 77, PeerID: user, Out: true})}, nil},
		"what we sent to ourselves":      {inbox.Item{Update: message(&tg.Message{ID: 77, PeerID: me})}, nil},
		"what is on its way, by text":    {inbox.Item{Update: message(&tg.Message{ID: 9, PeerID: user, Out: true, Message: "on its way"})}, nil},
		"the same on another device":     {inbox.Item{Update: message(&tg.Message{ID: 9, PeerID: &tg.PeerUser{UserID: 6}, Out: true, Message: "on its way"})}, []string{"raw", "message 9"}},
		"what we edited":                 {inbox.Item{Update: edit(&tg.Message{ID: 78, PeerID: user, Out: true, Message: "ours"})}, nil},
		"what another device edited":     {inbox.Item{Update: edit(&tg.Message{ID: 78, PeerID: user, Out: true, Message: "theirs"})}, []string{"raw", "edit 78"}},
		"the link":                       {inbox.Item{Note: ConnectionState{Name: Ready}}, []string{"connection"}},
		"a note that nobody understands": {inbox.Item{Note: 5}, nil},
		"what was skipped":               {inbox.Item{Skipped: &inbox.Skipped{From: 1, To: 2}}, []string{"skipped"}},
	} {
		t.Run(sentence, func(t *testing.T) {
			p := newPuppet(nil)
			p.peers.self.Store(1)
			p.updates.sent.end(p.updates.sent.begin(5, "sent", false), 77)
			p.updates.sent.begin(5, "on its way ", false)
			p.updates.sent.edited(5, 78, "ours")
			if taken, err := p.deliver(t.Context(), []inbox.Item{test.item}); err != nil || taken != 1 {
				t.Fatal(taken, err)
			}
			if got := p.told(); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if taken, err := newPuppet(nil).deliver(ctx, make([]inbox.Item, 1)); err == nil || taken != 0 {
		t.Error("events are delivered after the end")
	}
}

func TestOwnMessagesForget(t *testing.T) {
	var o ownMessages
	for id := range 3 * sentLimit {
		o.end(o.begin(5, "x", false), id+1)
	}
	if len(o.known.values) != sentLimit || len(o.pending) != 0 {
		t.Errorf("%d known, %d ordered, %d pending", len(o.known.values), len(o.known.order), len(o.pending))
	}
	if !o.sent(&tg.Message{ID: 3 * sentLimit, PeerID: &tg.PeerUser{UserID: 5}}) || o.sent(&tg.Message{ID: 1, PeerID: &tg.PeerUser{UserID: 5}}) {
		t.Error("the oldest should be forgotten, not the newest")
	}
	o.end(o.begin(-1000000000009, "x", false), 4000)
	if o.sent(&tg.Message{ID: 4000, PeerID: &tg.PeerUser{UserID: 5}}) || !o.sent(&tg.Message{ID: 4000, PeerID: &tg.PeerChannel{ChannelID: 9}}) {
		t.Error("channels count their messages by themselves")
	}
}

func BenchmarkDispatch(b *testing.B) {
	p := newPuppet(nil)
	p.Account.opts.Handler = func(context.Context, *Event) {}
	p.peers.learn(users(&tg.User{ID: 5, AccessHash: 5}), nil)
	items := []inbox.Item{{Update: private(1)}}
	items[0].Update.(*tg.UpdateNewMessage).Message.(*tg.Message).PeerID = &tg.PeerUser{UserID: 5}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.deliver(b.Context(), items); err != nil {
			b.Fatal(err)
		}
	}
}

package sandbox

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

func TestSendRefusals(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	bobby := alice.to(t, "bobby").(*tg.InputPeerUser)
	for name, row := range map[string]struct {
		in   tg.MessagesSendMessageRequest
		want string
	}{
		"no text":           {tg.MessagesSendMessageRequest{Peer: bobby, RandomID: 1}, "MESSAGE_EMPTY"},
		"only space":        {tg.MessagesSendMessageRequest{Peer: bobby, Message: " \n ", RandomID: 1}, "MESSAGE_EMPTY"},
		"too much text":     {tg.MessagesSendMessageRequest{Peer: bobby, Message: strings.Repeat("ä", 4097), RandomID: 1}, "MESSAGE_TOO_LONG"},
		"no random id":      {tg.MessagesSendMessageRequest{Peer: bobby, Message: "x"}, "RANDOM_ID_EMPTY"},
		"to nobody":         {tg.MessagesSendMessageRequest{Peer: &tg.InputPeerEmpty{}, Message: "x", RandomID: 1}, "PEER_ID_INVALID"},
		"a wrong hash":      {tg.MessagesSendMessageRequest{Peer: &tg.InputPeerUser{UserID: 1002, AccessHash: bobby.AccessHash + 1}, Message: "x", RandomID: 1}, "PEER_ID_INVALID"},
		"a missing group":   {tg.MessagesSendMessageRequest{Peer: &tg.InputPeerChat{ChatID: 5}, Message: "x", RandomID: 1}, "CHAT_ID_INVALID"},
		"a missing channel": {tg.MessagesSendMessageRequest{Peer: &tg.InputPeerChannel{ChannelID: 5}, Message: "x", RandomID: 1}, "CHANNEL_INVALID"},
		"a reply to what never was": {
			tg.MessagesSendMessageRequest{Peer: bobby, Message: "x", RandomID: 1, ReplyTo: &tg.InputReplyToMessage{ReplyToMsgID: 9999}}, "REPLY_MESSAGE_ID_INVALID",
		},
		"entities beyond the text": {
			tg.MessagesSendMessageRequest{Peer: bobby, Message: "x", RandomID: 1, Entities: []tg.MessageEntityClass{&tg.MessageEntityBold{Length: 5}}}, "ENTITY_BOUNDS_INVALID",
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := alice.api.MessagesSendMessage(t.Context(), &row.in)
			wantError(t, err, row.want)
		})
	}
	_, err := alice.api.ContactsResolveUsername(t.Context(), &tg.ContactsResolveUsernameRequest{Username: "nobody_at_all"})
	wantError(t, err, "USERNAME_NOT_OCCUPIED")
	_, err = alice.api.ContactsResolveUsername(t.Context(), &tg.ContactsResolveUsernameRequest{Username: "1x"})
	wantError(t, err, "USERNAME_INVALID")
}

func TestARandomIDSendsOnce(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	in := &tg.MessagesSendMessageRequest{Peer: alice.to(t, "bobby"), Message: "once", RandomID: random()}
	if _, err := alice.api.MessagesSendMessage(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	_, err := alice.api.MessagesSendMessage(t.Context(), in)
	if !tgerr.Is(err, "RANDOM_ID_DUPLICATE") {
		t.Errorf("again: %v", err)
	}
	if list, _ := s.Person("bob").Messages("alice"); len(list) != 1 {
		t.Errorf("bob has %d messages", len(list))
	}
}

func TestEditRefusals(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	bobby := alice.to(t, "bobby")
	m := alice.send(t, bobby, "as it is")
	edit := func(id int, text string) error {
		_, err := alice.api.MessagesEditMessage(t.Context(), &tg.MessagesEditMessageRequest{Peer: bobby, ID: id, Message: text})
		return err
	}
	wantError(t, edit(m.ID, "as it is"), "MESSAGE_NOT_MODIFIED")
	wantError(t, edit(m.ID, " as it is "), "MESSAGE_NOT_MODIFIED")
	wantError(t, edit(9999, "x"), "MESSAGE_ID_INVALID")
	wantError(t, edit(m.ID, "\t"), "MESSAGE_EMPTY")
	say(t, s, "bob", "alice", "bob's own")
	theirs := next[*tg.UpdateNewMessage](t, alice).Message.GetID()
	wantError(t, edit(theirs, "x"), "MESSAGE_AUTHOR_REQUIRED")
}

func TestBotsMayNotDoWhatBotsMayNot(t *testing.T) {
	s := serve(t, Options{})
	bot := login(t, s, "EchoBot")
	_, err := bot.api.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{Peer: bot.to(t, "alice"), Message: "hi", RandomID: random()})
	wantError(t, err, "PEER_ID_INVALID")
	_, err = bot.api.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{Peer: bot.to(t, "sandbox_private_bot"), Message: "hi", RandomID: random()})
	wantError(t, err, "USER_IS_BOT")
	_, err = bot.api.MessagesGetDialogs(t.Context(), &tg.MessagesGetDialogsRequest{OffsetPeer: &tg.InputPeerEmpty{}})
	wantError(t, err, "BOT_METHOD_INVALID")
}

func TestHistoryWindows(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	self := &tg.InputPeerSelf{}
	var sentIDs []int
	for i := range 10 {
		sentIDs = append(sentIDs, alice.send(t, self, fmt.Sprint(i)).ID)
	}
	for name, row := range map[string]struct {
		in   tg.MessagesGetHistoryRequest
		want string
	}{
		"the newest":            {tg.MessagesGetHistoryRequest{Limit: 3}, "9 8 7"},
		"older than one":        {tg.MessagesGetHistoryRequest{OffsetID: sentIDs[3], Limit: 2}, "2 1"},
		"around one":            {tg.MessagesGetHistoryRequest{OffsetID: sentIDs[5], AddOffset: -2, Limit: 4}, "6 5 4 3"},
		"some skipped":          {tg.MessagesGetHistoryRequest{AddOffset: 4, Limit: 2}, "5 4"},
		"between two":           {tg.MessagesGetHistoryRequest{MinID: sentIDs[2], MaxID: sentIDs[5], Limit: 100}, "4 3"},
		"before the first":      {tg.MessagesGetHistoryRequest{OffsetID: sentIDs[0], Limit: 5}, ""},
		"all, with no limit":    {tg.MessagesGetHistoryRequest{Limit: 1000}, "9 8 7 6 5 4 3 2 1 0"},
		"the count alone":       {tg.MessagesGetHistoryRequest{Limit: 0}, ""},
		"newer than the newest": {tg.MessagesGetHistoryRequest{AddOffset: -5, Limit: 5}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			row.in.Peer = self
			answer, err := alice.api.MessagesGetHistory(t.Context(), &row.in)
			if err != nil {
				t.Fatal(err)
			}
			if got := texts(answer); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

func texts(answer tg.MessagesMessagesClass) string {
	modified, _ := answer.AsModified()
	var list []string
	for _, m := range modified.GetMessages() {
		switch m := m.(type) {
		case *tg.Message:
			list = append(list, m.Message)
		case *tg.MessageEmpty:
			list = append(list, "-")
		}
	}
	return strings.Join(list, " ")
}

func TestMessagesByID(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	self := &tg.InputPeerSelf{}
	one := alice.send(t, self, "one")
	answer, err := alice.api.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{
		Peer: self, Message: "two", RandomID: random(), ReplyTo: &tg.InputReplyToMessage{ReplyToMsgID: one.ID},
	})
	if err != nil {
		t.Fatal(err)
	}
	two := sent(t, answer)
	got, err := alice.api.MessagesGetMessages(t.Context(), []tg.InputMessageClass{
		&tg.InputMessageID{ID: two.ID}, &tg.InputMessageReplyTo{ID: two.ID}, &tg.InputMessageID{ID: 9999},
	})
	if err != nil || texts(got) != "two one -" {
		t.Errorf("got %q, %v", texts(got), err)
	}
	channel := alice.to(t, "sandbox_workshop").(*tg.InputPeerChannel)
	shared := alice.send(t, channel, "shared")
	got, err = alice.api.ChannelsGetMessages(t.Context(), &tg.ChannelsGetMessagesRequest{
		Channel: &tg.InputChannel{ChannelID: channel.ChannelID, AccessHash: channel.AccessHash}, ID: []tg.InputMessageClass{&tg.InputMessageID{ID: shared.ID}},
	})
	if err != nil || texts(got) != "shared" {
		t.Errorf("got %q, %v", texts(got), err)
	}
}

func TestSearch(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	bobby := alice.to(t, "bobby")
	for _, text := range []string{"apple pie", "banana", "Apple juice"} {
		alice.send(t, bobby, text)
	}
	say(t, s, "bob", "alice", "apple of bob")
	search := func(in tg.MessagesSearchRequest) string {
		t.Helper()
		in.Filter, in.Limit = &tg.InputMessagesFilterEmpty{}, 10
		got, err := alice.api.MessagesSearch(t.Context(), &in)
		if err != nil {
			t.Fatal(err)
		}
		return texts(got)
	}
	if got := search(tg.MessagesSearchRequest{Peer: bobby, Q: "apple"}); got != "apple of bob Apple juice apple pie" {
		t.Errorf("got %q", got)
	}
	if got := search(tg.MessagesSearchRequest{Peer: bobby, Q: "apple", FromID: bobby}); got != "apple of bob" {
		t.Errorf("from bob: %q", got)
	}
	got, err := alice.api.MessagesSearchGlobal(t.Context(), &tg.MessagesSearchGlobalRequest{
		Q: "banana", Filter: &tg.InputMessagesFilterEmpty{}, OffsetPeer: &tg.InputPeerEmpty{}, Limit: 5,
	})
	if err != nil || texts(got) != "banana" {
		t.Errorf("everywhere: %q, %v", texts(got), err)
	}
}

func TestForward(t *testing.T) {
	s := serve(t, Options{})
	alice, carol := login(t, s, "alice"), login(t, s, "carol")
	say(t, s, "bob", "alice", "pass it on")
	m := next[*tg.UpdateNewMessage](t, alice).Message.GetID()
	forward := func(drop bool) *tg.Message {
		t.Helper()
		answer, err := alice.api.MessagesForwardMessages(t.Context(), &tg.MessagesForwardMessagesRequest{
			FromPeer: alice.to(t, "bobby"), ToPeer: alice.to(t, "carol"), ID: []int{m}, RandomID: []int64{random()}, DropAuthor: drop,
		})
		if err != nil {
			t.Fatal(err)
		}
		return sent(t, answer)
	}
	if got := forward(false); got.FwdFrom.FromID.(*tg.PeerUser).UserID != 1002 {
		t.Errorf("forwarded from %v", got.FwdFrom)
	}
	if got := next[*tg.UpdateNewMessage](t, carol).Message.(*tg.Message); got.Message != "pass it on" || got.FwdFrom.Zero() {
		t.Errorf("carol got %v", got)
	}
	if got := forward(true); !got.FwdFrom.Zero() {
		t.Errorf("copied from %v", got.FwdFrom)
	}
	_, err := alice.api.MessagesForwardMessages(t.Context(), &tg.MessagesForwardMessagesRequest{
		FromPeer: alice.to(t, "bobby"), ToPeer: alice.to(t, "carol"), ID: []int{9999}, RandomID: []int64{random()},
	})
	wantError(t, err, "MESSAGE_ID_INVALID")
}

func TestReading(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	m := alice.send(t, alice.to(t, "bobby"), "read me")
	got := next[*tg.UpdateNewMessage](t, bob).Message.GetID()
	affected, err := bob.api.MessagesReadHistory(t.Context(), &tg.MessagesReadHistoryRequest{Peer: bob.to(t, "alice"), MaxID: got})
	if err != nil || affected.PtsCount != 1 {
		t.Fatalf("read: %v, %v", affected, err)
	}
	if read := next[*tg.UpdateReadHistoryOutbox](t, alice); read.MaxID != m.ID {
		t.Errorf("read up to %d, want %d", read.MaxID, m.ID)
	}
	affected, err = bob.api.MessagesReadHistory(t.Context(), &tg.MessagesReadHistoryRequest{Peer: bob.to(t, "alice"), MaxID: got})
	if err != nil || affected.PtsCount != 0 {
		t.Errorf("read again: %v, %v", affected, err)
	}

	where := alice.to(t, "sandbox_workshop")
	shared := alice.send(t, where, "read me too")
	theirs := bob.to(t, "sandbox_workshop").(*tg.InputPeerChannel)
	ok, err := bob.api.ChannelsReadHistory(t.Context(), &tg.ChannelsReadHistoryRequest{
		Channel: &tg.InputChannel{ChannelID: theirs.ChannelID, AccessHash: theirs.AccessHash}, MaxID: shared.ID,
	})
	if err != nil || !ok {
		t.Fatalf("read: %v, %v", ok, err)
	}
	if read := next[*tg.UpdateReadChannelOutbox](t, alice); read.MaxID != shared.ID {
		t.Errorf("read up to %d, want %d", read.MaxID, shared.ID)
	}
}

func TestDialogs(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	say(t, s, "bob", "alice", "one")
	say(t, s, "bob", "alice", "two")
	page := func(in tg.MessagesGetDialogsRequest) (list []tg.DialogClass, messages []tg.MessageClass) {
		t.Helper()
		answer, err := alice.api.MessagesGetDialogs(t.Context(), &in)
		if err != nil {
			t.Fatal(err)
		}
		modified, _ := answer.AsModified()
		return modified.GetDialogs(), modified.GetMessages()
	}
	all, messages := page(tg.MessagesGetDialogsRequest{OffsetPeer: &tg.InputPeerEmpty{}, Limit: 100})
	if len(all) != 4 || len(messages) != 4 {
		t.Fatalf("%d dialogs, %d messages, want 4", len(all), len(messages))
	}
	at := slices.IndexFunc(all, func(d tg.DialogClass) bool { return peerOf(d.(*tg.Dialog).Peer) == peer{peerUser, 1002} })
	if at < 0 || all[at].(*tg.Dialog).UnreadCount != 2 {
		t.Errorf("bob's dialog: %v", all)
	}
	first, top := page(tg.MessagesGetDialogsRequest{OffsetPeer: &tg.InputPeerEmpty{}, Limit: 2})
	last := top[len(top)-1].(interface {
		GetDate() int
		GetID() int
		GetPeerID() tg.PeerClass
	})
	rest, _ := page(tg.MessagesGetDialogsRequest{OffsetDate: last.GetDate(), OffsetID: last.GetID(), OffsetPeer: s.input(t, "alice", last.GetPeerID()), Limit: 100})
	if len(first)+len(rest) != 4 {
		t.Errorf("pages of %d and %d, want 4 in all", len(first), len(rest))
	}
	one, err := alice.api.MessagesGetPeerDialogs(t.Context(), []tg.InputDialogPeerClass{&tg.InputDialogPeer{Peer: alice.to(t, "bobby")}})
	if err != nil || len(one.Dialogs) != 1 || one.State.Pts == 0 {
		t.Errorf("bob's dialog: %v, %v", one, err)
	}
}

// input gives a peer as one person must send it.
func (s *Server) input(t *testing.T, viewer string, p tg.PeerClass) tg.InputPeerClass {
	t.Helper()
	var in tg.InputPeerClass
	err := s.Person(viewer).act(func(u *user) error {
		at := peerOf(p)
		hash := s.hash(u.id, at)
		switch at.kind {
		case peerUser:
			in = &tg.InputPeerUser{UserID: at.id, AccessHash: hash}
		case peerGroup:
			in = &tg.InputPeerChat{ChatID: at.id}
		default:
			in = &tg.InputPeerChannel{ChannelID: at.id, AccessHash: hash}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func TestTyping(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	for _, to := range []tg.InputPeerClass{alice.to(t, "bobby"), &tg.InputPeerChat{ChatID: 3001}, alice.to(t, "sandbox_workshop")} {
		if _, err := alice.api.MessagesSetTyping(t.Context(), &tg.MessagesSetTypingRequest{Peer: to, Action: &tg.SendMessageTypingAction{}}); err != nil {
			t.Fatal(err)
		}
	}
	next[*tg.UpdateUserTyping](t, bob)
	next[*tg.UpdateChatUserTyping](t, bob)
	next[*tg.UpdateChannelUserTyping](t, bob)
}

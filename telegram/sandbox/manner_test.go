package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

func TestSendingAs(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	ctx := t.Context()
	workshop, news := alice.where(3002), alice.where(3003)
	in := &tg.MessagesSendMessageRequest{Peer: workshop, Message: "as the channel", RandomID: random()}
	in.SetSendAs(news)
	answer, err := alice.api.MessagesSendMessage(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	own := sent(t, answer)
	if p, ok := own.FromID.(*tg.PeerChannel); !ok || p.ChannelID != 3003 || !own.Out {
		t.Errorf("alice's own is %v", own)
	}
	if m := next[*tg.UpdateNewChannelMessage](t, bob.client).Message.(*tg.Message); m.Out || m.FromID.(*tg.PeerChannel).ChannelID != 3003 {
		t.Errorf("bob reads %v", m)
	}
	theirs := &tg.MessagesSendMessageRequest{Peer: bob.where(3002), Message: "x", RandomID: random()}
	theirs.SetSendAs(bob.where(3003))
	_, err = bob.api.MessagesSendMessage(ctx, theirs)
	wantError(t, err, "SEND_AS_PEER_INVALID")
	if _, err := alice.api.MessagesSaveDefaultSendAs(ctx, &tg.MessagesSaveDefaultSendAsRequest{Peer: workshop, SendAs: news}); err != nil {
		t.Fatal(err)
	}
	full, err := alice.api.ChannelsGetFullChannel(ctx, alice.channel(3002))
	if as, ok := full.FullChat.(*tg.ChannelFull).GetDefaultSendAs(); err != nil || !ok || peerOf(as).id != 3003 {
		t.Errorf("by default alice writes as %v, %v", as, err)
	}
	if m := alice.send(t, workshop, "by default"); peerOf(m.FromID).id != 3003 {
		t.Errorf("alice wrote %v", m)
	}
	if m := alice.send(t, alice.peer("bob"), "in private"); peerOf(m.FromID).id == 3003 {
		t.Errorf("alice wrote %v", m)
	}
	later := &tg.MessagesSendMessageRequest{Peer: workshop, Message: "later", RandomID: random(), ScheduleDate: s.now() + 1000}
	answer, err = alice.api.MessagesSendMessage(ctx, later)
	if err != nil {
		t.Fatal(err)
	}
	id := answer.(*tg.Updates).Updates[0].(*tg.UpdateMessageID).ID
	answer, err = alice.api.MessagesSendScheduledMessages(ctx, &tg.MessagesSendScheduledMessagesRequest{Peer: workshop, ID: []int{id}})
	if err != nil || peerOf(sent(t, answer).FromID).id != 3003 {
		t.Errorf("later: %v, %v", answer, err)
	}
}

func TestAnonymousAdmins(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	id := alice.supergroup(t, "Group", "bob")
	alice.promote(t, id, "bob", tg.ChatAdminRights{Anonymous: true, BanUsers: true})
	list, err := bob.api.ChannelsGetSendAs(t.Context(), &tg.ChannelsGetSendAsRequest{Peer: bob.where(id)})
	if err != nil || len(list.Peers) != 2 || peerOf(list.Peers[1].Peer).id != id {
		t.Errorf("bob may write as %v, %v", list, err)
	}
	if m := bob.send(t, bob.where(id), "who am I?"); peerOf(m.FromID) != (peer{peerChannel, id}) || !m.Out {
		t.Errorf("bob wrote %v", m)
	}
}

func TestEffectsAndMediaBelow(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	in := &tg.MessagesSendMessageRequest{Peer: alice.peer("bob"), Message: "look at https://example.com", RandomID: random(), InvertMedia: true}
	in.SetEffect(5)
	if _, err := alice.api.MessagesSendMessage(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	if m := next[*tg.UpdateNewMessage](t, bob.client).Message.(*tg.Message); m.Effect != 5 || !m.InvertMedia {
		t.Errorf("bob reads %v", m)
	}
}

func TestQuotes(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	first := alice.send(t, alice.peer("bob"), "😀 one two one")
	reply := func(text string, offset int) (tg.UpdatesClass, error) {
		to := &tg.InputReplyToMessage{ReplyToMsgID: first.ID}
		to.SetQuoteText(text)
		to.SetQuoteOffset(offset)
		return alice.api.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{Peer: alice.peer("bob"), Message: "this?", RandomID: random(), ReplyTo: to})
	}
	wantError(t, second(reply("three", 0)), "QUOTE_TEXT_INVALID")
	for _, row := range []struct {
		offset, want int
	}{{11, 11}, {0, 3}, {99, 3}} {
		if _, err := reply("one", row.offset); err != nil {
			t.Fatal(err)
		}
		for {
			m := next[*tg.UpdateNewMessage](t, bob.client).Message.(*tg.Message)
			header, ok := m.ReplyTo.(*tg.MessageReplyHeader)
			if !ok {
				continue
			}
			if !header.Quote || header.QuoteText != "one" || header.QuoteOffset != row.want || header.ReplyToMsgID == 0 {
				t.Errorf("at %d: %v", row.offset, header)
			}
			break
		}
	}
}

func TestRepliesToOtherChats(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	ctx := t.Context()
	post := alice.send(t, alice.where(3002), "in the workshop")
	note := alice.send(t, &tg.InputPeerSelf{}, "a note")
	answer := func(where tg.InputPeerClass, id int) (tg.UpdatesClass, error) {
		to := &tg.InputReplyToMessage{ReplyToMsgID: id}
		to.SetReplyToPeerID(where)
		return alice.api.MessagesSendMessage(ctx, &tg.MessagesSendMessageRequest{Peer: alice.peer("bob"), Message: "see?", RandomID: random(), ReplyTo: to})
	}
	wantError(t, second(answer(alice.where(3002), 999)), "REPLY_MESSAGE_ID_INVALID")
	wantError(t, second(answer(&tg.InputPeerEmpty{}, 1)), "REPLY_MESSAGE_ID_INVALID")
	for _, row := range []struct {
		where tg.InputPeerClass
		id    int
		named bool
	}{{alice.where(3002), post.ID, true}, {&tg.InputPeerSelf{}, note.ID, false}} {
		if _, err := answer(row.where, row.id); err != nil {
			t.Fatal(err)
		}
		header := next[*tg.UpdateNewMessage](t, bob.client).Message.(*tg.Message).ReplyTo.(*tg.MessageReplyHeader)
		if (header.ReplyToPeerID != nil) != row.named || (header.ReplyToMsgID == row.id) != row.named || peerOf(header.ReplyFrom.FromID).id != alice.id {
			t.Errorf("bob is shown %v", header)
		}
	}
	if _, err := alice.api.MessagesToggleNoForwards(ctx, &tg.MessagesToggleNoForwardsRequest{Peer: alice.where(3002), Enabled: true}); err != nil {
		t.Fatal(err)
	}
	wantError(t, second(answer(alice.where(3002), post.ID)), "CHAT_FORWARDS_RESTRICTED")
}

func TestForwardsIntoTopicsAndAsAnswers(t *testing.T) {
	s := serve(t, Options{})
	alice := enter(t, s, "alice")
	ctx := t.Context()
	id := alice.create(t, &tg.ChannelsCreateChannelRequest{Megagroup: true, Forum: true, Title: "Forum"})
	topic := alice.topic(t, id, "Topic")
	note := alice.send(t, &tg.InputPeerSelf{}, "a note")
	in := &tg.MessagesForwardMessagesRequest{FromPeer: &tg.InputPeerSelf{}, ToPeer: alice.where(id), ID: []int{note.ID}, RandomID: []int64{random()}}
	in.SetTopMsgID(topic)
	answer, err := alice.api.MessagesForwardMessages(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	first := sent(t, answer)
	if header, ok := first.ReplyTo.(*tg.MessageReplyHeader); !ok || !header.ForumTopic || header.ReplyToMsgID != topic {
		t.Errorf("in the topic: %v", first)
	}
	in = &tg.MessagesForwardMessagesRequest{FromPeer: in.FromPeer, ToPeer: in.ToPeer, ID: in.ID, RandomID: []int64{random()}}
	in.SetReplyTo(&tg.InputReplyToMessage{ReplyToMsgID: first.ID})
	if answer, err = alice.api.MessagesForwardMessages(ctx, in); err != nil {
		t.Fatal(err)
	}
	if header, ok := sent(t, answer).ReplyTo.(*tg.MessageReplyHeader); !ok || header.ReplyToMsgID != first.ID || header.ReplyToTopID != topic {
		t.Errorf("as an answer: %v", answer)
	}
	in.RandomID, in.ReplyTo = []int64{random()}, &tg.InputReplyToMessage{ReplyToMsgID: 999}
	_, err = alice.api.MessagesForwardMessages(ctx, in)
	wantError(t, err, "REPLY_MESSAGE_ID_INVALID")
}

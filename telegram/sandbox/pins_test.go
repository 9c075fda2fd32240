package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

func (c someone) pin(t *testing.T, in *tg.MessagesUpdatePinnedMessageRequest) error {
	t.Helper()
	return second(c.api.MessagesUpdatePinnedMessage(t.Context(), in))
}

func TestPinningInASupergroup(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	id := alice.supergroup(t, "Board", "bob")
	where := alice.where(id)
	one, two := alice.send(t, where, "one"), alice.send(t, where, "two")
	wantError(t, alice.pin(t, &tg.MessagesUpdatePinnedMessageRequest{Peer: where, ID: 999}), "MESSAGE_ID_INVALID")
	wantError(t, alice.pin(t, &tg.MessagesUpdatePinnedMessageRequest{Peer: where, ID: 1}), "MESSAGE_ID_INVALID")
	wantError(t, alice.pin(t, &tg.MessagesUpdatePinnedMessageRequest{Peer: where, ID: one.ID, Unpin: true}), "CHAT_NOT_MODIFIED")
	for _, m := range []*tg.Message{one, two} {
		if err := alice.pin(t, &tg.MessagesUpdatePinnedMessageRequest{Peer: where, ID: m.ID}); err != nil {
			t.Fatal(err)
		}
	}
	wantError(t, alice.pin(t, &tg.MessagesUpdatePinnedMessageRequest{Peer: where, ID: one.ID}), "CHAT_NOT_MODIFIED")
	u := next[*tg.UpdatePinnedChannelMessages](t, bob.client)
	if !u.Pinned || len(u.Messages) != 1 || u.PtsCount != 1 {
		t.Errorf("bob was told %v", u)
	}
	_, pts := service[*tg.MessageActionPinMessage](t, bob)
	if pts <= u.Pts {
		t.Errorf("the service message has pts %d after %d", pts, u.Pts)
	}
	full, err := bob.api.ChannelsGetFullChannel(t.Context(), bob.channel(id))
	if err != nil || full.FullChat.(*tg.ChannelFull).PinnedMsgID != two.ID {
		t.Errorf("full: %v, %v", full, err)
	}
	got, err := bob.api.ChannelsGetMessages(t.Context(), &tg.ChannelsGetMessagesRequest{Channel: bob.channel(id), ID: []tg.InputMessageClass{&tg.InputMessageID{ID: one.ID}}})
	if err != nil || !got.(*tg.MessagesChannelMessages).Messages[0].(*tg.Message).Pinned {
		t.Errorf("the message: %v, %v", got, err)
	}
	if _, err := alice.api.ChannelsDeleteMessages(t.Context(), &tg.ChannelsDeleteMessagesRequest{Channel: alice.channel(id), ID: []int{two.ID}}); err != nil {
		t.Fatal(err)
	}
	all, err := alice.api.MessagesUnpinAllMessages(t.Context(), &tg.MessagesUnpinAllMessagesRequest{Peer: where})
	if err != nil || all.PtsCount != 1 {
		t.Errorf("unpin all: %v, %v", all, err)
	}
	full, err = bob.api.ChannelsGetFullChannel(t.Context(), bob.channel(id))
	if err != nil || full.FullChat.(*tg.ChannelFull).PinnedMsgID != 0 {
		t.Errorf("full after: %v, %v", full, err)
	}
}

func TestPinningInPrivateChatsAndGroups(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	for name, where := range map[string]tg.InputPeerClass{"a private chat": alice.peer("bob"), "a group": &tg.InputPeerChat{ChatID: 3001}} {
		t.Run(name, func(t *testing.T) {
			m := alice.send(t, where, "remember this")
			heard := next[*tg.UpdateNewMessage](t, bob.client).Message.(*tg.Message)
			if err := alice.pin(t, &tg.MessagesUpdatePinnedMessageRequest{Peer: where, ID: m.ID}); err != nil {
				t.Fatal(err)
			}
			u := next[*tg.UpdatePinnedMessages](t, bob.client)
			if !u.Pinned || u.Messages[0] != heard.ID || u.Pts == 0 {
				t.Errorf("bob was told %v, heard %d", u, heard.ID)
			}
			said := next[*tg.UpdateNewMessage](t, bob.client).Message.(*tg.MessageService)
			if reply := said.ReplyTo.(*tg.MessageReplyHeader); reply.ReplyToMsgID != heard.ID {
				t.Errorf("it says of %d that it's pinned, not of %d", reply.ReplyToMsgID, heard.ID)
			}
		})
	}
	m := alice.send(t, alice.peer("bob"), "only for me")
	next[*tg.UpdateNewMessage](t, bob.client)
	if err := alice.pin(t, &tg.MessagesUpdatePinnedMessageRequest{Peer: alice.peer("bob"), ID: m.ID, PmOneside: true}); err != nil {
		t.Fatal(err)
	}
	all, err := bob.api.MessagesUnpinAllMessages(t.Context(), &tg.MessagesUnpinAllMessagesRequest{Peer: bob.peer("alice")})
	if err != nil || all.PtsCount != 1 {
		t.Errorf("bob had pinned more than one: %v, %v", all, err)
	}
}

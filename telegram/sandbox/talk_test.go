package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

func TestTwoPeopleTalkEditAndDelete(t *testing.T) {
	s := serve(t, Options{LongUpdates: true}) // of a short form gotd makes a message with an author
	alice, bob := login(t, s, "alice"), login(t, s, "bob")

	first := alice.send(t, alice.to(t, "bobby"), "hello bob")
	if !first.Out || first.FromID == nil {
		t.Errorf("the sender's copy isn't marked as sent: %v", first)
	}
	heard := next[*tg.UpdateNewMessage](t, bob)
	m := heard.Message.(*tg.Message)
	if m.Message != "hello bob" || m.Out || m.FromID != nil || m.PeerID.(*tg.PeerUser).UserID != 1001 {
		t.Errorf("bob got %v", m)
	}

	_, err := alice.api.MessagesEditMessage(t.Context(), &tg.MessagesEditMessageRequest{Peer: alice.to(t, "bobby"), ID: first.ID, Message: "hello, bob"})
	if err != nil {
		t.Fatal(err)
	}
	edited := next[*tg.UpdateEditMessage](t, bob)
	if m := edited.Message.(*tg.Message); m.Message != "hello, bob" || m.EditDate == 0 || edited.Pts != heard.Pts+1 {
		t.Errorf("bob got the edit %v", edited)
	}

	affected, err := alice.api.MessagesDeleteMessages(t.Context(), &tg.MessagesDeleteMessagesRequest{Revoke: true, ID: []int{first.ID}})
	if err != nil || affected.PtsCount != 1 {
		t.Fatalf("delete: %v, %v", affected, err)
	}
	gone := next[*tg.UpdateDeleteMessages](t, bob)
	if len(gone.Messages) != 1 || gone.Messages[0] != m.ID || gone.Pts != edited.Pts+1 {
		t.Errorf("bob got the deletion %v", gone)
	}
}

func TestBotSignsInAndAnswers(t *testing.T) {
	s := serve(t, Options{})
	bot := login(t, s, "EchoBot")
	if _, err := s.Person("alice").Send(t.Context(), "EchoBot", "/start", SendOptions{}); err != nil {
		t.Fatal(err)
	}
	m := next[*tg.UpdateNewMessage](t, bot).Message.(*tg.Message)
	if len(m.Entities) != 1 || m.Entities[0].TypeID() != tg.MessageEntityBotCommandTypeID {
		t.Errorf("the command isn't marked: %v", m.Entities)
	}
	bot.send(t, &tg.InputPeerUser{UserID: 1001}, "pong")
	list, err := s.Person("alice").Messages("EchoBot")
	if err != nil || len(list) != 2 || list[1].Text != "pong" || list[1].From != "EchoBot" {
		t.Errorf("alice sees %v, %v", list, err)
	}
}

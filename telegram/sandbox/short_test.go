package sandbox

import (
	"testing"
	"time"

	"github.com/gotd/td/tg"
)

// overheard hands on what an account is sent, as it is sent: gotd makes whole updates of short
// ones before a test sees them.
func overheard(t *testing.T, s *Server, account string) <-chan any {
	t.Helper()
	all := make(chan any, 1000)
	t.Cleanup(s.Inspect(func(i Inspection) {
		if i.Kind == InspectUpdate && i.Account == account {
			all <- i.Update
		}
	}))
	return all
}

// short is the next thing overheard if it has the short form of a name.
func short(t *testing.T, from <-chan any, name string) map[string]any {
	t.Helper()
	select {
	case u := <-from:
		fields, _ := u.(map[string]any)
		if fields["_"] != name {
			t.Errorf("got %v, want %s", u, name)
		}
		return fields
	case <-time.After(patience):
		t.Fatalf("no %s comes", name)
		return nil
	}
}

// whole is the next thing overheard if it comes with all whom it names.
func whole(t *testing.T, from <-chan any) {
	t.Helper()
	select {
	case u := <-from:
		if list, ok := u.([]any); !ok || len(list) == 0 {
			t.Errorf("got %v, want updates", u)
		}
	case <-time.After(patience):
		t.Fatal("nothing comes")
	}
}

func TestShortForms(t *testing.T) {
	s := serve(t, Options{})
	bob, bot := enter(t, s, "bob"), enter(t, s, "EchoBot")
	enter(t, s, "alice")
	ctx, group := t.Context(), &tg.InputPeerChat{ChatID: 3001}
	told := overheard(t, s, "alice")
	bob.send(t, bob.peer("alice"), "hello @alice")
	if u := short(t, told, "updateShortMessage"); u["user_id"] != bob.id || u["message"] != "hello @alice" || u["pts_count"] != int64(1) || u["entities"] == nil {
		t.Errorf("a text: %v", u)
	}
	first := bob.send(t, group, "first")
	if u := short(t, told, "updateShortChatMessage"); u["chat_id"] != int64(3001) || u["from_id"] != bob.id {
		t.Errorf("a text in a group: %v", u)
	}
	reply := &tg.MessagesSendMessageRequest{Peer: group, Message: "hi", RandomID: random(), Silent: true, ReplyTo: &tg.InputReplyToMessage{ReplyToMsgID: first.ID}}
	answer, err := bob.api.MessagesSendMessage(ctx, reply)
	if short, ok := answer.(*tg.UpdateShortSentMessage); err != nil || !ok || !short.Out || short.ID == 0 || short.Pts == 0 || short.PtsCount != 1 {
		t.Errorf("bob was answered %v, %v", answer, err)
	}
	if u := short(t, told, "updateShortChatMessage"); u["silent"] != true || u["reply_to"] == nil {
		t.Errorf("a reply: %v", u)
	}
	if _, err := bob.api.MessagesSetTyping(ctx, &tg.MessagesSetTypingRequest{Peer: bob.peer("alice"), Action: &tg.SendMessageTypingAction{}}); err != nil {
		t.Fatal(err)
	}
	if u := short(t, told, "updateShort"); u["update"].(map[string]any)["user_id"] != bob.id || u["date"] == 0 {
		t.Errorf("typing: %v", u)
	}
	forwarded, err := bob.api.MessagesForwardMessages(ctx, &tg.MessagesForwardMessagesRequest{FromPeer: group, ToPeer: bob.peer("alice"), ID: []int{first.ID}, RandomID: []int64{random()}})
	if _, whole := forwarded.(*tg.Updates); err != nil || !whole {
		t.Errorf("the answer to a forward: %v, %v", forwarded, err)
	}
	if u := short(t, told, "updateShortMessage"); u["fwd_from"] == nil {
		t.Errorf("a forward: %v", u)
	}
	for name, send := range map[string]func() error{
		"what is in a channel": func() error { return bob.say(t, 3002, "to the channel") },
		"a dice": func() error {
			return second(bob.api.MessagesSendMedia(ctx, &tg.MessagesSendMediaRequest{Peer: bob.peer("alice"), Media: &tg.InputMediaDice{Emoticon: "🎲"}, RandomID: random()}))
		},
		"a bot that alice doesn't know": func() error {
			return second(bot.api.MessagesSendMessage(ctx, &tg.MessagesSendMessageRequest{Peer: group, Message: "hi", RandomID: random()}))
		},
	} {
		if err := send(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		whole(t, told)
	}
}

func TestYourOwnOtherDevicesAreToldInShort(t *testing.T) {
	s := serve(t, Options{})
	alice := enter(t, s, "alice")
	other := enter(t, s, "alice")
	told := overheard(t, s, "alice")
	alice.send(t, alice.peer("bob"), "hi")
	if u := short(t, told, "updateShortMessage"); u["out"] != true || u["user_id"] != peopleByName["bob"] {
		t.Errorf("the other device was told %v", u)
	}
	m := next[*tg.UpdateNewMessage](t, other.client).Message.(*tg.Message)
	if !m.Out || m.PeerID.(*tg.PeerUser).UserID != peopleByName["bob"] {
		t.Errorf("which is %v", m)
	}
}

func TestBotsGetNoShortForms(t *testing.T) {
	s := serve(t, Options{})
	alice, bot := enter(t, s, "alice"), enter(t, s, "EchoBot")
	told := overheard(t, s, "EchoBot")
	for range 2 {
		alice.send(t, alice.peer("EchoBot"), "hi")
		whole(t, told)
	}
	answer, err := bot.api.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{Peer: bot.peer("alice"), Message: "hi", RandomID: random()})
	if _, short := answer.(*tg.UpdateShortSentMessage); err != nil || !short {
		t.Errorf("the bot is answered %v, %v", answer, err)
	}
}

func TestWholeAnswers(t *testing.T) {
	for name, row := range map[string]struct {
		long bool
		to   func(c someone) tg.InputPeerClass
	}{
		"to oneself":           {false, func(someone) tg.InputPeerClass { return &tg.InputPeerSelf{} }},
		"to a channel":         {false, func(c someone) tg.InputPeerClass { return c.where(3002) }},
		"with short forms off": {true, func(c someone) tg.InputPeerClass { return c.peer("bob") }},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, Options{LongUpdates: row.long})
			alice := enter(t, s, "alice")
			enter(t, s, "bob")
			told := overheard(t, s, "bob")
			answer, err := alice.api.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{Peer: row.to(alice), Message: "hi", RandomID: random()})
			if _, whole := answer.(*tg.Updates); err != nil || !whole {
				t.Errorf("answered %v, %v", answer, err)
			}
			if row.long {
				whole(t, told)
			}
		})
	}
}

func TestACodeIsHiddenInShortFormsToo(t *testing.T) {
	u := plain(&tg.UpdateShortMessage{UserID: serviceID, Message: "Login code: 12345"}).(map[string]any)
	if u["message"] != hidden {
		t.Errorf("everybody reads %v", u)
	}
}

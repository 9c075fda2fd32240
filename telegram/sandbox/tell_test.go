package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

func TestWhatTheSandboxDoesNotCauseCanBeTold(t *testing.T) {
	s := serve(t, Options{})
	bot, alice := login(t, s, "EchoBot"), login(t, s, "alice")
	for _, row := range []tg.UpdateClass{
		&tg.UpdateBotChatBoost{Peer: &tg.PeerChannel{ChannelID: 3003}, Boost: tg.Boost{ID: "b"}},
		&tg.UpdateBotStopped{UserID: 1001, Stopped: true},
		&tg.UpdateBotMessageReactions{Peer: &tg.PeerChannel{ChannelID: 3003}, MsgID: 1},
	} {
		if err := s.Person("EchoBot").Tell(t.Context(), row); err != nil {
			t.Fatal(err)
		}
	}
	if boost := next[*tg.UpdateBotChatBoost](t, bot); boost.Boost.ID != "b" || boost.Qts != 1 {
		t.Errorf("the bot is told %v", boost)
	}
	if stopped := next[*tg.UpdateBotStopped](t, bot); stopped.Qts != 2 {
		t.Errorf("the bot is told %v", stopped)
	}
	if reactions := next[*tg.UpdateBotMessageReactions](t, bot); reactions.Qts != 3 {
		t.Errorf("the bot is told %v", reactions)
	}
	if err := s.Person("alice").Tell(t.Context(), &tg.UpdateChannelMessageViews{ChannelID: 3003, ID: 1, Views: 5}); err != nil {
		t.Fatal(err)
	}
	if views := next[*tg.UpdateChannelMessageViews](t, alice); views.Views != 5 {
		t.Errorf("alice is told %v", views)
	}
	if err := s.Person("alice").Tell(t.Context(), &tg.UpdateDeleteMessages{}); err == nil {
		t.Error("an update with a pts was told")
	}
	if err := s.Person("nobody").Tell(t.Context(), &tg.UpdateConfig{}); err == nil {
		t.Error("nobody was told something")
	}
}

func TestAPersonSendsAnAlbum(t *testing.T) {
	s := serve(t, Options{})
	bob := login(t, s, "bob")
	files := []File{{Name: "a.txt", Data: []byte("a")}, {Name: "b.txt", Data: []byte("b")}}
	sent, err := s.Person("alice").SendAlbum(t.Context(), "bob", files, "two", SendOptions{})
	if err != nil || len(sent) != 2 || sent[0].Text != "two" || sent[1].Text != "" {
		t.Fatalf("sent %v, %v", sent, err)
	}
	first := next[*tg.UpdateNewMessage](t, bob).Message.(*tg.Message)
	second := next[*tg.UpdateNewMessage](t, bob).Message.(*tg.Message)
	if first.GroupedID == 0 || first.GroupedID != second.GroupedID || first.Media == nil {
		t.Errorf("bob got %v and %v", first, second)
	}
	if _, err := s.Person("alice").SendAlbum(t.Context(), "nobody", files, "", SendOptions{}); err == nil {
		t.Error("an album went to nobody")
	}
}

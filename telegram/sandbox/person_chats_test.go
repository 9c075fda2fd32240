package sandbox

import (
	"errors"
	"testing"

	"github.com/gotd/td/tg"
)

func TestPeopleJoinAndLeave(t *testing.T) {
	s := serve(t, Options{})
	alice, dave := login(t, s, "alice"), s.Person("dave")
	for _, chat := range []string{"Friends", "News"} {
		if err := dave.Join(chat); err != nil {
			t.Fatal(err)
		}
		wantError(t, dave.Join(chat), "USER_ALREADY_PARTICIPANT")
	}
	joined := next[*tg.UpdateNewMessage](t, alice).Message.(*tg.MessageService)
	if _, ok := joined.Action.(*tg.MessageActionChatJoinedByLink); !ok {
		t.Errorf("alice is told %v", joined)
	}
	if _, err := dave.Send(t.Context(), "Friends", "hello", SendOptions{}); err != nil {
		t.Errorf("a member says nothing: %v", err)
	}
	for _, chat := range []string{"Friends", "News"} {
		if err := dave.Leave(chat); err != nil {
			t.Fatal(err)
		}
		wantError(t, dave.Leave(chat), "USER_NOT_PARTICIPANT")
	}
	for _, chat := range []string{"nowhere", "alice"} {
		if err := dave.Join(chat); !errors.Is(err, ErrUnknown) {
			t.Errorf("join %s: %v", chat, err)
		}
	}
}

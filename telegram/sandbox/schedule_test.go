package sandbox

import (
	"testing"
	"time"

	"github.com/gotd/td/tg"
)

func TestScheduledMessageWaitsForItsDate(t *testing.T) {
	clock := newHandClock()
	s := serve(t, Options{Clock: clock})
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	bobby := alice.to(t, "bobby")
	schedule := func(after time.Duration) (tg.UpdatesClass, error) {
		return alice.api.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{
			Peer: bobby, Message: "later", RandomID: random(), ScheduleDate: int(clock.Now().Add(after).Unix()),
		})
	}
	answer, err := schedule(time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	waiting := answer.(*tg.Updates).Updates[1].(*tg.UpdateNewScheduledMessage).Message.(*tg.Message)
	list, err := alice.api.MessagesGetScheduledHistory(t.Context(), &tg.MessagesGetScheduledHistoryRequest{Peer: bobby})
	if err != nil || texts(list) != "later" {
		t.Errorf("waiting: %q, %v", texts(list), err)
	}
	clock.Advance(2 * time.Hour)
	got := next[*tg.UpdateNewMessage](t, bob).Message.(*tg.Message)
	if got.Message != "later" || !got.FromScheduled {
		t.Errorf("bob got %v", got)
	}
	gone := next[*tg.UpdateDeleteScheduledMessages](t, alice)
	if len(gone.Messages) != 1 || gone.Messages[0] != waiting.ID || len(gone.SentMessages) != 1 {
		t.Errorf("alice was told %v", gone)
	}

	if _, err := schedule(time.Second); err != nil {
		t.Fatal(err)
	}
	next[*tg.UpdateNewMessage](t, bob) // so near a date is now
	_, err = schedule(400 * 24 * time.Hour)
	wantError(t, err, "SCHEDULE_DATE_TOO_LATE")
}

func TestScheduledMessageIsSentOrDeletedEarly(t *testing.T) {
	clock := newHandClock()
	s := serve(t, Options{Clock: clock})
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	bobby := alice.to(t, "bobby")
	var ids []int
	for _, text := range []string{"dropped", "early"} {
		answer, err := alice.api.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{
			Peer: bobby, Message: text, RandomID: random(), ScheduleDate: int(clock.Now().Add(time.Hour).Unix()),
		})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, answer.(*tg.Updates).Updates[0].(*tg.UpdateMessageID).ID)
	}
	if _, err := alice.api.MessagesDeleteScheduledMessages(t.Context(), &tg.MessagesDeleteScheduledMessagesRequest{Peer: bobby, ID: ids[:1]}); err != nil {
		t.Fatal(err)
	}
	if _, err := alice.api.MessagesSendScheduledMessages(t.Context(), &tg.MessagesSendScheduledMessagesRequest{Peer: bobby, ID: ids}); err != nil {
		t.Fatal(err)
	}
	if got := next[*tg.UpdateNewMessage](t, bob).Message.(*tg.Message); got.Message != "early" {
		t.Errorf("bob got %v", got)
	}
}

func TestACodeExpires(t *testing.T) {
	clock := newHandClock()
	s := serve(t, Options{Clock: clock})
	c := dial(t, s)
	code, err := c.sendCode(t, "+427770001")
	if err != nil {
		t.Fatal(err)
	}
	clock.Advance(codeLife * time.Second)
	_, err = c.api.AuthSignIn(t.Context(), &tg.AuthSignInRequest{PhoneNumber: "+427770001", PhoneCodeHash: code.PhoneCodeHash, PhoneCode: "12345"})
	wantError(t, err, "PHONE_CODE_EXPIRED")
}

func TestAMessageCanBeEditedForTwoDays(t *testing.T) {
	clock := newHandClock()
	s := serve(t, Options{Clock: clock})
	alice := login(t, s, "alice")
	m := alice.send(t, alice.to(t, "bobby"), "old")
	clock.Advance(49 * time.Hour)
	err := s.Person("alice").act(func(u *user) error {
		c := call{Server: s, me: u}
		_, _, err := c.editable(peer{peerUser, 1002}, m.ID)
		return err
	})
	wantError(t, err, "MESSAGE_EDIT_TIME_EXPIRED")
}

func TestAFloodEnds(t *testing.T) {
	clock := newHandClock()
	s := serve(t, Options{Clock: clock})
	c := dial(t, s)
	_, err := c.sendCode(t, "+427770902")
	wantError(t, err, "FLOOD_WAIT_30")
	clock.Advance(20 * time.Second)
	_, err = c.sendCode(t, "+427770902")
	wantError(t, err, "FLOOD_WAIT_10")
	clock.Advance(10 * time.Second)
	if _, err = c.sendCode(t, "+427770902"); err != nil {
		t.Errorf("after the wait: %v", err)
	}
}

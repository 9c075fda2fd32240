package sandbox

import (
	"testing"
	"time"

	"github.com/gotd/td/tg"
)

func TestReadDates(t *testing.T) {
	s := serve(t, Options{Clock: NewVirtualClock(time.Unix(1_700_000_000, 0), true)})
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	for where, at := range map[string]tg.InputPeerClass{"Workshop": alice.to(t, "sandbox_workshop"), "Friends": &tg.InputPeerChat{ChatID: 3001}} {
		m := alice.send(t, at, "read me")
		readers := func() []tg.ReadParticipantDate {
			t.Helper()
			got, err := alice.api.MessagesGetMessageReadParticipants(t.Context(), &tg.MessagesGetMessageReadParticipantsRequest{Peer: at, MsgID: m.ID})
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		if got := readers(); len(got) != 0 {
			t.Errorf("%s was read by %v", where, got)
		}
		if err := s.Advance(time.Minute); err != nil {
			t.Fatal(err)
		}
		if err := s.Person("bob").Read(where); err != nil {
			t.Fatal(err)
		}
		if got := readers(); len(got) != 1 || got[0].UserID != 1002 || got[0].Date != m.Date+60 {
			t.Errorf("%s was read by %v", where, got)
		}
	}
	group := bob.to(t, "sandbox_workshop")
	_, err := bob.api.MessagesGetMessageReadParticipants(t.Context(), &tg.MessagesGetMessageReadParticipantsRequest{Peer: group, MsgID: 2})
	wantError(t, err, "MESSAGE_ID_INVALID") // Alice's
	at := alice.to(t, "bobby")
	m := alice.send(t, at, "read me")
	date := func() (*tg.OutboxReadDate, error) {
		return alice.api.MessagesGetOutboxReadDate(t.Context(), &tg.MessagesGetOutboxReadDateRequest{Peer: at, MsgID: m.ID})
	}
	_, err = date()
	wantError(t, err, "MESSAGE_NOT_READ_YET")
	if err := s.Advance(time.Minute); err != nil {
		t.Fatal(err)
	}
	if err := s.Person("bob").Read("alice"); err != nil {
		t.Fatal(err)
	}
	if got, err := date(); err != nil || got.Date != m.Date+60 {
		t.Errorf("read at %v, %v", got, err)
	}
	if err := s.Advance(8 * 24 * time.Hour); err != nil {
		t.Fatal(err)
	}
	_, err = date()
	wantError(t, err, "MESSAGE_TOO_OLD")
	thread := &tg.MessagesReadDiscussionRequest{Peer: alice.to(t, "sandbox_workshop"), MsgID: 2, ReadMaxID: 9}
	if ok, err := alice.api.MessagesReadDiscussion(t.Context(), thread); !ok || err != nil {
		t.Errorf("read a thread: %v, %v", ok, err)
	}
	thread.MsgID = 4711
	_, err = alice.api.MessagesReadDiscussion(t.Context(), thread)
	wantError(t, err, "MSG_ID_INVALID")
}

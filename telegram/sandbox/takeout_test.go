package sandbox

import (
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// within makes a call of c's that belongs to a session for takeout.
func (c *client) inTakeout(t *testing.T, id int64, in bin.Object, out bin.Decoder) error {
	t.Helper()
	return c.Invoke(t.Context(), &tg.InvokeWithTakeoutRequest{TakeoutID: id, Query: in}, out)
}

func TestATakeout(t *testing.T) {
	s := serve(t, Options{})
	alice := enter(t, s, "alice")
	id := alice.supergroup(t, "Left behind", "bob")
	bob := enter(t, s, "bob")
	if _, err := bob.api.ChannelsLeaveChannel(t.Context(), bob.channel(id)); err != nil {
		t.Fatal(err)
	}
	_, err := bob.api.ContactsGetSaved(t.Context())
	wantError(t, err, "TAKEOUT_REQUIRED")
	_, err = bob.api.ChannelsGetLeftChannels(t.Context(), 0)
	wantError(t, err, "TAKEOUT_REQUIRED")
	_, err = bob.api.AccountFinishTakeoutSession(t.Context(), &tg.AccountFinishTakeoutSessionRequest{Success: true})
	wantError(t, err, "TAKEOUT_REQUIRED")

	takeout, err := bob.api.AccountInitTakeoutSession(t.Context(), &tg.AccountInitTakeoutSessionRequest{Contacts: true})
	if err != nil {
		t.Fatal(err)
	}
	var saved tg.SavedPhoneContactVector
	if err := bob.inTakeout(t, takeout.ID, &tg.ContactsGetSavedRequest{}, &saved); err != nil || len(saved.Elems) != 4 || saved.Elems[0].Phone == "" {
		t.Errorf("saved contacts: %v, %v", saved, err)
	}
	var left tg.MessagesChatsBox
	if err := bob.inTakeout(t, takeout.ID, &tg.ChannelsGetLeftChannelsRequest{}, &left); err != nil || len(left.Chats.GetChats()) != 1 {
		t.Errorf("left: %v, %v", left, err)
	}
	wantError(t, bob.inTakeout(t, takeout.ID+1, &tg.ContactsGetSavedRequest{}, &saved), "TAKEOUT_INVALID")
	var done tg.BoolBox
	if err := bob.inTakeout(t, takeout.ID, &tg.AccountFinishTakeoutSessionRequest{Success: true}, &done); err != nil {
		t.Error(err)
	}
	wantError(t, bob.inTakeout(t, takeout.ID, &tg.ContactsGetSavedRequest{}, &saved), "TAKEOUT_INVALID")
}

func TestATakeoutMustWait(t *testing.T) {
	clock := NewVirtualClock(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), true)
	s := serve(t, Options{Clock: clock, Limits: Limits{TakeoutDelay: 3600}})
	alice := enter(t, s, "alice")
	begin := func() error {
		return second(alice.api.AccountInitTakeoutSession(t.Context(), &tg.AccountInitTakeoutSessionRequest{}))
	}
	wantError(t, begin(), "TAKEOUT_INIT_DELAY_3600")
	if m := next[*tg.UpdateNewMessage](t, alice.client).Message.(*tg.Message); m.PeerID.(*tg.PeerUser).UserID != serviceID {
		t.Errorf("alice is warned by %v", m)
	}
	clock.Advance(time.Hour - time.Second)
	wantError(t, begin(), "TAKEOUT_INIT_DELAY_1")
	clock.Advance(time.Second)
	if err := begin(); err != nil {
		t.Error(err)
	}
}

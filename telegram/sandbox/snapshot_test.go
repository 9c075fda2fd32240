package sandbox

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/gotd/td/tg"
)

func TestSnapshotsBringEverythingBack(t *testing.T) {
	s := serve(t, Options{Clock: NewVirtualClock(time.Time{}, false)})
	alice := login(t, s, "alice")
	alice.send(t, alice.to(t, "bobby"), "before")
	say(t, s, "bob", "Workshop", "before, too")
	snapshot, err := s.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	say(t, s, "bob", "alice", "after")
	if err := s.Person("dave").Join("Friends"); err != nil {
		t.Fatal(err)
	}
	if err := s.Restore(snapshot); err != nil {
		t.Fatal(err)
	}
	list, err := s.Person("alice").Messages("bob")
	if err != nil || len(list) != 1 || list[0].Text != "before" {
		t.Errorf("messages: %v, %v", list, err)
	}
	if list, _ := s.Person("carol").Messages("Workshop"); len(list) != 1 {
		t.Errorf("in the supergroup: %v", list)
	}
	if err := s.Person("dave").Join("Friends"); err != nil {
		t.Errorf("dave is still a member: %v", err)
	}
	alice.stop()
	if self, err := redial(t, s, alice.storage).Self(t.Context()); err != nil || self.FirstName != "alice" {
		t.Errorf("alice is signed in as %v: %v", self, err)
	}
	other := serve(t, Options{})
	if err := other.Restore(snapshot); err != nil {
		t.Fatal(err)
	}
	if list, err := other.Person("bob").Messages("alice"); err != nil || len(list) != 1 {
		t.Errorf("at another server: %v, %v", list, err)
	}
	for name, bad := range map[string][]byte{"nothing": nil, "garbage": []byte("garbage"), "a half": snapshot[:len(snapshot)/2]} {
		if err := s.Restore(bad); err == nil {
			t.Errorf("%s was restored", name)
		}
	}
	if list, _ := s.Person("alice").Messages("bob"); len(list) != 1 {
		t.Errorf("a snapshot that can't be read has changed something: %v", list)
	}
}

func TestResetGoesBackToTheSeed(t *testing.T) {
	s := serve(t, Options{Clock: NewVirtualClock(time.Time{}, false)})
	alice := login(t, s, "alice")
	before := s.Info()
	alice.send(t, alice.to(t, "bobby"), "hello")
	if err := s.Reset(); err != nil {
		t.Fatal(err)
	}
	alice.stop()
	alice = redial(t, s, alice.storage)
	_, err := alice.api.UpdatesGetState(t.Context())
	wantError(t, err, "AUTH_KEY_UNREGISTERED")
	if list, err := s.Person("bob").Messages("alice"); err != nil || len(list) != 0 {
		t.Errorf("messages: %v, %v", list, err)
	}
	if now := s.Info(); !slices.Equal(now.People, before.People) || !slices.Equal(now.Chats, before.Chats) {
		t.Errorf("there are %v", now)
	}
	if err := alice.signIn(t.Context(), "alice"); err != nil {
		t.Errorf("alice can't sign in again: %v", err)
	}
}

// story is a run of actions by clients and people, and what it left in transcript and inspector.
func story(t *testing.T, number uint64) (transcript, inspected string) {
	t.Helper()
	var entries []Entry
	var seen notes
	clock := NewVirtualClock(time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC), true)
	s := serve(t, Options{Clock: clock, Random: number, Inspect: seen.add})
	s.Observe(func(e Entry) { entries = append(entries, e) })
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	to := alice.to(t, "bobby")
	for i, text := range []string{"one", "two"} {
		if _, err := alice.api.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{Peer: to, Message: text, RandomID: int64(i + 1)}); err != nil {
			t.Fatal(err)
		}
		next[*tg.UpdateNewMessage](t, bob)
		if err := s.Advance(time.Minute); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := alice.api.MessagesExportChatInvite(t.Context(), &tg.MessagesExportChatInviteRequest{Peer: &tg.InputPeerChat{ChatID: 3001}}); err != nil {
		t.Fatal(err)
	}
	say(t, s, "carol", "Workshop", "three")
	if err := s.Person("dave").Join("News"); err != nil {
		t.Fatal(err)
	}
	invites, err := alice.api.MessagesGetExportedChatInvites(t.Context(), &tg.MessagesGetExportedChatInvitesRequest{
		Peer: &tg.InputPeerChat{ChatID: 3001}, AdminID: &tg.InputUserSelf{}, Limit: 10,
	})
	if err != nil {
		t.Fatal(err)
	}
	alice.stop()
	bob.stop()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	// gotd asks by itself who it is, at a moment that nothing decides.
	seen.list = slices.DeleteFunc(seen.list, func(i Inspection) bool { return i.Method == "users.getUsers" })
	for i := range seen.list {
		seen.list[i].Duration = 0
	}
	told, err := json.Marshal(entries)
	if err != nil {
		t.Fatal(err)
	}
	return string(told) + plainText(t, plain(invites)), seen.text(t)
}

func plainText(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestARunCanBeRepeatedExactly(t *testing.T) {
	transcript, inspected := story(t, 7)
	again, inspectedAgain := story(t, 7)
	if transcript != again {
		t.Errorf("the transcript was\n%s\nand is\n%s", transcript, again)
	}
	if inspected != inspectedAgain {
		t.Errorf("the inspector told\n%s\nand tells\n%s", inspected, inspectedAgain)
	}
	if other, _ := story(t, 8); other == transcript {
		t.Error("another number changes nothing")
	}
}

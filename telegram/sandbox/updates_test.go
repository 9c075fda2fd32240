package sandbox

import (
	"fmt"
	"testing"

	"github.com/gotd/td/tg"
)

func say(t *testing.T, s *Server, who, where, text string) Message {
	t.Helper()
	m, err := s.Person(who).Send(t.Context(), where, text, SendOptions{})
	if err != nil {
		t.Fatalf("%s says %q to %s: %v", who, text, where, err)
	}
	return m
}

func (c *client) difference(t *testing.T, state tg.UpdatesState) tg.UpdatesDifferenceClass {
	t.Helper()
	d, err := c.api.UpdatesGetDifference(t.Context(), &tg.UpdatesGetDifferenceRequest{Pts: state.Pts, Date: state.Date, Qts: state.Qts})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (c *client) state(t *testing.T) tg.UpdatesState {
	t.Helper()
	state, err := c.api.UpdatesGetState(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return *state
}

func TestDifferenceAfterBeingAway(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	before := alice.state(t)
	if _, empty := alice.difference(t, before).(*tg.UpdatesDifference); empty {
		// Chats that changed in this very second may be named, nothing else.
		t.Log("channels changed at the start")
	}
	old := say(t, s, "bob", "alice", "first")
	alice.stop()

	before = tg.UpdatesState{Pts: before.Pts + 1, Date: before.Date}
	bob := s.Person("bob")
	say(t, s, "bob", "alice", "kept")
	edited := say(t, s, "bob", "alice", "to be edited")
	deleted := say(t, s, "bob", "alice", "to be deleted")
	if _, err := bob.Edit(t.Context(), "alice", edited.ID, "edited twice"); err != nil {
		t.Fatal(err)
	}
	if _, err := bob.Edit(t.Context(), "alice", old.ID, "first, edited"); err != nil {
		t.Fatal(err)
	}
	if err := bob.Delete(t.Context(), "alice", deleted.ID); err != nil {
		t.Fatal(err)
	}

	alice = redial(t, s, alice.storage)
	d, ok := alice.difference(t, before).(*tg.UpdatesDifference)
	if !ok {
		t.Fatalf("got %T", d)
	}
	var texts []string
	for _, m := range d.NewMessages {
		texts = append(texts, m.(*tg.Message).Message)
	}
	if got := fmt.Sprint(texts); got != "[kept edited twice]" {
		t.Errorf("new messages: %s", got)
	}
	var edits, deletions int
	for _, u := range d.OtherUpdates {
		switch u := u.(type) {
		case *tg.UpdateEditMessage:
			edits++
			if m := u.Message.(*tg.Message); m.Message != "first, edited" {
				t.Errorf("edit: %v", m)
			}
		case *tg.UpdateDeleteMessages:
			deletions++
		}
	}
	if edits != 1 || deletions != 1 {
		t.Errorf("%d edits, %d deletions", edits, deletions)
	}
	if want := before.Pts + 6; d.State.Pts != want {
		t.Errorf("pts %d, want %d", d.State.Pts, want)
	}
	if _, ok := alice.difference(t, tg.UpdatesState{Pts: d.State.Pts, Date: d.State.Date + 1}).(*tg.UpdatesDifferenceEmpty); !ok {
		t.Error("nothing has happened since, but the difference isn't empty")
	}
}

func TestDifferenceComesInSlicesAndGetsTooLong(t *testing.T) {
	s := serve(t, Options{Limits: Limits{Slice: 4, Log: 12}})
	alice := login(t, s, "alice")
	start := alice.state(t)
	for i := range 10 {
		say(t, s, "bob", "alice", fmt.Sprint(i))
	}
	heard, state := 0, start
	for {
		switch d := alice.difference(t, state).(type) {
		case *tg.UpdatesDifferenceSlice:
			heard += len(d.NewMessages)
			state = d.IntermediateState
			continue
		case *tg.UpdatesDifference:
			heard += len(d.NewMessages)
		default:
			t.Fatalf("got %T", d)
		}
		break
	}
	if heard != 10 {
		t.Errorf("%d messages in slices, want 10", heard)
	}
	for i := range 30 {
		say(t, s, "bob", "alice", fmt.Sprint(i))
	}
	now := alice.state(t)
	if d, ok := alice.difference(t, start).(*tg.UpdatesDifferenceTooLong); !ok || d.Pts != now.Pts {
		t.Errorf("got %v, want too long", d)
	}
	_, err := alice.api.UpdatesGetDifference(t.Context(), &tg.UpdatesGetDifferenceRequest{Date: 1})
	wantError(t, err, "PERSISTENT_TIMESTAMP_EMPTY")
}

func TestChannelDifference(t *testing.T) {
	s := serve(t, Options{Limits: Limits{Log: 12}})
	bob := login(t, s, "bob")
	to := bob.to(t, "sandbox_workshop").(*tg.InputPeerChannel)
	in := &tg.InputChannel{ChannelID: to.ChannelID, AccessHash: to.AccessHash}
	ask := func(pts, limit int) tg.UpdatesChannelDifferenceClass {
		t.Helper()
		d, err := bob.api.UpdatesGetChannelDifference(t.Context(), &tg.UpdatesGetChannelDifferenceRequest{
			Channel: in, Filter: &tg.ChannelMessagesFilterEmpty{}, Pts: pts, Limit: limit,
		})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	full, err := bob.api.ChannelsGetFullChannel(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	start := full.FullChat.(*tg.ChannelFull).Pts
	if d, ok := ask(start, 10).(*tg.UpdatesChannelDifferenceEmpty); !ok || !d.Final || d.Pts != start {
		t.Errorf("got %v, want empty", d)
	}
	for i := range 5 {
		m := say(t, s, "alice", "Workshop", fmt.Sprint(i))
		if i == 0 {
			next[*tg.UpdateNewChannelMessage](t, bob)
			if _, err := s.Person("alice").Edit(t.Context(), "Workshop", m.ID, "zero"); err != nil {
				t.Fatal(err)
			}
		}
	}
	d, ok := ask(start, 100).(*tg.UpdatesChannelDifference)
	if !ok || len(d.NewMessages) != 5 || d.NewMessages[0].(*tg.Message).Message != "zero" || len(d.OtherUpdates) != 0 || !d.Final || d.Pts != start+6 {
		t.Errorf("got %v", d)
	}
	part, ok := ask(start, 3).(*tg.UpdatesChannelDifference)
	if !ok || part.Final || part.Pts != start+3 {
		t.Errorf("got %v, want a part", part)
	}
	for i := range 40 {
		say(t, s, "alice", "Workshop", fmt.Sprint(i))
	}
	long, ok := ask(start, 10).(*tg.UpdatesChannelDifferenceTooLong)
	if !ok || len(long.Messages) != 10 || long.Dialog.(*tg.Dialog).Pts != start+46 {
		t.Errorf("got %v, want too long", long)
	}
	named := false
	if d, ok := bob.difference(t, bob.state(t)).(*tg.UpdatesDifference); ok {
		for _, u := range d.OtherUpdates {
			if u, ok := u.(*tg.UpdateChannelTooLong); ok && u.ChannelID == to.ChannelID {
				named = true
			}
		}
	}
	if !named {
		t.Error("the common difference doesn't name the channel that changed")
	}
}

func TestEveryOtherSessionIsTold(t *testing.T) {
	s := serve(t, Options{})
	first, second := login(t, s, "alice"), login(t, s, "alice")
	m := first.send(t, &tg.InputPeerSelf{}, "note")
	if m.Out {
		t.Error("a note to oneself is marked as sent")
	}
	if got := next[*tg.UpdateNewMessage](t, second).Message.(*tg.Message); got.ID != m.ID || got.Message != "note" {
		t.Errorf("the other session got %v", got)
	}
	for {
		select {
		case u := <-first.updates:
			if u, ok := u.(*tg.UpdateNewMessage); ok && u.Message.GetID() == m.ID {
				t.Fatal("the session that sent the message was told of it")
			}
			continue
		default:
		}
		break
	}
}

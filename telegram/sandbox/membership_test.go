package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

func TestMembersOfABasicGroup(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	add := func(c someone, who string) error {
		return second(c.api.MessagesAddChatUser(t.Context(), &tg.MessagesAddChatUserRequest{ChatID: 3001, UserID: c.user(who)}))
	}
	remove := func(c someone, who string) error {
		return second(c.api.MessagesDeleteChatUser(t.Context(), &tg.MessagesDeleteChatUserRequest{ChatID: 3001, UserID: c.user(who)}))
	}
	if err := add(bob, "dave"); err != nil {
		t.Fatal(err)
	}
	if u := next[*tg.UpdateChatParticipants](t, alice.client); len(u.Participants.(*tg.ChatParticipants).Participants) != 5 {
		t.Errorf("alice was told %v", u)
	}
	if err := remove(bob, "dave"); err != nil {
		t.Errorf("who was invited by bob is removed by bob: %v", err)
	}
	wantError(t, add(bob, "dave"), "USER_KICKED")
	if err := add(alice, "dave"); err != nil {
		t.Errorf("the creator brings dave back: %v", err)
	}
	if err := remove(bob, "bob"); err != nil {
		t.Errorf("bob leaves: %v", err)
	}
	wantError(t, remove(bob, "bob"), "USER_NOT_PARTICIPANT")
	wantError(t, add(bob, "erin"), "CHAT_WRITE_FORBIDDEN")
}

func TestARestrictionOutlivesLeaving(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	id := alice.supergroup(t, "Strict", "bob")
	if _, err := alice.api.ChannelsUpdateUsername(t.Context(), &tg.ChannelsUpdateUsernameRequest{Channel: alice.channel(id), Username: "strict_place"}); err != nil {
		t.Fatal(err)
	}
	if err := alice.ban(t, id, "bob", tg.ChatBannedRights{SendMessages: true}); err != nil {
		t.Fatal(err)
	}
	if _, err := bob.api.ChannelsLeaveChannel(t.Context(), bob.channel(id)); err != nil {
		t.Fatal(err)
	}
	wantError(t, bob.say(t, id, "from outside"), "CHAT_WRITE_FORBIDDEN")
	if got := alice.members(t, id, &tg.ChannelParticipantsBanned{}); got.Count != 1 || !got.Participants[0].(*tg.ChannelParticipantBanned).Left {
		t.Errorf("restricted: %v", got.Participants)
	}
	if _, err := bob.api.ChannelsJoinChannel(t.Context(), bob.channel(id)); err != nil {
		t.Fatal(err)
	}
	wantError(t, bob.say(t, id, "back again"), "USER_BANNED_IN_CHANNEL")
}

// TestUpdatesOfAChatFillNoGap: what happens to a supergroup moves its pts by what the updates say.
func TestUpdatesOfAChatFillNoGap(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	id := alice.supergroup(t, "Counted", "bob")
	full, err := bob.api.ChannelsGetFullChannel(t.Context(), bob.channel(id))
	if err != nil {
		t.Fatal(err)
	}
	before := full.FullChat.(*tg.ChannelFull).Pts
	m := alice.send(t, alice.where(id), "one")
	for _, err := range []error{
		alice.pin(t, &tg.MessagesUpdatePinnedMessageRequest{Peer: alice.where(id), ID: m.ID}),
		second(alice.api.ChannelsEditTitle(t.Context(), &tg.ChannelsEditTitleRequest{Channel: alice.channel(id), Title: "Counted on"})),
		second(alice.api.ChannelsInviteToChannel(t.Context(), &tg.ChannelsInviteToChannelRequest{Channel: alice.channel(id), Users: []tg.InputUserClass{alice.user("carol")}})),
		alice.ban(t, id, "carol", tg.ChatBannedRights{ViewMessages: true}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	diff, err := bob.api.UpdatesGetChannelDifference(t.Context(), &tg.UpdatesGetChannelDifferenceRequest{
		Channel: bob.channel(id), Filter: &tg.ChannelMessagesFilterEmpty{}, Pts: before, Limit: 100,
	})
	if err != nil {
		t.Fatal(err)
	}
	// The message; that it's pinned, and the message that says so; title; carol in; carol out.
	d := diff.(*tg.UpdatesChannelDifference)
	if len(d.NewMessages) != 5 || len(d.OtherUpdates) != 1 || d.Pts != before+6 || !d.Final {
		t.Errorf("%d messages, %d others, pts %d after %d", len(d.NewMessages), len(d.OtherUpdates), d.Pts, before)
	}
	if pinned, ok := d.OtherUpdates[0].(*tg.UpdatePinnedChannelMessages); !ok || pinned.Messages[0] != m.ID {
		t.Errorf("the other is %v", d.OtherUpdates[0])
	}
	users := map[int64]bool{}
	for _, u := range d.Users {
		users[u.GetID()] = true
	}
	if !users[1001] || !users[1003] {
		t.Errorf("the difference comes with %v", users)
	}
}

func TestManyAreInvitedAtOnce(t *testing.T) {
	s := serve(t, Options{})
	alice := enter(t, s, "alice")
	id := alice.supergroup(t, "Many")
	invited, err := alice.api.ChannelsInviteToChannel(t.Context(), &tg.ChannelsInviteToChannelRequest{
		Channel: alice.channel(id), Users: []tg.InputUserClass{alice.user("bob"), alice.user("carol"), alice.user("bob"), alice.user("EchoBot")},
	})
	if err != nil || len(invited.MissingInvitees) != 0 {
		t.Fatalf("%v, %v", invited, err)
	}
	for name, row := range map[string]struct {
		filter tg.ChannelParticipantsFilterClass
		want   int
	}{
		"recent":            {&tg.ChannelParticipantsRecent{}, 4},
		"bots":              {&tg.ChannelParticipantsBots{}, 1},
		"admins":            {&tg.ChannelParticipantsAdmins{}, 1},
		"contacts":          {&tg.ChannelParticipantsContacts{}, 2},
		"by a user name":    {&tg.ChannelParticipantsSearch{Q: "bobb"}, 1},
		"for a mention":     {&tg.ChannelParticipantsMentions{}, 4},
		"nobody restricted": {&tg.ChannelParticipantsBanned{}, 0},
		"nobody kept out":   {&tg.ChannelParticipantsKicked{}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			if got := alice.members(t, id, row.filter); got.Count != row.want || len(got.Participants) != row.want {
				t.Errorf("got %d, want %d", got.Count, row.want)
			}
		})
	}
	page, err := alice.api.ChannelsGetParticipants(t.Context(), &tg.ChannelsGetParticipantsRequest{Channel: alice.channel(id), Filter: &tg.ChannelParticipantsRecent{}, Offset: 3, Limit: 10})
	if got := page.(*tg.ChannelsChannelParticipants); err != nil || got.Count != 4 || len(got.Participants) != 1 {
		t.Errorf("the last page: %v, %v", page, err)
	}
}

package sandbox

import (
	"slices"
	"testing"

	"github.com/gotd/td/tg"
)

func TestGroupMessageReachesAllMembersInTheirOwnNumbers(t *testing.T) {
	s := serve(t, Options{})
	alice, bob, bot := login(t, s, "alice"), login(t, s, "bob"), login(t, s, "EchoBot")
	say(t, s, "alice", "me", "so that ids differ")
	group := &tg.InputPeerChat{ChatID: 3001}
	m := alice.send(t, group, "hello all @bobby")
	heard := next[*tg.UpdateNewMessage](t, bob).Message.(*tg.Message)
	if heard.ID == m.ID || heard.Message != m.Message || heard.FromID.(*tg.PeerUser).UserID != 1001 || !heard.Mentioned {
		t.Errorf("bob got %v", heard)
	}
	next[*tg.UpdateNewMessage](t, bot)

	reply, err := bob.api.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{
		Peer: group, Message: "hello alice", RandomID: random(), ReplyTo: &tg.InputReplyToMessage{ReplyToMsgID: heard.ID},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := repliedTo(bob.sent(t, reply)); got != heard.ID {
		t.Errorf("bob's copy replies to %d, want %d", got, heard.ID)
	}
	for {
		answer := next[*tg.UpdateNewMessage](t, alice).Message
		if got, ok := answer.(*tg.Message); ok && got.Message == "hello alice" {
			if repliedTo(got) != m.ID {
				t.Errorf("alice's copy replies to %d, want %d", repliedTo(got), m.ID)
			}
			break
		}
	}

	_, err = bob.api.MessagesDeleteMessages(t.Context(), &tg.MessagesDeleteMessagesRequest{ID: []int{heard.ID}, Revoke: true})
	wantError(t, err, "MESSAGE_DELETE_FORBIDDEN")
	_, err = bob.api.MessagesEditMessage(t.Context(), &tg.MessagesEditMessageRequest{Peer: group, ID: heard.ID, Message: "mine now"})
	wantError(t, err, "MESSAGE_AUTHOR_REQUIRED")
}

func TestSupergroupMessagesAreOneRow(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	where := alice.to(t, "sandbox_workshop")
	m := alice.send(t, where, "shared")
	heard := next[*tg.UpdateNewChannelMessage](t, bob)
	got := heard.Message.(*tg.Message)
	if got.ID != m.ID || got.Out || !m.Out || got.FromID.(*tg.PeerUser).UserID != 1001 {
		t.Errorf("alice sent %v, bob got %v", m, got)
	}
	if _, err := alice.api.MessagesEditMessage(t.Context(), &tg.MessagesEditMessageRequest{Peer: where, ID: m.ID, Message: "changed"}); err != nil {
		t.Fatal(err)
	}
	if e := next[*tg.UpdateEditChannelMessage](t, bob); e.Pts != heard.Pts+1 || e.Message.(*tg.Message).Message != "changed" {
		t.Errorf("edit: %v", e)
	}
	in := where.(*tg.InputPeerChannel)
	affected, err := alice.api.ChannelsDeleteMessages(t.Context(), &tg.ChannelsDeleteMessagesRequest{
		Channel: &tg.InputChannel{ChannelID: in.ChannelID, AccessHash: in.AccessHash}, ID: []int{m.ID, 777},
	})
	if err != nil || affected.PtsCount != 1 || affected.Pts != heard.Pts+2 {
		t.Errorf("delete: %v, %v", affected, err)
	}
	if gone := next[*tg.UpdateDeleteChannelMessages](t, bob); gone.Pts != heard.Pts+2 {
		t.Errorf("deletion: %v", gone)
	}
}

func TestOnlyAdminsPostInAChannel(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	m := alice.send(t, alice.to(t, "sandbox_news"), "extra, extra")
	if !m.Post || m.FromID != nil {
		t.Errorf("a post: %v", m)
	}
	if got := next[*tg.UpdateNewChannelMessage](t, bob).Message.(*tg.Message); got.Message != "extra, extra" {
		t.Errorf("bob got %v", got)
	}
	_, err := bob.api.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{Peer: bob.to(t, "sandbox_news"), Message: "me too", RandomID: random()})
	wantError(t, err, "CHAT_WRITE_FORBIDDEN")
}

func TestBotsHearInGroupsWhatIsMeantForThem(t *testing.T) {
	s := serve(t, Options{})
	open, private := login(t, s, "EchoBot"), login(t, s, "PrivateBot")
	for _, text := range []string{"just talk", "/for_all", "/for_me@sandbox_private_bot", "/not_me@sandbox_echo_bot", "hey @sandbox_private_bot"} {
		say(t, s, "alice", "Workshop", text)
	}
	hear := func(c *client, n int) (heard []string) {
		for range n {
			heard = append(heard, next[*tg.UpdateNewChannelMessage](t, c).Message.(*tg.Message).Message)
		}
		slices.Sort(heard)
		return heard
	}
	if heard := hear(open, 5); !slices.Contains(heard, "just talk") {
		t.Errorf("the open bot heard %q", heard)
	}
	if heard := hear(private, 3); !slices.Equal(heard, []string{"/for_all", "/for_me@sandbox_private_bot", "hey @sandbox_private_bot"}) {
		t.Errorf("the private bot heard %q", heard)
	}
}

func TestJoinAndLeave(t *testing.T) {
	seed := DefaultSeed()
	seed.People = append(seed.People, SeedPerson{Name: "frank", Phone: "427770006", Username: "frankly"})
	s := serve(t, Options{Seed: seed})
	frank := login(t, s, "frank")
	invite, err := frank.api.MessagesCheckChatInvite(t.Context(), "sandboxFriends1")
	if chat, ok := invite.(*tg.ChatInvite); err != nil || !ok || chat.Title != "Friends" {
		t.Errorf("invite: %v, %v", invite, err)
	}
	_, err = frank.api.MessagesCheckChatInvite(t.Context(), "nothing")
	wantError(t, err, "INVITE_HASH_EXPIRED")
	if _, err := frank.api.MessagesImportChatInvite(t.Context(), "sandboxFriends1"); err != nil {
		t.Fatal(err)
	}
	frank.send(t, &tg.InputPeerChat{ChatID: 3001}, "hi, I'm new")
	_, err = frank.api.MessagesImportChatInvite(t.Context(), "sandboxFriends1")
	wantError(t, err, "USER_ALREADY_PARTICIPANT")
	full, err := frank.api.MessagesGetFullChat(t.Context(), 3001)
	if err != nil || len(full.FullChat.(*tg.ChatFull).Participants.(*tg.ChatParticipants).Participants) != 5 {
		t.Errorf("full chat: %v, %v", full, err)
	}
	if _, err := frank.api.MessagesDeleteChatUser(t.Context(), &tg.MessagesDeleteChatUserRequest{ChatID: 3001, UserID: &tg.InputUserSelf{}}); err != nil {
		t.Fatal(err)
	}
	_, err = frank.api.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{Peer: &tg.InputPeerChat{ChatID: 3001}, Message: "?", RandomID: random()})
	wantError(t, err, "CHAT_WRITE_FORBIDDEN")

	news := frank.to(t, "sandbox_news").(*tg.InputPeerChannel)
	in := &tg.InputChannel{ChannelID: news.ChannelID, AccessHash: news.AccessHash}
	if _, err := frank.api.ChannelsJoinChannel(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	say(t, s, "alice", "News", "for members")
	next[*tg.UpdateNewChannelMessage](t, frank)
	if _, err := frank.api.ChannelsLeaveChannel(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	_, err = frank.api.ChannelsLeaveChannel(t.Context(), in)
	wantError(t, err, "USER_NOT_PARTICIPANT")
}

func TestChannelMembers(t *testing.T) {
	s := serve(t, Options{})
	bob := login(t, s, "bob")
	where := bob.to(t, "sandbox_workshop").(*tg.InputPeerChannel)
	in := &tg.InputChannel{ChannelID: where.ChannelID, AccessHash: where.AccessHash}
	for name, row := range map[string]struct {
		filter tg.ChannelParticipantsFilterClass
		want   int
	}{
		"all":     {&tg.ChannelParticipantsRecent{}, 6},
		"admins":  {&tg.ChannelParticipantsAdmins{}, 1},
		"bots":    {&tg.ChannelParticipantsBots{}, 2},
		"by name": {&tg.ChannelParticipantsSearch{Q: "CAR"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := bob.api.ChannelsGetParticipants(t.Context(), &tg.ChannelsGetParticipantsRequest{Channel: in, Filter: row.filter, Limit: 100})
			if err != nil {
				t.Fatal(err)
			}
			if list := got.(*tg.ChannelsChannelParticipants); list.Count != row.want || len(list.Participants) != row.want {
				t.Errorf("got %d, want %d", list.Count, row.want)
			}
		})
	}
	me, err := bob.api.ChannelsGetParticipant(t.Context(), &tg.ChannelsGetParticipantRequest{Channel: in, Participant: &tg.InputPeerSelf{}})
	if err != nil || me.Participant.TypeID() != tg.ChannelParticipantSelfTypeID {
		t.Errorf("me: %v, %v", me, err)
	}
}

package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

func TestCreateABasicGroup(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	create := func(title string, users ...tg.InputUserClass) (*tg.MessagesInvitedUsers, error) {
		return alice.api.MessagesCreateChat(t.Context(), &tg.MessagesCreateChatRequest{Title: title, Users: users})
	}
	_, err := create("Empty")
	wantError(t, err, "USERS_TOO_FEW")
	_, err = create("  ", alice.user("bob"))
	wantError(t, err, "CHAT_TITLE_EMPTY")
	_, err = create("Bad", &tg.InputUser{UserID: 1002, AccessHash: 5})
	wantError(t, err, "USER_ID_INVALID")
	made, err := create("Picnic", alice.user("bob"), alice.user("carol"))
	if err != nil {
		t.Fatal(err)
	}
	chat := made.Updates.(*tg.Updates).Chats[0].(*tg.Chat)
	if !chat.Creator || chat.ParticipantsCount != 3 || chat.Title != "Picnic" || chat.Version == 0 {
		t.Errorf("made %v", chat)
	}
	if m := next[*tg.UpdateNewMessage](t, bob.client).Message.(*tg.MessageService); m.PeerID.(*tg.PeerChat).ChatID != chat.ID || len(m.Action.(*tg.MessageActionChatCreate).Users) != 3 {
		t.Errorf("bob was told %v", m)
	}
	if list := next[*tg.UpdateChatParticipants](t, bob.client).Participants.(*tg.ChatParticipants); len(list.Participants) != 3 {
		t.Errorf("bob saw %v", list)
	}
	title := func(c someone, title string) error {
		return second(c.api.MessagesEditChatTitle(t.Context(), &tg.MessagesEditChatTitleRequest{ChatID: chat.ID, Title: title}))
	}
	wantError(t, title(alice, "Picnic"), "CHAT_NOT_MODIFIED")
	if err := title(bob, "Barbecue"); err != nil {
		t.Errorf("members of a group change its title: %v", err)
	}
	if action := groupService[*tg.MessageActionChatEditTitle](t, alice); action.Title != "Barbecue" {
		t.Errorf("alice was told %v", action)
	}
	_, err = bob.api.MessagesDeleteChat(t.Context(), chat.ID)
	wantError(t, err, "CHAT_ADMIN_REQUIRED")
	if ok, err := alice.api.MessagesDeleteChat(t.Context(), chat.ID); err != nil || !ok {
		t.Errorf("delete: %v, %v", ok, err)
	}
	_, err = bob.api.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{Peer: &tg.InputPeerChat{ChatID: chat.ID}, Message: "x", RandomID: random()})
	if err == nil {
		t.Error("bob writes to a group that is gone")
	}
}

func TestCreateChannels(t *testing.T) {
	s := serve(t, Options{})
	alice := enter(t, s, "alice")
	for name, row := range map[string]struct {
		in   tg.ChannelsCreateChannelRequest
		want func(c *tg.Channel) bool
	}{
		"a supergroup": {tg.ChannelsCreateChannelRequest{Megagroup: true, Title: "S"}, func(c *tg.Channel) bool { return c.Megagroup && !c.Forum && !c.Broadcast }},
		"a channel":    {tg.ChannelsCreateChannelRequest{Broadcast: true, Title: "C"}, func(c *tg.Channel) bool { return c.Broadcast && !c.Megagroup }},
		"a forum":      {tg.ChannelsCreateChannelRequest{Megagroup: true, Forum: true, Title: "F"}, func(c *tg.Channel) bool { return c.Megagroup && c.Forum }},
	} {
		t.Run(name, func(t *testing.T) {
			answer, err := alice.api.ChannelsCreateChannel(t.Context(), &row.in)
			if err != nil {
				t.Fatal(err)
			}
			c := answer.(*tg.Updates).Chats[0].(*tg.Channel)
			if !row.want(c) || !c.Creator || c.Left || c.Title != row.in.Title || !c.AdminRights.AddAdmins {
				t.Errorf("got %v", c)
			}
			for _, u := range answer.(*tg.Updates).Updates {
				if u, ok := u.(*tg.UpdateNewChannelMessage); ok {
					m := u.Message.(*tg.MessageService)
					if _, ok := m.Action.(*tg.MessageActionChannelCreate); !ok || m.Post != c.Broadcast || (m.FromID == nil) != c.Broadcast {
						t.Errorf("it says %v", m)
					}
				}
			}
		})
	}
	_, err := alice.api.ChannelsCreateChannel(t.Context(), &tg.ChannelsCreateChannelRequest{Megagroup: true})
	wantError(t, err, "CHAT_TITLE_EMPTY")
}

func TestDeleteAChannel(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	id := alice.supergroup(t, "Gone soon", "bob")
	if _, err := alice.api.ChannelsUpdateUsername(t.Context(), &tg.ChannelsUpdateUsernameRequest{Channel: alice.channel(id), Username: "gone_soon"}); err != nil {
		t.Fatal(err)
	}
	answer, err := alice.api.ChannelsDeleteChannel(t.Context(), alice.channel(id))
	if _, forbidden := answer.(*tg.Updates).Chats[0].(*tg.ChannelForbidden); err != nil || !forbidden {
		t.Fatalf("%v, %v", answer, err)
	}
	wantError(t, bob.say(t, id, "anybody?"), "CHANNEL_PRIVATE")
	_, err = bob.api.ContactsResolveUsername(t.Context(), &tg.ContactsResolveUsernameRequest{Username: "gone_soon"})
	wantError(t, err, "USERNAME_NOT_OCCUPIED")
}

func TestAGroupBecomesASupergroup(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	_, err := bob.api.MessagesMigrateChat(t.Context(), 3001)
	wantError(t, err, "CHAT_ADMIN_REQUIRED")
	answer, err := alice.api.MessagesMigrateChat(t.Context(), 3001)
	if err != nil {
		t.Fatal(err)
	}
	var next64 int64
	for _, c := range answer.(*tg.Updates).Chats {
		switch c := c.(type) {
		case *tg.Channel:
			next64 = c.ID
		case *tg.Chat:
			if to, ok := c.MigratedTo.(*tg.InputChannel); !ok || !c.Deactivated || to.AccessHash == 0 {
				t.Errorf("the group: %v", c)
			}
		}
	}
	if to := groupService[*tg.MessageActionChatMigrateTo](t, bob); to.ChannelID != next64 {
		t.Errorf("bob's group said %v", to)
	}
	from, _ := service[*tg.MessageActionChannelMigrateFrom](t, bob)
	if from.ChatID != 3001 || from.Title != "Friends" {
		t.Errorf("bob's supergroup said %v", from)
	}
	full, err := bob.api.ChannelsGetFullChannel(t.Context(), bob.channel(next64))
	if f := full.GetFullChat().(*tg.ChannelFull); err != nil || f.MigratedFromChatID != 3001 || f.MigratedFromMaxID == 0 || f.ParticipantsCount != 4 {
		t.Errorf("full: %v, %v", full, err)
	}
	if err := bob.say(t, next64, "still here"); err != nil {
		t.Error(err)
	}
	_, err = bob.api.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{Peer: &tg.InputPeerChat{ChatID: 3001}, Message: "x", RandomID: random()})
	wantError(t, err, "PEER_ID_INVALID")
}

func TestBotsDoNotCreate(t *testing.T) {
	s := serve(t, Options{})
	bot := enter(t, s, "EchoBot")
	_, err := bot.api.ChannelsCreateChannel(t.Context(), &tg.ChannelsCreateChannelRequest{Megagroup: true, Title: "Mine"})
	wantError(t, err, "BOT_METHOD_INVALID")
}

package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

func TestGroupsSeenFromOutside(t *testing.T) {
	s := serve(t, Options{})
	alice, dave := login(t, s, "alice"), s.Person("dave")
	ctx := t.Context()
	chats, err := alice.api.MessagesGetChats(ctx, []int64{3001})
	if err != nil || len(chats.GetChats()) != 1 || chats.GetChats()[0].(*tg.Chat).ParticipantsCount != 4 {
		t.Errorf("alice's group: %v, %v", chats, err)
	}
	full, err := alice.api.MessagesGetFullChat(ctx, 3001)
	if err != nil || full.FullChat.(*tg.ChatFull).ExportedInvite == nil {
		t.Errorf("the creator sees no invite link: %v, %v", full, err)
	}
	_, err = alice.api.MessagesGetChats(ctx, []int64{4})
	wantError(t, err, "CHAT_ID_INVALID")
	if err := dave.act(func(u *user) error {
		if forbidden, ok := s.chatFor(u, s.chats[peer{peerGroup, 3001}]).(*tg.ChatForbidden); !ok || forbidden.Title != "Friends" {
			t.Error("an outsider sees more of a group than its title")
		}
		if ch, ok := s.chatFor(u, s.chats[peer{peerChannel, 3003}]).(*tg.Channel); !ok || !ch.Left {
			t.Error("a public channel isn't shown to outsiders")
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	in := alice.to(t, "bobby").(*tg.InputPeerUser)
	common, err := alice.api.MessagesGetCommonChats(ctx, &tg.MessagesGetCommonChatsRequest{UserID: &tg.InputUser{UserID: in.UserID, AccessHash: in.AccessHash}, Limit: 10})
	if err != nil || len(common.GetChats()) != 3 {
		t.Errorf("in common with bob: %v, %v", common, err)
	}
}

func TestMembersComeAndGo(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	ctx := t.Context()
	dave := alice.to(t, "dave_far").(*tg.InputPeerUser)
	user := &tg.InputUser{UserID: dave.UserID, AccessHash: dave.AccessHash}
	if _, err := alice.api.MessagesAddChatUser(ctx, &tg.MessagesAddChatUserRequest{ChatID: 3001, UserID: user}); err != nil {
		t.Fatal(err)
	}
	added := next[*tg.UpdateNewMessage](t, bob).Message.(*tg.MessageService)
	if action, ok := added.Action.(*tg.MessageActionChatAddUser); !ok || action.Users[0] != dave.UserID {
		t.Errorf("bob was told %v", added)
	}
	_, err := alice.api.MessagesAddChatUser(ctx, &tg.MessagesAddChatUserRequest{ChatID: 3001, UserID: user})
	wantError(t, err, "USER_ALREADY_PARTICIPANT")
	theirs := bob.to(t, "dave_far").(*tg.InputPeerUser)
	_, err = bob.api.MessagesDeleteChatUser(ctx, &tg.MessagesDeleteChatUserRequest{ChatID: 3001, UserID: &tg.InputUser{UserID: theirs.UserID, AccessHash: theirs.AccessHash}})
	wantError(t, err, "CHAT_ADMIN_REQUIRED")
	if _, err := alice.api.MessagesDeleteChatUser(ctx, &tg.MessagesDeleteChatUserRequest{ChatID: 3001, UserID: user}); err != nil {
		t.Fatal(err)
	}
	_, err = alice.api.MessagesDeleteChatUser(ctx, &tg.MessagesDeleteChatUserRequest{ChatID: 3001, UserID: user})
	wantError(t, err, "USER_NOT_PARTICIPANT")
}

func TestInvites(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	already, err := alice.api.MessagesCheckChatInvite(t.Context(), "sandboxWorkshop")
	if _, ok := already.(*tg.ChatInviteAlready); err != nil || !ok {
		t.Errorf("alice is in already: %v, %v", already, err)
	}
	_, err = alice.api.MessagesCheckChatInvite(t.Context(), "")
	wantError(t, err, "INVITE_HASH_EMPTY")
	where := alice.to(t, "sandbox_news").(*tg.InputPeerChannel)
	in := &tg.InputChannel{ChannelID: where.ChannelID, AccessHash: where.AccessHash}
	_, err = alice.api.ChannelsJoinChannel(t.Context(), in)
	wantError(t, err, "USER_ALREADY_PARTICIPANT")
	_, err = alice.api.ChannelsLeaveChannel(t.Context(), in)
	wantError(t, err, "USER_CREATOR")
	full, err := alice.api.ChannelsGetFullChannel(t.Context(), in)
	if err != nil || full.FullChat.(*tg.ChannelFull).AdminsCount != 1 {
		t.Errorf("full channel: %v, %v", full, err)
	}
	list, err := alice.api.ChannelsGetChannels(t.Context(), []tg.InputChannelClass{in})
	if err != nil || len(list.GetChats()) != 1 {
		t.Errorf("channels: %v, %v", list, err)
	}
	_, err = alice.api.ChannelsGetChannels(t.Context(), []tg.InputChannelClass{&tg.InputChannelEmpty{}})
	wantError(t, err, "CHANNEL_INVALID")
}

func TestAPrivateChannelIsHiddenFromOthers(t *testing.T) {
	seed := DefaultSeed()
	seed.Chats = append(seed.Chats, SeedChat{Title: "Secret", Kind: KindSupergroup, Creator: "alice", Members: []string{"bob"}})
	s := serve(t, Options{Seed: seed})
	carol := login(t, s, "carol")
	in := &tg.InputPeerChannel{}
	if err := s.Person("carol").act(func(u *user) error {
		p, _ := s.find("Secret")
		hidden, ok := s.chatFor(u, s.chats[p]).(*tg.ChannelForbidden)
		if !ok {
			t.Fatal("an outsider sees a private channel")
		}
		in.ChannelID, in.AccessHash = hidden.ID, hidden.AccessHash
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	_, err := carol.api.MessagesGetHistory(t.Context(), &tg.MessagesGetHistoryRequest{Peer: in})
	wantError(t, err, "CHANNEL_PRIVATE")
}

func TestStartBot(t *testing.T) {
	s := serve(t, Options{})
	alice, bot := login(t, s, "alice"), login(t, s, "EchoBot")
	in := alice.to(t, "sandbox_echo_bot").(*tg.InputPeerUser)
	start := func(user tg.InputUserClass, param string) error {
		_, err := alice.api.MessagesStartBot(t.Context(), &tg.MessagesStartBotRequest{Bot: user, Peer: in, RandomID: random(), StartParam: param})
		return err
	}
	wantError(t, start(&tg.InputUserSelf{}, ""), "BOT_INVALID")
	if err := start(&tg.InputUser{UserID: in.UserID, AccessHash: in.AccessHash}, "deep"); err != nil {
		t.Fatal(err)
	}
	if m := next[*tg.UpdateNewMessage](t, bot).Message.(*tg.Message); m.Message != "/start deep" {
		t.Errorf("the bot got %v", m)
	}
}

func TestDeleteHistory(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	bobby := alice.to(t, "bobby")
	for _, text := range []string{"one", "two", "three"} {
		alice.send(t, bobby, text)
	}
	affected, err := alice.api.MessagesDeleteHistory(t.Context(), &tg.MessagesDeleteHistoryRequest{Peer: bobby})
	if err != nil || affected.PtsCount != 3 || affected.Offset != 0 {
		t.Fatalf("%v, %v", affected, err)
	}
	mine, _ := s.Person("alice").Messages("bob")
	theirs, _ := s.Person("bob").Messages("alice")
	if len(mine) != 0 || len(theirs) != 3 {
		t.Errorf("alice has %d, bob %d", len(mine), len(theirs))
	}
	_, err = alice.api.MessagesDeleteHistory(t.Context(), &tg.MessagesDeleteHistoryRequest{Peer: alice.to(t, "sandbox_news")})
	wantError(t, err, "PEER_ID_INVALID")
}

func TestDeleteForOneselfOnly(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	m := alice.send(t, alice.to(t, "bobby"), "stays with bob")
	affected, err := alice.api.MessagesDeleteMessages(t.Context(), &tg.MessagesDeleteMessagesRequest{ID: []int{m.ID, 9999}})
	if err != nil || affected.PtsCount != 1 {
		t.Fatalf("%v, %v", affected, err)
	}
	if theirs, _ := s.Person("bob").Messages("alice"); len(theirs) != 1 {
		t.Errorf("bob has %d", len(theirs))
	}
	_, err = alice.api.MessagesDeleteMessages(t.Context(), &tg.MessagesDeleteMessagesRequest{ID: make([]int, 101)})
	wantError(t, err, "MESSAGE_IDS_TOO_MUCH")
}

func TestAPeerKnownFromAMessageOnly(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	say(t, s, "bob", "Friends", "here I am")
	id := next[*tg.UpdateNewMessage](t, alice).Message.GetID()
	group := &tg.InputPeerChat{ChatID: 3001}
	users, err := alice.api.UsersGetUsers(t.Context(), []tg.InputUserClass{&tg.InputUserFromMessage{Peer: group, MsgID: id, UserID: 1002}})
	if err != nil || users[0].(*tg.User).FirstName != "bob" {
		t.Errorf("bob by his message: %v, %v", users, err)
	}
	answer, err := alice.api.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{
		Peer: &tg.InputPeerUserFromMessage{Peer: group, MsgID: id, UserID: 1002}, Message: "hi", RandomID: random(),
	})
	if err != nil || alice.sent(t, answer).PeerID.(*tg.PeerUser).UserID != 1002 {
		t.Errorf("to bob by his message: %v, %v", answer, err)
	}
	_, err = alice.api.MessagesGetHistory(t.Context(), &tg.MessagesGetHistoryRequest{Peer: &tg.InputPeerUserFromMessage{Peer: group, MsgID: 9999, UserID: 1002}})
	wantError(t, err, "MSG_ID_INVALID")
}

func TestAccessHashesAreEachAccountsOwn(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	theirs := bob.to(t, "carol")
	_, err := alice.api.MessagesGetHistory(t.Context(), &tg.MessagesGetHistoryRequest{Peer: theirs})
	wantError(t, err, "PEER_ID_INVALID")
	bot := login(t, s, "EchoBot")
	users, err := bot.api.UsersGetUsers(t.Context(), []tg.InputUserClass{&tg.InputUser{UserID: 1003}})
	if err != nil || users[0].(*tg.User).FirstName != "carol" {
		t.Errorf("a bot may leave out the hash of whom it shares a chat with: %v, %v", users, err)
	}
}

func TestRepliesReachAPrivateBot(t *testing.T) {
	s := serve(t, Options{})
	bot := login(t, s, "PrivateBot")
	m := say(t, s, "PrivateBot", "Workshop", "ask me")
	say(t, s, "alice", "Workshop", "not for bots")
	if _, err := s.Person("alice").Send(t.Context(), "Workshop", "an answer", SendOptions{ReplyTo: m.ID}); err != nil {
		t.Fatal(err)
	}
	var heard []string
	for range 2 {
		heard = append(heard, next[*tg.UpdateNewChannelMessage](t, bot).Message.(*tg.Message).Message)
	}
	for _, text := range heard {
		if text == "not for bots" {
			t.Error("the bot heard what isn't meant for it")
		}
	}
	where := bot.to(t, "sandbox_workshop").(*tg.InputPeerChannel)
	d, err := bot.api.UpdatesGetChannelDifference(t.Context(), &tg.UpdatesGetChannelDifferenceRequest{
		Channel: &tg.InputChannel{ChannelID: where.ChannelID, AccessHash: where.AccessHash}, Filter: &tg.ChannelMessagesFilterEmpty{}, Pts: 2, Limit: 100,
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := d.(*tg.UpdatesChannelDifference); len(got.NewMessages) != 2 {
		t.Errorf("the difference shows it %d messages", len(got.NewMessages))
	}
}

func TestMoreSearches(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	say(t, s, "bob", "Friends", "look at https://example.org @alice")
	for name, row := range map[string]struct {
		filter tg.MessagesFilterClass
		want   int
	}{
		"links":        {&tg.InputMessagesFilterURL{}, 1},
		"my mentions":  {&tg.InputMessagesFilterMyMentions{}, 1},
		"photos: none": {&tg.InputMessagesFilterPhotos{}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := alice.api.MessagesSearch(t.Context(), &tg.MessagesSearchRequest{Peer: &tg.InputPeerChat{ChatID: 3001}, Filter: row.filter, Limit: 10})
			if err != nil {
				t.Fatal(err)
			}
			modified, _ := got.AsModified()
			if n := len(modified.GetMessages()); n != row.want {
				t.Errorf("%d messages, want %d", n, row.want)
			}
		})
	}
	got, err := alice.api.MessagesSearch(t.Context(), &tg.MessagesSearchRequest{Peer: &tg.InputPeerEmpty{}, Q: "look", Filter: &tg.InputMessagesFilterEmpty{}, Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	if modified, _ := got.AsModified(); len(modified.GetMessages()) != 1 {
		t.Errorf("everywhere: %v", got)
	}
}

func TestEditData(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	bobby := alice.to(t, "bobby")
	m := alice.send(t, bobby, "editable")
	if _, err := alice.api.MessagesGetMessageEditData(t.Context(), &tg.MessagesGetMessageEditDataRequest{Peer: bobby, ID: m.ID}); err != nil {
		t.Error(err)
	}
	_, err := alice.api.MessagesGetMessageEditData(t.Context(), &tg.MessagesGetMessageEditDataRequest{Peer: bobby, ID: 9999})
	wantError(t, err, "MESSAGE_ID_INVALID")
	// Other entities on the same text are a change.
	_, err = alice.api.MessagesEditMessage(t.Context(), &tg.MessagesEditMessageRequest{
		Peer: bobby, ID: m.ID, Message: "editable", Entities: []tg.MessageEntityClass{&tg.MessageEntityBold{Length: 8}},
	})
	if err != nil {
		t.Error(err)
	}
	_, err = alice.api.MessagesEditMessage(t.Context(), &tg.MessagesEditMessageRequest{
		Peer: bobby, ID: m.ID, Message: "editable", Entities: []tg.MessageEntityClass{&tg.MessageEntityBold{Length: 8}},
	})
	wantError(t, err, "MESSAGE_NOT_MODIFIED")
}

package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

// voice is a note of c's.
func (c *client) voice(t *testing.T) *tg.InputMediaUploadedDocument {
	t.Helper()
	return &tg.InputMediaUploadedDocument{
		MimeType: "audio/ogg", File: c.upload(t, "note.ogg", []byte("a voice")),
		Attributes: []tg.DocumentAttributeClass{&tg.DocumentAttributeAudio{Voice: true, Duration: 3}},
	}
}

func TestANoteIsPlayedInPrivate(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	ctx := t.Context()
	own := alice.sendMedia(t, alice.peer("bob"), alice.voice(t), "")
	if !own.MediaUnread {
		t.Error("nobody has played it, but alice's own is marked as played")
	}
	heard := next[*tg.UpdateNewMessage](t, bob.client).Message.(*tg.Message)
	if !heard.MediaUnread {
		t.Error("bob's is marked as played")
	}
	affected, err := alice.api.MessagesReadMessageContents(ctx, []int{own.ID})
	if err != nil || affected.PtsCount != 0 {
		t.Errorf("alice played her own: %v, %v", affected, err)
	}
	if affected, err = bob.api.MessagesReadMessageContents(ctx, []int{heard.ID}); err != nil || affected.PtsCount != 1 {
		t.Errorf("bob played it: %v, %v", affected, err)
	}
	if u := next[*tg.UpdateReadMessagesContents](t, alice.client); len(u.Messages) != 1 || u.Messages[0] != own.ID {
		t.Errorf("alice was told %v", u)
	}
	for _, c := range []someone{alice, bob} {
		list, err := c.api.MessagesGetMessages(ctx, []tg.InputMessageClass{&tg.InputMessageID{ID: own.ID}})
		if c.id == bob.id {
			list, err = c.api.MessagesGetMessages(ctx, []tg.InputMessageClass{&tg.InputMessageID{ID: heard.ID}})
		}
		if err != nil || list.(*tg.MessagesMessages).Messages[0].(*tg.Message).MediaUnread {
			t.Errorf("played, it is %v, %v", list, err)
		}
	}
	if affected, err = bob.api.MessagesReadMessageContents(ctx, []int{heard.ID}); err != nil || affected.PtsCount != 0 {
		t.Errorf("bob played it again: %v, %v", affected, err)
	}
	if m := alice.sendMedia(t, &tg.InputPeerSelf{}, alice.voice(t), ""); m.MediaUnread {
		t.Error("a note to oneself waits to be played")
	}
}

func TestANoteIsPlayedInASupergroup(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	ctx := t.Context()
	m := alice.sendMedia(t, alice.where(3002), alice.voice(t), "")
	unplayed := func(c someone) bool {
		t.Helper()
		list, err := c.api.ChannelsGetMessages(ctx, &tg.ChannelsGetMessagesRequest{Channel: c.channel(3002), ID: []tg.InputMessageClass{&tg.InputMessageID{ID: m.ID}}})
		if err != nil {
			t.Fatal(err)
		}
		return list.(*tg.MessagesChannelMessages).Messages[0].(*tg.Message).MediaUnread
	}
	carol := enter(t, s, "carol")
	for _, c := range []someone{alice, bob, carol} {
		if !unplayed(c) {
			t.Errorf("%d has played it", c.id)
		}
	}
	if _, err := bob.api.ChannelsReadMessageContents(ctx, &tg.ChannelsReadMessageContentsRequest{Channel: bob.channel(3002), ID: []int{m.ID}}); err != nil {
		t.Fatal(err)
	}
	if u := next[*tg.UpdateChannelReadMessagesContents](t, alice.client); u.ChannelID != 3002 || u.Messages[0] != m.ID {
		t.Errorf("alice was told %v", u)
	}
	if unplayed(alice) || unplayed(bob) || !unplayed(carol) {
		t.Errorf("unplayed for alice %v, bob %v, carol %v", unplayed(alice), unplayed(bob), unplayed(carol))
	}
	if m := alice.sendMedia(t, alice.where(3003), alice.voice(t), ""); m.MediaUnread {
		t.Error("a post waits to be played")
	}
}

func TestPrivacyIsKept(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	ctx := t.Context()
	if _, err := alice.api.PhotosUploadProfilePhoto(ctx, &tg.PhotosUploadProfilePhotoRequest{File: alice.upload(t, "me.png", picture(t, 200, 200, "png"))}); err != nil {
		t.Fatal(err)
	}
	about := &tg.AccountUpdateProfileRequest{}
	about.SetAbout("about alice")
	if _, err := alice.api.AccountUpdateProfile(ctx, about); err != nil {
		t.Fatal(err)
	}
	said := alice.send(t, alice.where(3002), "quote me")
	for name, row := range map[string]struct {
		key   tg.InputPrivacyKeyClass
		shown func() bool
	}{
		"the photo": {&tg.InputPrivacyKeyProfilePhoto{}, func() bool {
			full, err := bob.api.UsersGetFullUser(ctx, bob.user("alice"))
			photos, other := bob.api.PhotosGetUserPhotos(ctx, &tg.PhotosGetUserPhotosRequest{UserID: bob.user("alice"), Limit: 10})
			if err != nil || other != nil {
				t.Fatal(err, other)
			}
			return full.FullUser.ProfilePhoto != nil && full.Users[0].(*tg.User).Photo != nil && len(photos.GetPhotos()) == 1
		}},
		"the biography": {&tg.InputPrivacyKeyAbout{}, func() bool {
			full, err := bob.api.UsersGetFullUser(ctx, bob.user("alice"))
			if err != nil {
				t.Fatal(err)
			}
			return full.FullUser.About != ""
		}},
		"the author of what is forwarded": {&tg.InputPrivacyKeyForwards{}, func() bool {
			answer, err := bob.api.MessagesForwardMessages(ctx, &tg.MessagesForwardMessagesRequest{FromPeer: bob.where(3002), ToPeer: &tg.InputPeerSelf{}, ID: []int{said.ID}, RandomID: []int64{random()}})
			if err != nil {
				t.Fatal(err)
			}
			header := sent(t, answer).FwdFrom
			if header.FromID == nil && header.FromName != "alice" {
				t.Errorf("forwarded is %v", header)
			}
			return header.FromID != nil
		}},
		"who has a number": {&tg.InputPrivacyKeyAddedByPhone{}, func() bool {
			_, err := bob.api.ContactsResolvePhone(ctx, "+427770001")
			imported, other := bob.api.ContactsImportContacts(ctx, []tg.InputPhoneContact{{ClientID: 1, Phone: "+427770001", FirstName: "a"}})
			if other != nil {
				t.Fatal(other)
			}
			return err == nil && len(imported.Imported) == 1
		}},
		"voice messages": {&tg.InputPrivacyKeyVoiceMessages{}, func() bool {
			_, err := bob.api.MessagesSendMedia(ctx, &tg.MessagesSendMediaRequest{Peer: bob.peer("alice"), Media: bob.voice(t), RandomID: random()})
			if err != nil {
				wantError(t, err, "VOICE_MESSAGES_FORBIDDEN")
			}
			return err == nil
		}},
	} {
		if !row.shown() {
			t.Errorf("%s: hidden from the first", name)
		}
		if err := alice.private(t, row.key); err != nil {
			t.Fatal(err)
		}
		if row.shown() {
			t.Errorf("%s: shown to who may not see it", name)
		}
	}
}

func TestEditsAndPollsReachTheDiscussion(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	ctx := t.Context()
	group := alice.supergroup(t, "Talk", "bob")
	channel := alice.create(t, &tg.ChannelsCreateChannelRequest{Broadcast: true, Title: "News of alice"})
	if _, err := alice.api.ChannelsSetDiscussionGroup(ctx, &tg.ChannelsSetDiscussionGroupRequest{Broadcast: alice.channel(channel), Group: alice.channel(group)}); err != nil {
		t.Fatal(err)
	}
	post := alice.send(t, alice.where(channel), "frist")
	in := &tg.MessagesEditMessageRequest{Peer: alice.where(channel), ID: post.ID}
	in.SetMessage("first")
	if _, err := alice.api.MessagesEditMessage(ctx, in); err != nil {
		t.Fatal(err)
	}
	if m := next[*tg.UpdateEditChannelMessage](t, bob.client).Message.(*tg.Message); m.Message != "first" || m.PeerID.(*tg.PeerChannel).ChannelID != group {
		t.Errorf("bob was told %v", m)
	}
	answer := func(text, option string) tg.PollAnswerClass {
		return &tg.PollAnswer{Text: tg.TextWithEntities{Text: text}, Option: []byte(option)}
	}
	asked := alice.sendMedia(t, alice.where(channel), &tg.InputMediaPoll{Poll: tg.Poll{
		Question: tg.TextWithEntities{Text: "tea?"}, Answers: []tg.PollAnswerClass{answer("yes", "0"), answer("no", "1")},
	}}, "")
	var copied *tg.Message
	for copied == nil || copied.Media == nil {
		copied, _ = next[*tg.UpdateNewChannelMessage](t, bob.client).Message.(*tg.Message)
	}
	if _, err := bob.api.MessagesSendVote(ctx, &tg.MessagesSendVoteRequest{Peer: bob.where(group), MsgID: copied.ID, Options: [][]byte{[]byte("0")}}); err != nil {
		t.Fatal(err)
	}
	list, err := alice.api.ChannelsGetMessages(ctx, &tg.ChannelsGetMessagesRequest{Channel: alice.channel(channel), ID: []tg.InputMessageClass{&tg.InputMessageID{ID: asked.ID}}})
	if err != nil || list.(*tg.MessagesChannelMessages).Messages[0].(*tg.Message).Media.(*tg.MessageMediaPoll).Results.TotalVoters != 1 {
		t.Errorf("the vote isn't in the post: %v, %v", list, err)
	}
}

func TestGuestsComment(t *testing.T) {
	s := serve(t, Options{})
	alice, dave := enter(t, s, "alice"), s.Person("dave")
	ctx := t.Context()
	group := alice.supergroup(t, "Talk")
	channel := alice.create(t, &tg.ChannelsCreateChannelRequest{Broadcast: true, Title: "News of alice"})
	for _, err := range []error{
		second(alice.api.ChannelsUpdateUsername(ctx, &tg.ChannelsUpdateUsernameRequest{Channel: alice.channel(group), Username: "talk_of_alice"})),
		second(alice.api.ChannelsSetDiscussionGroup(ctx, &tg.ChannelsSetDiscussionGroupRequest{Broadcast: alice.channel(channel), Group: alice.channel(group)})),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	comment := func() error { return second(dave.Send(ctx, "@talk_of_alice", "hi", SendOptions{})) }
	if err := comment(); err != nil {
		t.Errorf("a guest comments: %v", err)
	}
	if m := next[*tg.UpdateNewChannelMessage](t, alice.client); m == nil {
		t.Error("alice doesn't hear of it")
	}
	if _, err := alice.api.ChannelsToggleJoinToSend(ctx, &tg.ChannelsToggleJoinToSendRequest{Channel: alice.channel(group), Enabled: true}); err != nil {
		t.Fatal(err)
	}
	wantError(t, comment(), "CHAT_GUEST_SEND_FORBIDDEN")
	if _, err := alice.api.ChannelsToggleJoinToSend(ctx, &tg.ChannelsToggleJoinToSendRequest{Channel: alice.channel(group)}); err != nil {
		t.Fatal(err)
	}
	if _, err := alice.api.MessagesEditChatDefaultBannedRights(ctx, &tg.MessagesEditChatDefaultBannedRightsRequest{Peer: alice.where(group), BannedRights: tg.ChatBannedRights{SendMessages: true}}); err != nil {
		t.Fatal(err)
	}
	wantError(t, comment(), "CHAT_WRITE_FORBIDDEN")
}

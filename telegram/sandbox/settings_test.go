package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

func TestTitlesDescriptionsAndNames(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	id := alice.supergroup(t, "Before", "bob")
	ctx, ch := t.Context(), alice.channel(id)
	title := func(title string) error {
		return second(alice.api.ChannelsEditTitle(ctx, &tg.ChannelsEditTitleRequest{Channel: ch, Title: title}))
	}
	about := func(about string) error {
		return second(alice.api.MessagesEditChatAbout(ctx, &tg.MessagesEditChatAboutRequest{Peer: alice.where(id), About: about}))
	}
	name := func(name string) error {
		return second(alice.api.ChannelsUpdateUsername(ctx, &tg.ChannelsUpdateUsernameRequest{Channel: ch, Username: name}))
	}
	wantError(t, title(""), "CHAT_TITLE_EMPTY")
	wantError(t, title("Before"), "CHAT_NOT_MODIFIED")
	wantError(t, about(""), "CHAT_ABOUT_NOT_MODIFIED")
	wantError(t, about(string(make([]byte, 256))), "CHAT_ABOUT_TOO_LONG")
	wantError(t, name("x!"), "USERNAME_INVALID")
	wantError(t, name("alice"), "USERNAME_OCCUPIED")
	for _, err := range []error{title("After"), about("what it is for"), name("after_all")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	wantError(t, name("after_all"), "USERNAME_NOT_MODIFIED")
	free, err := alice.api.ChannelsCheckUsername(ctx, &tg.ChannelsCheckUsernameRequest{Channel: ch, Username: "after_all"})
	if err != nil || free {
		t.Errorf("the name is free: %v, %v", free, err)
	}
	action, pts := service[*tg.MessageActionChatEditTitle](t, bob)
	if action.Title != "After" {
		t.Errorf("bob was told %v", action)
	}
	full, err := bob.api.ChannelsGetFullChannel(ctx, bob.channel(id))
	if err != nil || full.FullChat.(*tg.ChannelFull).About != "what it is for" || full.FullChat.(*tg.ChannelFull).Pts != pts {
		t.Errorf("full: %v, %v", full, err)
	}
	if where := bob.to(t, "after_all"); where.(*tg.InputPeerChannel).ChannelID != id {
		t.Errorf("the name leads to %v", where)
	}
	public, err := alice.api.ChannelsGetAdminedPublicChannels(ctx, &tg.ChannelsGetAdminedPublicChannelsRequest{})
	if err != nil || len(public.GetChats()) != 3 {
		t.Errorf("public: %v, %v", public, err)
	}
}

func TestSettings(t *testing.T) {
	s := serve(t, Options{})
	alice := enter(t, s, "alice")
	group := alice.supergroup(t, "Group")
	channel := alice.create(t, &tg.ChannelsCreateChannelRequest{Broadcast: true, Title: "Channel"})
	api, ctx := alice.api, t.Context()
	for name, row := range map[string]struct {
		id  int64
		set func(id int64, on bool) error
		is  func(c *tg.Channel, f *tg.ChannelFull) bool
	}{
		"signatures": {channel, func(id int64, on bool) error {
			return second(api.ChannelsToggleSignatures(ctx, &tg.ChannelsToggleSignaturesRequest{Channel: alice.channel(id), SignaturesEnabled: on}))
		}, func(c *tg.Channel, _ *tg.ChannelFull) bool { return c.Signatures }},
		"hidden history": {group, func(id int64, on bool) error {
			return second(api.ChannelsTogglePreHistoryHidden(ctx, &tg.ChannelsTogglePreHistoryHiddenRequest{Channel: alice.channel(id), Enabled: on}))
		}, func(_ *tg.Channel, f *tg.ChannelFull) bool { return f.HiddenPrehistory }},
		"hidden members": {group, func(id int64, on bool) error {
			return second(api.ChannelsToggleParticipantsHidden(ctx, &tg.ChannelsToggleParticipantsHiddenRequest{Channel: alice.channel(id), Enabled: on}))
		}, func(_ *tg.Channel, f *tg.ChannelFull) bool { return f.ParticipantsHidden }},
		"join to send": {group, func(id int64, on bool) error {
			return second(api.ChannelsToggleJoinToSend(ctx, &tg.ChannelsToggleJoinToSendRequest{Channel: alice.channel(id), Enabled: on}))
		}, func(c *tg.Channel, _ *tg.ChannelFull) bool { return c.JoinToSend }},
		"join by request": {group, func(id int64, on bool) error {
			return second(api.ChannelsToggleJoinRequest(ctx, &tg.ChannelsToggleJoinRequestRequest{Channel: alice.channel(id), Enabled: on}))
		}, func(c *tg.Channel, _ *tg.ChannelFull) bool { return c.JoinRequest }},
		"no forwards": {group, func(id int64, on bool) error {
			return second(api.MessagesToggleNoForwards(ctx, &tg.MessagesToggleNoForwardsRequest{Peer: alice.where(id), Enabled: on}))
		}, func(c *tg.Channel, _ *tg.ChannelFull) bool { return c.Noforwards }},
		"forum": {group, func(id int64, on bool) error {
			return second(api.ChannelsToggleForum(ctx, &tg.ChannelsToggleForumRequest{Channel: alice.channel(id), Enabled: on}))
		}, func(c *tg.Channel, _ *tg.ChannelFull) bool { return c.Forum }},
	} {
		t.Run(name, func(t *testing.T) {
			wantError(t, row.set(row.id, false), "CHAT_NOT_MODIFIED")
			for _, on := range []bool{true, false} {
				if err := row.set(row.id, on); err != nil {
					t.Fatal(err)
				}
				full, err := api.ChannelsGetFullChannel(ctx, alice.channel(row.id))
				if err != nil || row.is(full.Chats[0].(*tg.Channel), full.FullChat.(*tg.ChannelFull)) != on {
					t.Errorf("turned %v: %v, %v", on, full, err)
				}
			}
		})
	}
}

func TestAHiddenHistoryIsHiddenFromNewMembers(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	id := alice.supergroup(t, "Group")
	if err := alice.say(t, id, "before"); err != nil {
		t.Fatal(err)
	}
	if _, err := alice.api.ChannelsTogglePreHistoryHidden(t.Context(), &tg.ChannelsTogglePreHistoryHiddenRequest{Channel: alice.channel(id), Enabled: true}); err != nil {
		t.Fatal(err)
	}
	alice.invite(t, id, "bob")
	if err := alice.say(t, id, "after"); err != nil {
		t.Fatal(err)
	}
	history, err := bob.api.MessagesGetHistory(t.Context(), &tg.MessagesGetHistoryRequest{Peer: bob.where(id), Limit: 10})
	if err != nil || len(history.(*tg.MessagesChannelMessages).Messages) != 2 {
		t.Errorf("bob reads %v, %v", history, err)
	}
}

func TestDiscussionGroups(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	group := alice.supergroup(t, "Talk", "bob")
	channel := alice.create(t, &tg.ChannelsCreateChannelRequest{Broadcast: true, Title: "News of alice"})
	link := func(c someone, broadcast, group tg.InputChannelClass) error {
		return second(c.api.ChannelsSetDiscussionGroup(t.Context(), &tg.ChannelsSetDiscussionGroupRequest{Broadcast: broadcast, Group: group}))
	}
	list, err := alice.api.ChannelsGetGroupsForDiscussion(t.Context())
	if err != nil || len(list.GetChats()) != 3 {
		t.Errorf("groups to choose from: %v, %v", list, err)
	}
	none := &tg.InputChannelEmpty{}
	wantError(t, link(alice, alice.channel(group), none), "BROADCAST_ID_INVALID")
	wantError(t, link(alice, alice.channel(channel), alice.channel(channel)), "MEGAGROUP_ID_INVALID")
	wantError(t, link(alice, alice.channel(channel), none), "LINK_NOT_MODIFIED")
	wantError(t, link(alice, none, none), "LINK_NOT_MODIFIED")
	if err := link(alice, alice.channel(channel), alice.channel(group)); err != nil {
		t.Fatal(err)
	}
	wantError(t, link(alice, alice.channel(channel), alice.channel(group)), "LINK_NOT_MODIFIED")
	full, err := bob.api.ChannelsGetFullChannel(t.Context(), bob.channel(group))
	if f := full.GetFullChat().(*tg.ChannelFull); err != nil || f.LinkedChatID != channel {
		t.Errorf("full: %v, %v", full, err)
	}
	if err := link(alice, alice.channel(channel), none); err != nil {
		t.Error(err)
	}
	full, err = bob.api.ChannelsGetFullChannel(t.Context(), bob.channel(group))
	if f := full.GetFullChat().(*tg.ChannelFull); err != nil || f.LinkedChatID != 0 {
		t.Errorf("after: %v, %v", full, err)
	}
}

func TestPostsAreDiscussed(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	group := alice.supergroup(t, "Talk", "bob")
	channel := alice.create(t, &tg.ChannelsCreateChannelRequest{Broadcast: true, Title: "News of alice"})
	alice.invite(t, channel, "bob")
	ctx := t.Context()
	if _, err := alice.api.ChannelsSetDiscussionGroup(ctx, &tg.ChannelsSetDiscussionGroupRequest{Broadcast: alice.channel(channel), Group: alice.channel(group)}); err != nil {
		t.Fatal(err)
	}
	post := alice.send(t, alice.where(channel), "what do you think?")
	if !post.Replies.Comments || post.Replies.ChannelID != group {
		t.Errorf("the post: %v", post.Replies)
	}
	found, err := bob.api.MessagesGetDiscussionMessage(ctx, &tg.MessagesGetDiscussionMessageRequest{Peer: bob.where(channel), MsgID: post.ID})
	if err != nil {
		t.Fatal(err)
	}
	root := found.Messages[0].(*tg.Message)
	if root.Message != post.Message || root.PeerID.(*tg.PeerChannel).ChannelID != group || root.FwdFrom.ChannelPost != post.ID || !root.Pinned {
		t.Errorf("it is discussed under %v", root)
	}
	if from, ok := root.FromID.(*tg.PeerChannel); !ok || from.ChannelID != channel || root.Out {
		t.Errorf("it comes from %v", root.FromID)
	}
	if _, err := bob.reply(t, group, root.ID, "a lot"); err != nil {
		t.Fatal(err)
	}
	replies, err := alice.api.MessagesGetReplies(ctx, &tg.MessagesGetRepliesRequest{Peer: alice.where(channel), MsgID: post.ID, Limit: 10})
	if err != nil || len(replies.(*tg.MessagesChannelMessages).Messages) != 1 {
		t.Errorf("comments: %v, %v", replies, err)
	}
	got, err := bob.api.ChannelsGetMessages(ctx, &tg.ChannelsGetMessagesRequest{Channel: bob.channel(channel), ID: []tg.InputMessageClass{&tg.InputMessageID{ID: post.ID}}})
	if err != nil || got.(*tg.MessagesChannelMessages).Messages[0].(*tg.Message).Replies.Replies != 1 {
		t.Errorf("the post counts %v, %v", got, err)
	}
}

func TestNothingLeavesAChatWithoutForwards(t *testing.T) {
	s := serve(t, Options{})
	alice := enter(t, s, "alice")
	id := alice.supergroup(t, "Secrets")
	m := alice.send(t, alice.where(id), "psst")
	if _, err := alice.api.MessagesToggleNoForwards(t.Context(), &tg.MessagesToggleNoForwardsRequest{Peer: alice.where(id), Enabled: true}); err != nil {
		t.Fatal(err)
	}
	_, err := alice.api.MessagesForwardMessages(t.Context(), &tg.MessagesForwardMessagesRequest{FromPeer: alice.where(id), ToPeer: &tg.InputPeerSelf{}, ID: []int{m.ID}, RandomID: []int64{random()}})
	wantError(t, err, "CHAT_FORWARDS_RESTRICTED")
}

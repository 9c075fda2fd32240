package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

func TestGroupSettings(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	group := alice.supergroup(t, "Group", "bob")
	channel := alice.create(t, &tg.ChannelsCreateChannelRequest{Broadcast: true, Title: "Channel"})
	ctx, api := t.Context(), alice.api
	full := func() *tg.ChannelFull {
		answer, err := api.ChannelsGetFullChannel(ctx, alice.channel(group))
		if err != nil {
			t.Fatal(err)
		}
		return answer.FullChat.(*tg.ChannelFull)
	}
	spam := func(id int64, on bool) error {
		return second(api.ChannelsToggleAntiSpam(ctx, &tg.ChannelsToggleAntiSpamRequest{Channel: alice.channel(id), Enabled: on}))
	}
	translate := func(id int64, on bool) error {
		return second(api.ChannelsToggleAutotranslation(ctx, &tg.ChannelsToggleAutotranslationRequest{Channel: alice.channel(id), Enabled: on}))
	}
	stickers := func(set tg.InputStickerSetClass) error {
		return second(api.ChannelsSetStickers(ctx, &tg.ChannelsSetStickersRequest{Channel: alice.channel(group), Stickerset: set}))
	}
	react := func(allowed tg.ChatReactionsClass) error {
		return second(api.MessagesSetChatAvailableReactions(ctx, &tg.MessagesSetChatAvailableReactionsRequest{Peer: alice.where(group), AvailableReactions: allowed}))
	}
	wantError(t, spam(channel, true), "CHAT_ID_INVALID")
	wantError(t, spam(group, false), "CHAT_NOT_MODIFIED")
	wantError(t, translate(group, true), "CHANNEL_INVALID")
	wantError(t, stickers(&tg.InputStickerSetDice{Emoticon: "🎲"}), "STICKERSET_INVALID")
	wantError(t, react(&tg.ChatReactionsSome{Reactions: []tg.ReactionClass{&tg.ReactionEmoji{}}}), "REACTION_INVALID")
	wantError(t, second(api.ChannelsEditLocation(ctx, &tg.ChannelsEditLocationRequest{Channel: alice.channel(group), GeoPoint: &tg.InputGeoPointEmpty{}})), "MEGAGROUP_GEO_REQUIRED")
	wantError(t, second(bob.api.ChannelsConvertToGigagroup(ctx, bob.channel(group))), "CHAT_ADMIN_REQUIRED")
	some := &tg.ChatReactionsSome{Reactions: []tg.ReactionClass{&tg.ReactionEmoji{Emoticon: "👍"}}}
	for _, err := range []error{
		spam(group, true), translate(channel, true), stickers(&tg.InputStickerSetShortName{ShortName: "Cherry"}), react(some),
		second(api.ChannelsConvertToGigagroup(ctx, alice.channel(group))),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	wantError(t, react(some), "CHAT_NOT_MODIFIED")
	if f := full(); !f.Antispam || f.Stickerset.ShortName != "Cherry" || len(f.AvailableReactions.(*tg.ChatReactionsSome).Reactions) != 1 {
		t.Errorf("full: %+v", f)
	}
	chats, err := bob.api.ChannelsGetChannels(ctx, []tg.InputChannelClass{bob.channel(group)})
	if err != nil || !chats.GetChats()[0].(*tg.Channel).Gigagroup {
		t.Errorf("bob sees %v, %v", chats, err)
	}
	wantError(t, second(bob.api.MessagesSendMessage(ctx, &tg.MessagesSendMessageRequest{Peer: bob.where(group), Message: "x", RandomID: random()})), "CHAT_WRITE_FORBIDDEN")
}

func TestTopicsInOrder(t *testing.T) {
	s := serve(t, Options{})
	alice := enter(t, s, "alice")
	group := alice.create(t, &tg.ChannelsCreateChannelRequest{Megagroup: true, Forum: true, Title: "Forum"})
	ctx, api := t.Context(), alice.api
	order := func(force bool, ids ...int) error {
		return second(api.MessagesReorderPinnedForumTopics(ctx, &tg.MessagesReorderPinnedForumTopicsRequest{Force: force, Peer: alice.where(group), Order: ids}))
	}
	var made []int
	for _, title := range []string{"a", "b", "c"} {
		if err := second(api.MessagesCreateForumTopic(ctx, &tg.MessagesCreateForumTopicRequest{Peer: alice.where(group), Title: title, RandomID: random()})); err != nil {
			t.Fatal(err)
		}
	}
	list := func() (ids []int, pinned int) {
		answer, err := api.MessagesGetForumTopics(ctx, &tg.MessagesGetForumTopicsRequest{Peer: alice.where(group), Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		for _, raw := range answer.Topics {
			topic := raw.(*tg.ForumTopic)
			ids = append(ids, topic.ID)
			if topic.Pinned {
				pinned++
			}
		}
		return ids, pinned
	}
	made, _ = list() // c, b, a, General
	wantError(t, order(true, 999), "TOPIC_ID_INVALID")
	if err := order(true, made[2], made[0]); err != nil {
		t.Fatal(err)
	}
	if got, pinned := list(); got[0] != made[2] || got[1] != made[0] || got[2] != made[1] || pinned != 2 {
		t.Errorf("they stand as %v, %d pinned; there were %v", got, pinned, made)
	}
	if err := order(true, made[1]); err != nil {
		t.Fatal(err)
	}
	if got, pinned := list(); got[0] != made[1] || pinned != 1 {
		t.Errorf("they stand as %v, %d pinned", got, pinned)
	}
}

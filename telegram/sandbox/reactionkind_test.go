package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

// premiumSeed is the default seed in which alice has paid.
func premiumSeed() *Seed {
	seed := DefaultSeed()
	seed.People[0].Premium = true
	return seed
}

func emoji(list ...string) []tg.ReactionClass {
	var out []tg.ReactionClass
	for _, e := range list {
		out = append(out, &tg.ReactionEmoji{Emoticon: e})
	}
	return out
}

func TestSeveralReactionsAndCustomOnes(t *testing.T) {
	s := serve(t, Options{Seed: premiumSeed()})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	ctx := t.Context()
	m := bob.send(t, bob.where(3002), "what do you think?")
	react := func(list ...tg.ReactionClass) error {
		in := &tg.MessagesSendReactionRequest{Peer: alice.where(3002), MsgID: m.ID, AddToRecent: true}
		in.SetReaction(list)
		return second(alice.api.MessagesSendReaction(ctx, in))
	}
	wantError(t, react(emoji("👍", "🔥", "🎉", "👏")...), "REACTIONS_TOO_MANY")
	if err := react(&tg.ReactionEmoji{Emoticon: "👍"}, &tg.ReactionCustomEmoji{DocumentID: 5}, &tg.ReactionEmoji{Emoticon: "👍"}); err != nil {
		t.Fatal(err)
	}
	got := next[*tg.UpdateMessageReactions](t, bob.client).Reactions
	if len(got.Results) != 2 || got.Results[1].Reaction.(*tg.ReactionCustomEmoji).DocumentID != 5 || len(got.RecentReactions) != 2 {
		t.Errorf("bob was told %v", got)
	}
	updates, err := alice.api.MessagesGetMessagesReactions(ctx, &tg.MessagesGetMessagesReactionsRequest{Peer: alice.where(3002), ID: []int{m.ID}})
	if err != nil {
		t.Fatal(err)
	}
	results := updates.(*tg.Updates).Updates[0].(*tg.UpdateMessageReactions).Reactions.Results
	if first, _ := results[0].GetChosenOrder(); first != 0 || results[1].ChosenOrder != 1 {
		t.Errorf("alice chose %v", results)
	}
	only := &tg.MessagesGetMessageReactionsListRequest{Peer: alice.where(3002), ID: m.ID, Limit: 9}
	only.SetReaction(&tg.ReactionCustomEmoji{DocumentID: 5})
	if list, err := alice.api.MessagesGetMessageReactionsList(ctx, only); err != nil || list.Count != 1 {
		t.Errorf("custom ones: %v, %v", list, err)
	}
	recent, err := alice.api.MessagesGetRecentReactions(ctx, &tg.MessagesGetRecentReactionsRequest{Limit: 9})
	if list := recent.(*tg.MessagesReactions).Reactions; err != nil || len(list) != 2 || list[0].TypeID() != tg.ReactionCustomEmojiTypeID {
		t.Errorf("recent: %v, %v", recent, err)
	}
	if err := react(emoji("🔥")...); err != nil {
		t.Fatal(err)
	}
	if err := react(emoji("👍", "🔥")...); err != nil {
		t.Fatal(err)
	}
	top, err := alice.api.MessagesGetTopReactions(ctx, &tg.MessagesGetTopReactionsRequest{Limit: 2})
	if list := top.(*tg.MessagesReactions).Reactions; err != nil || len(list) != 2 || list[0].(*tg.ReactionEmoji).Emoticon != "👍" || list[1].(*tg.ReactionEmoji).Emoticon != "🔥" {
		t.Errorf("top: %v, %v", top, err)
	}
	if _, err := alice.api.MessagesClearRecentReactions(ctx); err != nil {
		t.Fatal(err)
	}
	if recent, err = alice.api.MessagesGetRecentReactions(ctx, &tg.MessagesGetRecentReactionsRequest{Limit: 9}); err != nil || len(recent.(*tg.MessagesReactions).Reactions) != 0 {
		t.Errorf("cleared: %v, %v", recent, err)
	}
	full, err := bob.api.UsersGetFullUser(ctx, bob.user("alice"))
	if err != nil || !full.Users[0].(*tg.User).Premium {
		t.Errorf("alice is %v, %v", full, err)
	}
}

func TestChatsChooseReactions(t *testing.T) {
	s := serve(t, Options{})
	alice := enter(t, s, "alice")
	ctx := t.Context()
	m := alice.send(t, alice.where(3002), "x")
	for name, row := range map[string]struct {
		allowed tg.ChatReactionsClass
		want    string
	}{
		"none":   {&tg.ChatReactionsNone{}, "REACTION_INVALID"},
		"others": {&tg.ChatReactionsSome{Reactions: emoji("🔥")}, "REACTION_INVALID"},
		"this":   {&tg.ChatReactionsSome{Reactions: emoji("🔥", "👍")}, ""},
	} {
		if _, err := alice.api.MessagesSetChatAvailableReactions(ctx, &tg.MessagesSetChatAvailableReactionsRequest{Peer: alice.where(3002), AvailableReactions: row.allowed}); err != nil {
			t.Fatal(err)
		}
		err := alice.react(t, alice.where(3002), m.ID, "👍")
		if row.want != "" {
			wantError(t, err, row.want)
		} else if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if row.want == "" {
			if err := alice.react(t, alice.where(3002), m.ID); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestTheReactionOfADoubleTap(t *testing.T) {
	s := serve(t, Options{})
	alice := enter(t, s, "alice")
	set := func(r tg.ReactionClass) error {
		return second(alice.api.MessagesSetDefaultReaction(t.Context(), r))
	}
	wantError(t, set(&tg.ReactionEmpty{}), "REACTION_INVALID")
	wantError(t, set(&tg.ReactionCustomEmoji{DocumentID: 5}), "PREMIUM_ACCOUNT_REQUIRED")
	if err := set(&tg.ReactionEmoji{Emoticon: "🔥"}); err != nil {
		t.Fatal(err)
	}
	if got := s.users[alice.id].prefs.Favourite; got != "🔥" {
		t.Errorf("kept is %q", got)
	}
}

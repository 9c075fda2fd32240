package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

func (c *client) react(t *testing.T, at tg.InputPeerClass, id int, emoticons ...string) error {
	t.Helper()
	in := &tg.MessagesSendReactionRequest{Peer: at, MsgID: id}
	var list []tg.ReactionClass
	for _, e := range emoticons {
		list = append(list, &tg.ReactionEmoji{Emoticon: e})
	}
	in.SetReaction(list)
	_, err := c.api.MessagesSendReaction(t.Context(), in)
	return err
}

func TestReactions(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	workshop := alice.to(t, "sandbox_workshop")
	m := alice.send(t, workshop, "like it?")
	there := bob.to(t, "sandbox_workshop")
	if err := bob.react(t, there, m.ID, "❤️"); err != nil {
		t.Fatal(err)
	}
	told := next[*tg.UpdateMessageReactions](t, alice)
	if told.MsgID != m.ID || told.Reactions.Results[0].Count != 1 || !told.Reactions.RecentReactions[0].Unread {
		t.Errorf("alice was told %v", told)
	}
	if err := s.Person("carol").React(t.Context(), "Workshop", m.ID, "👍"); err != nil {
		t.Fatal(err)
	}
	if err := alice.react(t, workshop, m.ID, "👍"); err != nil {
		t.Fatal(err)
	}
	list, err := alice.api.MessagesGetMessageReactionsList(t.Context(), &tg.MessagesGetMessageReactionsListRequest{Peer: workshop, ID: m.ID, Limit: 2})
	if err != nil || list.Count != 3 || len(list.Reactions) != 2 || list.NextOffset == "" || !list.Reactions[0].My {
		t.Fatalf("list %v, %v", list, err)
	}
	rest := &tg.MessagesGetMessageReactionsListRequest{Peer: workshop, ID: m.ID, Limit: 2}
	rest.SetOffset(list.NextOffset)
	if list, err = alice.api.MessagesGetMessageReactionsList(t.Context(), rest); err != nil || len(list.Reactions) != 1 {
		t.Errorf("the rest %v, %v", list, err)
	}
	only := &tg.MessagesGetMessageReactionsListRequest{Peer: workshop, ID: m.ID, Limit: 9}
	only.SetReaction(&tg.ReactionEmoji{Emoticon: "👍"})
	if list, err = alice.api.MessagesGetMessageReactionsList(t.Context(), only); err != nil || list.Count != 2 {
		t.Errorf("only 👍: %v, %v", list, err)
	}
	unread, err := alice.api.MessagesGetUnreadReactions(t.Context(), &tg.MessagesGetUnreadReactionsRequest{Peer: workshop, Limit: 10})
	if err != nil || texts(unread) != "like it?" {
		t.Errorf("unread %v, %v", unread, err)
	}
	if _, err := alice.api.MessagesReadReactions(t.Context(), &tg.MessagesReadReactionsRequest{Peer: workshop}); err != nil {
		t.Error(err)
	}
	if unread, err = alice.api.MessagesGetUnreadReactions(t.Context(), &tg.MessagesGetUnreadReactionsRequest{Peer: workshop, Limit: 10}); err != nil || texts(unread) != "" {
		t.Errorf("after reading %v, %v", unread, err)
	}
	if err := bob.react(t, there, m.ID); err != nil {
		t.Errorf("taking it back: %v", err)
	}
	updates, err := bob.api.MessagesGetMessagesReactions(t.Context(), &tg.MessagesGetMessagesReactionsRequest{Peer: there, ID: []int{m.ID}})
	if err != nil || len(updates.(*tg.Updates).Updates[0].(*tg.UpdateMessageReactions).Reactions.Results) != 1 {
		t.Errorf("at the end %v, %v", updates, err)
	}
}

func TestReactionsAreChecked(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	m := alice.send(t, &tg.InputPeerSelf{}, "x")
	self := &tg.InputPeerSelf{}
	wantError(t, alice.react(t, self, m.ID, "x"), "REACTION_INVALID")
	wantError(t, alice.react(t, self, m.ID, "👍", "👎"), "REACTIONS_TOO_MANY")
	wantError(t, alice.react(t, self, m.ID), "MESSAGE_NOT_MODIFIED")
	wantError(t, alice.react(t, self, m.ID+9, "👍"), "MESSAGE_ID_INVALID")
	custom := &tg.MessagesSendReactionRequest{Peer: self, MsgID: m.ID}
	custom.SetReaction([]tg.ReactionClass{&tg.ReactionCustomEmoji{DocumentID: 5}})
	_, err := alice.api.MessagesSendReaction(t.Context(), custom)
	wantError(t, err, "PREMIUM_ACCOUNT_REQUIRED")
	post := alice.send(t, alice.to(t, "sandbox_news"), "news")
	_, err = alice.api.MessagesGetMessageReactionsList(t.Context(), &tg.MessagesGetMessageReactionsListRequest{Peer: alice.to(t, "sandbox_news"), ID: post.ID})
	wantError(t, err, "BROADCAST_FORBIDDEN")
	if top, err := alice.api.MessagesGetTopReactions(t.Context(), &tg.MessagesGetTopReactionsRequest{Limit: 3}); err != nil || len(top.(*tg.MessagesReactions).Reactions) != 3 {
		t.Errorf("the top: %v, %v", top, err)
	}
	if all, err := alice.api.MessagesGetAvailableReactions(t.Context(), 0); err != nil || len(all.(*tg.MessagesAvailableReactions).Reactions) != len(allowedReactions) {
		t.Errorf("all: %v, %v", all, err)
	}
}

func TestABotHearsOfReactionsEvenLater(t *testing.T) {
	s := serve(t, Options{})
	bot, alice := startedBot(t, s)
	m := bot.send(t, alice, "rate me")
	before := bot.state(t)
	if err := s.Person("alice").React(t.Context(), "EchoBot", s.onlyMessage(t, "alice", "EchoBot", "rate me"), "🔥"); err != nil {
		t.Fatal(err)
	}
	check := func(u *tg.UpdateBotMessageReaction) {
		t.Helper()
		if u.MsgID != m.ID || u.Qts != before.Qts+1 || len(u.OldReactions) != 0 || u.NewReactions[0].(*tg.ReactionEmoji).Emoticon != "🔥" {
			t.Errorf("the bot was told %v", u)
		}
	}
	check(next[*tg.UpdateBotMessageReaction](t, bot))
	missed := bot.difference(t, before).(*tg.UpdatesDifference)
	check(missed.OtherUpdates[len(missed.OtherUpdates)-1].(*tg.UpdateBotMessageReaction))
	if err := bot.react(t, alice, m.ID, "👍"); err != nil {
		t.Error(err)
	}
}

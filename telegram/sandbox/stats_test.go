package sandbox

import (
	"encoding/json"
	"testing"

	"github.com/gotd/td/tg"
)

// drawn reads the columns of a graph, by the names of the lines.
func drawn(t *testing.T, g tg.StatsGraphClass) map[string][]any {
	t.Helper()
	shown, ok := g.(*tg.StatsGraph)
	if !ok {
		t.Fatalf("nothing is drawn: %v", g)
	}
	var data struct {
		Columns      [][]any
		Types, Names map[string]string
	}
	if err := json.Unmarshal([]byte(shown.JSON.Data), &data); err != nil {
		t.Fatal(err)
	}
	out := map[string][]any{}
	for _, c := range data.Columns {
		key := c[0].(string)
		if data.Types[key] == "" {
			t.Errorf("column %s has no type", key)
		}
		if name := data.Names[key]; name != "" {
			key = name
		}
		out[key] = c[1:]
	}
	return out
}

func TestStatisticsOfAChannel(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	ctx := t.Context()
	id := alice.create(t, &tg.ChannelsCreateChannelRequest{Broadcast: true, Title: "Channel"})
	alice.invite(t, id, "bob")
	m := alice.send(t, alice.where(id), "a post")
	if _, err := bob.api.MessagesSendReaction(ctx, &tg.MessagesSendReactionRequest{Peer: bob.where(id), MsgID: m.ID, Reaction: []tg.ReactionClass{&tg.ReactionEmoji{Emoticon: "👍"}}}); err != nil {
		t.Fatal(err)
	}
	st, err := alice.api.StatsGetBroadcastStats(ctx, &tg.StatsGetBroadcastStatsRequest{Channel: alice.channel(id)})
	if err != nil {
		t.Fatal(err)
	}
	if st.Followers.Current != 2 || st.Followers.Previous != 0 || st.ReactionsPerPost.Current != 1 || st.ViewsPerPost.Current != 1 || st.EnabledNotifications.Part != 2 {
		t.Errorf("got %+v", st)
	}
	if got := st.RecentPostsInteractions[0].(*tg.PostInteractionCountersMessage); got.MsgID != m.ID || got.Reactions != 1 || got.Views != 1 {
		t.Errorf("the post: %v", got)
	}
	growth := drawn(t, st.GrowthGraph)
	if got := growth["Total followers"]; len(got) != statDays || got[statDays-1] != 2. || got[0] != 0. || len(growth["x"]) != statDays {
		t.Errorf("growth: %v", growth)
	}
	for token, name := range map[string]string{st.InteractionsGraph.(*tg.StatsGraphAsync).Token: "Views", st.ReactionsByEmotionGraph.(*tg.StatsGraphAsync).Token: "Reactions"} {
		late, err := alice.api.StatsLoadAsyncGraph(ctx, &tg.StatsLoadAsyncGraphRequest{Token: token})
		if err != nil {
			t.Fatal(err)
		}
		if got := drawn(t, late)[name]; got[statDays-1] != 1. {
			t.Errorf("%s: %v", name, got)
		}
		_, err = bob.api.StatsLoadAsyncGraph(ctx, &tg.StatsLoadAsyncGraphRequest{Token: token})
		wantError(t, err, "GRAPH_INVALID_RELOAD")
	}
	one, err := alice.api.StatsGetMessageStats(ctx, &tg.StatsGetMessageStatsRequest{Channel: alice.channel(id), MsgID: m.ID})
	if err != nil || drawn(t, one.ViewsGraph)["Views"][statDays-1] != 1. {
		t.Errorf("of the post: %v, %v", one, err)
	}
	_, err = alice.api.StatsGetMessageStats(ctx, &tg.StatsGetMessageStatsRequest{Channel: alice.channel(id), MsgID: 99})
	wantError(t, err, "MESSAGE_ID_INVALID")
	_, err = alice.api.StatsGetMegagroupStats(ctx, &tg.StatsGetMegagroupStatsRequest{Channel: alice.channel(id)})
	wantError(t, err, "MEGAGROUP_REQUIRED")
	_, err = bob.api.StatsGetBroadcastStats(ctx, &tg.StatsGetBroadcastStatsRequest{Channel: bob.channel(id)})
	wantError(t, err, "CHAT_ADMIN_REQUIRED")
	_, err = alice.api.StatsLoadAsyncGraph(ctx, &tg.StatsLoadAsyncGraphRequest{Token: "weather 1"})
	wantError(t, err, "GRAPH_INVALID_RELOAD")
}

func TestStatisticsOfASupergroup(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	ctx := t.Context()
	id := alice.supergroup(t, "Group", "bob", "carol")
	for _, text := range []string{"four", "sixsix"} {
		bob.send(t, bob.where(id), text)
	}
	alice.send(t, alice.where(id), "one")
	st, err := alice.api.StatsGetMegagroupStats(ctx, &tg.StatsGetMegagroupStatsRequest{Channel: alice.channel(id)})
	if err != nil {
		t.Fatal(err)
	}
	if st.Members.Current != 3 || st.Messages.Current != 3 || st.Posters.Current != 2 || len(st.Users) != 2 {
		t.Errorf("got %+v", st)
	}
	if top := st.TopPosters[0]; top.UserID != bob.id || top.Messages != 2 || top.AvgChars != 5 {
		t.Errorf("the busiest: %v", st.TopPosters)
	}
	if top := st.TopInviters; len(top) != 1 || top[0].UserID != alice.id || top[0].Invitations != 2 {
		t.Errorf("who invites: %v", top)
	}
	late, err := alice.api.StatsLoadAsyncGraph(ctx, &tg.StatsLoadAsyncGraphRequest{Token: st.MessagesGraph.(*tg.StatsGraphAsync).Token})
	if err != nil || drawn(t, late)["Messages"][statDays-1] != 3. {
		t.Errorf("messages: %v, %v", late, err)
	}
	_, err = alice.api.StatsGetBroadcastStats(ctx, &tg.StatsGetBroadcastStatsRequest{Channel: alice.channel(id)})
	wantError(t, err, "BROADCAST_REQUIRED")
}

func TestPublicForwards(t *testing.T) {
	s := serve(t, Options{})
	alice := enter(t, s, "alice")
	ctx := t.Context()
	m := alice.send(t, alice.where(3003), "news")
	for range 3 {
		if _, err := alice.api.MessagesForwardMessages(ctx, &tg.MessagesForwardMessagesRequest{FromPeer: alice.where(3003), ToPeer: alice.where(3002), ID: []int{m.ID}, RandomID: []int64{random()}}); err != nil {
			t.Fatal(err)
		}
	}
	in := &tg.StatsGetMessagePublicForwardsRequest{Channel: alice.channel(3003), MsgID: m.ID, Limit: 2}
	for _, want := range []int{2, 1} {
		got, err := alice.api.StatsGetMessagePublicForwards(ctx, in)
		if err != nil || got.Count != 3 || len(got.Forwards) != want {
			t.Fatalf("got %v, %v", got, err)
		}
		in.Offset = got.NextOffset
	}
	in.Offset = "x"
	_, err := alice.api.StatsGetMessagePublicForwards(ctx, in)
	wantError(t, err, "OFFSET_INVALID")
}

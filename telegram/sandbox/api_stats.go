package sandbox

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func statsMethods(t table) {
	within(t, people|abroad, toAdmin, (*call).getBroadcastStats)
	within(t, people|abroad, toAdmin, (*call).getMegagroupStats)
	within(t, people|abroad, toAdmin, (*call).getMessageStats)
	within(t, people|abroad, toAdmin, (*call).getMessagePublicForwards)
	on(t, people|abroad, (*call).loadAsyncGraph)
}

// noGraph is what Telegram says where there is too little to draw.
func noGraph() tg.StatsGraphClass { return &tg.StatsGraphError{Error: "Not enough data to display."} }

// graphs draws those that the statistics are enough for.
type graphs struct {
	st  *statistics
	err error
}

func (g *graphs) line(name, colour string, days []int) tg.StatsGraphClass {
	shown, err := graph{"line", g.st.from, []graphLine{{name, colour, days}}}.shown()
	if err != nil {
		g.err = err
		return noGraph()
	}
	return shown
}

// later is a graph that is drawn when it's asked for.
func later(ch *chat, what string) tg.StatsGraphClass {
	return &tg.StatsGraphAsync{Token: what + " " + strconv.FormatInt(ch.peer.id, 10)}
}

const (
	blue  = "BLUE#327FE5"
	green = "GREEN#61C752"
)

// getBroadcastStats: https://core.telegram.org/method/stats.getBroadcastStats
func (c *call) getBroadcastStats(ch *chat, _ *tg.StatsGetBroadcastStatsRequest) (bin.Encoder, error) {
	if !ch.broadcast() {
		return nil, bad("BROADCAST_REQUIRED")
	}
	st := c.statistics(ch)
	g := &graphs{st: st}
	loud := 0
	for _, m := range ch.members {
		if !c.muted(m.user, ch.peer) {
			loud++
		}
	}
	now := len(ch.members)
	answer := &tg.StatsBroadcastStats{
		Period:       tg.StatsDateRangeDays{MinDate: st.from, MaxDate: c.today},
		Followers:    tg.StatsAbsValueAndPrev{Current: float64(now), Previous: float64(now - sum(st.joined))},
		ViewsPerPost: st.perPost(st.viewed), ReactionsPerPost: st.perPost(st.reacted),
		EnabledNotifications: tg.StatsPercentValue{Part: float64(loud), Total: float64(now)},
		GrowthGraph:          g.line("Total followers", blue, st.grown(now)),
		FollowersGraph:       g.line("Joined", green, st.joined),
		InteractionsGraph:    later(ch, graphViews),
		MuteGraph:            noGraph(), TopHoursGraph: noGraph(), IvInteractionsGraph: noGraph(), ViewsBySourceGraph: noGraph(),
		NewFollowersBySourceGraph: noGraph(), LanguagesGraph: noGraph(), ReactionsByEmotionGraph: later(ch, graphReactions),
		StoryInteractionsGraph: noGraph(), StoryReactionsByEmotionGraph: noGraph(),
	}
	for _, r := range st.posts[:min(len(st.posts), pageAtMost)] {
		m, _ := r.said()
		counters := &tg.PostInteractionCountersMessage{MsgID: r.id, Views: views(r, m), Forwards: m.Forwards}
		if r.post.extra != nil {
			counters.Reactions = len(r.post.extra.reactions)
		}
		answer.RecentPostsInteractions = append(answer.RecentPostsInteractions, counters)
	}
	return answer, g.err
}

// getMegagroupStats: https://core.telegram.org/method/stats.getMegagroupStats
func (c *call) getMegagroupStats(ch *chat, _ *tg.StatsGetMegagroupStatsRequest) (bin.Encoder, error) {
	if ch.broadcast() || ch.peer.kind != peerChannel {
		return nil, bad("MEGAGROUP_REQUIRED")
	}
	st := c.statistics(ch)
	g := &graphs{st: st}
	now := len(ch.members)
	answer := &tg.StatsMegagroupStats{
		Period:       tg.StatsDateRangeDays{MinDate: st.from, MaxDate: c.today},
		Members:      tg.StatsAbsValueAndPrev{Current: float64(now), Previous: float64(now - sum(st.joined))},
		Messages:     tg.StatsAbsValueAndPrev{Current: float64(sum(st.said)), Previous: float64(st.before)},
		Posters:      tg.StatsAbsValueAndPrev{Current: float64(len(st.writers))},
		GrowthGraph:  g.line("Total members", blue, st.grown(now)),
		MembersGraph: g.line("Joined", green, st.joined), MessagesGraph: later(ch, graphMessages),
		NewMembersBySourceGraph: noGraph(), LanguagesGraph: noGraph(), ActionsGraph: noGraph(), TopHoursGraph: noGraph(), WeekdaysGraph: noGraph(),
	}
	cast := c.cast(c.me)
	for _, id := range busiest(st.writers, func(w *writer) int { return w.messages }) {
		w := st.writers[id]
		cast.add(peer{peerUser, id})
		answer.TopPosters = append(answer.TopPosters, tg.StatsGroupTopPoster{UserID: id, Messages: w.messages, AvgChars: w.letters / w.messages})
	}
	for _, id := range busiest(st.inviters, func(n int) int { return n }) {
		cast.add(peer{peerUser, id})
		answer.TopInviters = append(answer.TopInviters, tg.StatsGroupTopInviter{UserID: id, Invitations: st.inviters[id]})
	}
	answer.Users = cast.users
	return answer, g.err
}

// getMessageStats: https://core.telegram.org/method/stats.getMessageStats
func (c *call) getMessageStats(ch *chat, in *tg.StatsGetMessageStatsRequest) (bin.Encoder, error) {
	r, m, err := c.posted(ch, in.MsgID)
	if err != nil {
		return nil, err
	}
	g := &graphs{st: c.statistics(ch)}
	days := make([]int, statDays)
	if at := g.st.day(r.date); at >= 0 {
		days[at] = views(r, m)
	}
	return &tg.StatsMessageStats{ViewsGraph: g.line("Views", blue, days), ReactionsByEmotionGraph: noGraph()}, g.err
}

func (c *call) posted(ch *chat, id int) (*record, *tg.Message, error) {
	if ch.peer.kind != peerChannel || ch.box.records[id] == nil {
		return nil, nil, bad("MESSAGE_ID_INVALID")
	}
	m, ok := ch.box.records[id].said()
	if !ok {
		return nil, nil, bad("MESSAGE_ID_INVALID")
	}
	return ch.box.records[id], m, nil
}

// getMessagePublicForwards: https://core.telegram.org/method/stats.getMessagePublicForwards
func (c *call) getMessagePublicForwards(ch *chat, in *tg.StatsGetMessagePublicForwardsRequest) (bin.Encoder, error) {
	if _, _, err := c.posted(ch, in.MsgID); err != nil {
		return nil, err
	}
	cast := c.cast(c.me)
	var all []tg.MessageClass
	for _, p := range c.everything() {
		other := c.chats[p]
		if other == nil || other.username == "" || other == ch || other.peer.kind != peerChannel {
			continue
		}
		for _, id := range slices.Backward(other.ids) {
			r := other.box.records[id]
			m, ok := r.said()
			if ok && m.FwdFrom.FromID != nil && peerOf(m.FwdFrom.FromID) == ch.peer && m.FwdFrom.ChannelPost == in.MsgID {
				all = append(all, messageFor(c.me, r))
			}
		}
	}
	from, to, next, err := pageOf(len(all), in.Offset, in.Limit)
	if err != nil {
		return nil, err
	}
	answer := &tg.StatsPublicForwards{Count: len(all)}
	for _, m := range all[from:to] {
		cast.message(m)
		answer.Forwards = append(answer.Forwards, &tg.PublicForwardMessage{Message: m})
	}
	if next != "" {
		answer.SetNextOffset(next)
	}
	answer.Users, answer.Chats = cast.users, cast.chats
	return answer, nil
}

// The graphs that are drawn later.
const (
	graphViews     = "views"
	graphReactions = "reactions"
	graphMessages  = "messages"
)

// loadAsyncGraph: https://core.telegram.org/method/stats.loadAsyncGraph
func (c *call) loadAsyncGraph(in *tg.StatsLoadAsyncGraphRequest) (bin.Encoder, error) {
	what, number, _ := strings.Cut(in.Token, " ")
	id, err := strconv.ParseInt(number, 10, 64)
	ch := c.chats[peer{peerChannel, id}]
	if err != nil || ch == nil || c.may(c.me, ch, toAdmin) != nil {
		return nil, bad("GRAPH_INVALID_RELOAD")
	}
	g := &graphs{st: c.statistics(ch)}
	var shown tg.StatsGraphClass
	switch what {
	case graphViews:
		shown = g.line("Views", blue, g.st.viewed)
	case graphReactions:
		shown = g.line("Reactions", green, g.st.reacted)
	case graphMessages:
		shown = g.line("Messages", blue, g.st.said)
	default:
		return nil, bad("GRAPH_INVALID_RELOAD")
	}
	return shown, g.err
}

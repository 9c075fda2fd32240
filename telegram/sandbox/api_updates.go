package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func updatesMethods(t table) {
	on(t, 0, (*call).getState)
	on(t, 0, (*call).getDifference)
	on(t, 0, (*call).getChannelDifference)
}

// state is where the caller's rows of updates stand: https://core.telegram.org/api/updates. Seq
// stays 0, which says that containers have no order among themselves: every update that must not be
// missed has a pts or qts here. Telegram gives a seq to few others, which ones isn't documented, and
// asking for a difference names no seq, so that a server that counted could not tell what is missing.
func (c *call) state() tg.UpdatesState {
	unread := 0
	for _, d := range c.me.dialogs {
		unread += d.unread
	}
	return tg.UpdatesState{Pts: c.me.box.pts, Qts: c.me.qts.Last, Date: c.now(), UnreadCount: unread}
}

// getState: https://core.telegram.org/method/updates.getState
func (c *call) getState(*tg.UpdatesGetStateRequest) (bin.Encoder, error) {
	state := c.state()
	return &state, nil
}

// getDifference: https://core.telegram.org/method/updates.getDifference
func (c *call) getDifference(in *tg.UpdatesGetDifferenceRequest) (bin.Encoder, error) {
	if in.Pts <= 0 {
		return nil, bad("PERSISTENT_TIMESTAMP_EMPTY")
	}
	b := c.me.box
	entries, known := b.since(in.Pts)
	total := in.PtsTotalLimit
	if !known || total > 0 && b.pts-in.Pts > total {
		return &tg.UpdatesDifferenceTooLong{Pts: b.pts}, nil
	}
	limit := c.limits.Slice
	if in.PtsLimit > 0 {
		limit = min(limit, in.PtsLimit)
	}
	d := b.collapse(entries, limit, func(r *record, pts int) tg.UpdateClass {
		return &tg.UpdateEditMessage{Message: messageFor(c.me, r), Pts: pts, PtsCount: 1}
	})
	if !d.more {
		d.others = append(d.others, c.channelsChanged(in.Date)...)
		second, err := c.me.qts.since(in.Qts)
		if err != nil {
			return nil, err
		}
		d.others = append(d.others, second...)
	}
	state := c.state()
	if len(d.news) == 0 && len(d.others) == 0 && d.pts == in.Pts {
		return &tg.UpdatesDifferenceEmpty{Date: state.Date, Seq: state.Seq}, nil
	}
	cast := c.cast(c.me)
	news := make([]tg.MessageClass, 0, len(d.news))
	for _, r := range d.news {
		m := messageFor(c.me, r)
		cast.message(m)
		news = append(news, m)
	}
	for _, u := range d.others {
		cast.update(u)
	}
	state.Pts = d.pts
	if d.more {
		state.Qts = in.Qts
		return &tg.UpdatesDifferenceSlice{NewMessages: news, OtherUpdates: d.others, Users: cast.users, Chats: cast.chats, IntermediateState: state}, nil
	}
	return &tg.UpdatesDifference{NewMessages: news, OtherUpdates: d.others, Users: cast.users, Chats: cast.chats, State: state}, nil
}

// channelsChanged tells which channels of the caller have had updates since a date: what they
// were is another question, updates.getChannelDifference.
func (c *call) channelsChanged(date int) []tg.UpdateClass {
	var list []tg.UpdateClass
	for p := range c.me.dialogs {
		if p.kind != peerChannel {
			continue
		}
		ch := c.chats[p]
		if ch.byUser[c.me.id] == nil || ch.box.changed == 0 || ch.box.changed < date {
			continue
		}
		update := &tg.UpdateChannelTooLong{ChannelID: p.id}
		update.SetPts(ch.box.pts)
		list = append(list, update)
	}
	return list
}

const (
	channelSlice      = 100 // events for people
	channelSliceBots  = 100_000
	channelPollPeriod = 30 // seconds after which a client may ask again
)

// getChannelDifference: https://core.telegram.org/method/updates.getChannelDifference
func (c *call) getChannelDifference(in *tg.UpdatesGetChannelDifferenceRequest) (bin.Encoder, error) {
	ch, err := c.channel(in.Channel)
	if err != nil {
		return nil, err
	}
	if in.Pts <= 0 {
		return nil, bad("PERSISTENT_TIMESTAMP_EMPTY")
	}
	if ch.byUser[c.me.id] == nil && c.me.bot {
		return nil, bad("CHANNEL_PRIVATE")
	}
	limit := min(max(in.Limit, 1), channelSliceBots)
	if !c.me.bot {
		limit = min(limit, channelSlice)
	}
	entries, known := ch.box.since(in.Pts)
	if !known {
		return c.channelTooLong(ch, limit), nil
	}
	d := ch.box.collapse(entries, limit, func(r *record, pts int) tg.UpdateClass {
		return &tg.UpdateEditChannelMessage{Message: messageFor(c.me, r), Pts: pts, PtsCount: 1}
	})
	if len(entries) == 0 {
		answer := &tg.UpdatesChannelDifferenceEmpty{Final: true, Pts: ch.box.pts}
		answer.SetTimeout(channelPollPeriod)
		return answer, nil
	}
	cast := c.cast(c.me)
	cast.add(ch.peer)
	answer := &tg.UpdatesChannelDifference{Final: !d.more, Pts: d.pts, OtherUpdates: d.others}
	answer.SetTimeout(channelPollPeriod)
	for _, r := range d.news {
		if !c.visible(ch, r) {
			continue
		}
		m := messageFor(c.me, r)
		cast.message(m)
		answer.NewMessages = append(answer.NewMessages, m)
	}
	for _, u := range d.others {
		cast.update(u)
	}
	answer.Users, answer.Chats = cast.users, cast.chats
	return answer, nil
}

// visible keeps from bots what they weren't told when it was sent.
func (c *call) visible(ch *chat, r *record) bool {
	if !c.me.bot || r.author == c.me.id {
		return true
	}
	author := c.users[r.author]
	m, ok := r.said()
	if author == nil || !ok {
		return true
	}
	return c.meantFor(c.me, draft{from: author, to: ch.peer, text: m.Message, entities: m.Entities, replyTo: repliedID(r)})
}

// channelTooLong says that the client must begin anew with the channel, from its last messages.
func (c *call) channelTooLong(ch *chat, limit int) bin.Encoder {
	e := entry{peer: ch.peer}
	if len(ch.ids) > 0 {
		e.top = ch.box.records[ch.ids.last()]
	}
	cast := c.cast(c.me)
	cast.add(ch.peer)
	list, _ := window{limit: limit}.cut(ch.ids, nil)
	answer := &tg.UpdatesChannelDifferenceTooLong{Final: true, Dialog: c.showDialog(e), Messages: c.show(cast, ch.box, list)}
	answer.SetTimeout(channelPollPeriod)
	answer.Users, answer.Chats = cast.users, cast.chats
	return answer
}

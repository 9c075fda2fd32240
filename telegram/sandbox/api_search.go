package sandbox

import (
	"math"
	"slices"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func searchMethods(t table) {
	on(t, people, (*call).search)
	on(t, people, (*call).searchGlobal)
	on(t, people, (*call).getSearchCounters)
	on(t, people, (*call).getSplitRanges)
}

// search: https://core.telegram.org/method/messages.search
func (c *call) search(in *tg.MessagesSearchRequest) (bin.Encoder, error) {
	if _, empty := in.Peer.(*tg.InputPeerEmpty); empty {
		return c.searchAll(everywhere{q: in.Q, filter: in.Filter, limit: in.Limit, minDate: in.MinDate, maxDate: in.MaxDate}), nil
	}
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	var from int64
	if in.FromID != nil {
		author, err := c.peer(in.FromID)
		if err != nil {
			return nil, err
		}
		from = author.id
	}
	b := c.boxOf(p)
	var matching ids
	for _, id := range c.history(p) {
		r := b.records[id]
		date := r.date
		if (from == 0 || r.author == from) && c.finds(r, in.Q, in.Filter) &&
			(in.MinDate == 0 || date >= in.MinDate) && (in.MaxDate == 0 || date <= in.MaxDate) &&
			(in.TopMsgID == 0 || id == in.TopMsgID || below(b, r, in.TopMsgID)) {
			matching = append(matching, id)
		}
	}
	w := window{in.OffsetID, 0, in.AddOffset, in.Limit, in.MaxID, in.MinID}
	list, offset := w.cut(matching, nil)
	return c.page(p, list, len(matching), offset), nil
}

// finds is matches as the caller sees the message: in channels, whom it names isn't in it.
func (c *call) finds(r *record, q string, filter tg.MessagesFilterClass) bool {
	if _, mine := filter.(*tg.InputMessagesFilterMyMentions); mine {
		if mentioned, _ := c.me.mentionedIn(r); mentioned {
			return matches(r, q, nil)
		}
	}
	return matches(r, q, filter)
}

// matches looks for a text in a message that a filter lets through.
func matches(r *record, q string, filter tg.MessagesFilterClass) bool {
	m, ok := r.said()
	if !ok {
		return q == "" && isChatPhoto(r, filter)
	}
	if !strings.Contains(strings.ToLower(m.Message), strings.ToLower(q)) {
		return false
	}
	switch filter.(type) {
	case nil, *tg.InputMessagesFilterEmpty:
		return true
	case *tg.InputMessagesFilterURL:
		return slices.ContainsFunc(m.Entities, func(e tg.MessageEntityClass) bool {
			switch e.(type) {
			case *tg.MessageEntityURL, *tg.MessageEntityTextURL:
				return true
			}
			return false
		})
	case *tg.InputMessagesFilterPinned:
		return m.Pinned
	case *tg.InputMessagesFilterMyMentions:
		return m.Mentioned
	default:
		return passes(m, filter)
	}
}

// everywhere is a search through all chats. The offset is the date and id that a page ended with.
type everywhere struct {
	q                string
	filter           tg.MessagesFilterClass
	limit            int
	minDate, maxDate int
	rate, id         int
	in               func(p peer) bool
}

// searchGlobal: https://core.telegram.org/method/messages.searchGlobal
func (c *call) searchGlobal(in *tg.MessagesSearchGlobalRequest) (bin.Encoder, error) {
	return c.searchAll(everywhere{
		q: in.Q, filter: in.Filter, limit: in.Limit, minDate: in.MinDate, maxDate: in.MaxDate, rate: in.OffsetRate, id: in.OffsetID,
		in: func(p peer) bool {
			broadcast := p.kind == peerChannel && c.chats[p].broadcast()
			switch {
			case in.BroadcastsOnly:
				return broadcast
			case in.GroupsOnly:
				return p.kind != peerUser && !broadcast
			case in.UsersOnly:
				return p.kind == peerUser
			}
			return true
		},
	}), nil
}

// after tells whether a record comes later in the list than where the last page ended.
func (w everywhere) after(r *record) bool {
	return w.rate == 0 || r.date < w.rate || r.date == w.rate && r.id < w.id
}

// searchAll looks through all chats of the caller, the newest messages first.
func (c *call) searchAll(w everywhere) bin.Encoder {
	limit := w.limit
	if limit <= 0 || limit > pageAtMost {
		limit = pageAtMost
	}
	var hits []*record
	count := 0
	for p := range c.me.dialogs {
		if w.in != nil && !w.in(p) {
			continue
		}
		b := c.boxOf(p)
		for _, id := range c.history(p) {
			r := b.records[id]
			if r.date < w.minDate || w.maxDate != 0 && r.date > w.maxDate || !c.finds(r, w.q, w.filter) {
				continue
			}
			if count++; w.after(r) {
				hits = append(hits, r)
			}
		}
	}
	slices.SortFunc(hits, func(a, b *record) int {
		if d := b.date - a.date; d != 0 {
			return d
		}
		return b.id - a.id
	})
	cast := c.cast(c.me)
	out := &tg.MessagesMessagesSlice{Count: count}
	for _, r := range hits[:min(limit, len(hits))] {
		m := messageFor(c.me, r)
		cast.message(m)
		out.Messages = append(out.Messages, m)
	}
	if len(hits) > limit {
		out.SetNextRate(hits[limit-1].date)
	}
	out.Users, out.Chats = cast.users, cast.chats
	return out
}

// getSearchCounters: https://core.telegram.org/method/messages.getSearchCounters
func (c *call) getSearchCounters(in *tg.MessagesGetSearchCountersRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	answer := &tg.MessagesSearchCounterVector{}
	for _, filter := range in.Filters {
		n := 0
		for _, id := range c.history(p) {
			if c.finds(c.boxOf(p).records[id], "", filter) {
				n++
			}
		}
		answer.Elems = append(answer.Elems, tg.MessagesSearchCounter{Filter: filter, Count: n})
	}
	return answer, nil
}

// getSplitRanges: https://core.telegram.org/method/messages.getSplitRanges. All messages of an account are in one range.
func (c *call) getSplitRanges(*tg.MessagesGetSplitRangesRequest) (bin.Encoder, error) {
	return &tg.MessageRangeVector{Elems: []tg.MessageRange{{MinID: 1, MaxID: math.MaxInt32}}}, nil
}

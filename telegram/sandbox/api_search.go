package sandbox

import (
	"slices"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func searchMethods(t table) {
	on(t, people, (*call).search)
	on(t, people, (*call).searchGlobal)
	on(t, people, (*call).getSearchCounters)
}

// search: https://core.telegram.org/method/messages.search
func (c *call) search(in *tg.MessagesSearchRequest) (bin.Encoder, error) {
	if _, empty := in.Peer.(*tg.InputPeerEmpty); empty {
		return c.searchAll(in.Q, in.Filter, in.Limit), nil
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
		if (from == 0 || r.author == from) && matches(r, in.Q, in.Filter) &&
			(in.MinDate == 0 || date >= in.MinDate) && (in.MaxDate == 0 || date <= in.MaxDate) {
			matching = append(matching, id)
		}
	}
	w := window{in.OffsetID, 0, in.AddOffset, in.Limit, in.MaxID, in.MinID}
	list, offset := w.cut(matching, nil)
	return c.page(p, list, len(matching), offset), nil
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

// searchGlobal: https://core.telegram.org/method/messages.searchGlobal
func (c *call) searchGlobal(in *tg.MessagesSearchGlobalRequest) (bin.Encoder, error) {
	return c.searchAll(in.Q, in.Filter, in.Limit), nil
}

// searchAll looks through all chats of the caller, the newest messages first.
func (c *call) searchAll(q string, filter tg.MessagesFilterClass, limit int) bin.Encoder {
	if limit <= 0 || limit > pageAtMost {
		limit = pageAtMost
	}
	var hits []*record
	for p := range c.me.dialogs {
		b := c.boxOf(p)
		for _, id := range c.history(p) {
			if r := b.records[id]; matches(r, q, filter) {
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
	var messages []tg.MessageClass
	for _, r := range hits[:min(limit, len(hits))] {
		m := messageFor(c.me, r)
		cast.message(m)
		messages = append(messages, m)
	}
	return &tg.MessagesMessagesSlice{Count: len(hits), Messages: messages, Users: cast.users, Chats: cast.chats}
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
			if matches(c.boxOf(p).records[id], "", filter) {
				n++
			}
		}
		answer.Elems = append(answer.Elems, tg.MessagesSearchCounter{Filter: filter, Count: n})
	}
	return answer, nil
}

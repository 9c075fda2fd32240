package sandbox

import (
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

const pageAtMost = 100 // messages of one answer

func historyMethods(t table) {
	on(t, people, (*call).getHistory)
	on(t, 0, (*call).getMessages)
	on(t, 0, (*call).getChannelMessages)
}

// window is a piece of a list of messages, as https://core.telegram.org/api/offsets has it.
type window struct {
	offsetID, offsetDate, addOffset, limit, maxID, minID int
}

// cut picks the window out of rising ids; the answer falls, newest first.
func (w window) cut(all ids, date func(id int) int) (picked []int, offset int) {
	start := len(all)
	switch {
	case w.offsetID > 0:
		start = all.before(w.offsetID)
	case w.offsetDate > 0:
		start, _ = slices.BinarySearchFunc(all, w.offsetDate, func(id, want int) int { return date(id) - want })
	}
	limit := w.limit
	if limit <= 0 || limit > pageAtMost {
		limit = pageAtMost
	}
	end := start - w.addOffset
	begin := end - limit
	begin, end = min(max(begin, 0), len(all)), min(max(end, 0), len(all))
	for i := end - 1; i >= begin; i-- {
		id := all[i]
		if (w.maxID == 0 || id < w.maxID) && id > w.minID {
			picked = append(picked, id)
		}
	}
	return picked, len(all) - end
}

// getHistory: https://core.telegram.org/method/messages.getHistory
func (c *call) getHistory(in *tg.MessagesGetHistoryRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	all := c.history(p)
	b := c.boxOf(p)
	w := window{in.OffsetID, in.OffsetDate, in.AddOffset, in.Limit, in.MaxID, in.MinID}
	if in.Limit == 0 {
		return c.page(p, nil, len(all), 0), nil
	}
	list, offset := w.cut(all, func(id int) int { return b.records[id].date })
	return c.page(p, list, len(all), offset), nil
}

// page answers a list of messages of one peer, out of count there are.
func (c *call) page(p peer, list []int, count, offset int) bin.Encoder {
	cast := c.cast(c.me)
	messages := c.show(cast, c.boxOf(p), list)
	if p.kind != peerUser {
		cast.add(p)
	}
	switch {
	case p.kind == peerChannel:
		answer := &tg.MessagesChannelMessages{
			Pts: c.chats[p].box.pts, Count: count, Messages: messages, Users: cast.users, Chats: cast.chats,
		}
		if offset > 0 {
			answer.SetOffsetIDOffset(offset)
		}
		return answer
	case len(list) == count:
		return &tg.MessagesMessages{Messages: messages, Users: cast.users, Chats: cast.chats}
	default:
		answer := &tg.MessagesMessagesSlice{Count: count, Messages: messages, Users: cast.users, Chats: cast.chats}
		if offset > 0 {
			answer.SetOffsetIDOffset(offset)
		}
		return answer
	}
}

// show turns ids into messages; those that are gone become messageEmpty.
func (c *call) show(cast *cast, b *box, list []int) []tg.MessageClass {
	out := make([]tg.MessageClass, 0, len(list))
	for _, id := range list {
		r := b.records[id]
		if r == nil {
			out = append(out, &tg.MessageEmpty{ID: id})
			continue
		}
		m := messageFor(c.me, r)
		cast.message(m)
		out = append(out, m)
	}
	return out
}

// getMessages: https://core.telegram.org/method/messages.getMessages
func (c *call) getMessages(in *tg.MessagesGetMessagesRequest) (bin.Encoder, error) {
	list := c.wanted(c.me.box, 0, in.ID)
	cast := c.cast(c.me)
	messages := c.show(cast, c.me.box, list)
	return &tg.MessagesMessages{Messages: messages, Users: cast.users, Chats: cast.chats}, nil
}

// getChannelMessages: https://core.telegram.org/method/channels.getMessages
func (c *call) getChannelMessages(in *tg.ChannelsGetMessagesRequest) (bin.Encoder, error) {
	ch, err := c.channel(in.Channel)
	if err != nil {
		return nil, err
	}
	if len(in.ID) == 0 {
		return nil, bad("MESSAGE_IDS_EMPTY")
	}
	list := c.wanted(ch.box, ch.Pinned.last(), in.ID)
	return c.page(ch.peer, list, len(list), 0), nil
}

// wanted resolves the ways to name a message: by id, as what another one replies to, and as what
// is pinned.
func (c *call) wanted(b *box, pinned int, in []tg.InputMessageClass) []int {
	var list []int
	for _, m := range in[:min(len(in), pageAtMost)] {
		switch m := m.(type) {
		case *tg.InputMessageID:
			list = append(list, m.ID)
		case *tg.InputMessageReplyTo:
			list = append(list, repliedID(b.records[m.ID]))
		case *tg.InputMessagePinned:
			list = append(list, pinned)
		}
	}
	return list
}

func repliedID(r *record) int {
	if r == nil {
		return 0
	}
	switch m := r.message().(type) {
	case *tg.Message:
		return repliedTo(m)
	case *tg.MessageService:
		return repliedBy(m.ReplyTo)
	}
	return 0
}

func repliedTo(m *tg.Message) int { return repliedBy(m.ReplyTo) }

func repliedBy(reply tg.MessageReplyHeaderClass) int {
	header, ok := reply.(*tg.MessageReplyHeader)
	if !ok {
		return 0
	}
	return header.ReplyToMsgID
}

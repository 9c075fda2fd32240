package sandbox

import (
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/sandbox/wire"
)

func pinsMethods(t table) {
	on(t, 0, (*call).updatePinnedMessage)
	on(t, 0, (*call).unpinAllMessages)
}

// mayPin says whether the caller may pin in a chat or a private chat.
func (c *call) mayPin(p peer) error {
	if p.kind == peerUser {
		return nil
	}
	return c.may(c.me, c.chats[p], toPin)
}

// updatePinnedMessage: https://core.telegram.org/method/messages.updatePinnedMessage
func (c *call) updatePinnedMessage(in *tg.MessagesUpdatePinnedMessageRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	if err := c.mayPin(p); err != nil {
		return nil, err
	}
	r := c.boxOf(p).records[in.ID]
	if r == nil || r.chat != p {
		return nil, bad("MESSAGE_ID_INVALID")
	}
	if _, said := r.said(); !said {
		return nil, bad("MESSAGE_ID_INVALID")
	}
	if slices.Contains(*c.pinnedIn(c.me, p), r.id) != in.Unpin {
		return nil, bad("CHAT_NOT_MODIFIED")
	}
	list := c.pin([]*record{r}, !in.Unpin, in.PmOneside && p.kind == peerUser)
	if !in.Unpin && !(in.PmOneside && p.kind == peerUser) {
		_, update := c.post(draft{
			from: c.me, to: p, action: &tg.MessageActionPinMessage{}, replyTo: r.id, silent: in.Silent, origin: c.session,
		})
		list = append(list, update)
	}
	return c.answer(list), nil
}

// pinnedIn is the list of what is pinned in somebody's view of a chat.
func (s *Server) pinnedIn(u *user, p peer) *ids {
	if p.kind == peerChannel {
		return &s.chats[p].Pinned
	}
	return &u.dialog(p).pinned
}

// pin pins or unpins messages of one chat in all their copies, or only in the caller's.
func (c *call) pin(records []*record, on, alone bool) []tg.UpdateClass {
	moved := map[*user][]*record{}
	var order []*user
	for _, r := range records {
		for _, at := range r.post.copies {
			if target := at.box.records[at.id]; target != nil && (!alone || at.owner == c.me) {
				if len(moved[at.owner]) == 0 {
					order = append(order, at.owner)
				}
				moved[at.owner] = append(moved[at.owner], target)
			}
		}
	}
	var list []tg.UpdateClass
	for _, owner := range order {
		if owner == nil {
			list = append(list, c.pinInChannel(c.chats[moved[owner][0].chat], moved[owner], on))
			continue
		}
		update := c.pinFor(owner, moved[owner], on)
		if owner == c.me {
			list = append(list, update)
		}
	}
	return list
}

func (c *call) pinFor(owner *user, records []*record, on bool) tg.UpdateClass {
	p := records[0].chat
	numbers := c.mark(c.pinnedIn(owner, p), records, on)
	h := owner.box.note(happenedOther, len(numbers), c.today)
	h.update = &tg.UpdatePinnedMessages{Pinned: on, Peer: p.tg(), Messages: numbers, Pts: h.pts, PtsCount: h.count}
	c.push(owner, c.exceptFor(owner), h.update)
	return h.update
}

func (c *call) pinInChannel(ch *chat, records []*record, on bool) tg.UpdateClass {
	numbers := c.mark(&ch.Pinned, records, on)
	h := ch.box.note(happenedOther, len(numbers), c.today)
	h.update = &tg.UpdatePinnedChannelMessages{Pinned: on, ChannelID: ch.peer.id, Messages: numbers, Pts: h.pts, PtsCount: h.count}
	update := h.update
	for _, m := range ch.members {
		c.push(m.user, c.exceptFor(m.user), update)
	}
	for _, r := range records {
		c.noted(ch, &tg.ChannelAdminLogEventActionUpdatePinned{Message: r.message()})
	}
	return update
}

// exceptFor is the session that need not be told, for it gets the answer.
func (c *call) exceptFor(u *user) *wire.Session {
	if u == c.me {
		return c.session
	}
	return nil
}

// mark writes into the messages that they are pinned, and into the list which.
func (c *call) mark(pinned *ids, records []*record, on bool) []int {
	var numbers []int
	for _, r := range records {
		if m, ok := r.said(); ok {
			m.Flags, m.Flags2 = 0, 0
			m.Pinned = on
			c.report(r.put(m))
		}
		at, found := slices.BinarySearch(*pinned, r.id)
		switch {
		case on && !found:
			*pinned = slices.Insert(*pinned, at, r.id)
		case !on && found:
			*pinned = slices.Delete(*pinned, at, at+1)
		}
		numbers = append(numbers, r.id)
	}
	slices.Sort(numbers)
	return numbers
}

// unpinAllMessages: https://core.telegram.org/method/messages.unpinAllMessages
func (c *call) unpinAllMessages(in *tg.MessagesUnpinAllMessagesRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	if err := c.mayPin(p); err != nil {
		return nil, err
	}
	b := c.boxOf(p)
	var records []*record
	for _, id := range *c.pinnedIn(c.me, p) {
		if r := b.records[id]; r != nil && (in.TopMsgID == 0 || inTopic(r, in.TopMsgID)) {
			records = append(records, r)
		}
	}
	if len(records) > 0 {
		c.pin(records, false, false)
	}
	return &tg.MessagesAffectedHistory{Pts: b.pts, PtsCount: len(records)}, nil
}

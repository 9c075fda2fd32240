package sandbox

import (
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func mentionsMethods(t table) {
	on(t, people, (*call).getUnreadMentions)
	on(t, people, (*call).readMentions)
	on(t, people, (*call).readMessageContents)
	on(t, people, (*call).readChannelContents)
	on(t, people, (*call).markDialogUnread)
}

// getUnreadMentions: https://core.telegram.org/method/messages.getUnreadMentions
func (c *call) getUnreadMentions(in *tg.MessagesGetUnreadMentionsRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	all := c.me.dialog(p).mentions
	list, offset := window{in.OffsetID, 0, in.AddOffset, in.Limit, in.MaxID, in.MinID}.cut(all, nil)
	return c.page(p, list, len(all), offset), nil
}

// readMentions: https://core.telegram.org/method/messages.readMentions
func (c *call) readMentions(in *tg.MessagesReadMentionsRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	count := c.sawContents(p, slices.Clone(c.me.dialog(p).mentions))
	return &tg.MessagesAffectedHistory{Pts: c.boxOf(p).pts, PtsCount: count}, nil
}

// readMessageContents marks mentions, reactions and notes in private chats and groups as seen.
//
// See https://core.telegram.org/method/messages.readMessageContents.
func (c *call) readMessageContents(in *tg.MessagesReadMessageContentsRequest) (bin.Encoder, error) {
	byChat := map[peer][]int{}
	var order []peer
	for _, id := range in.ID {
		if r := c.me.box.records[id]; r != nil {
			if byChat[r.chat] == nil {
				order = append(order, r.chat)
			}
			byChat[r.chat] = append(byChat[r.chat], id)
		}
	}
	count := 0
	for _, p := range order {
		count += c.sawContents(p, byChat[p])
	}
	return &tg.MessagesAffectedMessages{Pts: c.me.box.pts, PtsCount: count}, nil
}

// readChannelContents: https://core.telegram.org/method/channels.readMessageContents
func (c *call) readChannelContents(in *tg.ChannelsReadMessageContentsRequest) (bin.Encoder, error) {
	ch, err := c.channel(in.Channel)
	if err != nil {
		return nil, err
	}
	c.sawContents(ch.peer, in.ID)
	return yes()
}

// sawContents marks what the caller has looked at, and returns how far the caller's pts moved.
func (c *call) sawContents(p peer, list []int) int {
	d := c.me.dialog(p)
	var seen []int
	for _, id := range list {
		c.sawReactions(p, id)
		if r := c.boxOf(p).records[id]; r != nil && r.chat == p {
			hears := c.hears
			if p.kind == peerChannel {
				hears = c.hearsInChannel
			}
			if hears(r) {
				seen = append(seen, id)
			}
		}
		if _, unread := slices.BinarySearch(d.mentions, id); unread {
			d.mentions = d.mentions.without(id)
			seen = append(seen, id)
		}
	}
	if len(seen) == 0 {
		return 0
	}
	c.touched()
	if p.kind == peerChannel {
		c.pushShort(c.me, c.session, &tg.UpdateChannelReadMessagesContents{ChannelID: p.id, Messages: seen})
		return 0
	}
	h := c.me.box.note(happenedOther, len(seen), c.today)
	h.update = &tg.UpdateReadMessagesContents{Messages: seen, Pts: h.pts, PtsCount: h.count}
	c.push(c.me, c.session, h.update)
	return h.count
}

// markDialogUnread: https://core.telegram.org/method/messages.markDialogUnread
func (c *call) markDialogUnread(in *tg.MessagesMarkDialogUnreadRequest) (bin.Encoder, error) {
	wanted, ok := in.Peer.(*tg.InputDialogPeer)
	if !ok {
		return nil, bad("PEER_ID_INVALID")
	}
	p, err := c.peer(wanted.Peer)
	if err != nil {
		return nil, err
	}
	c.me.dialog(p).marked = in.Unread
	c.touched()
	c.pushShort(c.me, c.session, &tg.UpdateDialogUnreadMark{Unread: in.Unread, Peer: &tg.DialogPeer{Peer: p.tg()}})
	return yes()
}

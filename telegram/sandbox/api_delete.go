package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

const deleteAtMost = 100 // messages of one request

func deleteMethods(t table) {
	on(t, 0, (*call).deleteMessages)
	on(t, 0, (*call).deleteChannelMessages)
	on(t, people, (*call).deleteHistory)
}

// deleteMessages works on private chats and basic groups. Ids that are gone already count nothing.
//
// See https://core.telegram.org/method/messages.deleteMessages.
func (c *call) deleteMessages(in *tg.MessagesDeleteMessagesRequest) (bin.Encoder, error) {
	if len(in.ID) > deleteAtMost {
		return nil, bad("MESSAGE_IDS_TOO_MUCH")
	}
	var everywhere, here []*record
	for _, id := range in.ID {
		r := c.me.box.records[id]
		if r == nil {
			continue
		}
		// For everybody: in private chats any message, in groups one's own, or all for admins.
		mine := r.author == c.me.id || r.chat.kind == peerUser || c.has(c.me, c.chats[r.chat], toDelete)
		switch {
		case !mine && (in.Revoke || c.me.bot):
			return nil, forbidden("MESSAGE_DELETE_FORBIDDEN")
		case in.Revoke || c.me.bot || r.chat.kind == peerGroup && mine:
			everywhere = append(everywhere, r)
		default:
			here = append(here, r)
		}
	}
	count := c.remove(c.me, everywhere, true, c.session) + c.remove(c.me, here, false, c.session)
	return &tg.MessagesAffectedMessages{Pts: c.me.box.pts, PtsCount: count}, nil
}

// deleteChannelMessages: https://core.telegram.org/method/channels.deleteMessages
func (c *call) deleteChannelMessages(in *tg.ChannelsDeleteMessagesRequest) (bin.Encoder, error) {
	ch, err := c.channel(in.Channel)
	if err != nil {
		return nil, err
	}
	if len(in.ID) > deleteAtMost {
		return nil, bad("MESSAGE_IDS_TOO_MUCH")
	}
	for _, id := range in.ID {
		if r := ch.box.records[id]; r != nil && r.author != c.me.id && !c.has(c.me, ch, toDelete) {
			return nil, forbidden("MESSAGE_DELETE_FORBIDDEN")
		}
	}
	count := c.removeFromChannel(c.me, ch, in.ID, c.session)
	return &tg.MessagesAffectedMessages{Pts: ch.box.pts, PtsCount: count}, nil
}

// deleteHistory: https://core.telegram.org/method/messages.deleteHistory
func (c *call) deleteHistory(in *tg.MessagesDeleteHistoryRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	if p.kind == peerChannel {
		return nil, bad("PEER_ID_INVALID")
	}
	var records []*record
	for _, id := range c.history(p) {
		if in.MaxID == 0 || id <= in.MaxID {
			records = append(records, c.me.box.records[id])
		}
	}
	count := c.remove(c.me, records, in.Revoke && p.kind == peerUser, c.session)
	if d := c.me.dialogs[p]; d != nil && !in.JustClear && len(d.ids) == 0 {
		delete(c.me.dialogs, p)
	}
	return &tg.MessagesAffectedHistory{Pts: c.me.box.pts, PtsCount: count}, nil
}

package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// What is told of who has read what: https://core.telegram.org/api/config
const (
	readersMost = 100           // members of a chat where it is told
	readersLife = 7 * 24 * 3600 // seconds after a message was sent
)

func readDatesMethods(t table) {
	on(t, people, (*call).getMessageReadParticipants)
	on(t, people, (*call).getOutboxReadDate)
	on(t, people, (*call).readDiscussion)
}

// readDiscussion: https://core.telegram.org/method/messages.readDiscussion
func (c *call) readDiscussion(in *tg.MessagesReadDiscussionRequest) (bin.Encoder, error) {
	if _, _, _, err := c.discussion(in.Peer, in.MsgID); err != nil {
		return nil, err
	}
	return yes()
}

// readAgo checks that a message is one whose readers are told.
func (c *call) readAgo(in tg.InputPeerClass, id int, tooOld string) (peer, *record, error) {
	p, r, err := c.meant(in, id)
	switch {
	case err != nil:
		return p, nil, err
	case r.author != c.me.id:
		return p, nil, bad("MESSAGE_ID_INVALID")
	case c.now()-r.date > readersLife:
		return p, nil, bad(tooOld)
	}
	return p, r, nil
}

// getMessageReadParticipants: https://core.telegram.org/method/messages.getMessageReadParticipants
func (c *call) getMessageReadParticipants(in *tg.MessagesGetMessageReadParticipantsRequest) (bin.Encoder, error) {
	p, r, err := c.readAgo(in.Peer, in.MsgID, "MSG_TOO_OLD")
	if err != nil {
		return nil, err
	}
	ch := c.chats[p]
	switch {
	case ch == nil || ch.broadcast():
		return nil, bad("PEER_ID_INVALID")
	case len(ch.members) > readersMost:
		return nil, bad("CHAT_TOO_BIG")
	}
	out := &tg.ReadParticipantDateVector{}
	for _, m := range ch.members {
		id := r.id
		if p.kind == peerGroup {
			id = c.copyOf(r, m.user)
		}
		if d := m.user.dialog(p); m.user != c.me && !m.user.bot && id != 0 && d.readIn >= id {
			out.Elems = append(out.Elems, tg.ReadParticipantDate{UserID: m.user.id, Date: max(d.readDate, r.date)})
		}
	}
	return out, nil
}

// getOutboxReadDate: https://core.telegram.org/method/messages.getOutboxReadDate
func (c *call) getOutboxReadDate(in *tg.MessagesGetOutboxReadDateRequest) (bin.Encoder, error) {
	p, r, err := c.readAgo(in.Peer, in.MsgID, "MESSAGE_TOO_OLD")
	if err != nil {
		return nil, err
	}
	other := c.users[p.id]
	if p.kind != peerUser || other == nil || other == c.me {
		return nil, bad("PEER_ID_INVALID")
	}
	if c.me.dialog(p).readOut < r.id {
		return nil, bad("MESSAGE_NOT_READ_YET")
	}
	return &tg.OutboxReadDate{Date: max(other.dialog(peer{peerUser, c.me.id}).readDate, r.date)}, nil
}

package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func readMethods(t table) {
	on(t, people, (*call).readHistory)
	on(t, people, (*call).readChannelHistory)
	on(t, people, (*call).receivedMessages)
}

// readHistory marks a private chat or group as read up to a message, and shows its authors that
// it was: https://core.telegram.org/method/messages.readHistory.
func (c *call) readHistory(in *tg.MessagesReadHistoryRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	if p.kind == peerChannel {
		return nil, bad("PEER_ID_INVALID")
	}
	count := c.read(c.me, p, in.MaxID, c)
	return &tg.MessagesAffectedMessages{Pts: c.me.box.pts, PtsCount: count}, nil
}

func (s *Server) read(me *user, p peer, maxID int, c *call) int {
	d := me.dialog(p)
	if maxID <= 0 || maxID > d.ids.last() {
		maxID = d.ids.last()
	}
	if maxID <= d.readIn {
		return 0
	}
	before := d.readIn
	d.readIn, d.readDate = maxID, s.today
	// Whose messages were read now, and the last of each in the reader's numbers.
	read := map[int64]*record{}
	d.unread = 0
	for i := len(d.ids) - 1; i >= 0 && d.ids[i] > before; i-- {
		r := me.box.records[d.ids[i]]
		switch {
		case r.author == me.id:
		case d.ids[i] > maxID:
			d.unread++
		case read[r.author] == nil:
			read[r.author] = r
		}
	}
	h := me.box.note(happenedOther, 1, s.today)
	h.update = &tg.UpdateReadHistoryInbox{Peer: p.tg(), MaxID: maxID, StillUnreadCount: d.unread, Pts: h.pts, PtsCount: 1}
	if c != nil {
		s.push(me, c.session, h.update)
	} else {
		s.push(me, nil, h.update)
	}
	for author, r := range read {
		s.readOut(s.users[author], me, p, r)
	}
	return 1
}

// readOut shows an author that somebody has read up to r.
func (s *Server) readOut(author, reader *user, p peer, r *record) {
	if p.kind == peerUser {
		p = peer{peerUser, reader.id}
	}
	id := s.copyOf(r, author)
	d := author.dialog(p)
	if id <= d.readOut {
		return
	}
	d.readOut = id
	h := author.box.note(happenedOther, 1, s.today)
	h.update = &tg.UpdateReadHistoryOutbox{Peer: p.tg(), MaxID: id, Pts: h.pts, PtsCount: 1}
	s.push(author, nil, h.update)
}

// readChannelHistory: https://core.telegram.org/method/channels.readHistory
func (c *call) readChannelHistory(in *tg.ChannelsReadHistoryRequest) (bin.Encoder, error) {
	ch, err := c.channel(in.Channel)
	if err != nil {
		return nil, err
	}
	if ch.byUser[c.me.id] == nil {
		return nil, bad("CHANNEL_PRIVATE")
	}
	d := c.me.dialog(ch.peer)
	maxID := in.MaxID
	if maxID <= 0 || maxID > ch.ids.last() {
		maxID = ch.ids.last()
	}
	if maxID <= d.readIn {
		return &tg.BoolFalse{}, nil
	}
	authors := map[int64]bool{}
	for i := ch.ids.before(d.readIn + 1); i < len(ch.ids) && ch.ids[i] <= maxID; i++ {
		authors[ch.box.records[ch.ids[i]].author] = true
	}
	d.readIn, d.readDate = maxID, c.today
	c.push(c.me, c.session, &tg.UpdateReadChannelInbox{
		ChannelID: ch.peer.id, MaxID: maxID, StillUnreadCount: c.unreadIn(ch, c.me), Pts: ch.box.pts,
	})
	for id := range authors {
		author := c.users[id]
		if id == c.me.id || ch.broadcast() || ch.byUser[id] == nil || author.dialog(ch.peer).readOut >= maxID {
			continue
		}
		author.dialog(ch.peer).readOut = maxID
		c.push(author, nil, &tg.UpdateReadChannelOutbox{ChannelID: ch.peer.id, MaxID: maxID})
	}
	return yes()
}

// unreadIn counts what u hasn't read of a channel.
func (s *Server) unreadIn(ch *chat, u *user) int {
	n := 0
	for i := ch.ids.before(u.dialog(ch.peer).readIn + 1); i < len(ch.ids); i++ {
		if ch.box.records[ch.ids[i]].author != u.id {
			n++
		}
	}
	return n
}

// receivedMessages: https://core.telegram.org/method/messages.receivedMessages
func (c *call) receivedMessages(*tg.MessagesReceivedMessagesRequest) (bin.Encoder, error) {
	return &tg.ReceivedNotifyMessageVector{}, nil
}

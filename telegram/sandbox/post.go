package sandbox

import (
	"strings"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/sandbox/wire"
)

// draft is a message about to be sent.
type draft struct {
	from      *user
	as        peer                   // whom it shows as its author, if not from: a channel
	copied    bool                   // put there by the server, not said by from
	quotes    *tg.MessageReplyHeader // what the reply says of the part it is about
	foreign   *tg.MessageReplyHeader // of a reply to another chat
	invert    bool
	broadcast bool // to is a channel, set by post
	effect    int64
	to        peer
	text      string
	entities  []tg.MessageEntityClass
	replyTo   int // in the sender's numbers
	silent    bool
	noquote   bool // Noforwards
	late      bool // was scheduled
	fwd       *tg.MessageFwdHeader
	markup    tg.ReplyMarkupClass
	media     tg.MessageMediaClass
	group     int64                 // of the album it's part of
	action    tg.MessageActionClass // makes it a service message
	poll      *poll                 // of media
	invoice   *invoice              // of media
	paid      *paid                 // of action
	via       *user                 // the inline bot
	ttl       int                   // seconds until it deletes itself; post takes it from the chat
	origin    *wire.Session
}

// post puts a message into every box that it belongs to, tells everybody, and returns the
// sender's copy and update.
func (s *Server) post(d draft) (*record, tg.UpdateClass) {
	shared := &post{}
	if d.action == nil {
		d.ttl = s.ttlOf(d.from, d.to)
	}
	if d.poll != nil {
		s.holdPoll(d.poll, shared)
	}
	if d.invoice != nil || d.paid != nil {
		shared.more().invoice, shared.extra.paid = d.invoice, d.paid
	}
	var own *record
	var update tg.UpdateClass
	switch d.to.kind {
	case peerChannel:
		own, update = s.postChannel(d, shared)
	case peerGroup:
		for _, m := range s.chats[d.to].members {
			if m.user == d.from {
				own, update = s.postCopy(d, shared, m.user, d.to)
			}
		}
		for _, m := range s.chats[d.to].members {
			if m.user != d.from && s.meantFor(m.user, d) {
				s.postCopy(d, shared, m.user, d.to)
			}
		}
	default:
		own, update = s.postCopy(d, shared, d.from, d.to)
		// Who has blocked the sender never hears of it.
		if other := s.users[d.to.id]; other != d.from && other != nil && !other.blocked[d.from.id] {
			s.postCopy(d, shared, other, peer{peerUser, d.from.id})
		}
	}
	if d.action == nil && !d.copied {
		s.spoke(s.chats[d.to], d.from)
	}
	s.answered(d, own)
	if d.ttl > 0 {
		s.expire(own, d.ttl)
	}
	if !d.copied {
		s.observe(EntrySent, d.from, own)
	}
	s.discuss(d, own)
	return own, update
}

// postCopy adds the copy of one member of a private chat or group.
func (s *Server) postCopy(d draft, shared *post, owner *user, chat peer) (*record, tg.UpdateClass) {
	b := owner.box
	b.lastID++
	m := d.message(b.lastID, s.today, owner, chat, s.replyIn(d, owner, chat))
	s.mention(d, m, owner, chat, b.lastID)
	r, err := newRecord(m, d.from.id, chat, shared)
	s.report(err)
	b.records[b.lastID] = r
	shared.copies = append(shared.copies, postCopy{owner, b, b.lastID})
	dialog := owner.dialog(chat)
	dialog.ids = append(dialog.ids, b.lastID)
	if owner != d.from {
		dialog.unread++
	}
	update := &tg.UpdateNewMessage{Message: shown(owner, r, m), Pts: b.note(happenedNew, 1, s.today, b.lastID).pts, PtsCount: 1}
	var except *wire.Session
	if owner == d.from {
		except = d.origin
	}
	s.push(owner, except, update)
	if owner != d.from {
		s.unarchive(owner, chat)
	}
	return r, update
}

func (s *Server) postChannel(d draft, shared *post) (*record, tg.UpdateClass) {
	c := s.chats[d.to]
	d.broadcast = c.broadcast()
	b := c.box
	b.lastID++
	m := d.message(b.lastID, s.today, nil, d.to, s.replyIn(d, nil, d.to))
	if c.broadcast() {
		d.asChannel(c, m)
	}
	r, err := newRecord(m, d.from.id, d.to, shared)
	s.report(err)
	b.records[b.lastID] = r
	shared.copies = append(shared.copies, postCopy{nil, b, b.lastID})
	c.ids = append(c.ids, b.lastID)
	pts := b.note(happenedNew, 1, s.today, b.lastID).pts
	update := func(viewer *user) tg.UpdateClass {
		return &tg.UpdateNewChannelMessage{Message: shown(viewer, r, m), Pts: pts, PtsCount: 1}
	}
	for _, m := range c.members {
		if m.user == d.from {
			m.user.dialog(d.to)
			s.push(m.user, d.origin, update(m.user))
		} else if s.meantFor(m.user, d) {
			s.mention(d, nil, m.user, d.to, r.id)
			s.push(m.user, nil, update(m.user))
			s.unarchive(m.user, d.to)
		}
	}
	return r, update(d.from)
}

// asChannel makes a message the channel's own: who has written it is shown by a signature at most.
func (d draft) asChannel(c *chat, m fullMessage) {
	switch m := m.(type) {
	case *tg.Message:
		m.FromID, m.Post = nil, true
		m.SetViews(1)
		m.SetForwards(0)
		if c.Linked != 0 {
			m.SetReplies(tg.MessageReplies{Comments: true, ChannelID: c.Linked})
		}
		if c.Signatures {
			m.SetPostAuthor(strings.TrimSpace(d.from.name + " " + d.from.lastName))
		}
	case *tg.MessageService:
		m.FromID, m.Post = nil, true
	}
}

// message makes the tg value of one copy; owner is nil for a channel's only copy.
func (d draft) message(id, date int, owner *user, chat peer, reply tg.MessageReplyHeaderClass) fullMessage {
	own := owner == d.from
	private := chat.kind == peerUser
	saved := private && own && chat.id == d.from.id
	var from tg.PeerClass
	// In private chats only what one has written oneself says who wrote it.
	if !private || own {
		from = &tg.PeerUser{UserID: d.from.id}
	}
	if d.as.kind != 0 {
		from, own = d.as.tg(), false
	}
	if d.action != nil {
		return &tg.MessageService{
			ID: id, Out: own, Silent: d.silent, Date: date, PeerID: chat.tg(), FromID: from, Action: d.action, ReplyTo: reply,
		}
	}
	m := &tg.Message{
		ID: id, Out: own && !saved, Silent: d.silent, Noforwards: d.noquote, FromScheduled: d.late,
		Date: date, Message: d.text, PeerID: chat.tg(), FromID: from, ReplyTo: reply, ReplyMarkup: d.markup,
		Media: d.media,
	}
	m.InvertMedia = d.invert
	m.MediaUnread = heardOnce(d.media) && !saved && !d.broadcast
	if d.effect != 0 {
		m.SetEffect(d.effect)
	}
	if d.group != 0 {
		m.SetGroupedID(d.group)
	}
	if saved {
		m.SavedPeerID = chat.tg()
	}
	if len(d.entities) > 0 {
		m.Entities = d.entities
	}
	if d.fwd != nil {
		m.SetFwdFrom(*d.fwd)
	}
	if d.media != nil {
		m.SetMedia(d.media)
	}
	if d.via != nil {
		m.SetViaBotID(d.via.id)
	}
	if d.ttl > 0 {
		m.SetTTLPeriod(d.ttl)
	}
	return m
}

// replyIn translates what the draft replies to into the numbers of one member's box.
func (s *Server) replyIn(d draft, owner *user, chat peer) tg.MessageReplyHeaderClass {
	if d.foreign != nil {
		return d.foreign
	}
	if d.replyTo == 0 {
		return nil
	}
	id := d.replyTo
	if owner != nil && owner != d.from {
		id = s.copyOf(d.from.box.records[d.replyTo], owner)
	}
	if id == 0 {
		return nil
	}
	header := &tg.MessageReplyHeader{}
	if d.quotes != nil {
		*header = *d.quotes
	}
	header.SetReplyToMsgID(id)
	if c := s.chats[d.to]; c != nil && c.Forum && c.box.records[id] != nil {
		if t := topicOf(c.box.records[id].message()); t != generalTopic {
			header.ForumTopic = true
			if t != id {
				header.SetReplyToTopID(t)
			}
		}
	}
	return header
}

// copyOf returns the id of owner's copy of a record, or 0.
func (s *Server) copyOf(r *record, owner *user) int {
	if r == nil {
		return 0
	}
	for _, c := range r.post.copies {
		if c.owner == owner {
			return c.id
		}
	}
	return 0
}

// mentions tells whether the draft names u by user name or by an entity.
func (d draft) mentions(u *user) bool {
	for _, e := range d.entities {
		switch e := e.(type) {
		case *tg.MessageEntityMentionName:
			if e.UserID == u.id {
				return true
			}
		case *tg.MessageEntityMention:
			if u.username != "" && equalName(slice16(d.text, e.Offset+1, e.Length-1), u.username) {
				return true
			}
		}
	}
	return false
}

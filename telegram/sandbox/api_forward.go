package sandbox

import (
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

func forwardMethods(t table) {
	on(t, 0, (*call).forwardMessages)
}

// forwardMessages: https://core.telegram.org/method/messages.forwardMessages
func (c *call) forwardMessages(in *tg.MessagesForwardMessagesRequest) (bin.Encoder, error) {
	from, err := c.peer(in.FromPeer)
	if err != nil {
		return nil, err
	}
	to, err := c.peer(in.ToPeer)
	if err != nil {
		return nil, err
	}
	switch {
	case len(in.ID) == 0 || len(in.ID) > deleteAtMost:
		return nil, bad("MESSAGE_IDS_EMPTY")
	case len(in.ID) != len(in.RandomID):
		return nil, bad("RANDOM_ID_INVALID")
	}
	if err := c.mayWrite(c.me, to); err != nil {
		return nil, err
	}
	originals, authors, err := c.forwardable(from, to, in.ID)
	if err != nil {
		return nil, err
	}
	var how draft
	how.to = to
	if err := c.forwardsHow(&how, in); err != nil {
		return nil, err
	}
	for _, random := range in.RandomID {
		if !c.me.sent.add(random) {
			return nil, tgerr.New(500, "RANDOM_ID_DUPLICATE")
		}
	}
	var list []tg.UpdateClass
	groups := map[int64]int64{}
	for i, m := range originals {
		d := draft{
			from: c.me, to: to, text: m.Message, entities: m.Entities, silent: in.Silent, noquote: in.Noforwards, origin: c.session,
			media: m.Media, poll: c.pollIn(m.Media), as: how.as, replyTo: how.replyTo, foreign: how.foreign, invert: m.InvertMedia, effect: how.effect,
		}
		if in.DropMediaCaptions && m.Media != nil {
			d.text, d.entities = "", nil
		}
		if m.GroupedID != 0 { // an album stays one, but a new one
			if groups[m.GroupedID] == 0 {
				groups[m.GroupedID] = c.newGroup()
			}
			d.group = groups[m.GroupedID]
		}
		if !in.DropAuthor {
			d.fwd = c.forwardHeader(from, m, authors[i], to)
		}
		r, update := c.post(d)
		list = append(list, &tg.UpdateMessageID{ID: r.id, RandomID: in.RandomID[i]}, update)
	}
	return c.cast(c.me).updates(c.today, list), nil
}

// forwardable are messages of one chat that may be shown in another, and who wrote them.
func (c *call) forwardable(from, to peer, ids []int) (originals []*tg.Message, authors []int64, err error) {
	for _, id := range ids {
		r := c.boxOf(from).records[id]
		if r == nil || r.chat != from {
			return nil, nil, bad("MESSAGE_ID_INVALID")
		}
		m, ok := r.said()
		if !ok {
			return nil, nil, bad("MESSAGE_ID_INVALID")
		}
		if m.Noforwards || from.kind != peerUser && c.chats[from].NoForwards {
			return nil, nil, bad("CHAT_FORWARDS_RESTRICTED")
		}
		if err := c.mayShow(c.me, to, m.Media); err != nil {
			return nil, nil, err
		}
		originals, authors = append(originals, m), append(authors, r.author)
	}
	return originals, authors, nil
}

// forwardsHow is in whose name, and as an answer to what, messages are forwarded.
func (c *call) forwardsHow(d *draft, in *tg.MessagesForwardMessagesRequest) error {
	if err := (manner{in.Silent, in.Noforwards, false, in.Effect, in.SendAs}).apply(c, d); err != nil {
		return err
	}
	if r, ok := in.ReplyTo.(*tg.InputReplyToMessage); ok {
		return c.replies(d, r)
	}
	if in.TopMsgID == 0 {
		return nil
	}
	return c.replies(d, &tg.InputReplyToMessage{ReplyToMsgID: in.TopMsgID})
}

// showAuthor links to the author of what is forwarded, or gives a name alone if the author wants that.
//
// See https://core.telegram.org/constructor/inputPrivacyKeyForwards.
func (c *call) showAuthor(header *tg.MessageFwdHeader, author *user) {
	if author.allows(privacyForwards, c.me) {
		header.SetFromID(&tg.PeerUser{UserID: author.id})
		return
	}
	header.SetFromName(strings.TrimSpace(author.name + " " + author.lastName))
}

// forwardHeader says where a message comes from: from its first author, however often forwarded.
func (c *call) forwardHeader(from peer, m *tg.Message, author int64, to peer) *tg.MessageFwdHeader {
	header := m.FwdFrom
	if header.Zero() {
		header = tg.MessageFwdHeader{Date: m.Date}
		if m.Post {
			header.SetFromID(from.tg())
			header.SetChannelPost(m.ID)
		} else {
			c.showAuthor(&header, c.users[author])
		}
	}
	if to == (peer{peerUser, c.me.id}) {
		header.SetSavedFromPeer(from.tg())
		header.SetSavedFromMsgID(m.ID)
	}
	return &header
}

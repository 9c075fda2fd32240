package sandbox

import (
	"strings"
	"unicode/utf16"

	"github.com/gotd/td/tg"
)

// manner is how a message is sent, besides what it says.
type manner struct {
	silent     bool
	noforwards bool
	invert     bool  // media below the text
	effect     int64 // https://core.telegram.org/api/effects
	sendAs     tg.InputPeerClass
}

// apply gives a draft of the caller's a manner.
func (m manner) apply(c *call, d *draft) error {
	as, err := c.sendsAs(d.to, m.sendAs)
	if err != nil {
		return err
	}
	d.silent, d.noquote, d.invert, d.as = m.silent, m.noforwards, m.invert, as
	if d.to.kind == peerUser { // elsewhere there are no effects
		d.effect = m.effect
	}
	return nil
}

// sendsAs is in whose name the caller says something in a chat: the zero peer is the caller's own.
//
// See https://core.telegram.org/api/send-as.
func (c *call) sendsAs(to peer, in tg.InputPeerClass) (peer, error) {
	var none peer
	ch := c.chats[to]
	if ch == nil || to.kind != peerChannel || ch.broadcast() {
		return none, nil
	}
	as := c.me.prefs.SendAs[to.id].restored()
	if in != nil {
		var err error
		if as, err = c.peer(in); err != nil {
			return none, bad("SEND_AS_PEER_INVALID")
		}
	}
	self := peer{peerUser, c.me.id}
	if m := ch.byUser[c.me.id]; m != nil && m.Rights.Anonymous && (as == self || as == none) {
		return to, nil
	}
	if as == self || as == none {
		return none, nil
	}
	for _, allowed := range c.namesIn(ch) {
		if allowed == as {
			return as, nil
		}
	}
	if in == nil {
		return none, nil // a name that was chosen once and isn't the caller's any more
	}
	return none, bad("SEND_AS_PEER_INVALID")
}

// namesIn are those in whose names the caller may write in a chat, its own first.
func (c *call) namesIn(ch *chat) []peer {
	if ch.broadcast() {
		return []peer{ch.peer}
	}
	list := []peer{{peerUser, c.me.id}}
	if m := ch.byUser[c.me.id]; m != nil && m.Rights.Anonymous {
		list = append(list, ch.peer)
	}
	for _, p := range c.everything() {
		other := c.chats[p]
		if other != nil && other.broadcast() && other.creator == c.me.id && (other.username != "" || other.Linked == ch.peer.id) {
			list = append(list, p)
		}
	}
	return list
}

// quoted adds to a reply which part of the message it is about.
//
// See https://core.telegram.org/api/replies.
func (c *call) quoted(header *tg.MessageReplyHeader, in *tg.InputReplyToMessage, r *record) error {
	text, given := in.GetQuoteText()
	if !given || text == "" {
		return nil
	}
	m, ok := r.said()
	if !ok || !strings.Contains(m.Message, text) {
		return bad("QUOTE_TEXT_INVALID")
	}
	offset := in.QuoteOffset
	if offset < 0 || slice16(m.Message, offset, len(utf16.Encode([]rune(text)))) != text {
		offset = len(utf16.Encode([]rune(m.Message[:strings.Index(m.Message, text)])))
	}
	header.Quote = true
	header.SetQuoteText(text)
	if len(in.QuoteEntities) > 0 {
		header.SetQuoteEntities(in.QuoteEntities)
	}
	if offset > 0 {
		header.SetQuoteOffset(offset)
	}
	return nil
}

// fromElsewhere makes the header of a reply to a message of another chat: everybody is shown it,
// for not everybody can look there.
func (c *call) fromElsewhere(p peer, in *tg.InputReplyToMessage) (*tg.MessageReplyHeader, error) {
	r := c.boxOf(p).records[in.ReplyToMsgID]
	if r == nil || r.chat != p {
		return nil, bad("REPLY_MESSAGE_ID_INVALID")
	}
	m, ok := r.said()
	if !ok {
		return nil, bad("REPLY_MESSAGE_ID_INVALID")
	}
	if m.Noforwards || p.kind != peerUser && c.chats[p].NoForwards {
		return nil, bad("CHAT_FORWARDS_RESTRICTED")
	}
	header := &tg.MessageReplyHeader{}
	if p.kind == peerChannel {
		header.SetReplyToMsgID(r.id)
		header.SetReplyToPeerID(p.tg())
	}
	header.SetReplyFrom(*c.forwardHeader(p, m, r.author, peer{}))
	if m.Media != nil && !pageOnly(m.Media) {
		header.SetReplyMedia(m.Media)
	}
	return header, c.quoted(header, in, r)
}

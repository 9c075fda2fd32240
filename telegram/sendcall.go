package telegram

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"time"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"

	"github.com/tgscript/tgscript/telegram/inbox"
)

// sendCall makes a call that sends messages and finds them in its answer, in the order of their random ids. drafts
// say what they will be, for answers that don't tell (see draft). A call that is repeated because its answer was
// lost is refused with RANDOM_ID_DUPLICATE: then the messages are there already, and are looked for.
func (a *Account) sendCall(
	ctx context.Context, chat Peer, drafts []*tg.Message, ids []int64, call func(context.Context) (tg.UpdatesClass, error),
) ([]*Message, error) {
	pending := make([]*pendingSend, len(drafts))
	for i, draft := range drafts {
		pending[i] = a.updates.sent.begin(chat.ID, draft.Message, isFile(draft.Media))
	}
	done := a.sendingDeeds(chat.ID, drafts)
	answer, err := call(ctx)
	if err != nil && !tgerr.Is(err, "RANDOM_ID_DUPLICATE") {
		for _, p := range pending {
			a.updates.sent.end(p, 0)
		}
		done()
		return nil, err
	}
	var found []tg.MessageClass
	var scheduled bool
	if err == nil {
		found, scheduled = sentMessages(answer, drafts, ids, a.tune.now())
	} else {
		found = a.lostMessages(ctx, chat, pending, drafts)
	}
	sent, numbers := make([]*Message, len(found)), make([]int, len(found))
	for i, m := range found {
		id := m.GetID()
		if scheduled {
			id = 0 // such ids are counted apart, and the message will have another one
		}
		a.updates.sent.end(pending[i], id)
		numbers[i] = id
		sent[i] = a.outgoing(m, chat)
		sent[i].Scheduled = scheduled
	}
	done(numbers...)
	a.done(EventMessage, sent...)
	return sent, nil
}

// outgoing completes a message of an answer to a call about chat; nil for an empty one. The caller may know how to
// address the chat where the book doesn't. The zero chat is that of a call about several.
func (a *Account) outgoing(m tg.MessageClass, chat Peer) *Message {
	message := a.messageFrom(m)
	if message == nil {
		return nil
	}
	if chat.ID != 0 && (message.Chat.Input == nil || message.Chat.ID == chat.ID) {
		message.Chat = chat
	}
	return message
}

// sentMessages finds the messages in the answer of the call that sent them. One that isn't there is its draft, sent now.
func sentMessages(answer tg.UpdatesClass, drafts []*tg.Message, ids []int64, now time.Time) (found []tg.MessageClass, scheduled bool) {
	found = make([]tg.MessageClass, len(drafts))
	if short, ok := answer.(*tg.UpdateShortSentMessage); ok && len(drafts) == 1 {
		m := drafts[0]
		m.ID, m.Date, m.Out, m.TTLPeriod = short.ID, short.Date, short.Out, short.TTLPeriod
		m.Media, m.Entities = short.Media, short.Entities
		m.SetFlags()
		found[0] = m
		return found, false
	}
	byRandom := map[int64]int{}
	byID := map[int]tg.MessageClass{}
	var one tg.MessageClass
	for _, u := range inbox.Contents(answer) {
		if named, ok := u.(*tg.UpdateMessageID); ok {
			byRandom[named.RandomID] = named.ID
		} else if m, later := newMessageIn(u); m != nil {
			byID[m.GetID()], one = m, m
			scheduled = scheduled || later
		}
	}
	for i, draft := range drafts {
		id := 0
		if i < len(ids) {
			id = byRandom[ids[i]]
		}
		switch m := byID[id]; {
		case m != nil:
			found[i] = m
		case id == 0 && len(drafts) == 1 && one != nil:
			found[i] = one
		default:
			draft.ID, draft.Date = id, int(now.Unix())
			found[i] = draft
		}
	}
	return found, scheduled
}

// newMessageIn is the message that an update brings, and whether it is one for later.
func newMessageIn(u tg.UpdateClass) (m tg.MessageClass, scheduled bool) {
	switch u := u.(type) {
	case *tg.UpdateNewMessage:
		m = u.Message
	case *tg.UpdateNewChannelMessage:
		m = u.Message
	case *tg.UpdateNewScheduledMessage:
		m, scheduled = u.Message, true
	}
	if m != nil && peerOfMessage(m) == nil {
		return nil, false
	}
	return m, scheduled
}

// draft is a message as we know it before Telegram has answered. media may be nil.
func (a *Account) draft(s sending, plain string, entities []tg.MessageEntityClass, media tg.MessageMediaClass) *tg.Message {
	m := &tg.Message{
		Out: true, PeerID: barePeer(s.Chat.ID), Message: plain, Entities: entities, Media: media, Noforwards: s.Protected,
		Silent: s.Silent, Post: s.Chat.IsChannel() && !s.Chat.IsGroup(), InvertMedia: s.InvertMedia, Effect: s.Effect,
	}
	if self := a.Self(); self != nil && !m.Post {
		m.FromID = &tg.PeerUser{UserID: self.ID}
	}
	if inline, ok := s.Buttons.(*tg.ReplyInlineMarkup); ok {
		m.ReplyMarkup = inline // other keyboards stay with those who get the message
	}
	if reply, ok := s.ReplyTo.(*tg.InputReplyToMessage); ok {
		header := &tg.MessageReplyHeader{ReplyToMsgID: reply.ReplyToMsgID, ReplyToTopID: reply.TopMsgID}
		header.Quote, header.QuoteText, header.QuoteOffset = reply.QuoteText != "", reply.QuoteText, reply.QuoteOffset
		header.SetFlags()
		m.ReplyTo = header
	}
	m.SetFlags()
	return m
}

// isFile says whether the media came with the message, and not with a link in it.
func isFile(media tg.MessageMediaClass) bool {
	switch media.(type) {
	case nil, *tg.MessageMediaEmpty, *tg.MessageMediaWebPage:
		return false
	}
	return true
}

func barePeer(marked int64) tg.PeerClass {
	switch kind, bare := unmark(marked); kind {
	case kindChannel:
		return &tg.PeerChannel{ChannelID: bare}
	case kindGroup:
		return &tg.PeerChat{ChatID: bare}
	default:
		return &tg.PeerUser{UserID: bare}
	}
}

// newRandomID names one message, so that Telegram takes it only once.
func newRandomID() int64 {
	var b [8]byte
	for {
		_, _ = rand.Read(b[:]) // never fails
		if id := int64(binary.LittleEndian.Uint64(b[:])); id != 0 {
			return id
		}
	}
}

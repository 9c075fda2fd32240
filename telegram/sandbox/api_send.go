package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

func sendMethods(t table) {
	on(t, 0, (*call).sendMessage)
	on(t, 0, (*call).setTyping)
}

// sendMessage: https://core.telegram.org/method/messages.sendMessage
func (c *call) sendMessage(in *tg.MessagesSendMessageRequest) (bin.Encoder, error) {
	d, err := c.draft(in.Peer, in.Message, in.Entities, in.ReplyTo, in.RandomID)
	if err != nil {
		return nil, err
	}
	if d.markup, err = c.markup(in.ReplyMarkup, d.to); err != nil {
		return nil, err
	}
	if err := (manner{in.Silent, in.Noforwards, in.InvertMedia, in.Effect, in.SendAs}).apply(c, &d); err != nil {
		return nil, err
	}
	if !in.NoWebpage {
		d.media = c.preview(d.text, d.entities)
	}
	if in.ClearDraft {
		c.clearDraft(d.to)
	}
	if in.ScheduleDate > c.now()+scheduleAtOnce {
		return c.schedule(d, in.ScheduleDate, in.RandomID)
	}
	r, update := c.post(d)
	if short := c.sentShort(d, update); short != nil {
		return short, nil
	}
	return c.sentWhole(r, update, in.RandomID), nil
}

// draft checks everything about a text message that the caller wants to send.
func (c *call) draft(to tg.InputPeerClass, text string, entities []tg.MessageEntityClass, reply tg.InputReplyToClass, random int64) (draft, error) {
	return c.drafted(to, reply, random, func() (string, []tg.MessageEntityClass, error) { return c.compose(text, entities, c.user) })
}

// drafted checks everything about a message, whose text compose makes.
func (c *call) drafted(to tg.InputPeerClass, reply tg.InputReplyToClass, random int64, compose func() (string, []tg.MessageEntityClass, error)) (draft, error) {
	p, err := c.peer(to)
	if err != nil {
		return draft{}, err
	}
	text, entities, err := compose()
	if err != nil {
		return draft{}, err
	}
	if err := c.mayWrite(c.me, p); err != nil {
		return draft{}, err
	}
	d := draft{from: c.me, to: p, text: text, entities: entities, origin: c.session}
	if r, ok := reply.(*tg.InputReplyToMessage); ok {
		if err := c.replies(&d, r); err != nil {
			return draft{}, err
		}
	}
	if random == 0 {
		return draft{}, bad("RANDOM_ID_EMPTY")
	}
	if !c.me.sent.add(random) {
		return draft{}, tgerr.New(500, "RANDOM_ID_DUPLICATE")
	}
	return d, nil
}

// replies notes what a draft answers, here or in another chat.
func (c *call) replies(d *draft, in *tg.InputReplyToMessage) (err error) {
	if in.ReplyToPeerID != nil {
		other, err := c.peer(in.ReplyToPeerID)
		if err != nil {
			return bad("REPLY_MESSAGE_ID_INVALID")
		}
		if other != d.to {
			d.foreign, err = c.fromElsewhere(other, in)
			return err
		}
	}
	if d.replyTo, err = c.replied(d.to, in); err != nil || d.replyTo == 0 {
		return err
	}
	d.quotes = &tg.MessageReplyHeader{}
	return c.quoted(d.quotes, in, c.boxOf(d.to).records[d.replyTo])
}

// replied finds the message that is replied to. One that was deleted makes a plain message, as
// Telegram does for people; one that never was is an error.
func (c *call) replied(p peer, in *tg.InputReplyToMessage) (int, error) {
	b := c.boxOf(p)
	r := b.records[in.ReplyToMsgID]
	switch {
	case r != nil && r.chat == p:
		return in.ReplyToMsgID, c.mayWriteTo(p, r)
	case r == nil && in.ReplyToMsgID > 0 && in.ReplyToMsgID <= b.lastID:
		return 0, nil
	default:
		return 0, bad("REPLY_MESSAGE_ID_INVALID")
	}
}

// send posts and answers as messages.sendMessage does.
func (c *call) send(d draft, random int64) bin.Encoder {
	r, update := c.post(d)
	return c.sentWhole(r, update, random)
}

func (c *call) sentWhole(r *record, update tg.UpdateClass, random int64) bin.Encoder {
	return c.cast(c.me).updates(c.today, []tg.UpdateClass{&tg.UpdateMessageID{ID: r.id, RandomID: random}, update})
}

// setTyping: https://core.telegram.org/method/messages.setTyping
func (c *call) setTyping(in *tg.MessagesSetTypingRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	if err := c.mayType(p); err != nil {
		return nil, err
	}
	from := &tg.PeerUser{UserID: c.me.id}
	switch p.kind {
	case peerUser:
		if other := c.users[p.id]; other != c.me {
			c.pushShort(other, nil, &tg.UpdateUserTyping{UserID: c.me.id, Action: in.Action})
		}
	default:
		var update tg.UpdateClass = &tg.UpdateChatUserTyping{ChatID: p.id, FromID: from, Action: in.Action}
		if p.kind == peerChannel {
			update = &tg.UpdateChannelUserTyping{ChannelID: p.id, FromID: from, Action: in.Action}
		}
		for _, m := range c.chats[p].members {
			if m.user != c.me && !m.user.bot {
				c.pushShort(m.user, nil, update)
			}
		}
	}
	return yes()
}

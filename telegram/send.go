package telegram

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"time"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"

	"github.com/tgscript/tgscript/telegram/inbox"
	"github.com/tgscript/tgscript/telegram/text"
)

// SendOptions say how a message goes out. The zero value sends now and quotes nothing.
type SendOptions struct {
	ReplyTo   int       // message to answer; 0 answers none
	Silent    bool      // without a sound
	NoPreview bool      // without the preview of a link
	At        time.Time // send later; the zero time means now
}

// Send sends a text message and returns it as Telegram has stored it. It is sent once: a call that is
// repeated because the connection broke carries the same number, and Telegram takes it once.
func (a *Account) Send(ctx context.Context, to Target, body text.Text, opts SendOptions) (*Message, error) {
	var sent *Message
	err := a.withPeer(ctx, to, func(chat Peer) (err error) {
		sent, err = a.send(ctx, chat, body, opts)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("send message: %w", err)
	}
	return sent, nil
}

func (a *Account) send(ctx context.Context, chat Peer, body text.Text, opts SendOptions) (*Message, error) {
	request := &tg.MessagesSendMessageRequest{
		Peer: chat.Input, Message: body.Plain, Entities: a.entities(ctx, body.Entities),
		RandomID: newRandomID(), Silent: opts.Silent, NoWebpage: opts.NoPreview,
	}
	if opts.ReplyTo != 0 {
		request.ReplyTo = &tg.InputReplyToMessage{ReplyToMsgID: opts.ReplyTo}
	}
	if !opts.At.IsZero() {
		request.ScheduleDate = int(opts.At.Unix())
	}

	pending := a.updates.sent.begin(chat.ID, body.Plain)
	answer, err := a.API().MessagesSendMessage(ctx, request)
	var message *tg.Message
	switch {
	case err == nil:
		message = a.sentMessage(answer, chat, request)
	case tgerr.Is(err, "RANDOM_ID_DUPLICATE"): // an earlier try went through, and its answer was lost
		message = a.drafted(chat, request)
		message.ID, message.Date = a.lostMessage(ctx, chat, pending)
	default:
		a.updates.sent.end(pending, 0)
		return nil, err
	}
	a.updates.sent.end(pending, message.ID)
	return a.outgoing(message, chat), nil
}

// outgoing completes a message that was sent to chat.
func (a *Account) outgoing(m *tg.Message, chat Peer) *Message {
	message := a.message(m)
	if message.Chat.Input == nil || message.Chat.ID == chat.ID {
		message.Chat = chat
	}
	return message
}

// sentMessage finds the message in the answer of the call that sent it.
func (a *Account) sentMessage(answer tg.UpdatesClass, chat Peer, request *tg.MessagesSendMessageRequest) *tg.Message {
	if short, ok := answer.(*tg.UpdateShortSentMessage); ok {
		m := a.drafted(chat, request)
		m.ID, m.Date, m.Out, m.TTLPeriod = short.ID, short.Date, short.Out, short.TTLPeriod
		m.Media, m.Entities = short.Media, short.Entities
		m.SetFlags()
		return m
	}
	updates := inbox.Contents(answer)
	id := 0
	for _, u := range updates {
		if named, ok := u.(*tg.UpdateMessageID); ok && named.RandomID == request.RandomID {
			id = named.ID
		}
	}
	for _, u := range updates {
		if m := newMessageIn(u); m != nil && (id == 0 || m.ID == id) {
			return m
		}
	}
	m := a.drafted(chat, request)
	m.ID, m.Date = id, int(time.Now().Unix())
	return m
}

// drafted is the message as we know it before Telegram has answered.
func (a *Account) drafted(chat Peer, request *tg.MessagesSendMessageRequest) *tg.Message {
	m := &tg.Message{
		Out: true, PeerID: barePeer(chat.ID), Message: request.Message, Entities: request.Entities,
		Silent: request.Silent, Post: chat.IsChannel() && !chat.IsGroup(),
	}
	if self := a.Self(); self != nil && !m.Post {
		m.FromID = &tg.PeerUser{UserID: self.ID}
	}
	if reply, ok := request.ReplyTo.(*tg.InputReplyToMessage); ok {
		m.ReplyTo = &tg.MessageReplyHeader{ReplyToMsgID: reply.ReplyToMsgID}
	}
	m.SetFlags()
	return m
}

func newMessageIn(u tg.UpdateClass) *tg.Message {
	var m tg.MessageClass
	switch u := u.(type) {
	case *tg.UpdateNewMessage:
		m = u.Message
	case *tg.UpdateNewChannelMessage:
		m = u.Message
	case *tg.UpdateNewScheduledMessage:
		m = u.Message
	}
	message, _ := m.(*tg.Message)
	return message
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

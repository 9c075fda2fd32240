package telegram

import (
	"time"

	"github.com/gotd/td/tg"
)

// Message is one message, with the account it came through and who is part of it.
type Message struct {
	*tg.Message
	Account *Account
	Chat    Peer // where it is
	Sender  Peer // who wrote it; the chat itself for channel posts and anonymous admins
	Late    bool // written while the account was not running
}

// ChatID is the marked id of the chat.
func (m *Message) ChatID() int64 { return m.Chat.ID }

// SenderID is the marked id of who wrote the message.
func (m *Message) SenderID() int64 { return m.Sender.ID }

// IsPrivate says whether the message is in a chat with one person or bot.
func (m *Message) IsPrivate() bool { return m.Chat.IsUser() }

// IsGroup says whether the message is in a group or supergroup.
func (m *Message) IsGroup() bool { return m.Chat.IsGroup() }

// IsChannel says whether the message is a post in a channel.
func (m *Message) IsChannel() bool { return m.Chat.IsChannel() && !m.Chat.IsGroup() }

// Time is when the message was written.
func (m *Message) Time() time.Time { return time.Unix(int64(m.Date), 0) }

// ReplyToID is the id of the message that this one answers; 0 if it answers none of this chat.
func (m *Message) ReplyToID() int {
	header, ok := m.ReplyTo.(*tg.MessageReplyHeader)
	if !ok || header.ReplyToPeerID != nil {
		return 0
	}
	return header.ReplyToMsgID
}

// message completes a message that an answer of Telegram holds.
func (a *Account) message(m *tg.Message) *Message {
	message := &Message{Message: m, Account: a}
	message.Chat, message.Sender = a.peers.parties(m)
	return message
}

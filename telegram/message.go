package telegram

import (
	"time"

	"github.com/gotd/td/tg"
)

// Message is one message, with the account it came through and who is part of it. A service message, which tells
// what somebody did, is one too: what it has in common with others is in tg.Message, what was done in Action.
type Message struct {
	*tg.Message
	Service   *tg.MessageService // as Telegram describes it; nil for what somebody wrote
	Account   *Account
	Chat      Peer // where it is
	Sender    Peer // who wrote it; the chat itself for channel posts and anonymous admins
	Late      bool // written while the account was not running
	Scheduled bool // not sent yet; its id is counted apart from those of others
}

// Action is what a service message tells; nil for one that somebody wrote.
func (m *Message) Action() tg.MessageActionClass {
	if m.Service == nil {
		return nil
	}
	return m.Service.Action
}

// Raw is the message as Telegram describes it.
func (m *Message) Raw() tg.MessageClass {
	if m.Service != nil {
		return m.Service
	}
	return m.Message
}

// ChatID is the marked id of the chat.
func (m *Message) ChatID() int64 { return m.Chat.ID }

// SenderID is the marked id of who wrote the message.
func (m *Message) SenderID() int64 { return m.Sender.ID }

// Outgoing says whether this account sent the message. Telegram doesn't mark those in an account's saved messages
// so, though nobody else writes there.
func (m *Message) Outgoing() bool {
	return m.Out || m.Account != nil && m.Chat.ID != 0 && m.Chat.ID == m.Account.peers.self.Load()
}

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

// messageFrom completes a message that an answer of Telegram holds; nil for one that is empty, which stands for a
// message that is gone.
func (a *Account) messageFrom(m tg.MessageClass) *Message {
	message := &Message{Account: a}
	switch m := m.(type) {
	case *tg.Message:
		message.Message = m
	case *tg.MessageService:
		message.Message, message.Service = plainOf(m), m
	}
	if message.Message == nil || message.PeerID == nil {
		return nil
	}
	message.Chat, message.Sender = a.peers.parties(message.Message)
	a.recent.see(message.ID, message.PeerID)
	return message
}

// plainOf is what a service message has in common with others.
func plainOf(s *tg.MessageService) *tg.Message {
	m := &tg.Message{
		Out: s.Out, Mentioned: s.Mentioned, MediaUnread: s.MediaUnread, Silent: s.Silent, Post: s.Post, Legacy: s.Legacy,
		ID: s.ID, FromID: s.FromID, PeerID: s.PeerID, SavedPeerID: s.SavedPeerID, ReplyTo: s.ReplyTo, Date: s.Date,
		Reactions: s.Reactions, TTLPeriod: s.TTLPeriod,
	}
	m.SetFlags()
	return m
}

// peerOfMessage is where a message is; nil for an empty one.
func peerOfMessage(m tg.MessageClass) tg.PeerClass {
	if m, ok := m.AsNotEmpty(); ok {
		return m.GetPeerID()
	}
	return nil
}

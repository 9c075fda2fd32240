package telegram

import (
	"time"

	"github.com/gotd/td/tg"
)

// parties finds out where a message is and who wrote it. It is asked for every message, so it makes
// nothing new unless a min user has to be addressed by the message.
func (b *peerBook) parties(m *tg.Message) (chat, sender Peer) {
	b.mu.Lock()
	defer b.mu.Unlock()
	chat = b.look(MarkedID(m.PeerID))
	switch from := MarkedID(m.FromID); {
	case from != 0 && from != chat.ID:
		sender = b.look(from)
	case from == 0 && m.Out && chat.ID > 0:
		sender = b.look(b.self.Load())
	default:
		sender = chat // the other side of a private chat, a channel's post, an anonymous admin
	}
	if chat.ID > 0 {
		b.meet(chat.ID)
	}
	if sender.Input == nil && sender.ID != 0 {
		sender.Input = b.byMessage(sender.ID, chat, m.ID)
	}
	return chat, sender
}

// meet notes that the account has a private chat with a user, who can be called by name from then on.
func (b *peerBook) meet(id int64) {
	if k := b.byID[id]; k != nil && !k.record.Near && k.record.Hash != 0 {
		record := k.record
		record.Near = true
		b.set(k, record)
	}
}

// metIn notes that a private chat exists.
func (b *peerBook) metIn(peer tg.PeerClass) {
	if id := MarkedID(peer); id > 0 {
		b.mu.Lock()
		b.meet(id)
		b.mu.Unlock()
	}
}

// byMessage addresses somebody by a message of theirs, since there is no hash: Telegram takes this
// from whoever can see the message (https://core.telegram.org/api/min). The store keeps one a run.
func (b *peerBook) byMessage(id int64, chat Peer, message int) tg.InputPeerClass {
	if chat.Input == nil {
		return nil
	}
	if k := b.byID[id]; k != nil && !k.inContext {
		k.inContext = true
		record := peerRecord{Title: k.record.Title, Chat: chat.ID, Msg: message, Used: dayOf(time.Now())}
		if u := k.peer.User; u != nil {
			record.Title = (&User{u}).DisplayName()
		}
		b.set(k, record)
	}
	return contextInput(id, chat.Input, message)
}

func contextInput(id int64, chat tg.InputPeerClass, message int) tg.InputPeerClass {
	switch kind, bare := unmark(id); kind {
	case kindUser:
		return &tg.InputPeerUserFromMessage{Peer: chat, MsgID: message, UserID: bare}
	case kindChannel:
		return &tg.InputPeerChannelFromMessage{Peer: chat, MsgID: message, ChannelID: bare}
	}
	return nil
}

// recall addresses a min peer by the message that the store remembers of it.
func (b *peerBook) recall(id int64) tg.InputPeerClass {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.look(id)
	k := b.byID[id]
	if k == nil || k.record.Msg == 0 {
		return nil
	}
	chat := b.look(k.record.Chat)
	if chat.Input == nil {
		return nil
	}
	return contextInput(id, chat.Input, k.record.Msg)
}

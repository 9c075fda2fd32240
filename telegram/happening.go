package telegram

import "github.com/gotd/td/tg"

// Happening is where something happened and who did it, as far as Telegram tells: the zero Peer stands for what it
// doesn't. All kinds of events that are no messages have one in their Detail.
type Happening struct {
	Account *Account
	Chat    Peer
	Sender  Peer
}

// Parties are the chat and who did it.
func (h *Happening) Parties() (chat, sender Peer) { return h.Chat, h.Sender }

// happening knows the people by what Telegram calls them; nil is nobody.
func (a *Account) happening(chat, sender tg.PeerClass) Happening {
	return Happening{Account: a, Chat: a.known(MarkedID(chat)), Sender: a.known(MarkedID(sender))}
}

// known is a peer by its marked id; the zero Peer for 0.
func (a *Account) known(id int64) Peer {
	if id == 0 {
		return Peer{}
	}
	return a.peers.get(id)
}

func userRef(id int64) tg.PeerClass {
	if id == 0 {
		return nil
	}
	return &tg.PeerUser{UserID: id}
}

func channelRef(id int64) tg.PeerClass { return &tg.PeerChannel{ChannelID: id} }

// occasion is one event that an update makes.
type occasion struct {
	kind   string
	detail any
}

func one(kind string, detail any) []occasion { return []occasion{{kind, detail}} }

package telegram

import (
	"github.com/gotd/td/tg"
)

// Peer is a user, group or channel, with what is needed to address it.
type Peer struct {
	ID    int64             // marked: user n, group -n, channel -100n
	Input tg.InputPeerClass // nil if there is no way to address it
	User  *tg.User          // set for users, if known
	Chat  tg.ChatClass      // set for groups and channels, if known
}

// Target says who is meant: a Name, an ID, a Peer or a *Message (its chat).
type Target interface{ target() }

// Name is a target as people write it: "me", "@name", a phone number, a t.me link, or the exact name of
// a contact or dialog.
type Name string

// ID is a target by marked id: user n, group -n, channel -100n. The account must have met it.
type ID int64

func (Name) target()     {}
func (ID) target()       {}
func (Peer) target()     {}
func (*Message) target() {}

// IsUser says whether the peer is a person or a bot.
func (p Peer) IsUser() bool { return p.ID > 0 }

// IsChannel says whether the peer is a channel or a supergroup, which Telegram makes of channels.
func (p Peer) IsChannel() bool {
	kind, _ := unmark(p.ID)
	return kind == kindChannel
}

// IsGroup says whether people talk with each other there: a group or a supergroup.
func (p Peer) IsGroup() bool {
	kind, _ := unmark(p.ID)
	if kind == kindChannel {
		c, ok := p.Chat.(*tg.Channel)
		return ok && !c.Broadcast
	}
	return kind == kindGroup
}

// inputChannel is the peer as the methods for channels want it; false if it isn't one.
func (p Peer) inputChannel() (tg.InputChannelClass, bool) {
	switch input := p.Input.(type) {
	case *tg.InputPeerChannel:
		return &tg.InputChannel{ChannelID: input.ChannelID, AccessHash: input.AccessHash}, true
	case *tg.InputPeerChannelFromMessage:
		return &tg.InputChannelFromMessage{Peer: input.Peer, MsgID: input.MsgID, ChannelID: input.ChannelID}, true
	}
	return nil, false
}

// inputUser is the peer as the methods for users want it; false if it isn't one.
func (p Peer) inputUser() (tg.InputUserClass, bool) {
	switch input := p.Input.(type) {
	case *tg.InputPeerSelf:
		return &tg.InputUserSelf{}, true
	case *tg.InputPeerUser:
		return &tg.InputUser{UserID: input.UserID, AccessHash: input.AccessHash}, true
	case *tg.InputPeerUserFromMessage:
		return &tg.InputUserFromMessage{Peer: input.Peer, MsgID: input.MsgID, UserID: input.UserID}, true
	}
	return nil, false
}

type peerKind uint8

const (
	kindUser peerKind = iota
	kindGroup
	kindChannel
)

// channelMark is what Telethon and the Bot API put before the ids of channels: -100 and the id,
// written one after the other.
const channelMark = 1_000_000_000_000

func groupID(bare int64) int64   { return -bare }
func channelID(bare int64) int64 { return -channelMark - bare }

// unmark takes a marked id apart.
func unmark(id int64) (peerKind, int64) {
	switch {
	case id > 0:
		return kindUser, id
	case id < -channelMark:
		return kindChannel, -id - channelMark
	}
	return kindGroup, -id
}

// MarkedID is the id of a peer as scripts and people know it: user n, group -n, channel -100n; 0 for nil.
func MarkedID(peer tg.PeerClass) int64 {
	switch p := peer.(type) {
	case *tg.PeerUser:
		return p.UserID
	case *tg.PeerChat:
		return groupID(p.ChatID)
	case *tg.PeerChannel:
		return channelID(p.ChannelID)
	}
	return 0
}

// BareID is the id as Telegram's own types have it, without the mark.
func (p Peer) BareID() int64 {
	_, bare := unmark(p.ID)
	return bare
}

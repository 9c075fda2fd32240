package layers

import (
	"reflect"

	"github.com/gotd/td/tg"
)

// alike makes users and channels of peers, which Telegram takes in their places, too: they carry the
// same fields under another name. Clients of Pyrogram's family send them.
func alike(v any) (other any, ok bool) {
	switch p := v.(type) {
	case *tg.InputPeerSelf:
		return &tg.InputUserSelf{}, true
	case *tg.InputPeerUser:
		return &tg.InputUser{UserID: p.UserID, AccessHash: p.AccessHash}, true
	case *tg.InputPeerUserFromMessage:
		return &tg.InputUserFromMessage{Peer: p.Peer, MsgID: p.MsgID, UserID: p.UserID}, true
	case *tg.InputPeerChannel:
		return &tg.InputChannel{ChannelID: p.ChannelID, AccessHash: p.AccessHash}, true
	case *tg.InputPeerChannelFromMessage:
		return &tg.InputChannelFromMessage{Peer: p.Peer, MsgID: p.MsgID, ChannelID: p.ChannelID}, true
	}
	return nil, false
}

// takesAlike tells the fields that ask for a user or a channel.
func takesAlike(t reflect.Type) bool {
	return t == reflect.TypeFor[tg.InputUserClass]() || t == reflect.TypeFor[tg.InputChannelClass]()
}

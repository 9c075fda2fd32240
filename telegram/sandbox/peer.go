package sandbox

import (
	"strconv"

	"github.com/gotd/td/tg"
)

type peerKind byte

const (
	peerUser peerKind = iota + 1
	peerGroup
	peerChannel
	peerInline // no peer: what hashes of inline message ids are made of
)

// channelMark turns a channel's id into its marked form, as the Bot API and Telethon write it.
const channelMark = -1_000_000_000_000

// peer is a user, a basic group, or a channel (supergroups are channels too).
type peer struct {
	kind peerKind
	id   int64
}

func (p peer) tg() tg.PeerClass {
	switch p.kind {
	case peerGroup:
		return &tg.PeerChat{ChatID: p.id}
	case peerChannel:
		return &tg.PeerChannel{ChannelID: p.id}
	default:
		return &tg.PeerUser{UserID: p.id}
	}
}

func (p peer) marked() int64 {
	switch p.kind {
	case peerGroup:
		return -p.id
	case peerChannel:
		return channelMark - p.id
	default:
		return p.id
	}
}

func peerOf(p tg.PeerClass) peer {
	switch p := p.(type) {
	case *tg.PeerUser:
		return peer{peerUser, p.UserID}
	case *tg.PeerChat:
		return peer{peerGroup, p.ChatID}
	case *tg.PeerChannel:
		return peer{peerChannel, p.ChannelID}
	default:
		return peer{}
	}
}

// findMarked looks a peer up by its marked id, as text.
func (w *world) findMarked(text string) (peer, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return peer{}, false
	}
	p := peer{peerUser, n}
	switch {
	case n < channelMark:
		p = peer{peerChannel, channelMark - n}
	case n < 0:
		p = peer{peerGroup, -n}
	}
	return p, w.users[p.id] != nil && p.kind == peerUser || w.chats[p] != nil
}

package sandbox

import "github.com/gotd/td/tg"

// peer turns what a client sent into a peer that exists and whose access hash is the caller's
// own. See https://core.telegram.org/api/peers.
func (c *call) peer(in tg.InputPeerClass) (peer, error) {
	switch in := in.(type) {
	case *tg.InputPeerSelf:
		return peer{peerUser, c.me.id}, nil
	case *tg.InputPeerUser:
		return c.userPeer(in.UserID, in.AccessHash, "PEER_ID_INVALID")
	case *tg.InputPeerUserFromMessage:
		return c.fromMessage(in.Peer, in.MsgID, peer{peerUser, in.UserID})
	case *tg.InputPeerChat:
		return c.groupPeer(in.ChatID)
	case *tg.InputPeerChannel:
		return c.channelPeer(in.ChannelID, in.AccessHash, "CHANNEL_INVALID")
	case *tg.InputPeerChannelFromMessage:
		return c.fromMessage(in.Peer, in.MsgID, peer{peerChannel, in.ChannelID})
	default:
		return peer{}, bad("PEER_ID_INVALID")
	}
}

func (c *call) userPeer(id, hash int64, refusal string) (peer, error) {
	p := peer{peerUser, id}
	if c.users[id] == nil || !c.knows(p, hash) {
		return peer{}, bad(refusal)
	}
	return p, nil
}

// knows checks an access hash. Bots may leave it out for those they have met.
func (c *call) knows(p peer, hash int64) bool {
	if hash == c.hash(c.me.id, p) || p.kind == peerUser && p.id == c.me.id {
		return true
	}
	if !c.me.bot || hash != 0 {
		return false
	}
	if p.kind == peerChannel {
		return c.chats[p].byUser[c.me.id] != nil
	}
	return c.me.dialogs[p] != nil || c.shareChat(c.me, p.id)
}

func (c *call) shareChat(u *user, other int64) bool {
	for _, chat := range c.chats {
		if chat.byUser[u.id] != nil && chat.byUser[other] != nil {
			return true
		}
	}
	return false
}

func (c *call) groupPeer(id int64) (peer, error) {
	p := peer{peerGroup, id}
	if chat := c.chats[p]; chat == nil || chat.byUser[c.me.id] == nil && c.me.dialogs[p] == nil {
		return peer{}, bad("CHAT_ID_INVALID")
	}
	return p, nil
}

func (c *call) channelPeer(id, hash int64, refusal string) (peer, error) {
	p := peer{peerChannel, id}
	chat := c.chats[p]
	if chat == nil || !c.knows(p, hash) {
		return peer{}, bad(refusal)
	}
	if chat.byUser[c.me.id] == nil && (chat.username == "" || c.keptOut(chat, c.me.id)) {
		return peer{}, bad("CHANNEL_PRIVATE")
	}
	return p, nil
}

// fromMessage accepts a peer that the caller knows only by a message that it is mentioned in.
func (c *call) fromMessage(in tg.InputPeerClass, id int, want peer) (peer, error) {
	where, err := c.peer(in)
	if err != nil {
		return peer{}, err
	}
	if r := c.boxOf(where).records[id]; r == nil || r.chat != where {
		return peer{}, bad("MSG_ID_INVALID")
	}
	if want.kind == peerUser && c.users[want.id] == nil || want.kind == peerChannel && c.chats[want] == nil {
		return peer{}, bad("PEER_ID_INVALID")
	}
	return want, nil
}

// boxOf returns the box that holds the caller's view of a peer's messages.
func (c *call) boxOf(p peer) *box {
	if p.kind == peerChannel {
		return c.chats[p].box
	}
	return c.me.box
}

// history returns the ids of a peer's messages in the caller's view, rising.
func (c *call) history(p peer) ids {
	if p.kind == peerChannel {
		return c.chats[p].seenBy(c.me)
	}
	if d := c.me.dialogs[p]; d != nil {
		return d.ids
	}
	return nil
}

func (c *call) user(in tg.InputUserClass) (*user, error) {
	switch in := in.(type) {
	case *tg.InputUserSelf:
		return c.me, nil
	case *tg.InputUser:
		p, err := c.userPeer(in.UserID, in.AccessHash, "USER_ID_INVALID")
		if err != nil {
			return nil, err
		}
		return c.users[p.id], nil
	case *tg.InputUserFromMessage:
		p, err := c.fromMessage(in.Peer, in.MsgID, peer{peerUser, in.UserID})
		if err != nil {
			return nil, err
		}
		return c.users[p.id], nil
	default:
		return nil, bad("USER_ID_INVALID")
	}
}

func (c *call) channel(in tg.InputChannelClass) (*chat, error) {
	switch in := in.(type) {
	case *tg.InputChannel:
		p, err := c.channelPeer(in.ChannelID, in.AccessHash, "CHANNEL_INVALID")
		if err != nil {
			return nil, err
		}
		return c.chats[p], nil
	case *tg.InputChannelFromMessage:
		p, err := c.fromMessage(in.Peer, in.MsgID, peer{peerChannel, in.ChannelID})
		if err != nil {
			return nil, err
		}
		return c.chats[p], nil
	default:
		return nil, bad("CHANNEL_INVALID")
	}
}

// mayWrite says whether u may send to p, by the error Telegram gives if not.
func (s *Server) mayWrite(u *user, p peer) error {
	switch p.kind {
	case peerUser:
		other := s.users[p.id]
		switch {
		case other.banned:
			return bad("INPUT_USER_DEACTIVATED")
		case u.bot && other.bot && u != other:
			return bad("USER_IS_BOT")
		case u.bot && u == other:
			return bad("USER_IS_BOT")
		case u.bot && len(u.dialog(p).ids) == 0:
			// A bot can't begin a conversation: the person must have written first.
			return bad("PEER_ID_INVALID")
		case other.service:
			return forbidden("CHAT_WRITE_FORBIDDEN")
		case u.blocked[other.id]:
			return bad("YOU_BLOCKED_USER")
		case u.bot && other.blocked[u.id]:
			return forbidden("USER_IS_BLOCKED")
		}
		return nil
	default:
		return s.mayWriteIn(u, s.chats[p], toSay)
	}
}

package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func sendAsMethods(t table) {
	on(t, people, (*call).getSendAs)
	on(t, people, (*call).saveDefaultSendAs)
}

// getSendAs: people write as themselves, and in a channel's name in the channel.
//
// See https://core.telegram.org/method/channels.getSendAs.
func (c *call) getSendAs(in *tg.ChannelsGetSendAsRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	if p.kind != peerChannel {
		return nil, bad("CHANNEL_INVALID")
	}
	as := peer{peerUser, c.me.id}
	if c.chats[p].broadcast() {
		as = p
	}
	cast := c.cast(c.me)
	cast.add(as)
	return &tg.ChannelsSendAsPeers{Peers: []tg.SendAsPeer{{Peer: as.tg()}}, Users: cast.users, Chats: cast.chats}, nil
}

// saveDefaultSendAs: https://core.telegram.org/method/messages.saveDefaultSendAs
func (c *call) saveDefaultSendAs(in *tg.MessagesSaveDefaultSendAsRequest) (bin.Encoder, error) {
	if _, err := c.peer(in.Peer); err != nil {
		return nil, err
	}
	if as, err := c.peer(in.SendAs); err != nil || as != (peer{peerUser, c.me.id}) {
		return nil, bad("SEND_AS_PEER_INVALID")
	}
	return yes()
}

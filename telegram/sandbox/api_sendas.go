package sandbox

import (
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func sendAsMethods(t table) {
	on(t, people, (*call).getSendAs)
	on(t, people, (*call).saveDefaultSendAs)
}

// getSendAs: https://core.telegram.org/method/channels.getSendAs
func (c *call) getSendAs(in *tg.ChannelsGetSendAsRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	if p.kind != peerChannel {
		return nil, bad("CHANNEL_INVALID")
	}
	cast := c.cast(c.me)
	answer := &tg.ChannelsSendAsPeers{}
	for _, as := range c.namesIn(c.chats[p]) {
		cast.add(as)
		answer.Peers = append(answer.Peers, tg.SendAsPeer{Peer: as.tg()})
	}
	answer.Users, answer.Chats = cast.users, cast.chats
	return answer, nil
}

// saveDefaultSendAs: https://core.telegram.org/method/messages.saveDefaultSendAs
func (c *call) saveDefaultSendAs(in *tg.MessagesSaveDefaultSendAsRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	as, err := c.peer(in.SendAs)
	if err != nil || c.chats[p] == nil || p.kind != peerChannel || !slices.Contains(c.namesIn(c.chats[p]), as) {
		return nil, bad("SEND_AS_PEER_INVALID")
	}
	if c.me.prefs.SendAs == nil {
		c.me.prefs.SendAs = map[int64]keptPeer{}
	}
	c.me.prefs.SendAs[p.id] = keepPeer(as)
	c.touched()
	return yes()
}

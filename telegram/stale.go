package telegram

import (
	"context"

	"github.com/gotd/td/tgerr"
)

// withPeer resolves a target and makes a call about it. If Telegram doesn't know the peer as we
// remembered it, it is looked up anew, once: the hash may be of a test server that has started anew since.
func (a *Account) withPeer(ctx context.Context, to Target, call func(peer Peer) error) error {
	peer, err := a.Resolve(ctx, to)
	if err != nil {
		return err
	}
	err = call(peer)
	if !isStale(err) {
		return err
	}
	name, ok := to.(Name)
	if !ok {
		return err // by its id alone nobody can be looked up
	}
	a.peers.forget(peer.ID)
	again, lookup := a.Resolve(ctx, name)
	if lookup != nil || again.Input == nil || again.Input.String() == peer.Input.String() {
		return err
	}
	return call(again)
}

// isStale says whether Telegram doesn't know somebody as we have addressed them.
func isStale(err error) bool {
	return tgerr.Is(err, "PEER_ID_INVALID", "CHANNEL_INVALID", "USER_ID_INVALID", "CHAT_ID_INVALID")
}

package telegram

// KnownPeer is what is remembered of somebody by marked id; Telegram isn't asked. One that was never met is the id alone.
func (a *Account) KnownPeer(id int64) Peer { return a.peers.get(id) }

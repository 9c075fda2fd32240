package telegram

import "github.com/gotd/td/tg"

// Message is one message, with the account it came through and who is part of it.
type Message struct {
	*tg.Message
	Account *Account
	Chat    Peer // where it is
	Sender  Peer // who wrote it; the chat itself for channel posts and anonymous admins
	Late    bool // written while the account was not running
}

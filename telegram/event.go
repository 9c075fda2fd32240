package telegram

import "github.com/gotd/td/tg"

// The kinds of events.
const (
	EventMessage    = "message"    // a new message, incoming or sent from another device; never a service message
	EventEdit       = "edit"       // a message was changed
	EventRaw        = "raw"        // any update, as Telegram sent it
	EventConnection = "connection" // the link to Telegram changed
)

// Event is something that happened. One update may be several events: every update is a raw one, and
// a new message is a message as well.
type Event struct {
	Kind    string
	Message *Message        // for message and edit
	Update  tg.UpdateClass  // nil for connection
	State   ConnectionState // for connection
	Account *Account
	Own     bool // caused by a call of this account in this process
	Late    bool // happened while the account was not running
}

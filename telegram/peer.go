package telegram

import "github.com/gotd/td/tg"

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

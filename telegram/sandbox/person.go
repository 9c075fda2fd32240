package sandbox

import (
	"errors"
	"time"

	"github.com/gotd/td/tg"
)

// ErrUnknown is a name that no person, bot or chat has.
var ErrUnknown = errors.New("nobody and nothing of that name")

// Person acts as one person or bot, as if by a client of theirs.
type Person struct{}

// SendOptions say how a person's message goes out. The zero value quotes nothing.
type SendOptions struct {
	ReplyTo  int
	Silent   bool
	Entities []tg.MessageEntityClass
}

// Message is one message as one person sees it.
type Message struct {
	ID      int
	ChatID  int64 // marked
	Chat    string
	From    string
	Text    string
	Date    time.Time
	Edited  time.Time // zero if never
	Out     bool
	ReplyTo int
}

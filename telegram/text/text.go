// Package text turns Markdown and HTML into Telegram's plain text with entities, and back.
package text

import "github.com/gotd/td/tg"

// Text is what a message says: plain text, and entities over it counted in UTF-16 units.
type Text struct {
	Plain    string
	Entities []tg.MessageEntityClass
}

// Of is plain text without entities.
func Of(plain string) Text { return Text{Plain: plain} }

// Mode is a way to write formatted text.
type Mode int

// The modes that Parse and Format know.
const (
	Plain Mode = iota
	Markdown
	HTML
)

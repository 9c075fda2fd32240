// Package text turns Markdown and HTML into Telegram's plain text with entities, and back.
//
// Both dialects reach every kind of entity that a writer sets by hand; links, names, hashtags and commands in
// plain text are found by Telegram itself and stay plain here. Entities follow
// https://core.telegram.org/api/entities: offsets and lengths count UTF-16 units.
//
// Markdown (in the tradition of Telegram's own clients, not CommonMark):
//
//	**bold**  __italic__  --underline--  ~~strike~~  ||spoiler||  `code`  ``co`de``
//	[text](https://…)  [name](tg://user?id=1)  ![👍](tg://emoji?id=5)
//	> quote             **> quote that is folded until opened (continued by lines with >)
//	```lang
//	block of code
//	```
//
// A mark opens before, and closes after, anything but white space; one that finds no partner is literal, and a
// backslash makes any punctuation literal. Nothing in Markdown is an error. HTML knows the tags of
// https://core.telegram.org/bots/api#html-style, and a wrong tag is a *SyntaxError with its place.
package text

import (
	"fmt"

	"github.com/gotd/td/tg"
)

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

// SyntaxError is markup that can't be understood. Line and Column count from 1, Column in bytes.
type SyntaxError struct {
	Line, Column int
	Message      string
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("%d:%d: %s", e.Line, e.Column, e.Message) }

// Parse reads s as the mode says. Only HTML can fail, with *SyntaxError.
func Parse(mode Mode, s string) (Text, error) {
	switch mode {
	case Markdown:
		return parseMarkdown(s), nil
	case HTML:
		return parseHTML(s)
	}
	return Of(s), nil
}

// Format writes t so that Parse gives its normal form back (see Text.Normal). Markdown has no words for a
// quote that begins or ends within a line, and for two that touch; these become plain or one.
func Format(mode Mode, t Text) string {
	switch mode {
	case Markdown:
		return writeMarkdown(t.Plain, normal(t.Plain, spansOf(t)))
	case HTML:
		return writeHTML(t.Plain, normal(t.Plain, spansOf(t)))
	}
	return t.Plain
}

// Escape makes s literal in the mode: what Parse reads back as s without entities.
func Escape(mode Mode, s string) string { return Format(mode, Of(s)) }

// Normal is t with entities as Telegram keeps them: sorted, within the text, none empty, none crossing
// another, touching ones of one kind joined, none inside code or across the edge of a quote, marks and links
// not over white space at their ends.
// Kinds that Telegram finds by itself are left out.
func (t Text) Normal() Text { return textOf(t.Plain, normal(t.Plain, spansOf(t))) }

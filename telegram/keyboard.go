package telegram

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/gotd/td/tg"
)

// Sizes of https://core.telegram.org/bots/api#inlinekeyboardbutton and of keyboards as a whole.
const (
	ButtonData = 64 // bytes that come back from an inline button

	buttonCopy    = 256 // characters
	buttonQuery   = 256
	hintRunes     = 64
	inlineRow     = 8 // buttons
	inlineButtons = 100
	replyButtons  = 300
)

// Button is one button of a keyboard: an inline one, below a message, or one of a reply keyboard, in the place of the
// letters. Functions of this package make them.
type Button struct {
	Text  string
	Style tg.KeyboardButtonStyle

	Inline tg.InlineButtonTypeClass // what it does below a message; nil if it doesn't go there
	Reply  tg.ButtonTypeClass       // what it does on a reply keyboard; nil if it doesn't go there
}

// Keyboard is what buttons are put together to. Without rows it takes the buttons away from a message that is edited.
type Keyboard struct {
	Rows [][]Button

	// Of reply keyboards only.
	Resize      bool   // as high as the buttons need, not as the letters were
	SingleUse   bool   // gone after a press
	Selective   bool   // only for who is mentioned or answered
	Persistent  bool   // shown even while the letters could be
	Placeholder string // in the empty line of writing
}

// ButtonError says which button of a keyboard Telegram would refuse, and why. Row and Column count from 1; they are 0
// for the keyboard itself.
type ButtonError struct {
	Row, Column int
	Problem     string
}

func (e *ButtonError) Error() string {
	if e.Row == 0 {
		return e.Problem
	}
	return fmt.Sprintf("row %d, button %d: %s", e.Row, e.Column, e.Problem)
}

// LuaFields are the fields of the error as scripts see it.
func (e *ButtonError) LuaFields() map[string]any {
	fields := map[string]any{"kind": "BUTTON_INVALID"}
	if e.Row != 0 {
		fields["row"], fields["column"] = e.Row, e.Column
	}
	return fields
}

// Markup is the keyboard as Telegram takes it. It fails with *ButtonError.
func (k Keyboard) Markup() (tg.ReplyMarkupClass, error) {
	inline, err := k.kind()
	if err != nil {
		return nil, err
	}
	for i, row := range k.Rows {
		for j, b := range row {
			if problem := b.problem(inline, i == 0 && j == 0); problem != "" {
				return nil, &ButtonError{i + 1, j + 1, problem}
			}
		}
	}
	if inline {
		return k.inline()
	}
	return k.reply()
}

// kind says whether all buttons are inline ones; they may not be mixed.
func (k Keyboard) kind() (inline bool, err error) {
	inline = true
	var decided *Button
	for i, row := range k.Rows {
		for j := range row {
			b := &row[j]
			if b.Inline != nil && b.Reply != nil { // goes with both
				continue
			}
			if b.Inline == nil && b.Reply == nil {
				return false, &ButtonError{i + 1, j + 1, "it does nothing"}
			}
			if decided != nil && inline != (b.Inline != nil) {
				return false, &ButtonError{i + 1, j + 1, fmt.Sprintf("'%s' is %s and '%s' is %s: they can't be on one keyboard",
					b.Text, b.side(), decided.Text, decided.side())}
			}
			decided, inline = b, b.Inline != nil
		}
	}
	return inline, nil
}

func (b *Button) side() string {
	if b.Inline != nil {
		return "an inline button"
	}
	return "a button of a reply keyboard"
}

// problem says what Telegram would refuse about a button; "" for nothing.
func (b *Button) problem(inline, first bool) string {
	if strings.TrimSpace(b.Text) == "" {
		return "a button needs text"
	}
	if !inline {
		return ""
	}
	switch kind := b.Inline.(type) {
	case *tg.InlineButtonTypeCallback:
		switch n := len(kind.Data); {
		case n == 0:
			return "data is empty"
		case n > ButtonData:
			return fmt.Sprintf("data has %d bytes, at most %d fit", n, ButtonData)
		}
	case *tg.InlineButtonTypeURL:
		if strings.TrimSpace(kind.URL) == "" {
			return "url is empty"
		}
	case *tg.InlineButtonTypeCopy:
		if n := utf8.RuneCountInString(kind.CopyText); n == 0 || n > buttonCopy {
			return fmt.Sprintf("the text to copy has %d characters, 1 to %d are allowed", n, buttonCopy)
		}
	case *tg.InlineButtonTypeSwitchInline:
		if n := utf8.RuneCountInString(kind.Query); n > buttonQuery {
			return fmt.Sprintf("the query has %d characters, at most %d fit", n, buttonQuery)
		}
	case *tg.InlineButtonTypeBuy, *tg.InlineButtonTypeGame:
		if !first {
			return "the button that pays or plays must be the first one"
		}
	}
	return ""
}

func (k Keyboard) inline() (tg.ReplyMarkupClass, error) {
	markup, count := &tg.ReplyInlineMarkup{}, 0
	for i, row := range k.Rows {
		if len(row) > inlineRow {
			return nil, &ButtonError{i + 1, inlineRow + 1, fmt.Sprintf("a row has room for %d inline buttons", inlineRow)}
		}
		var buttons []tg.KeyboardInlineButton
		for _, b := range row {
			one := tg.KeyboardInlineButton{Text: b.Text, Type: b.Inline}
			if !b.Style.Zero() {
				one.SetStyle(b.Style)
			}
			buttons = append(buttons, one)
		}
		if count += len(buttons); len(buttons) > 0 {
			markup.Rows = append(markup.Rows, tg.KeyboardInlineButtonRow{Buttons: buttons})
		}
	}
	if count > inlineButtons {
		return nil, &ButtonError{Problem: fmt.Sprintf("%d inline buttons, at most %d fit", count, inlineButtons)}
	}
	return markup, nil
}

func (k Keyboard) reply() (tg.ReplyMarkupClass, error) {
	markup, count := &tg.ReplyKeyboardMarkup{Resize: k.Resize, SingleUse: k.SingleUse, Selective: k.Selective, Persistent: k.Persistent}, 0
	if n := utf8.RuneCountInString(k.Placeholder); n > hintRunes {
		return nil, &ButtonError{Problem: fmt.Sprintf("the placeholder has %d characters, at most %d fit", n, hintRunes)}
	} else if n > 0 {
		markup.SetPlaceholder(k.Placeholder)
	}
	for _, row := range k.Rows {
		var buttons []tg.KeyboardButton
		for _, b := range row {
			one := tg.KeyboardButton{Text: b.Text, Type: b.Reply}
			if !b.Style.Zero() {
				one.SetStyle(b.Style)
			}
			buttons = append(buttons, one)
		}
		if count += len(buttons); len(buttons) > 0 {
			markup.Rows = append(markup.Rows, tg.KeyboardButtonRow{Buttons: buttons})
		}
	}
	if count > replyButtons {
		return nil, &ButtonError{Problem: fmt.Sprintf("%d buttons, at most %d fit", count, replyButtons)}
	}
	return markup, nil
}

package telegram_test

import (
	"strings"
	"testing"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram"
)

func TestKeyboardIsCheckedBeforeItIsSent(t *testing.T) {
	row := func(buttons ...telegram.Button) [][]telegram.Button { return [][]telegram.Button{buttons} }
	many := func(n int, b telegram.Button) (list []telegram.Button) {
		for range n {
			list = append(list, b)
		}
		return list
	}
	for name, test := range map[string]struct {
		keyboard telegram.Keyboard
		want     string
	}{
		"data that fits":                 {telegram.Keyboard{Rows: row(telegram.CallbackButton("a", strings.Repeat("x", 64)))}, ""},
		"data of 65 bytes":               {telegram.Keyboard{Rows: [][]telegram.Button{{telegram.URLButton("u", "t.me")}, {telegram.CallbackButton("a", strings.Repeat("ä", 32)+"x")}}}, "row 2, button 1: data has 65 bytes, at most 64 fit"},
		"no text":                        {telegram.Keyboard{Rows: row(telegram.TextButton(" "))}, "row 1, button 1: a button needs text"},
		"both kinds":                     {telegram.Keyboard{Rows: row(telegram.TextButton("a"), telegram.CallbackButton("b", "c"))}, "row 1, button 2: 'b' is an inline button and 'a' is a button of a reply keyboard: they can't be on one keyboard"},
		"a mini app goes with reply":     {telegram.Keyboard{Rows: row(telegram.WebAppButton("w", "https://e.org"), telegram.TextButton("a"))}, ""},
		"a mini app goes with inline":    {telegram.Keyboard{Rows: row(telegram.WebAppButton("w", "https://e.org"), telegram.URLButton("a", "t.me"))}, ""},
		"an empty link":                  {telegram.Keyboard{Rows: row(telegram.URLButton("a", ""))}, "row 1, button 1: url is empty"},
		"too much to copy":               {telegram.Keyboard{Rows: row(telegram.CopyButton("a", strings.Repeat("x", 257)))}, "row 1, button 1: the text to copy has 257 characters, 1 to 256 are allowed"},
		"a query that is too long":       {telegram.Keyboard{Rows: row(telegram.SwitchInlineButton("a", strings.Repeat("x", 257), true))}, "row 1, button 1: the query has 257 characters, at most 256 fit"},
		"paying comes first":             {telegram.Keyboard{Rows: row(telegram.URLButton("a", "t.me"), telegram.BuyButton("b"))}, "row 1, button 2: the button that pays or plays must be the first one"},
		"nine in a row":                  {telegram.Keyboard{Rows: row(many(9, telegram.CallbackButton("a", "a"))...)}, "row 1, button 9: a row has room for 8 inline buttons"},
		"nine in a row of a reply board": {telegram.Keyboard{Rows: row(many(9, telegram.TextButton("a"))...)}, ""},
		"too many":                       {telegram.Keyboard{Rows: row(many(301, telegram.TextButton("a"))...)}, "301 buttons, at most 300 fit"},
		"a long placeholder":             {telegram.Keyboard{Rows: row(telegram.TextButton("a")), Placeholder: strings.Repeat("x", 65)}, "the placeholder has 65 characters, at most 64 fit"},
		"a button that does nothing":     {telegram.Keyboard{Rows: row(telegram.Button{Text: "a"})}, "row 1, button 1: it does nothing"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := test.keyboard.Markup()
			if test.want == "" && err == nil {
				return
			}
			if got := wantAs[*telegram.ButtonError](t, err).Error(); got != test.want {
				t.Fatalf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestKeyboardBecomesMarkup(t *testing.T) {
	board := telegram.Keyboard{Rows: [][]telegram.Button{{telegram.TextButton("a"), telegram.PhoneButton("b")}, {}}, Resize: true, Placeholder: "Go on"}
	markup, err := board.Markup()
	if err != nil {
		t.Fatal(err)
	}
	reply, ok := markup.(*tg.ReplyKeyboardMarkup)
	if !ok || !reply.Resize || reply.SingleUse || reply.Placeholder != "Go on" || len(reply.Rows) != 1 || len(reply.Rows[0].Buttons) != 2 {
		t.Fatalf("got %v", markup)
	}
	empty, err := telegram.Keyboard{}.Markup()
	if inline, ok := empty.(*tg.ReplyInlineMarkup); err != nil || !ok || len(inline.Rows) != 0 {
		t.Fatalf("no buttons are %v, %v; want an inline keyboard without rows, which takes away", empty, err)
	}
}

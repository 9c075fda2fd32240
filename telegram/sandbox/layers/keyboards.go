package layers

import "github.com/gotd/td/tg"

// Layer 229 parted keyboards into two kinds: inline buttons with what they do, and reply buttons
// with what they ask for. Before, each was a constructor of its own, and rows could mix them.

// inlineButton shows a button below a message as the constructor it used to be.
func inlineButton(v any) any {
	b := v.(*tg.KeyboardInlineButton)
	old := fields{"text": b.Text}
	switch kind := b.Type.(type) {
	case *tg.InlineButtonTypeURL:
		old["url"] = kind.URL
		return &former{"keyboardButtonUrl", old}
	case *tg.InlineButtonTypeURLAuth:
		old["fwd_text"], old["url"], old["button_id"] = kind.FwdText, kind.URL, kind.ButtonID
		return &former{"keyboardButtonUrlAuth", old}
	case *tg.InlineButtonTypeWebView:
		old["url"] = kind.URL
		return &former{"keyboardButtonWebView", old}
	case *tg.InlineButtonTypeCallback:
		old["requires_password"], old["data"] = kind.RequiresPassword, kind.Data
		return &former{"keyboardButtonCallback", old}
	case *tg.InlineButtonTypeGame:
		return &former{"keyboardButtonGame", old}
	case *tg.InlineButtonTypeBuy:
		return &former{"keyboardButtonBuy", old}
	case *tg.InlineButtonTypeSwitchInline:
		old["same_peer"], old["query"] = kind.SamePeer, kind.Query
		return &former{"keyboardButtonSwitchInline", old}
	case *tg.InlineButtonTypeUserProfile:
		old["user_id"] = kind.UserID
		return &former{"keyboardButtonUserProfile", old}
	}
	return (*former)(nil)
}

// replyButton shows a button of a reply keyboard as the constructor it used to be.
func replyButton(v any) any {
	b := v.(*tg.KeyboardButton)
	old := fields{"text": b.Text}
	switch kind := b.Type.(type) {
	case *tg.ButtonTypeDefault:
		return &former{"keyboardButton", old}
	case *tg.ButtonTypeRequestPhone:
		return &former{"keyboardButtonRequestPhone", old}
	case *tg.ButtonTypeRequestGeoLocation:
		return &former{"keyboardButtonRequestGeoLocation", old}
	case *tg.ButtonTypeRequestPoll:
		if quiz, given := kind.GetQuiz(); given && quiz {
			old["quiz"] = quiz
		}
		return &former{"keyboardButtonRequestPoll", old}
	case *tg.ButtonTypeSimpleWebView:
		old["url"] = kind.URL
		return &former{"keyboardButtonSimpleWebView", old}
	}
	return (*former)(nil)
}

// oldButton and oldRow hold what was read until it's known what keyboard it belongs to. A kind
// that the keyboard can't have stays nil, which the server refuses.
type (
	oldButton struct {
		text   string
		inline tg.InlineButtonTypeClass
		reply  tg.ButtonTypeClass
	}
	oldRow struct{ buttons []any }
)

// inlineKind reads a button that belongs below a message.
func inlineKind(kind func(f fields) tg.InlineButtonTypeClass) func(f fields) any {
	return func(f fields) any {
		v := kind(f)
		setFlags(v)
		return &oldButton{text: f.text("text"), inline: v}
	}
}

// replyKind reads a button that belongs to a reply keyboard.
func replyKind(kind func(f fields) tg.ButtonTypeClass) func(f fields) any {
	return func(f fields) any {
		v := kind(f)
		setFlags(v)
		return &oldButton{text: f.text("text"), reply: v}
	}
}

func readRow(f fields) any { return &oldRow{f.list("buttons")} }

// each calls f for the buttons of all rows, one list a row.
func each(rows []any, row func(), button func(b *oldButton)) {
	for _, r := range rows {
		old, ok := r.(*oldRow)
		if !ok {
			continue
		}
		row()
		for _, b := range old.buttons {
			if b, ok := b.(*oldButton); ok {
				button(b)
			}
		}
	}
}

func readInlineMarkup(f fields) any {
	out := &tg.ReplyInlineMarkup{}
	each(f.list("rows"), func() { out.Rows = append(out.Rows, tg.KeyboardInlineButtonRow{}) }, func(b *oldButton) {
		last := &out.Rows[len(out.Rows)-1]
		last.Buttons = append(last.Buttons, tg.KeyboardInlineButton{Text: b.text, Type: b.inline})
	})
	return out
}

func readReplyMarkup(f fields) any {
	out := &tg.ReplyKeyboardMarkup{
		Resize: f.set("resize"), SingleUse: f.set("single_use"), Selective: f.set("selective"), Placeholder: f.text("placeholder"),
	}
	each(f.list("rows"), func() { out.Rows = append(out.Rows, tg.KeyboardButtonRow{}) }, func(b *oldButton) {
		last := &out.Rows[len(out.Rows)-1]
		last.Buttons = append(last.Buttons, tg.KeyboardButton{Text: b.text, Type: b.reply})
	})
	return out
}

package telegram_test

import (
	"context"
	"testing"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
	"github.com/tgscript/tgscript/telegram/text"
)

// TestEditingKeepsButtons: Telegram takes the buttons away from a message that a bot edits without giving them again.
func TestEditingKeepsButtons(t *testing.T) {
	asBot(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, l *listener) {
		say(t, s, "bob", a.Self().FirstName, "hi")
		l.wants("message bob hi")
		markup, err := telegram.Keyboard{Rows: [][]telegram.Button{{telegram.CallbackButton("press", "x")}}}.Markup()
		if err != nil {
			t.Error(err)
			return
		}
		m, err := a.Send(ctx, telegram.Name("@bobby"), text.Of("one"), telegram.SendOptions{Buttons: markup})
		if err != nil || m.ReplyMarkup == nil {
			t.Errorf("sent %+v, %v", m, err)
			return
		}
		byID := telegram.Name("@bobby")
		for _, row := range []struct {
			sentence string
			chat     telegram.Target
			opts     telegram.EditOptions
			buttons  bool
		}{
			{"the message at hand", m, telegram.EditOptions{}, true},
			{"the message by its id", byID, telegram.EditOptions{}, true},
			{"without its buttons", byID, telegram.EditOptions{DropButtons: true}, false},
			{"with new ones", byID, telegram.EditOptions{Buttons: markup}, true},
		} {
			changed, err := a.Edit(ctx, row.chat, m.ID, text.Of(row.sentence), row.opts)
			if err != nil {
				t.Errorf("%s: %v", row.sentence, err)
				continue
			}
			inline, _ := changed.ReplyMarkup.(*tg.ReplyInlineMarkup)
			if (inline != nil && len(inline.Rows) > 0) != row.buttons || changed.Message.Message != row.sentence {
				t.Errorf("%s: %+v", row.sentence, changed.Message)
			}
		}
	})
}

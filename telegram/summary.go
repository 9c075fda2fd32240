package telegram

import "fmt"

// Summary is one line of what the event is, for logs: where and from whom, but not what was said.
func (e *Event) Summary() string {
	switch about := e.Detail.(type) {
	case *CallbackQuery:
		return fmt.Sprintf("a button below message %d in %d, pressed by %d", about.MessageID, about.Chat.ID, about.Sender.ID)
	case *InlineQuery:
		return fmt.Sprintf("an inline query of %d", about.Sender.ID)
	}
	switch {
	case e.Message != nil:
		return fmt.Sprintf("message %d in %d from %d", e.Message.ID, e.Message.Chat.ID, e.Message.Sender.ID)
	case e.Update != nil:
		return e.Update.TypeName()
	}
	return ""
}

package telegram

// MessageError says why something can't be done with a message, where Telegram need not be asked.
type MessageError struct{ Kind, Text string }

func (e *MessageError) Error() string { return e.Text }

// LuaFields are the fields of the error as scripts see it.
func (e *MessageError) LuaFields() map[string]any {
	return map[string]any{"kind": e.Kind, "message": e.Text}
}

// What can be wrong with a message.
var (
	ErrNoDiscussion  = &MessageError{"NO_DISCUSSION", "the post has no discussion"}
	ErrQuoteNotFound = &MessageError{"QUOTE_NOT_FOUND", "the answered message does not contain the quoted text"}
	ErrNotScheduled  = &MessageError{"NOT_SCHEDULED", "no such message is scheduled"}
	ErrNotCopied     = &MessageError{"NOT_COPIED", "this kind of message can't be copied"}
	ErrNoPoll        = &MessageError{"NO_POLL", "the message has no poll"}
	ErrNoAnswer      = &MessageError{"NO_SUCH_ANSWER", "the poll has no such answer"}
	ErrGlobalReverse = &MessageError{"GLOBAL_REVERSE", "a search in all chats goes from the newest message back"}
	ErrGlobalOptions = &MessageError{"GLOBAL_OPTIONS", "a search in all chats knows neither author nor thread"}
	ErrNoMessage     = &MessageError{"NO_SUCH_MESSAGE", "the message is gone, or never was in that chat"}
	ErrNoPreviewURL  = &MessageError{"NO_PREVIEW_URL", "there is no link to show a preview of"}
)

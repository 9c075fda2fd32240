package sandbox

import "time"

// Kinds of transcript entries.
const (
	EntrySent   = "sent"
	EntryEdit   = "edit"
	EntryDelete = "delete"
)

// Entry is one line of the transcript. Chat is the title of a group or channel, or the name of
// the other person in a private chat.
type Entry struct {
	Time    time.Time `json:"time"`
	Kind    string    `json:"kind"`
	From    string    `json:"from"`
	FromID  int64     `json:"from_id"`
	Chat    string    `json:"chat"`
	ChatID  int64     `json:"chat_id"` // marked
	Private bool      `json:"private"`
	Message int       `json:"message"` // id as the sender sees it
	Text    string    `json:"text"`
}

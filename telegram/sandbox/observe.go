package sandbox

import (
	"slices"
	"time"

	"github.com/gotd/td/tg"
)

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
	Message int       `json:"message"` // id as the one who acts sees it
	Text    string    `json:"text"`    // of a deletion: what was deleted
}

type observer struct{ tell func(Entry) }

// Observe calls f for everything that is said, changed and removed from now on, in order. f must
// not call the server, nor wait for something that does.
func (s *Server) Observe(f func(Entry)) (cancel func()) {
	o := &observer{f}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.observers = append(s.observers, o)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.observers = slices.DeleteFunc(s.observers, func(other *observer) bool { return other == o })
	}
}

// observe tells the observers what actor did; service messages aren't said by anybody.
func (s *Server) observe(kind string, actor *user, r *record) {
	if len(s.observers) == 0 {
		return
	}
	m, ok := r.msg.(*tg.Message)
	if !ok {
		return
	}
	e := Entry{
		Time: s.clock.Now(), Kind: kind, From: actor.name, FromID: actor.id, Chat: s.title(r.chat), ChatID: r.chat.marked(),
		Private: r.chat.kind == peerUser, Message: r.id(), Text: m.Message,
	}
	for _, o := range s.observers {
		o.tell(e)
	}
}

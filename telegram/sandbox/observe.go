package sandbox

import (
	"slices"
	"sync"
	"time"
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

// observer is somebody who watches, with what they haven't been told yet: a slow one must not
// hold up the server.
type observer struct {
	mu      sync.Mutex
	queue   []Entry
	leaving bool
	wake    chan struct{}
	gone    chan struct{}
}

func (o *observer) add(e Entry) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.queue = append(o.queue, e)
	o.ring()
}

func (o *observer) ring() {
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

func (o *observer) take() (batch []Entry, leaving bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	batch, o.queue = o.queue, nil
	return batch, o.leaving
}

func (o *observer) run(tell func(Entry)) {
	defer close(o.gone)
	for {
		batch, leaving := o.take()
		for _, e := range batch {
			tell(e)
		}
		if len(batch) > 0 {
			continue
		}
		if leaving {
			return
		}
		<-o.wake
	}
}

// leave waits until everything has been told.
func (o *observer) leave() {
	o.mu.Lock()
	o.leaving = true
	o.ring()
	o.mu.Unlock()
	<-o.gone
}

// Observe calls f for everything that is said, changed and removed from now on, in order and one
// at a time. cancel, and Close, return when f has been told of all that had happened; f must not
// call them.
func (s *Server) Observe(f func(Entry)) (cancel func()) {
	o := &observer{wake: make(chan struct{}, 1), gone: make(chan struct{})}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.observers = append(s.observers, o)
	go o.run(f)
	return func() {
		s.mu.Lock()
		s.observers = slices.DeleteFunc(s.observers, func(other *observer) bool { return other == o })
		s.mu.Unlock()
		o.leave()
	}
}

// observe tells the observers what actor did; service messages aren't said by anybody.
func (s *Server) observe(kind string, actor *user, r *record) {
	if len(s.observers) == 0 {
		return
	}
	m, ok := r.said()
	if !ok {
		return
	}
	e := Entry{
		Time: s.clock.Now(), Kind: kind, From: actor.name, FromID: actor.id, Chat: s.title(r.chat), ChatID: r.chat.marked(),
		Private: r.chat.kind == peerUser, Message: r.id, Text: m.Message,
	}
	for _, o := range s.observers {
		o.add(e)
	}
}

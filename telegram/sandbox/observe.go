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
	Message int       `json:"message"`         // id as the one who acts sees it
	Text    string    `json:"text"`            // of a deletion: what was deleted
	Media   string    `json:"media,omitempty"` // as in Message

	Buttons [][]string `json:"buttons,omitempty"` // as in Message
}

// observer is somebody who watches, with what they haven't been told yet: a slow one must not
// hold up the server.
type observer[T any] struct {
	mu      sync.Mutex
	queue   []T
	most    int             // entries that wait; 0 means any number
	lost    int             // entries that found no room
	telling bool            // what was taken out of the queue
	waiting []chan struct{} // closed when what is in the queue now has been told
	leaving bool
	wake    chan struct{}
	gone    chan struct{}
}

func newObserver[T any](most int) *observer[T] {
	return &observer[T]{most: most, wake: make(chan struct{}, 1), gone: make(chan struct{})}
}

func (o *observer[T]) add(e T) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.most > 0 && len(o.queue) >= o.most {
		o.lost++
		return
	}
	o.queue = append(o.queue, e)
	o.ring()
}

func (o *observer[T]) ring() {
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

func (o *observer[T]) take() (batch []T, lost int, waiting []chan struct{}, leaving bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	batch, o.queue = o.queue, nil
	lost, o.lost = o.lost, 0
	o.telling = len(batch) > 0 || lost > 0
	waiting, o.waiting = o.waiting, nil
	return batch, lost, waiting, o.leaving
}

// settle waits until everything has been told that was added by now.
func (o *observer[T]) settle() {
	told := make(chan struct{})
	o.mu.Lock()
	if !o.telling && len(o.queue) == 0 && o.lost == 0 {
		o.mu.Unlock()
		return
	}
	o.waiting = append(o.waiting, told)
	o.ring()
	o.mu.Unlock()
	select {
	case <-told:
	case <-o.gone:
	}
}

// run tells until the observer leaves; missed, if not nil, is told how many entries found no room.
func (o *observer[T]) run(tell func(T), missed func(int)) {
	defer close(o.gone)
	for {
		batch, lost, waiting, leaving := o.take()
		for _, e := range batch {
			tell(e)
		}
		if lost > 0 && missed != nil {
			missed(lost)
		}
		for _, told := range waiting {
			close(told)
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
func (o *observer[T]) leave() {
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
	o := newObserver[Entry](0)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.observers = append(s.observers, o)
	go o.run(f, nil)
	return func() {
		s.mu.Lock()
		s.observers = slices.DeleteFunc(s.observers, func(other *observer[Entry]) bool { return other == o })
		s.mu.Unlock()
		o.leave()
	}
}

// Settle waits until all observers and inspectors were told of everything that has happened by now.
func (s *Server) Settle() {
	s.mu.Lock()
	observers := slices.Clone(s.observers)
	s.mu.Unlock()
	for _, o := range observers {
		o.settle()
	}
	s.inspectors.mu.Lock()
	list := slices.Clone(s.inspectors.list)
	s.inspectors.mu.Unlock()
	for _, o := range list {
		o.settle()
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
		Private: r.chat.kind == peerUser, Message: r.id, Text: m.Message, Buttons: buttonTexts(m.ReplyMarkup),
	}
	if !pageOnly(m.Media) {
		e.Media = kindOf(m.Media)
	}
	for _, o := range s.observers {
		o.add(e)
	}
}

package bindings

import (
	"context"
	"sync"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram"
)

// talk is what one conversation or question has heard of its chat and not been asked for yet. Two goroutines meet in it:
// the one that delivers events calls hear, those of the script's calls wait and take. An event is kept by its listener
// (runtime.Listener) until a call has taken it: Done says so then, and what nobody has taken is handed back at the end.
type talk struct {
	account  *telegram.Account
	chat     telegram.Peer
	with     telegram.Peer // zero for everybody in the chat
	listener *runtime.Listener
	max      int       // messages it takes in all; 0 is any number
	until    time.Time // when all waits end; zero is never
	total    time.Duration
	share    bool // handlers get everything, too
	topic    int  // of a forum

	mu       sync.Mutex      // guards what follows, and is never held while anything waits
	unread   []runtime.Event // messages, in order
	edits    []*telegram.Message
	presses  []runtime.Event
	pressed  []*telegram.CallbackQuery // that were handed out
	watches  []*watch
	sent     map[int]bool // messages of this account in the talk, by id: presses below them count
	sending  int          // messages under way, whose numbers aren't known yet
	lastSent int
	lastRead int               // the last message of this account that the other side has read
	last     *telegram.Message // that was handed out
	received int
	since    int   // messages up to this one are none of its business; of a question
	failed   error // why nothing is waited for any more
}

// keptEdits is how many edits are remembered for a script that doesn't ask for them.
const keptEdits = 100

// open begins to listen.
func (t *talk) open(g *runtime.Generation, early bool) {
	t.sent = map[int]bool{}
	t.listener = g.Listen(early, t.hear)
}

// hear runs where events are delivered: it neither blocks nor touches Lua.
func (t *talk) hear(ev runtime.Event) runtime.Heard {
	e, ok := ev.Value.(*telegram.Event)
	if !ok {
		return runtime.Ignored
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.failed != nil {
		return runtime.Ignored
	}
	heard := runtime.Ignored
	for _, w := range t.watches {
		if w.see(ev) {
			heard = runtime.Noticed
		}
	}
	return max(heard, t.note(ev, e))
}

// note keeps what is the talk's. It is called with the lock.
func (t *talk) note(ev runtime.Event, e *telegram.Event) runtime.Heard {
	switch e.Kind {
	case telegram.EventMessage:
		if e.Own || !t.wrote(e.Message) || t.since > 0 && e.Message.ID <= t.since {
			return runtime.Ignored
		}
		if t.received++; t.max > 0 && t.received > t.max {
			t.failed = &FloodedError{t.max}
			return runtime.Noticed
		}
		t.unread = append(t.unread, ev)
		return t.kept()
	case telegram.EventEdit:
		if e.Own || !t.wrote(e.Message) {
			return runtime.Ignored
		}
		t.edits = append(t.edits, e.Message)
		if len(t.edits) > keptEdits {
			t.edits = t.edits[1:]
		}
		return runtime.Noticed
	case telegram.EventCallback:
		q := e.Detail.(*telegram.CallbackQuery)
		if q.Chat.ID != t.chat.ID || t.with.ID != 0 && q.Sender.ID != t.with.ID || !t.sent[q.MessageID] && t.sending == 0 {
			return runtime.Ignored
		}
		t.presses = append(t.presses, ev)
		return t.kept()
	case telegram.EventRaw:
		if chat, upTo := readIn(e.Update); chat == t.chat.ID && upTo > t.lastRead {
			t.lastRead = upTo
			return runtime.Noticed
		}
	}
	return runtime.Ignored
}

// kept is what becomes of an event that the talk has noted: handlers don't get it, unless it is shared.
func (t *talk) kept() runtime.Heard {
	if t.share {
		return runtime.Noticed
	}
	return runtime.Kept
}

// wrote says whether a message is of the other side. Of what this account writes only that counts which it writes to
// itself, elsewhere.
func (t *talk) wrote(m *telegram.Message) bool {
	switch {
	case m.Chat.ID != t.chat.ID:
		return false
	case t.with.ID != 0:
		return m.Sender.ID == t.with.ID
	}
	return !m.Out || isSelf(t.chat, t.account)
}

// readIn is the chat in which others have read what this account wrote, and up to which message.
func readIn(u tg.UpdateClass) (chat int64, upTo int) {
	switch u := u.(type) {
	case *tg.UpdateReadHistoryOutbox:
		return telegram.MarkedID(u.Peer), u.MaxID
	case *tg.UpdateReadChannelOutbox:
		return telegram.MarkedID(&tg.PeerChannel{ChannelID: u.ChannelID}), u.MaxID
	}
	return 0, 0
}

// wait waits until take has found what is waited for. take is called with the lock. A time of 0 is for ever; else it is
// a *TimeoutError, as it is when all waits of the talk together have taken too long. Why the talk has failed comes
// first: what it has kept is not given out any more.
func (t *talk) wait(c *spec.Call, what string, timeout time.Duration, take func() bool) error {
	ctx := c.Context
	if timeout > 0 {
		var end context.CancelFunc
		ctx, end = c.Generation.WithTimeout(ctx, timeout, &TimeoutError{What: what, After: timeout})
		defer end()
	}
	if !t.until.IsZero() {
		var end context.CancelFunc
		ctx, end = c.Generation.WithTimeout(ctx, t.until.Sub(c.Generation.Now()), &TimeoutError{What: what, After: t.total})
		defer end()
	}
	for {
		next := t.listener.Next() // before the look: what comes between the two ends the rest
		t.mu.Lock()
		found := t.failed == nil && take()
		failed := t.failed
		t.mu.Unlock()
		if found || failed != nil {
			return failed
		}
		if err := t.listener.Rest(ctx, next); err != nil {
			return err
		}
	}
}

// firstOf takes the first unread message that fits. It is called with the lock.
func (t *talk) firstOf(fits func(m *telegram.Message) bool) (*telegram.Message, bool) {
	for i, ev := range t.unread {
		m := ev.Value.(*telegram.Event).Message
		if !fits(m) {
			continue
		}
		t.unread = append(t.unread[:i:i], t.unread[i+1:]...)
		t.done(ev)
		for _, e := range t.edits { // it may have been changed since it came
			if e.ID == m.ID {
				m = e
			}
		}
		t.last = m
		return m, true
	}
	return nil, false
}

// pressOf takes the first press that fits. It is called with the lock.
func (t *talk) pressOf(fits func(q *telegram.CallbackQuery) bool) (*telegram.CallbackQuery, bool) {
	for i, ev := range t.presses {
		q := ev.Value.(*telegram.Event).Detail.(*telegram.CallbackQuery)
		if !fits(q) {
			continue
		}
		t.presses = append(t.presses[:i:i], t.presses[i+1:]...)
		t.done(ev)
		t.pressed = append(t.pressed, q)
		return q, true
	}
	return nil, false
}

// done says that an event is handled: the call that has taken it begins anew after a crash, without it.
func (t *talk) done(ev runtime.Event) {
	if !t.share {
		t.listener.Done(ev)
	}
}

// beginSending has presses kept whose message isn't known yet.
func (t *talk) beginSending() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sending++
}

// endSending notes what was sent.
func (t *talk) endSending(result any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sending--
	switch sent := result.(type) {
	case *message:
		if sent != nil {
			t.noteSent(sent.ID)
		}
	case []*message:
		for _, m := range sent {
			t.noteSent(m.ID)
		}
	}
}

func (t *talk) noteSent(id int) {
	t.sent[id] = true
	t.lastSent = max(t.lastSent, id)
}

// fail ends all waits, now and later.
func (t *talk) fail(err error) {
	t.mu.Lock()
	if t.failed == nil {
		t.failed = err
	}
	t.mu.Unlock()
	t.listener.Wake()
}

// close gives what nobody has asked for to the handlers, and answers the presses that were handed out and not answered.
func (t *talk) close(ctx context.Context) {
	t.fail(&CancelledError{})
	t.listener.Close()
	t.mu.Lock()
	left := append(t.unread, t.presses...)
	pressed := t.pressed
	t.unread, t.presses, t.pressed = nil, nil, nil
	t.mu.Unlock()
	if !t.share {
		t.handBack(ctx, left)
	}
	for _, q := range pressed {
		q.Close(ctx)
	}
}

// handBack gives events to the handlers. It goes on when the call is being ended: a version of the script that takes
// over gets them.
func (t *talk) handBack(ctx context.Context, events []runtime.Event) {
	for _, ev := range events {
		if err := t.listener.HandBack(context.WithoutCancel(ctx), ev); err != nil {
			return // the script is closed: they come again at the next start
		}
	}
}

package telegram

import (
	"context"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/gotd/td/tg"
)

// ownEvents tells what this process sends and edits to those who ask for it.
type ownEvents struct {
	wants atomic.Int32
	mu    sync.Mutex
	told  latest[sentKey, string] // what was told of a message last
}

// ownDone is a note of a message that a call of ours has made or changed.
type ownDone struct {
	message *Message
	kind    string
}

// WantOwn asks for events of kind message, edit and album with Own set, of what this process sends and edits itself,
// until end is called. They come once the call is through, each once, and are not kept over a crash.
func (a *Account) WantOwn() (end func()) {
	a.own.wants.Add(1)
	return sync.OnceFunc(func() { a.own.wants.Add(-1) })
}

// done notes what a call of ours has made, for its place between the updates.
func (a *Account) done(kind string, messages ...*Message) {
	if a.own.wants.Load() == 0 {
		return
	}
	box := a.updates.get()
	if box == nil {
		return
	}
	for _, m := range messages {
		if m != nil && !m.Scheduled {
			box.Note(ownDone{m, kind})
		}
	}
}

// tellOwn hands what we did ourselves to the handler, if that is wanted and new. The answer of the call tells, and
// often an update, too.
func (a *Account) tellOwn(ctx context.Context, m *Message, kind string, u tg.UpdateClass) {
	if m == nil || a.own.wants.Load() == 0 || !a.own.news(m.Message, kind) {
		return
	}
	a.opts.Handler(ctx, &Event{Kind: kind, Message: m, Update: u, Account: a, Own: true})
	if kind == EventMessage {
		for _, album := range a.gather(m, nil, u) {
			a.tellAlbum(ctx, album)
		}
	}
}

// news says whether something was not told before.
func (o *ownEvents) news(m *tg.Message, kind string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	key := keyOf(MarkedID(m.PeerID), m.ID)
	says := m.Message + "\x00" + strconv.Itoa(m.EditDate)
	before, known := o.told.get(key)
	if known && (kind == EventMessage || before == says) {
		return false
	}
	o.told.put(key, says, sentLimit)
	return true
}

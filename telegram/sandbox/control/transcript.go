package control

import (
	"context"
	"sync"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

// mostEntries of the transcript are remembered.
const mostEntries = 10_000

// transcript remembers what was said, numbered from 0.
type transcript struct {
	cancel func()

	mu      sync.Mutex
	first   int // number of the first that is remembered
	entries []sandbox.Entry
	more    chan struct{} // closed when something is said
	closed  bool
}

func newTranscript(s *sandbox.Server) *transcript {
	t := &transcript{more: make(chan struct{})}
	t.cancel = s.Observe(t.add)
	return t
}

func (t *transcript) add(e sandbox.Entry) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.entries = append(t.entries, e)
	if len(t.entries) >= 2*mostEntries {
		t.first += len(t.entries) - mostEntries
		t.entries = append([]sandbox.Entry(nil), t.entries[len(t.entries)-mostEntries:]...)
	}
	close(t.more)
	t.more = make(chan struct{})
}

// since returns what was said from a number on, and the number that comes next.
func (t *transcript) since(n int) (entries []sandbox.Entry, next int, more <-chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	next = t.first + len(t.entries)
	more = t.more
	if t.closed {
		done := make(chan struct{})
		close(done)
		more = done
	}
	if n < t.first {
		n = t.first
	}
	if n >= next {
		return []sandbox.Entry{}, next, more
	}
	return append([]sandbox.Entry(nil), t.entries[n-t.first:]...), next, more
}

// wait returns as since does as soon as there is something, ctx ends, or the transcript is closed.
func (t *transcript) wait(ctx context.Context, n int) ([]sandbox.Entry, int) {
	entries, next, more := t.since(n)
	if len(entries) > 0 {
		return entries, next
	}
	select {
	case <-more:
	case <-ctx.Done():
	}
	entries, next, _ = t.since(n)
	return entries, next
}

func (t *transcript) close() {
	t.cancel()
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.closed {
		t.closed = true
		close(t.more)
		t.more = make(chan struct{})
	}
}

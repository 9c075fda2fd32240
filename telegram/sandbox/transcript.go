package sandbox

import (
	"context"
	"sync"
)

// mostEntries of the transcript are remembered.
const mostEntries = 10_000

// Transcript remembers what is said from the time it was made on, numbered from 0. Of the oldest it
// forgets some in time.
type Transcript struct {
	server *Server
	cancel func()

	mu      sync.Mutex
	first   int // number of the first that is remembered
	entries []Entry
	more    chan struct{} // closed when something is said
	closed  bool
}

// NewTranscript begins to listen; Close ends it.
func NewTranscript(s *Server) *Transcript {
	t := &Transcript{server: s, more: make(chan struct{})}
	t.cancel = s.Observe(t.add)
	return t
}

// Settle waits until everything is remembered that has been said by now, and returns the number that
// comes next.
func (t *Transcript) Settle() (next int) {
	t.server.Settle()
	_, next, _ = t.Since(0)
	return next
}

func (t *Transcript) add(e Entry) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.entries = append(t.entries, e)
	if len(t.entries) >= 2*mostEntries {
		t.first += len(t.entries) - mostEntries
		t.entries = append([]Entry(nil), t.entries[len(t.entries)-mostEntries:]...)
	}
	close(t.more)
	t.more = make(chan struct{})
}

// Since returns what was said from a number on, the number that comes next, and what is closed when
// more is said.
func (t *Transcript) Since(n int) (entries []Entry, next int, more <-chan struct{}) {
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
		return []Entry{}, next, more
	}
	return append([]Entry(nil), t.entries[n-t.first:]...), next, more
}

// Wait returns as Since does as soon as there is something, ctx ends, or the transcript is closed.
func (t *Transcript) Wait(ctx context.Context, n int) ([]Entry, int) {
	entries, next, more := t.Since(n)
	if len(entries) > 0 {
		return entries, next
	}
	select {
	case <-more:
	case <-ctx.Done():
	}
	entries, next, _ = t.Since(n)
	return entries, next
}

// Close stops to listen. Who waits for more is answered at once.
func (t *Transcript) Close() {
	t.cancel()
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.closed {
		t.closed = true
		close(t.more)
		t.more = make(chan struct{})
	}
}

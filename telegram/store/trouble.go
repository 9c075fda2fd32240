package store

import (
	"sync"
	"time"
)

// troubleAgain is how often it is told that writes still fail for the same reason.
const troubleAgain = time.Minute

// trouble is what keeps writes from the disk that nobody waits for.
type trouble struct {
	mu     sync.Mutex
	listen func(error)
	last   string // empty while all is well
	told   time.Time
}

// OnTrouble calls listen when what was written can't be brought to the disk: once for each reason, again after a minute,
// and with nil when it can be again. A store that writes at once has no such trouble: its writers get the error.
func OnTrouble(s Store, listen func(error)) {
	if j, ok := s.(*journaled); ok {
		j.trouble.mu.Lock()
		defer j.trouble.mu.Unlock()
		j.trouble.listen = listen
	}
}

// tell is called after each try.
func (t *trouble) tell(err error) {
	t.mu.Lock()
	listen, reason, now := t.listen, "", time.Now()
	if err != nil {
		reason = err.Error()
	}
	if listen == nil || reason == t.last && (err == nil || now.Sub(t.told) < troubleAgain) {
		t.mu.Unlock()
		return
	}
	t.last, t.told = reason, now
	t.mu.Unlock()
	listen(err)
}

package runtime

import "sync"

// lanes keep the events of a chat apart for sequential handlers: one call at a time has the lane, the others are parked.
// Lanes belong to the script, so that a reload doesn't open them. Parked events have no slot; too many of them stop the
// dispatcher (full), and with it the account.
type lanes struct {
	limit int // of parked events

	mu     sync.Mutex        // guards what follows
	busy   map[int64][]*call // parked, in order, by chat; a chat that has an entry is busy
	parked int
	roomy  chan struct{} // closed when an event leaves the parking lot
	free   chan struct{} // closed when no lane is busy
}

// enter takes the lane of c's chat, or parks c.
func (l *lanes) enter(c *call) (free bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	line, busy := l.busy[c.event.Chat]
	if busy {
		l.busy[c.event.Chat] = append(line, c)
		l.parked++
		return false
	}
	if l.busy == nil {
		l.busy = map[int64][]*call{}
	}
	l.busy[c.event.Chat] = nil
	c.laned = true
	return true
}

// waiting is how many events are parked.
func (l *lanes) waiting() int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return int64(l.parked)
}

// leave hands the lane to the next in line and returns it; nil when the lane is free now.
func (l *lanes) leave(chat int64) *call {
	l.mu.Lock()
	defer l.mu.Unlock()
	line := l.busy[chat]
	if len(line) == 0 {
		delete(l.busy, chat)
		if len(l.busy) == 0 {
			shut(&l.free)
		}
		return nil
	}
	next := line[0]
	line[0] = nil
	l.busy[chat] = line[1:]
	next.laned = true
	l.parked--
	shut(&l.roomy)
	return next
}

// full is nil, or a channel that is closed when there is room again.
func (l *lanes) full() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.parked < l.limit {
		return nil
	}
	if l.roomy == nil {
		l.roomy = make(chan struct{})
	}
	return l.roomy
}

// empty gives a channel that is closed when no lane is busy.
func (l *lanes) empty() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.free == nil {
		l.free = make(chan struct{})
	}
	free := l.free
	if len(l.busy) == 0 {
		shut(&l.free)
	}
	return free
}

// shut closes a channel that somebody may wait on, and forgets it.
func shut(c *chan struct{}) {
	if *c != nil {
		close(*c)
		*c = nil
	}
}

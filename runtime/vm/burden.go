package vm

import (
	"fmt"
	"math"
	"sync/atomic"
	"time"
)

// MemoryError ends the calls of a script that holds more memory than it may.
type MemoryError struct{ Held, Limit uint64 }

func (e *MemoryError) Error() string {
	return fmt.Sprintf("the script holds more than %d MB of memory (limits.memory)", e.Limit>>20)
}

// Weighing: the memory of a script is not counted as it grows, for the interpreter tells nobody of what it allocates, but
// found by walking through all that can be reached. The watchdog asks for that (scales.go) only when the heap of the
// process exceeds what one script may hold. A machine that runs weighs itself between two instructions (heed); one that
// rests is weighed by the watchdog's helper.

// How often a state is weighed at most. The walk takes a while, so it waits for twenty times what the last one took: a
// script pays at most a twentieth of its time for it.
const (
	weighPause  = 100 * time.Millisecond
	weighFactor = 20
)

// burden is what is known of how much a machine holds.
type burden struct {
	asked  atomic.Bool // the running call shall weigh its state
	weighs atomic.Bool // it does so now, which is no fault of the script
	held   atomic.Uint64
	at     atomic.Int64  // when it was weighed, by the clock of UnixNano
	next   atomic.Int64  // when it may be weighed again
	turn   atomic.Uint64 // of the machine when it was weighed: it can't have grown while nobody has had the baton since
	idle   atomic.Bool   // the watchdog's helper is on its way to a machine that rests
}

// heed looks at what the call was alerted of.
func (t *thread) heed() {
	m := t.call.machine
	if !t.call.killed.Load() { // the alert of a killed call stays, so that nothing of it runs on
		t.call.alert.Store(false)
		if t.call.killed.Load() { // just now
			t.call.alert.Store(true)
		}
	}
	if m.burden.asked.CompareAndSwap(true, false) && !t.call.killed.Load() {
		m.measure(t.state)
	}
}

// measure weighs the state and ends its calls if that is too much. The caller has the baton.
func (m *Machine) measure(running *State) {
	b := &m.burden
	b.weighs.Store(true)
	defer b.weighs.Store(false)
	limit := m.opts.Memory
	if limit == 0 {
		limit = max(m.opts.MaxHeap, 1)
	}
	began := time.Now()
	held := m.weigh(running, limit)
	now := time.Now()
	b.held.Store(held)
	if running == nil && (m.opts.Memory == 0 || held <= m.opts.Memory) {
		b.turn.Store(m.turn.Load())
	} else {
		b.turn.Store(math.MaxUint64) // it may grow in this very turn, or go on to hold too much
	}
	b.at.Store(now.UnixNano())
	b.next.Store(now.Add(max(weighPause, weighFactor*now.Sub(began))).UnixNano())
	if m.opts.Memory > 0 && held > m.opts.Memory {
		m.offends(&MemoryError{Held: held, Limit: m.opts.Memory})
	}
}

// offends ends the machine's calls.
func (m *Machine) offends(err error) {
	m.Kill(err)
	if m.opts.Heavy != nil {
		m.opts.Heavy(err)
	}
}

// due says whether the machine may have grown since it was weighed, and may be weighed again.
func (m *Machine) due(now time.Time) bool {
	grown := m.turn.Load() != m.burden.turn.Load() || m.holder.Load() != nil
	return grown && now.UnixNano() >= m.burden.next.Load()
}

// Weight is how many bytes the state holds, about. It takes the baton, and some time.
func (m *Machine) Weight() uint64 {
	m.Lock()
	defer m.Unlock()
	return m.weigh(nil, math.MaxUint64)
}

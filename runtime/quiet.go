package runtime

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
)

// stillness lets others wait for a moment in which nothing moves.
type stillness struct {
	asked atomic.Int32 // spares the lock when nobody waits
	mu    sync.Mutex
	moved chan struct{} // closed at the next move
}

// Quiet waits until no event is queued and no call of an event runs, but for those that wait for another event to
// come (see [Generation.Receive]) or for a clock (see [Rest]), and what waits behind them for the lane of a chat.
func (h *Host) Quiet(ctx context.Context) error {
	h.still.asked.Add(1)
	defer h.still.asked.Add(-1)
	for {
		moved := h.still.next()
		if !slices.ContainsFunc(h.Scripts(), (*Script).busy) {
			return nil
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// busy says whether something moves, or could without anything from outside. The order of the looks counts: what moves on
// is counted at the next place before it is taken off the one before.
func (s *Script) busy() bool {
	if s.paused.Load() != nil { // what waits for the end of a pause may wait for long
		return s.calls.Load()+s.waking.Load() > s.waiters.resting.Load()+s.handing.Load()
	}
	busy := s.queued.Load() // first: what leaves the queue is a call by then
	busy += s.calls.Load() + s.waking.Load()
	return busy > s.waiters.resting.Load()+s.lanes.waiting() // who waits behind one that rests, rests
}

// awaitHandover is awaitResume for a call that has ended and hands its lane on.
func (s *Script) awaitHandover() bool {
	if s.paused.Load() == nil {
		return true
	}
	s.handing.Add(1)
	defer s.handing.Add(-1)
	s.host.still.stir()
	return s.awaitResume()
}

// next is closed by the next stir. Take it before looking: what stirs in between ends the wait.
func (s *stillness) next() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.moved == nil {
		s.moved = make(chan struct{})
	}
	return s.moved
}

// stir tells those who wait that something may have come to rest.
func (s *stillness) stir() {
	if s.asked.Load() == 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.moved != nil {
		close(s.moved)
		s.moved = nil
	}
}

package runtime

import "time"

// Overlooking may be implemented by the Value of a script that wants to know which events none of its handlers wanted.
// It is called on the goroutine that delivers, before anybody who begins to wait for the event in that moment gets it,
// and must neither block nor touch Lua values. now is by the host's clock.
type Overlooking interface {
	Overlooked(ev Event, now time.Time)
}

// overlook is for an event that no handler wants. A call may have begun to Await it since it was offered.
func (s *Script) overlook(ev Event) (answered bool) {
	if s.overlooking == nil {
		return false
	}
	s.overlooking.Overlooked(ev, s.host.opts.Clock.Now())
	if s.waiters.n.Load() == 0 {
		return false
	}
	s.waiters.mu.Lock()
	defer s.waiters.mu.Unlock()
	return s.waiters.answer(ev)
}

// unheard is for an event that comes while the first load runs: what its top level has no handler for, it may wait for.
func (s *Script) unheard(ev *Event) (answered bool) {
	g := s.staging.Load()
	if g == nil {
		return false
	}
	if m, _ := g.match(ev); m.handler != nil {
		return false
	}
	return s.overlook(*ev)
}

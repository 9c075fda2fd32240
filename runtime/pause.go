package runtime

import "time"

// pause is the time in which a script gets nothing to do.
type pause struct {
	reason string
	since  time.Time
	over   chan struct{} // closed by Resume
}

// Pause gives the script no more to do: events that come are not for it, those that wait in its queue go on waiting, and
// its timers don't run. Calls that run go on to their end. A reload doesn't end it. It says false for a script that is
// paused already.
func (s *Script) Pause(reason string) bool {
	if !s.paused.CompareAndSwap(nil, &pause{reason: reason, since: time.Now(), over: make(chan struct{})}) {
		return false
	}
	if reason == "" {
		s.log.Info("script is paused")
	} else {
		s.log.Info("script is paused", "reason", reason)
	}
	if g := s.live.Load(); g != nil {
		g.inform(Paused)
	}
	return true
}

// Resume ends a pause of the script and those of its handlers, and says how many there were. A timer that was due
// meanwhile runs now if it would run no more otherwise; ticks that were left out don't.
func (s *Script) Resume() (resumed int) {
	was := s.paused.Swap(nil)
	g := s.live.Load()
	if was != nil {
		close(was.over)
		resumed++
		s.log.Info("script is resumed", "paused", time.Since(was.since).Round(time.Second), "missed", s.missed.Swap(0))
	}
	if g == nil {
		return resumed
	}
	if was != nil {
		g.fireHeld()
		g.inform(Resumed)
	}
	for _, r := range g.Registered() {
		if r.Resume() {
			resumed++
		}
	}
	return resumed
}

// PausedFor says whether the script is paused, and what for.
func (s *Script) PausedFor() (reason string, paused bool) {
	if p := s.paused.Load(); p != nil {
		return p.reason, true
	}
	return "", false
}

// awaitResume waits for the end of a pause. It says false when the script ends before: what waits isn't handled, and
// comes again at the next start.
func (s *Script) awaitResume() bool {
	for {
		p := s.paused.Load()
		if p == nil {
			return true
		}
		select {
		case <-p.over:
		case <-s.closing:
			return false
		}
	}
}

// fireHeld runs the timers whose last time has come during a pause.
func (g *Generation) fireHeld() {
	g.mu.Lock()
	var held []*timer
	for t := range g.timers {
		held = append(held, t)
	}
	g.mu.Unlock()
	for _, t := range held {
		t.mu.Lock()
		if t.held && !t.off {
			t.held = false
			t.wind(0)
		}
		t.mu.Unlock()
	}
}

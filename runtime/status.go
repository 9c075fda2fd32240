package runtime

import (
	"slices"
	"time"
)

// The states of a script.
const (
	StateLoading = "loading" // its first version is being loaded
	StateRunning = "running"
	StatePaused  = "paused"  // see Script.Pause
	StateFailed  = "failed"  // no version could be loaded
	StateStopped = "stopped" // it has used more than it may, see ScriptStatus.LastError; a reload starts it again
	StateRemoved = "removed" // its file is gone and is waited for
	StateEnded   = "ended"   // it has nothing left to wait for
)

// ScriptStatus tells how a script is doing.
type ScriptStatus struct {
	State      string          // StateRunning and its like
	Paused     string          // why, when it is
	Generation int             // number of the one that serves; 0 when none does
	Loaded     time.Time       // when that began
	Older      bool            // its files hold a later version, which could not be loaded, or Previous was asked for
	Handlers   int             // live handlers
	Timers     int             // live timers
	Calls      int             // calls in flight, of all generations
	Queued     int             // events that wait for a call
	Done       int64           // events handled since the start
	Missed     int64           // events that came during the present pause
	Errors     int             // failed calls and loads since the start
	LastError  error           // the latest of them
	Removed    bool            // the file was deleted and is waited for
	Failing    []HandlerStatus // live handlers that have failed
}

// Status of the script now.
func (s *Script) Status() ScriptStatus {
	st := ScriptStatus{
		Calls: int(s.calls.Load()), Queued: int(s.queued.Load()), Done: s.done.Load(), Missed: s.missed.Load(),
		Errors: int(s.errors.Load()), Removed: s.missing.Load(),
	}
	if e := s.last.Load(); e != nil {
		st.LastError = e
	}
	g := s.live.Load()
	if g != nil {
		st.Generation, st.Loaded = g.number, time.Unix(0, s.since.Load())
		st.Handlers, st.Timers = g.counts()
		st.Failing = g.failing()
		st.Older = s.older.Load()
	}
	st.Paused, _ = s.PausedFor()
	st.State = s.state(g)
	return st
}

func (s *Script) state(g *Generation) string {
	_, paused := s.PausedFor()
	switch {
	case s.missing.Load():
		return StateRemoved
	case g == nil && s.opening.Load() != nil:
		return StateLoading
	case g == nil && s.halted.Load() != nil:
		return StateStopped
	case g == nil:
		return StateFailed
	case paused:
		return StatePaused
	case s.work.Load() == 0:
		return StateEnded
	}
	return StateRunning
}

// TimerStatus is a timer that waits for its time.
type TimerStatus struct {
	Site  string    // "file:line" of its function
	Next  time.Time // zero while nothing serves, or when no time comes any more
	Every time.Duration
}

// Timers lists the live timers of the generation, the next one first.
func (g *Generation) Timers() []TimerStatus {
	g.mu.Lock()
	timers := make([]*timer, 0, len(g.timers))
	for t := range g.timers {
		timers = append(timers, t)
	}
	g.mu.Unlock()
	list := make([]TimerStatus, len(timers))
	for i, t := range timers {
		t.mu.Lock()
		list[i] = TimerStatus{Site: siteOf(t.fn), Next: t.due, Every: t.period}
		t.mu.Unlock()
	}
	slices.SortFunc(list, func(a, b TimerStatus) int { return a.Next.Compare(b.Next) })
	return list
}

package runtime

import (
	"context"
	"log/slog"
	"path/filepath"
	"sync"
	"sync/atomic"
)

// Script is one Lua file on one account. It has a goroutine of its own, the dispatcher ([Script.dispatch]), until it is
// closed; loads and deliveries run on the goroutines of those who ask for them.
type Script struct {
	host   *Host
	name   string
	config ScriptConfig
	path   string // absolute, as the watch tells it
	log    *slog.Logger

	// The way of events:
	live        atomic.Pointer[Generation] // which serves; nil while none does
	opening     atomic.Pointer[opening]    // set while a load runs and no generation serves
	queue       chan *call                 // that wait for the dispatcher
	slots       chan struct{}              // calls of events in flight
	lanes       lanes
	waiters     waiters
	overlooking Overlooking // hears of events that no handler wants; nil if nobody does

	// Loading:
	loads   sync.Mutex                  // one load at a time; no live generation is replaced without it
	staging atomic.Pointer[Generation]  // whose top level runs
	tried   atomic.Pointer[files]       // what the latest load read
	before  *files                      // with loads: of the version before the live one, that had other sources
	numbers atomic.Int64                // of generations so far
	since   atomic.Int64                // when the live generation began to serve, in Unix nanoseconds
	missing atomic.Bool                 // the file was deleted: the script waits for it to come back
	halted  atomic.Pointer[HaltedError] // why nothing serves, though the script is there
	older   atomic.Bool                 // what serves is an earlier version than the files hold

	// Pausing:
	paused atomic.Pointer[pause] // nil while it isn't
	missed atomic.Int64          // events that came during the pause

	// Counting. An event that moves on is counted where it comes to before it is taken off where it was, so that nobody
	// who looks in between takes the script for one at rest (busy).
	work    atomic.Int64 // reasons not to count as ended
	calls   atomic.Int64 // that run or wait, of all generations
	dozing  atomic.Int64 // waits of a top level for the clock
	waking  atomic.Int64 // calls whose time-out has rung and that may still count as resting
	queued  atomic.Int64 // events that wait for a call, in the queue or a lane
	handing atomic.Int64 // calls that have ended and hand their lane on when a pause is over
	done    atomic.Int64 // events whose calls have ended

	// Failing:
	errors atomic.Int64
	last   atomic.Pointer[ScriptError]
	fails  failures // of all calls
	lines  lineRate // that it logs and prints

	// Ending, in this order:
	shut       sync.Once      // closes closing
	closing    chan struct{}  // nothing new is taken
	quit       chan struct{}  // the dispatcher drops what is left
	dispatched chan struct{}  // the dispatcher has ended
	drains     sync.WaitGroup // goroutines that drain generations
}

// opening is a load that begins with no generation serving. Events wait for its end.
type opening struct{ done chan struct{} }

func newScript(h *Host, c ScriptConfig) *Script {
	s := &Script{
		host: h, name: c.Name, config: c, path: absolute(c.Path),
		log:        h.opts.Logger.With("script", c.Name),
		queue:      make(chan *call, h.opts.Limits.Queue),
		slots:      make(chan struct{}, h.opts.Limits.Calls),
		closing:    make(chan struct{}),
		quit:       make(chan struct{}),
		dispatched: make(chan struct{}),
	}
	s.overlooking, _ = c.Value.(Overlooking)
	s.lanes.limit = h.opts.Limits.Queue
	if c.Account != "" {
		s.log = s.log.With("account", c.Account)
	}
	return s
}

// Name of the script.
func (s *Script) Name() string { return s.name }

// Path of the script's file, as it was given.
func (s *Script) Path() string { return s.config.Path }

// Account that the script runs on.
func (s *Script) Account() string { return s.config.Account }

// Generation is the one that serves, or nil.
func (s *Script) Generation() *Generation { return s.live.Load() }

func (s *Script) folder() string { return filepath.Dir(s.path) }

// begin notes a reason for the script not to count as ended; end takes it back.
func (s *Script) begin() { s.work.Add(1) }

func (s *Script) end(reasons int) {
	s.host.still.stir()
	if s.work.Add(-int64(reasons)) == 0 {
		s.host.settle()
	}
}

// note counts a failure.
func (s *Script) note(e *ScriptError) {
	s.errors.Add(1)
	s.last.Store(e)
}

// tell hands a failure to whoever listens.
func (s *Script) tell(e *ScriptError) {
	if tell := s.host.opts.OnError; tell != nil {
		tell(e)
		return
	}
	s.log.Error("script failed", "error", e.Error(), "detail", e.Detail())
}

// tellReload says which generation serves now.
func (s *Script) tellReload(generation int, err error) {
	switch tell := s.host.opts.OnReload; {
	case tell != nil:
		tell(s.name, generation, err)
	case err != nil:
		s.log.Warn("script unloaded", "reason", err)
	default:
		s.log.Info("script reloaded", "generation", generation)
	}
}

// close ends the script: no new events, then the queue and the calls within the grace time, then by force. It returns
// when nothing of the script runs any more, and may be called by several at once.
func (s *Script) close(ctx context.Context) {
	s.shut.Do(func() { close(s.closing) })
	if g := s.staging.Load(); g != nil {
		g.kill(ErrStopped)
	}
	s.loads.Lock() // a load that was under way has ended, and no other begins
	defer s.loads.Unlock()
	ctx, cancel := context.WithTimeout(ctx, s.host.opts.Limits.Grace)
	defer cancel()
	select {
	case <-s.dispatched:
	case <-ctx.Done():
		select {
		case <-s.quit:
		default:
			close(s.quit)
		}
		<-s.dispatched
	}
	select {
	case <-s.lanes.empty():
	case <-ctx.Done():
	}
	if g := s.live.Swap(nil); g != nil {
		s.retire(g, ErrStopped, ctx.Done())
	}
	s.drains.Wait()
	if left := s.queued.Load(); left > 0 {
		s.log.WarnContext(ctx, "events were left unhandled", "events", left)
	}
}

package runtime

import (
	"context"
	"errors"
	"os"
	"time"
)

// load makes the next generation and lets it serve. When that fails, the old one goes on. The error is a
// *ScriptError, or ErrClosed.
func (s *Script) load(ctx context.Context) error {
	s.loads.Lock()
	defer s.loads.Unlock()
	return s.loadLocked(ctx, nil)
}

// reload is load for one that tells of its success.
func (s *Script) reload(ctx context.Context) error {
	s.loads.Lock()
	return s.loadAndTell(ctx, nil)
}

// loadAndTell is loadLocked for one that tells of its success. It gives the lock up: whoever is told may want to load
// something, too.
func (s *Script) loadAndTell(ctx context.Context, old *files) error {
	err := s.loadLocked(ctx, old)
	g := s.live.Load()
	s.loads.Unlock()
	if err == nil {
		s.tellReload(g.number, nil)
	}
	return err
}

// loadLocked loads what an earlier load has read; nil reads the files anew. It is called with the lock loads, which it
// keeps while the top level runs: for as long as that takes, all other loads of the script wait.
func (s *Script) loadLocked(ctx context.Context, old *files) error {
	select {
	case <-s.closing:
		return ErrClosed
	default:
	}
	s.begin()
	defer s.end(1)
	if s.live.Load() == nil {
		o := &opening{make(chan struct{})}
		s.opening.Store(o)
		defer func() {
			s.opening.Store(nil)
			close(o.done)
		}()
	}
	first := s.numbers.Load() == 0
	err := s.attempt(ctx, old)
	for errors.Is(err, errSuperseded) && !gone(s.path) { // what was saved meanwhile is what was asked for
		err = s.attempt(ctx, nil)
	}
	if err != nil && first {
		err = s.rescue(ctx, err)
	}
	if err == nil && old == nil {
		s.keepGood(s.live.Load())
	}
	switch {
	case err == nil && old == nil:
		s.older.Store(false)
	case err == nil:
		live := s.live.Load().files
		s.older.Store(live.stale(live.paths()))
	case old == nil && ctx.Err() == nil:
		s.older.Store(true) // if anything serves
	}
	return err
}

// attempt makes a generation and lets it serve. Where its top level fails, nothing has changed: errSuperseded then says
// that its file was saved meanwhile.
func (s *Script) attempt(ctx context.Context, old *files) error {
	g := newGeneration(s)
	g.files.old = old
	s.tried.Store(g.files)
	s.staging.Store(g)
	defer s.staging.Store(nil)
	if err := g.stage(ctx); err != nil {
		return s.failed(g, err)
	}
	g.files.old = nil
	if live := s.live.Load(); live != nil && !live.files.same(g.files) {
		s.before = live.files
	}
	s.swap(g)
	return nil
}

// failed cleans up after a load, and gives the error that tells of it. What ended the load on purpose counts more than
// what its top level then raised.
func (s *Script) failed(g *Generation, err error) error {
	if cause := context.Cause(g.scope.Context); cause != nil {
		err = cause
	}
	g.release() // what it has registered and started goes, without a grace time
	g.kill(errFailed)
	<-g.refs.drained
	g.free(errFailed)
	e := &ScriptError{Script: s.name, Account: s.config.Account, Generation: g.number, Err: err}
	if old := s.live.Load(); old != nil {
		e.Serving = old.number
	}
	if !errors.Is(err, errSuperseded) && !errors.Is(err, ErrStopped) {
		s.note(e)
	}
	return e
}

// source is what the script's file holds, unless it has none.
func (s *Script) source(files *files) ([]byte, error) {
	if s.config.Text != nil {
		return []byte(*s.config.Text), nil
	}
	return files.read(s.path, s.config.Path, func() (*os.File, error) { return openSource(s.config.Path) })
}

// stage compiles the script and runs its top level, on the goroutine of the load. What that registers waits for the swap;
// calls that it makes to Telegram go out at once.
func (g *Generation) stage(ctx context.Context) error {
	s := g.script
	source, err := s.source(g.files)
	if err != nil {
		return err
	}
	proto, err := s.host.compile(s.config.Path, source)
	if err != nil {
		return err
	}
	m := g.machine
	m.Lock()
	if tracer := s.host.opts.Tracer; tracer != nil {
		m.Trace(tracer)
	}
	if library := s.host.opts.Library; library != nil {
		library(g, m.Root())
	}
	g.openRequire(m.Root())
	top := m.Root().NewFunctionFromProto(proto)
	m.Unlock()
	stop := context.AfterFunc(ctx, func() { g.kill(context.Cause(ctx)) })
	defer stop()
	warning := time.AfterFunc(longTop, func() {
		s.log.Warn("the script's top level still runs: its handlers and timers begin when it ends; put loops into tg.every or tg.spawn",
			"after", longTop)
	})
	defer warning.Stop()
	_, err = m.Run(g.scope, top, nil)
	return err
}

// longTop is how long a top level runs before somebody is told: a loop that never ends there keeps a script silent.
const longTop = 30 * time.Second

// swap lets g serve from the next event on, and retires the generation before it. The one pointer is what decides: an
// event that has taken a reference to the old one by then is the old one's, all others are the new one's.
func (s *Script) swap(g *Generation) {
	old := s.live.Swap(g)
	s.since.Store(time.Now().UnixNano())
	g.serve()
	if s.missing.Swap(false) {
		s.end(1) // it no longer waits for its file
	}
	if s.halted.Swap(nil) != nil {
		s.end(1) // nor for a reload
	}
	if old != nil {
		s.retire(old, ErrReloaded, nil)
		g.inform(Reloaded)
		return
	}
	g.inform(Loaded)
}

// retire drains a generation that no longer serves: its calls may finish within the grace time or until hurry is
// closed, then they are ended. It doesn't wait; drains does.
func (s *Script) retire(g *Generation, cause error, hurry <-chan struct{}) {
	s.begin()
	g.inform(farewell(cause))
	g.release()
	s.drains.Go(func() {
		defer s.end(1)
		grace := time.NewTimer(s.host.opts.Limits.Grace)
		defer grace.Stop()
		select {
		case <-g.refs.drained:
		case <-grace.C:
			g.kill(cause)
		case <-hurry:
			g.kill(cause)
		}
		<-g.refs.drained
		g.free(cause)
	})
}

// unload retires the live generation because the file is gone. The script waits for it to come back.
func (s *Script) unload() {
	if g := s.unloadMissing(); g != nil {
		s.tellReload(g.number, ErrRemoved)
	}
}

func (s *Script) unloadMissing() *Generation {
	s.loads.Lock()
	defer s.loads.Unlock()
	if !gone(s.path) {
		return nil
	}
	s.tried.Store(newFiles(s.host.opts.Limits.Source)) // whatever comes back is news
	g := s.live.Swap(nil)
	if g == nil {
		return nil
	}
	s.begin()
	s.missing.Store(true)
	s.retire(g, ErrRemoved, nil)
	return g
}

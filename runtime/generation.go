package runtime

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/tgscript/tgscript/runtime/vm"
)

// Generation is one loaded version of a script: its Lua state and all that it owns.
type Generation struct {
	script  *Script
	number  int
	machine *vm.Machine
	tasks   atomic.Int64 // spawned calls
	scope   *call        // what every call of this generation is in
	cancel  context.CancelCauseFunc
	refs    refs
	killed  atomic.Bool
	used    atomic.Bool // it has run since it was last tidied
	table   atomic.Pointer[table]
	around  atomic.Pointer[vm.Function] // every handler; nil for nothing
	files   *files
	modules map[string]*module // with the baton

	mu     sync.Mutex // guards what follows
	phase  phase
	kept   int      // its part of script.work
	starts []func() // what waits for the swap
	timers map[*timer]struct{}
	ends   map[*func()]struct{} // run when it is freed; nil from then on
	// complaints are told of failed calls.
	complaints []complaint
}

type phase int

const (
	staged  phase = iota // its top level runs
	serving              // its timers run, and it gets events
	retired              // its calls may finish
)

func newGeneration(s *Script) *Generation {
	limits := s.host.opts.Limits
	g := &Generation{
		script: s, number: int(s.numbers.Add(1)),
		files: newFiles(limits.Source), modules: map[string]*module{}, timers: map[*timer]struct{}{}, ends: map[*func()]struct{}{},
	}
	g.table.Store(&table{})
	g.refs.drained = make(chan struct{})
	ctx, cancel := context.WithCancelCause(context.Background())
	g.cancel = cancel
	g.scope = &call{Context: ctx, generation: g}
	print := func(line string) { s.log.Info(line) }
	if p := s.host.opts.Print; p != nil {
		print = func(line string) { p(g, line) }
	}
	g.machine = vm.New(vm.Options{
		MaxRun: limits.MaxRun, MaxHeap: limits.Heap, Memory: limits.Memory, Print: s.limited(s.host.opts.Clock, print), Roots: g.held, Heavy: g.accuse, Watchdog: s.host.watchdog, Now: s.host.opts.Clock.Now,
	})
	return g
}

// Script is the one whose version this is.
func (g *Generation) Script() *Script { return g.script }

// Number counts the script's generations from 1, those included that didn't load.
func (g *Generation) Number() int { return g.number }

// Args are what the configuration gives to the script.
func (g *Generation) Args() map[string]any { return g.script.config.Args }

// Value is what the library hung on the script.
func (g *Generation) Value() any { return g.script.config.Value }

// Machine is the generation's interpreter.
func (g *Generation) Machine() *vm.Machine { return g.machine }

// Context ends with the generation: when its calls have finished or are ended.
func (g *Generation) Context() context.Context { return g.scope }

// Hold keeps the script from counting as ended until it is released or its generation is replaced.
func (g *Generation) Hold() (release func()) {
	release, _ = g.keep()
	return release
}

// keep notes a reason to live on. A retired generation has none.
func (g *Generation) keep() (drop func(), ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.phase == retired {
		return func() {}, false
	}
	g.kept++
	g.script.begin()
	return sync.OnceFunc(func() {
		g.mu.Lock()
		if g.phase == retired { // all reasons have gone with it
			g.mu.Unlock()
			return
		}
		g.kept--
		g.mu.Unlock()
		g.script.end(1)
	}), true
}

// whenServing runs start at the swap, or now when that has been.
func (g *Generation) whenServing(start func()) {
	g.mu.Lock()
	if g.phase == staged {
		g.starts = append(g.starts, start)
		g.mu.Unlock()
		return
	}
	g.mu.Unlock()
	start()
}

// serve starts what has waited for the swap.
func (g *Generation) serve() {
	g.mu.Lock()
	if g.phase == staged {
		g.phase = serving
	}
	starts := g.starts
	g.starts = nil
	g.mu.Unlock()
	for _, start := range starts {
		start()
	}
}

// release lets go of handlers, timers and holds. Running calls go on.
func (g *Generation) release() {
	g.mu.Lock()
	if g.phase == retired {
		g.mu.Unlock()
		return
	}
	g.phase = retired
	kept, timers := g.kept, g.timers
	g.kept, g.timers, g.starts = 0, nil, nil
	g.mu.Unlock()
	for t := range timers {
		t.stop()
	}
	g.refs.close()
	g.script.end(kept)
}

// kill ends the running calls.
func (g *Generation) kill(cause error) {
	g.killed.Store(true)
	g.cancel(cause)
	g.machine.Kill(cause)
}

// free gives everything back, once no call runs.
func (g *Generation) free(cause error) {
	g.cancel(cause)
	g.script.waiters.drop(g)
	g.finish()
	_ = g.machine.Close() // it has nothing to say that anybody could use
}

// tidy makes the state forget deleted keys, if calls have come since the last time and none runs now.
func (s *Script) tidy(ctx context.Context) {
	g := s.live.Load()
	if g == nil || !g.used.Swap(false) || !g.refs.acquire() {
		return
	}
	defer g.refs.release()
	var roots []vm.Value
	g.held(func(v vm.Value) { roots = append(roots, v) })
	if n := g.machine.Tidy(roots...); n > 0 {
		s.log.DebugContext(ctx, "deleted keys were forgotten", "keys", n, "generation", g.number)
	}
}

func (g *Generation) counts() (handlers, timers int) {
	for _, hs := range *g.table.Load() {
		for _, h := range hs {
			if !h.Own {
				handlers++
			}
		}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	return handlers, len(g.timers)
}

// spawn starts a call that isn't an event's, unless the generation has retired. It takes the baton.
func (g *Generation) spawn(fn *vm.Function, args func(*vm.State) []vm.Value, what string, done func()) bool {
	if !g.refs.acquire() {
		return false
	}
	g.used.Store(true)
	g.script.begin()
	g.script.calls.Add(1)
	c := &call{Context: g.scope.Context, generation: g, event: Event{Name: what}}
	c.current.handler = &handler{Subscription: Subscription{Site: siteOf(fn)}}
	g.machine.Start(c, fn, args, func(err error) {
		c.report(err)
		if done != nil {
			done()
		}
		g.script.calls.Add(-1)
		g.refs.release()
		g.script.end(1)
	})
	return true
}

// Spawn starts a call of fn beside the running one, at the swap when the generation doesn't serve yet. The baton may
// be held: the call starts when it is given up.
func (g *Generation) Spawn(fn *vm.Function, args func(L *vm.State) []vm.Value) {
	drop, ok := g.keep()
	if !ok {
		return
	}
	g.tasks.Add(1)
	done := func() { g.tasks.Add(-1) }
	g.whenServing(func() {
		if !g.refs.acquire() {
			done()
			return
		}
		g.script.calls.Add(1) // it counts from now on, though it begins later
		go func() {           // the reference makes the drain wait for it
			defer g.refs.release()
			defer drop()
			defer g.script.calls.Add(-1)
			if !g.spawn(fn, args, spawnedCall, done) {
				done()
			}
		}()
	})
}

// refs counts the running calls of a generation. Once closed it takes no more, and drained is closed with the last.
type refs struct {
	n       atomic.Int64
	drained chan struct{}
}

const closedBit = int64(1) << 62

func (r *refs) acquire() bool {
	for {
		n := r.n.Load()
		if n&closedBit != 0 {
			return false
		}
		if r.n.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

func (r *refs) release() {
	if r.n.Add(-1) == closedBit {
		close(r.drained)
	}
}

// close may be called once.
func (r *refs) close() {
	if r.n.Add(closedBit) == closedBit {
		close(r.drained)
	}
}

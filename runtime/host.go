package runtime

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/runtime/watch"
	"golang.org/x/sync/errgroup"
)

// Options of a host.
type Options struct {
	Logger *slog.Logger // nil logs nothing
	Roots  []string     // folders that require looks in, in this order; a script's own folder when empty
	Limits Limits
	Pause  Pause     // when handlers that fail get no more events
	Tracer vm.Tracer // is told which lines of scripts run; nil costs nothing
	Clock  Clock     // of timers, time-outs and what scripts take for the time; nil is the machine's

	// Library gives a fresh state its globals. It is called with the baton.
	Library func(g *Generation, L *vm.State)
	// Print gets what scripts print; nil logs it.
	Print func(g *Generation, line string)
	// OnError is told of each call that failed, and of each load that failed with nobody to return the error to.
	// Several goroutines may call it at once. nil logs.
	OnError func(*ScriptError)
	// OnReload is told when another generation serves (err is nil) and when a script was unloaded because its file
	// is gone (err is ErrRemoved). First loads, which [Host.Add] returns, and failed ones aren't told here. nil logs.
	OnReload func(script string, generation int, err error)
	// Discover is told of new and changed .lua files in watched folders that belong to no script, by absolute path.
	Discover func(path string)
	// Modules are folders of modules of others, where require looks after the roots and the lua_modules in them.
	Modules []string
}

// Limits of each script. Zero values take the default.
type Limits struct {
	MaxRun time.Duration // longest run of Lua without a pause: 1 s
	Heap   uint64        // bytes of Go heap, of the whole process, above which the script that holds most is stopped: no limit
	Memory uint64        // bytes that a script's Lua may hold; one that holds more is stopped: no limit
	Grace  time.Duration // how long calls of a replaced generation may go on: 5 s
	Calls  int           // calls of events in flight: 1000
	Queue  int           // events that wait for a call: 10000
	Source int           // bytes of a source file: 1 MiB

	Tasks    int // timers and spawned calls at once: 10000
	Handlers int // handlers of one event: 1000
	LogLines int // lines that it logs or prints in a second: 1000
	Failures int // failed calls within a minute after which it is stopped: 1000
}

func (l Limits) withDefaults() Limits {
	return Limits{
		MaxRun: or(l.MaxRun, time.Second),
		Heap:   l.Heap,
		Grace:  or(l.Grace, 5*time.Second),
		Calls:  or(l.Calls, 1000),
		Queue:  or(l.Queue, 10000),
		Source: or(l.Source, vm.MaxSource),
		Memory: l.Memory, Tasks: or(l.Tasks, 10000), Handlers: or(l.Handlers, 1000), LogLines: or(l.LogLines, 1000),
		Failures: or(l.Failures, 1000),
	}
}

func or[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

// Host runs scripts.
type Host struct {
	opts     Options
	watchdog *vm.Watchdog
	stop     context.CancelFunc // ends the caretaker
	tended   chan struct{}      // the caretaker has ended
	offences chan offence       // for the caretaker

	mu      sync.Mutex    // guards what follows, and is held over nothing that waits
	scripts []*Script     // in order of addition
	idle    chan struct{} // closed when nothing is left; nil until somebody asks
	held    int           // reasons of others to go on: see Hold
	watcher *watch.Watcher
	closed  bool

	still stillness
}

// NewHost makes a host. Whoever makes one closes it.
func NewHost(opts Options) *Host {
	opts.Limits = opts.Limits.withDefaults()
	if opts.Logger == nil {
		opts.Logger = slog.New(slog.DiscardHandler)
	}
	if opts.Clock == nil {
		opts.Clock = machineClock{}
	}
	ctx, stop := context.WithCancel(context.Background())
	h := &Host{opts: opts, watchdog: vm.NewWatchdog(), stop: stop, tended: make(chan struct{}), offences: make(chan offence, 64)}
	go h.tend(ctx)
	return h
}

// tidyPeriod is how often the states of scripts that don't run are tidied.
const tidyPeriod = time.Minute

// tend is the caretaker, a goroutine of the host until Close: it tidies scripts that have run and now rest, and halts those
// that were accused.
func (h *Host) tend(ctx context.Context) {
	defer close(h.tended)
	ticks := time.NewTicker(tidyPeriod)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case o := <-h.offences:
			o.generation.script.halt(o.generation, o.err)
		case <-ticks.C:
			for _, s := range h.Scripts() {
				s.tidy(ctx)
			}
		}
	}
}

// ScriptConfig says what a script is.
type ScriptConfig struct {
	Name    string         // unique within the host
	Path    string         // the file, as it is to be called in messages
	Account string         // for messages
	Text    *string        // the source, instead of that of the file
	Args    map[string]any // what the configuration gives to the script
	Value   any            // what the library hangs on it

	LastGood LastGood // serves a version of an earlier run where the file can't be loaded at first; nil keeps none
	// Added is told of the script when the host has it, before its first load: events that come while that runs wait in
	// its queue. It may be nil.
	Added func(*Script)
}

// Add loads a script and returns when its top level has run. When the load fails, the error is a *ScriptError and the
// script is there nonetheless: it comes to life when its file is mended under watch, or with [Host.Reload].
func (h *Host) Add(ctx context.Context, c ScriptConfig) (*Script, error) {
	s := newScript(h, c)
	h.mu.Lock()
	if h.closed {
		h.mu.Unlock()
		return nil, ErrClosed
	}
	if slices.ContainsFunc(h.scripts, func(o *Script) bool { return o.name == c.Name }) {
		h.mu.Unlock()
		return nil, fmt.Errorf("add script %q: %w", c.Name, ErrNameTaken)
	}
	h.scripts = append(h.scripts, s)
	watcher := h.watcher
	h.mu.Unlock()
	go s.dispatch()
	if c.Added != nil {
		c.Added(s)
	}
	err := s.load(ctx)
	if watcher != nil {
		watcher.Add(s.folder())
	}
	return s, err
}

// Remove unloads a script and forgets it. Its calls may finish within the grace time.
func (h *Host) Remove(ctx context.Context, name string) error {
	s := h.Script(name)
	if s == nil {
		return fmt.Errorf("remove script %q: %w", name, ErrUnknownScript)
	}
	s.close(ctx)
	h.mu.Lock()
	h.scripts = slices.DeleteFunc(h.scripts, func(o *Script) bool { return o == s })
	h.mu.Unlock()
	h.settle()
	return nil
}

// Script finds a script by name, or returns nil.
func (h *Host) Script(name string) *Script {
	for _, s := range h.Scripts() {
		if s.name == name {
			return s
		}
	}
	return nil
}

// compile compiles a script or module.
func (h *Host) compile(path string, source []byte) (*vm.Proto, error) {
	if tracer := h.opts.Tracer; tracer != nil {
		return vm.CompileTraced(path, source, tracer)
	}
	return vm.Compile(path, source)
}

// Scripts lists the scripts in the order in which they were added.
func (h *Host) Scripts() []*Script {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.scripts)
}

// Reload loads a script anew, or all when name is empty, whether files have changed or not. Scripts that can't be
// loaded go on with the version they have; their errors are joined.
func (h *Host) Reload(ctx context.Context, name string) error {
	if name != "" {
		s := h.Script(name)
		if s == nil {
			return fmt.Errorf("reload script %q: %w", name, ErrUnknownScript)
		}
		return s.reload(ctx)
	}
	scripts := h.Scripts()
	errs := make([]error, len(scripts))
	var g errgroup.Group
	for i, s := range scripts {
		g.Go(func() error {
			errs[i] = s.reload(ctx)
			return nil
		})
	}
	_ = g.Wait() // the errors are in errs, all of them
	return join(errs)
}

// Close lets queued events and running calls finish within the grace time, ends the rest and frees everything. When
// ctx ends it hurries. A watch has to be ended before. It may be called again: each waits until all is closed.
func (h *Host) Close(ctx context.Context) error {
	h.mu.Lock()
	first := !h.closed
	h.closed = true
	h.mu.Unlock()
	h.stop()
	<-h.tended
	var g errgroup.Group
	for _, s := range h.Scripts() {
		g.Go(func() error {
			s.close(ctx)
			return nil
		})
	}
	err := g.Wait()
	if first {
		err = errors.Join(err, h.watchdog.Close())
	}
	return err
}

// Idle is closed when no script has anything left to wait for: no handler, timer, hold, running call, load or queued
// event, and no deleted file that may come back; and nobody else holds the host. Ask once the scripts have been added.
func (h *Host) Idle() <-chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.idle == nil {
		h.idle = make(chan struct{})
	}
	idle := h.idle
	h.tellIdle()
	return idle
}

// Hold keeps Idle from being told until it is released: for one who has begun something whose outcome is still to be
// heard of, as a load. It may be released more than once.
func (h *Host) Hold() (release func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.held++
	return sync.OnceFunc(func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.held--
		h.tellIdle()
	})
}

// settle is called when a script may have ended.
func (h *Host) settle() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.tellIdle()
}

// tellIdle tells those who wait if nothing is left. It is called with the lock.
func (h *Host) tellIdle() {
	if h.idle == nil || h.held > 0 || slices.ContainsFunc(h.scripts, func(s *Script) bool { return s.work.Load() != 0 }) {
		return
	}
	close(h.idle)
	h.idle = nil // scripts may be loaded again: the next to ask gets another channel
}

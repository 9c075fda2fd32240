package vm

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	lua "github.com/yuin/gopher-lua"
)

// ErrClosed ends the calls of a machine that is being closed, and refuses new ones.
var ErrClosed = errors.New("the script has been closed")

// Sizes of Lua stacks. A thread costs about 8 KB with a small registry that may grow. The interpreter's own check
// for a full call stack never fires, so there is room above maxFrames for what is pushed until our own look.
const (
	registrySlots    = 64
	maxRegistrySlots = 1 << 16 // a megabyte: what one unpack may want
	registryStep     = 1024
	maxFrames        = 1000
	spareFrames      = 200
)

// Options of a machine. The zero value works.
type Options struct {
	MaxRun  time.Duration     // longest run of Lua without a pause; 0 means a second, negative no limit
	MaxHeap uint64            // bytes of Go heap above which the calls of the machine that holds most are ended; 0 means no limit
	Memory  uint64            // bytes that the state may hold; its calls are ended when it holds more. 0 means no limit
	Print   func(line string) // gets what print says; nil drops it
	Now     func() time.Time  // the clock of os.time and os.date; nil means the real one

	// Roots tells which values Go holds for the state, such as handlers. It is called with the baton; nil is none.
	Roots func(tell func(Value))
	// Heavy is told that the state holds too much, beside those who get the error of their call. It must not block.
	Heavy func(error)

	Watchdog *Watchdog // shared by several machines; nil means one of its own
}

// Machine is one Lua state, its baton and its calls. Everything that can be reached from the state belongs to
// whoever holds the baton.
type Machine struct {
	opts  Options
	baton sync.Mutex
	over  chan struct{} // closed: what a thread's Done gives when it has to end
	idle  *call         // stands in where no call runs

	// With the baton:
	root                     *State
	pool                     []*thread                      // that rest between calls, the latest last
	meta                     *Table                         // of error values; made with the first
	next, inext              *Function                      // of pairs and ipairs
	trampoline               *Function                      // see coroutine.go
	stockCreate, stockResume GoFunction                     // the interpreter's own coroutine functions
	show                     func(L *State, v Value) string // see ShowWith

	// For the watchdog, who has no baton:
	holder   atomic.Pointer[call] // who runs Lua; nil while nobody does
	turn     atomic.Uint64        // counts how often a call has taken the baton
	burden   burden
	watchdog *Watchdog
	workers  workers

	mu     sync.Mutex // guards what follows; taken while one has the baton, never the other way round
	calls  map[*call]struct{}
	ended  sync.Cond // calls has become empty
	closed bool
}

// New makes a machine with the library installed. Whoever makes one closes it. The first one of a process also bounds
// the interpreter for all of them: see limitArrays and limitConcat.
func New(opts Options) *Machine {
	if opts.MaxRun == 0 {
		opts.MaxRun = time.Second
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	m := &Machine{opts: opts, calls: map[*call]struct{}{}, watchdog: opts.Watchdog, over: make(chan struct{})}
	close(m.over)
	m.ended.L = &m.mu
	limitArrays()
	limitConcat()
	m.root = lua.NewState(lua.Options{
		SkipOpenLibs:        true,
		CallStackSize:       maxFrames + spareFrames,
		MinimizeStackMemory: true,
		RegistrySize:        128, // for less it would take 5,120
		RegistryMaxSize:     maxRegistrySlots,
		RegistryGrowStep:    registryStep,
	})
	m.root.Options.RegistrySize = registrySlots // for its threads
	m.idle = newCall(m, context.Background())
	m.root.SetContext(&thread{state: m.root, call: m.idle, left: instructionsPerLook})
	m.openLibrary()
	if m.watchdog == nil {
		m.watchdog = NewWatchdog()
	}
	m.watchdog.enter(m)
	return m
}

// ShowWith says how print writes tables that have no __tostring, and Open objects. It is called with the baton.
func (m *Machine) ShowWith(show func(L *State, v Value) string) { m.show = show }

// Lock takes the baton. Lua code runs with [Machine.Run] and [Machine.Start], which take it themselves; Lock is for
// those who build or read values.
func (m *Machine) Lock() { m.baton.Lock() }

// Unlock gives the baton up.
func (m *Machine) Unlock() { m.baton.Unlock() }

// Root is the machine's main thread, for making values and globals while one has the baton.
func (m *Machine) Root() *State { return m.root }

// Kill ends every running call at its next instruction or blocking call, and returns at once. pcall can't hold it off,
// nor can coroutines. The cause is what the calls' errors wrap. Calls that begin later are not concerned.
func (m *Machine) Kill(cause error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for c := range m.calls {
		c.kill(cause)
	}
}

// Wait waits until no call runs. A call must not wait for its own end, nor whoever has the baton for any.
func (m *Machine) Wait() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for len(m.calls) > 0 {
		m.ended.Wait()
	}
}

// Calls counts the running calls, those that block included.
func (m *Machine) Calls() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.calls)
}

// Close kills all calls, waits for their end and frees the machine. Later calls fail with [ErrClosed].
func (m *Machine) Close() error {
	m.mu.Lock()
	first := !m.closed
	m.closed = true // before Kill: what begins in between is refused by enter
	m.mu.Unlock()
	m.Kill(ErrClosed)
	m.Wait()
	if !first {
		return nil
	}
	m.workers.close()
	m.watchdog.leave(m) // before the root is closed: it weighs machines that rest
	if m.opts.Watchdog == nil {
		_ = m.watchdog.Close() // never fails
	}
	m.Lock()
	defer m.Unlock()
	m.pool = nil
	m.root.Close()
	return nil
}

// enter notes a call, unless the machine is closed.
func (m *Machine) enter(c *call) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return ErrClosed
	}
	m.calls[c] = struct{}{}
	return nil
}

// leave forgets a call that has ended, and wakes Wait with the last.
func (m *Machine) leave(c *call) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.calls, c)
	if len(m.calls) == 0 {
		m.ended.Broadcast()
	}
}

// take and drop tell the watchdog who runs; the caller has the baton. Each take is a new turn, so that the time of a call
// that has waited in between is measured from here.
func (m *Machine) take(c *call) {
	m.turn.Add(1)
	m.holder.Store(c)
	m.watchdog.running()
}

func (m *Machine) drop() { m.holder.Store(nil) }

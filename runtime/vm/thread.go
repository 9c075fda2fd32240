package vm

import (
	"context"
	"errors"
	"time"
)

const (
	instructionsPerLook = 128  // between two looks at the depth of the stack
	maxIdleThreads      = 64   // kept for later calls
	maxUses             = 1000 // of one thread: its registry never shrinks
	maxDepth            = 190  // as LUAI_MAXCCALLS; each level costs Go stack
)

var errStackOverflow = errors.New("stack overflow (a function calls itself without end?)")

// thread is a Lua thread with what the interpreter doesn't know about it. It is also the thread's context: the
// interpreter asks Done before every instruction, which makes it an instruction hook. A nil channel is the cheapest
// answer; a closed one makes the interpreter raise Err.
//
// All of it is used with the baton.
type thread struct {
	state  *State
	call   *call  // that it runs for; Machine.idle while it rests in the pool, or is a coroutine that waits
	up     *State // who waits for this thread: a protected call or a resume
	upFrom int    // the level of its first frame that isn't ours
	left   int    // instructions until the next look
	uses   int    // how many calls it has served

	fault   error     // raised once; else the call's death is
	onError *Function // message handler, made once
	full    bool      // onError notes the whole way of the error

	// Of coroutines:
	coroutine bool
	wanted    int  // how many results a yield is to have; -1 takes all
	armed     bool // the Panic hook is set
}

var _ context.Context = (*thread)(nil)

// Deadline is part of context.Context.
func (t *thread) Deadline() (time.Time, bool) { return time.Time{}, false }

// Value is part of context.Context.
func (t *thread) Value(any) any { return nil }

// Done is called before each instruction. It is the hottest function of the package: a counter, and one load that is
// seldom anything but false.
func (t *thread) Done() <-chan struct{} {
	if t.left--; t.left > 0 && !t.call.alert.Load() {
		return nil
	}
	return t.look()
}

// look does what doesn't have to be done before each instruction, or what the call was alerted for.
func (t *thread) look() <-chan struct{} {
	t.left = instructionsPerLook
	if t.coroutine && !t.armed { // the interpreter sets a hook of its own when it first resumes: ours comes after that
		t.armed = true
		t.state.Panic = t.noteAndPanic
	}
	if t.call.alert.Load() {
		t.heed()
	}
	if t.call.killed.Load() {
		return t.call.machine.over
	}
	if depthOf(t.state) > maxFrames {
		t.fault = errStackOverflow
		return t.call.machine.over
	}
	return nil
}

// Err is asked when Done has given a closed channel.
func (t *thread) Err() error {
	if err := t.fault; err != nil {
		t.fault = nil
		return err
	}
	return t.call.death()
}

// threadOf finds our side of a Lua thread.
func threadOf(L *State) *thread {
	t, _ := L.Context().(*thread)
	return t
}

// acquire gives a thread to a call; the caller has the baton. up waits for it, nil for the first thread of a call. full
// has its errors note the whole way that they came, which costs something: a pcall that only catches asks for less.
func (m *Machine) acquire(c *call, up *State, full bool) *thread {
	var t *thread
	if n := len(m.pool); n > 0 {
		t = m.pool[n-1]
		m.pool[n-1] = nil
		m.pool = m.pool[:n-1]
	} else {
		t = m.newThread()
		t.onError = t.state.NewFunction(t.handleError)
	}
	t.call, t.up, t.upFrom, t.full = c, up, 0, full
	t.left = instructionsPerLook
	t.uses++
	return t
}

func (m *Machine) newThread() *thread {
	ctx := m.root.RemoveContext() // a thread would derive a context of its own from it
	state, _ := m.root.NewThread()
	m.root.SetContext(ctx)
	t := &thread{state: state, call: m.idle}
	state.SetContext(t)
	return t
}

// release takes a thread back whose function has returned or raised a plain Lua error.
func (m *Machine) release(t *thread) {
	if t.state.Dead || t.uses >= maxUses || len(m.pool) >= maxIdleThreads {
		return
	}
	t.state.SetTop(0)
	t.call, t.up = m.idle, nil
	m.pool = append(m.pool, t)
}

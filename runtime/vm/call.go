package vm

import (
	"context"
	"sync"
	"sync/atomic"
)

// call is one run of a function from outside: it may span several Lua threads, for pcall and coroutines have their
// own. It holds the context of whoever started it.
type call struct {
	machine *Machine
	parent  context.Context
	killed  atomic.Bool
	alert   atomic.Bool // the call is killed, or there is something to look at before its next instruction

	// With the baton:
	depth int    // protected calls and coroutines inside each other: they nest on the Go stack
	trail trail  // where the latest error of a nested thread came from
	at    *State // the thread that waits in Block; nil while the call runs

	mu     sync.Mutex // guards what follows
	cause  error
	ctx    context.Context // what bindings wait on; made when first asked for
	cancel context.CancelCauseFunc
}

func newCall(m *Machine, ctx context.Context) *call { return &call{machine: m, parent: ctx} }

// kill ends the call; the first cause counts. Any goroutine may call it. Lua notices before its next instruction
// (thread.Done), library functions with loops of their own by poll, and what waits in Block by the end of its context.
func (c *call) kill(cause error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cause == nil {
		c.cause = cause
	}
	c.killed.Store(true) // first: who sees the alert looks at this
	c.alert.Store(true)
	if c.cancel != nil {
		c.cancel(c.cause)
	}
}

// death says why the call must end, or nil. A call whose context has ended is killed by the asking.
func (c *call) death() error {
	if !c.killed.Load() {
		if c.parent.Err() == nil {
			return nil
		}
		c.kill(context.Cause(c.parent))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.cause
}

// context gives the Go context that ends with the call. Most calls compute and never ask for it, and deriving one takes
// longer than a short call.
func (c *call) context() context.Context {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ctx == nil {
		c.ctx, c.cancel = context.WithCancelCause(c.parent)
		if c.cause != nil {
			c.cancel(c.cause)
		}
	}
	return c.ctx
}

// end releases the context.
func (c *call) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cancel != nil {
		c.cancel(nil)
	}
}

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
	depth   int   // protected calls and coroutines inside each other: they nest on the Go stack
	trail   trail // where the latest error of a nested thread came from
	killed  atomic.Bool
	alert   atomic.Bool // the call is killed, or there is something to look at before its next instruction
	at      *State      // with the baton: the thread that has given up the baton

	mu     sync.Mutex // guards what follows
	cause  error
	ctx    context.Context // what bindings wait on; made when first asked for
	cancel context.CancelCauseFunc
}

func newCall(m *Machine, ctx context.Context) *call { return &call{machine: m, parent: ctx} }

// kill ends the call; the first cause counts. Any goroutine may call it.
func (c *call) kill(cause error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cause == nil {
		c.cause = cause
	}
	c.killed.Store(true)
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

// context gives the Go context that ends with the call.
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

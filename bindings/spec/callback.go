package spec

import (
	"context"
	"errors"
	"sync"

	"github.com/tgscript/tgscript/runtime/vm"
)

// Callback is an option that scripts give as a function, for Go to call while the row waits:
//
//	Progress spec.Callback `lua:"progress,optional" doc:"Called on the way." type:"fun(done: integer, total: integer)"`
//
// The zero value is no function, and calling it does nothing.
type Callback struct {
	machine *vm.Machine
	fn      *vm.Function
}

// DecodeLua reads a function.
func (cb *Callback) DecodeLua(L *vm.State, v vm.Value) error {
	fn, ok := v.(*vm.Function)
	if !ok {
		return Expected("function", v)
	}
	*cb = Callback{machine: vm.MachineOf(L), fn: fn}
	return nil
}

// LuaType is how the editor types write it.
func (Callback) LuaType() string { return "function" }

// Given says whether the script gave a function.
func (cb Callback) Given() bool { return cb.fn != nil }

// Call calls the function and returns its first result as [Plain] makes it. It takes the baton, so it is for rows
// that wait, from any of their goroutines; the function may wait too. Its error is the script's own: a row that
// returns it raises what the function raised. A row that is InOrder gives up its place in the line, for what the
// function sends would wait for it.
func (cb Callback) Call(c *Call, args ...any) (any, error) {
	results, err := cb.Results(c, args...)
	if err != nil || len(results) == 0 {
		return nil, err
	}
	return results[0], nil
}

// Results is Call for functions with several results.
func (cb Callback) Results(c *Call, args ...any) ([]any, error) {
	if cb.fn == nil {
		return nil, nil
	}
	if c.leave != nil {
		c.leave()
	}
	results, err := cb.machine.Run(c, cb.fn, func(*vm.State) []vm.Value {
		values := make([]vm.Value, len(args))
		for i, arg := range args {
			values[i] = c.Instance.Value(arg)
		}
		return values
	})
	if err != nil {
		return nil, err
	}
	plain := make([]any, len(results))
	for i, v := range results {
		if plain[i], err = cb.plain(v); err != nil {
			return nil, err
		}
	}
	return plain, nil
}

func (cb Callback) plain(v vm.Value) (any, error) {
	if v.Type() == vm.TypeTable { // others may be read without the baton
		cb.machine.Lock()
		defer cb.machine.Unlock()
	}
	return Plain(v)
}

// Progress starts to tell the function how far something has come. report may be called from any goroutine, as often
// as one likes: it never waits, and a function that is slow is told the newest numbers only. When the function raises
// an error, ctx ends. finish waits for the last call and returns the row's error: the function's own, else err.
func (cb Callback) Progress(c *Call) (ctx context.Context, report func(done, total int64), finish func(err error) error) {
	if cb.fn == nil {
		return c.Context, nil, func(err error) error { return err }
	}
	ctx, cancel := context.WithCancelCause(c.Context)
	p := &progress{news: make(chan struct{}, 1), ended: make(chan struct{})}
	go func() { // finish waits for it
		defer close(p.ended)
		for range p.news {
			if p.failed == nil {
				if _, p.failed = cb.Call(c, p.take()...); p.failed != nil {
					cancel(p.failed)
				}
			}
		}
	}()
	return ctx, p.report, func(err error) error {
		defer cancel(nil)
		close(p.news)
		<-p.ended
		if p.failed != nil && (err == nil || errors.Is(err, context.Canceled) || errors.Is(err, p.failed)) {
			return p.failed
		}
		return err
	}
}

// progress is what one function is told.
type progress struct {
	news   chan struct{} // has room for one
	ended  chan struct{}
	failed error // read after ended

	mu          sync.Mutex
	done, total int64
}

func (p *progress) report(done, total int64) {
	p.mu.Lock()
	p.done, p.total = max(done, p.done), total // reports of several goroutines may overtake one another
	p.mu.Unlock()
	select {
	case p.news <- struct{}{}:
	default:
	}
}

func (p *progress) take() []any {
	p.mu.Lock()
	defer p.mu.Unlock()
	return []any{p.done, p.total}
}

var _ Decoder = (*Callback)(nil)

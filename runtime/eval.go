package runtime

import (
	"context"
	"errors"

	"github.com/tgscript/tgscript/runtime/vm"
)

// ErrNotServing is a request for a script of which no version serves.
var ErrNotServing = errors.New("no version of the script serves")

// evalName is what errors and tracebacks call a chunk that somebody has typed.
const evalName = "typed"

// Eval runs a chunk in the live generation as one of its calls, and returns its results as show writes them. An
// expression is a chunk, too. What it prints goes to print. The chunk has the limits of all calls, and ends with ctx.
// The error is a *ScriptError, or one of ctx.
func (s *Script) Eval(ctx context.Context, chunk string, print func(line string), show func(L *vm.State, v vm.Value) string) ([]string, error) {
	if o := s.opening.Load(); o != nil { // acquire would wait for it without end
		select {
		case <-o.done:
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
	g := s.acquire()
	if g == nil {
		return nil, ErrNotServing
	}
	defer g.refs.release()
	fail := func(err error) error {
		return &ScriptError{Script: s.name, Account: s.config.Account, Generation: g.number, Err: err}
	}
	proto, err := vm.CompileLine(evalName, []byte(chunk))
	if err != nil {
		return nil, fail(err)
	}
	g.used.Store(true)
	s.begin()
	defer s.end(1)
	s.calls.Add(1)
	defer s.calls.Add(-1)
	g.machine.Lock()
	fn := g.machine.Root().NewFunctionFromProto(proto)
	g.machine.Unlock()
	scope, cancel := context.WithCancelCause(g.scope.Context)
	defer cancel(nil)
	defer context.AfterFunc(ctx, func() { cancel(context.Cause(ctx)) })()
	c := &call{Context: vm.WithPrint(scope, print), generation: g, event: Event{Name: evalCall}}
	results, err := g.machine.Run(c, fn, nil)
	if err == nil {
		results, err = g.machine.Run(c, g.shower(show), func(*vm.State) []vm.Value { return results })
	}
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case err != nil:
		return nil, fail(err)
	}
	texts := make([]string, len(results))
	for i, v := range results {
		texts[i] = vm.Text(v)
	}
	return texts, nil
}

// shower is a function that gives its arguments as show writes them. Within a run, since what they have in __tostring
// may fail, wait, or never end.
func (g *Generation) shower(show func(L *vm.State, v vm.Value) string) *vm.Function {
	g.machine.Lock()
	defer g.machine.Unlock()
	return vm.Wrap(g.machine.Root(), func(L *vm.State) int {
		for i := range L.GetTop() {
			L.Replace(i+1, vm.String(show(L, L.Get(i+1))))
		}
		return L.GetTop()
	})
}

package runtime

import (
	"context"

	"github.com/tgscript/tgscript/runtime/vm"
)

// Ask calls fn for something outside, such as a web server, and gives its results to read, both with the baton, which
// the caller must not hold. The call ends with ctx and with the generation. Its error has been told as those of
// handlers are; ErrNotServing says that the generation has retired and nothing was called.
func (g *Generation) Ask(ctx context.Context, what string, fn *vm.Function, args func(*vm.State) []vm.Value, read func(L *vm.State, results []vm.Value)) error {
	if g.Staged() || !g.refs.acquire() {
		return ErrNotServing
	}
	defer g.refs.release()
	g.used.Store(true)
	g.script.begin()
	defer g.script.end(1)
	g.script.calls.Add(1)
	defer g.script.calls.Add(-1)
	if w, ok := ctx.Value(watchedKey{}).(watched); ok {
		w.begun()
		defer w.over()
	}
	scope, cancel := context.WithCancelCause(g.scope.Context)
	defer cancel(nil)
	defer context.AfterFunc(ctx, func() { cancel(context.Cause(ctx)) })()
	c := &call{Context: scope, generation: g, event: Event{Name: what}}
	c.current.handler = &handler{Subscription: Subscription{Site: siteOf(fn)}}
	results, err := g.machine.Run(c, fn, args)
	if err == nil {
		g.machine.Lock()
		defer g.machine.Unlock()
		read(g.machine.Root(), results)
		return nil
	}
	c.report(err)
	return err
}

type watchedKey struct{}

type watched struct{ begun, over func() }

// Watched is a context for Ask. begun is called when the call counts for [Host.Quiet], over before it doesn't any more: a
// test knows what comes to rest between them.
func Watched(ctx context.Context, begun, over func()) context.Context {
	return context.WithValue(ctx, watchedKey{}, watched{begun, over})
}

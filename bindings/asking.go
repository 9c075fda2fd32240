package bindings

import (
	"context"
	"errors"

	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/permission"
)

// Asked is a script's wish for a permission that it doesn't have.
type Asked struct {
	Script, Account string
	Site            string // file:line of the call
	Denied          *permission.DeniedError
}

// AskFunc asks a person. It may take its time: the script's other calls go on.
type AskFunc func(ctx context.Context, wish Asked) permission.Answer

// asking is the table's Denied: a call that was refused may be made again if a person permits it.
func asking(g *runtime.Generation, err error) func(ctx context.Context, site string) (done func(), again bool) {
	env, ok := g.Value().(*Env)
	if !ok || env.Ask == nil || env.Allow == nil {
		return nil
	}
	denied, ok := errors.AsType[*permission.DeniedError](err)
	if !ok || denied.Forbidden {
		return nil
	}
	return func(ctx context.Context, site string) (done func(), again bool) {
		s := g.Script()
		switch env.Ask(ctx, Asked{Script: denied.Script, Account: s.Account(), Site: site, Denied: denied}) {
		case permission.Once:
			return env.Allow.Grant(denied.Kind, denied.What), true
		case permission.Always:
			env.Allow.Grant(denied.Kind, denied.What)
			return func() {}, true
		}
		return nil, false
	}
}

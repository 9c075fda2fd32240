package bindings

import (
	"context"
	"errors"
	"strconv"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/schema"
)

// batchError says that some calls of a batch failed.
type batchError struct {
	telegram.MultiError
	answers, failed vm.Value // lists: false where there is none
}

// LuaFields are the fields of the error as scripts see it.
func (e *batchError) LuaFields() map[string]any {
	return map[string]any{"kind": "BATCH", "message": e.Error(), "answers": e.answers, "errors": e.failed}
}

type batchOptions struct {
	callOptions
	Partial bool `lua:"partial,optional" doc:"Don't raise when calls fail: their errors stand in the list in place of the answers."`
}

type batchArgs struct {
	Calls *vm.Table    `lua:"calls" doc:"A list of calls, each { \"messages.sendMessage\", { peer = \"me\", message = \"hi\" } }, or a table with the method as _."`
	Opts  batchOptions `lua:"options,optional" doc:"How the calls are made."`
}

// callBatch keeps the baton but while it waits: answers and errors become Lua values side by side.
var callBatch = spec.Method("batch", "Make several calls at once: they go out one after another without waiting for each other's answers, and Telegram "+
	"carries them out in this order. All are checked before the first is made. Returns the answers in the same order. If calls fail, the error "+
	"BATCH is raised, with the lists `answers` and `errors`, which have false where there is none.",
	func(c *spec.Call, a *api, in batchArgs) (*vm.Table, error) {
		if a.space != "" {
			return nil, &spec.ArgumentError{Function: "client.api." + a.space, Problem: "call one of its methods, or client.api{ ... } for several calls at once"}
		}
		calls, err := a.calls(c, in.Calls)
		if err != nil {
			return nil, err
		}
		var answers []any
		err = vm.Block(c.State, func(ctx context.Context) (err error) {
			answers, err = a.client.account.DoAll(telegram.WithCall(a.client.Context(ctx), in.Opts.options()), calls)
			return err
		})
		var some telegram.MultiError
		if err != nil && !errors.As(err, &some) {
			return nil, err
		}
		return listed(c, answers, some, in.Opts.Partial)
	},
).Direct().Example(`local answers = client.api{
  { "messages.sendMessage", { peer = "me", message = "one" } },
  { "messages.sendMessage", { peer = "me", message = "two" } },
}
tg.log(#answers)`).Result("any[]").Raises("BATCH", "ARGUMENT", "UNKNOWN_NAME", "PERMISSION_DENIED")

// calls reads the list.
func (a *api) calls(c *spec.Call, list *vm.Table) ([]*telegram.RawCall, error) {
	calls := make([]*telegram.RawCall, list.Len())
	for i := range calls {
		place := "call " + strconv.Itoa(i+1)
		one, ok := list.RawGetInt(i + 1).(*vm.Table)
		if !ok {
			return nil, &spec.ArgumentError{Function: "batch", Place: place, Problem: spec.Expected(`{ "method", { parameters } }`, list.RawGetInt(i+1)).Error()}
		}
		method, given := one.RawGetInt(1), one.RawGetInt(2)
		if named := one.RawGetString(schema.Tag); named != vm.Nil {
			method, given = named, one
		}
		var args apiArguments
		name, err := methodOf(method)
		if err == nil && given != vm.Nil {
			err = args.DecodeLua(c.State, given)
		}
		if err != nil {
			return nil, &spec.ArgumentError{Function: "batch", Place: place, Problem: err.Error()}
		}
		if calls[i], err = a.client.prepare(c, name, args.values); err != nil {
			return nil, err
		}
	}
	return calls, nil
}

// methodOf is a method by its name or by itself: client.api.help.getConfig.
func methodOf(v vm.Value) (string, error) {
	switch v := v.(type) {
	case vm.String:
		return string(v), nil
	case *vm.UserData:
		if m, ok := v.Value.(*apiMethod); ok {
			return m.name, nil
		}
	}
	return "", spec.Expected("name of a method", v)
}

// listed makes the list of answers, or the error that has them.
func listed(c *spec.Call, answers []any, failed telegram.MultiError, partial bool) (*vm.Table, error) {
	list, errs := c.State.CreateTable(len(answers), 0), c.State.CreateTable(len(failed), 0)
	for i, answer := range answers {
		v := c.Instance.Value(shown(answer, false))
		if failed != nil && failed[i] != nil {
			v = vm.False
			errs.RawSetInt(i+1, vm.NewError(c.State, failed[i]))
			if partial {
				v = errs.RawGetInt(i + 1)
			}
		} else {
			errs.RawSetInt(i+1, vm.False)
		}
		list.RawSetInt(i+1, v)
	}
	if failed != nil && !partial {
		return nil, &batchError{failed, list, errs}
	}
	return list, nil
}

package bindings

import (
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
)

// failureOptions say what is done about a handler that fails, or takes too long.
type failureOptions struct {
	Retry   retry         `lua:"retry,optional" doc:"How often the handler gets the same event again when it has raised an error: a number, or { times = 3, delay = \"1s\", backoff = 2 }. A FLOOD_WAIT is waited for."`
	Timeout time.Duration `lua:"timeout,optional" doc:"The longest time that one call of the handler may take; then whatever it waits for raises TIMEOUT."`
}

// retry is how often, or how.
type retry struct{ runtime.Retry }

type retryTable struct {
	Times   int            `lua:"times"`
	Delay   *time.Duration `lua:"delay,optional"`
	Backoff float64        `lua:"backoff,optional"`
}

var retryRead = spec.OptionsOf[retryTable]()

// mostRetries keeps a slip of the keyboard from holding up a chat for days.
const mostRetries = 100

// DecodeLua reads a number of times, or a table.
func (r *retry) DecodeLua(L *vm.State, v vm.Value) error {
	table := retryTable{}
	switch v := v.(type) {
	case vm.Number:
		n, ok := whole(v)
		if !ok {
			return spec.Expected("number of times", v)
		}
		table.Times = int(n)
	case *vm.Table:
		var err error
		if table, err = retryRead.Decode(L, "", v); err != nil {
			return err
		}
	default:
		return spec.Expected("number of times, or { times, delay, backoff }", v)
	}
	if table.Times < 0 || table.Times > mostRetries || table.Backoff < 0 {
		return spec.Expected("number of times from 0 to 100", v)
	}
	r.Retry = runtime.Retry{Times: table.Times, Delay: time.Second, Backoff: 2}
	if table.Delay != nil {
		r.Delay = *table.Delay
	}
	if table.Backoff > 0 {
		r.Backoff = table.Backoff
	}
	return nil
}

// LuaType is how the editor types write it.
func (retry) LuaType() string {
	return "integer|{ times: integer, delay?: Duration, backoff?: number }"
}

var _ spec.Decoder = (*retry)(nil)

var resumeHandler = spec.Method("resume", "Let a paused handler have events again. Returns whether it was paused.",
	func(_ *spec.Call, h *handler, _ spec.None) (bool, error) { return h.Resume(), nil },
).Direct().Example(`for _, handler in ipairs(client:handlers()) do
  if handler.paused then handler:resume() end
end`)

type onErrorArgs struct {
	Function *vm.Function `lua:"fn" type:"fun(err: any, event: any)" doc:"Called with the error, as pcall would give it, and the event that the handler got; nil for timers and the like."`
}

var onError = spec.Function("on_error", "Call a function after each call of this script that ends with an error. The error is logged nonetheless.",
	func(c *spec.Call, in onErrorArgs) (spec.None, error) {
		c.Generation.OnError(in.Function, func(_ *vm.State, e *runtime.ScriptError, event vm.Value) []vm.Value {
			return []vm.Value{raisedBy(c.Instance, e.Err), event}
		})
		return spec.None{}, nil
	},
).Direct().Example(`tg.on_error(function(err, event)
  client:send_message("me", "Something went wrong: " .. tostring(err))
end)`)

// raisedBy is what pcall would have caught.
func raisedBy(in *spec.Instance, err error) vm.Value {
	if e, ok := err.(*vm.Error); ok && e.Value != vm.Nil {
		return e.Value
	}
	return in.Value(err)
}

// catching asks handlerOptions.subscribe for what it would register.
type catching struct{}

// caught is a handler that was not registered.
type caught struct {
	runtime.Subscription
	filter *vm.Function
}

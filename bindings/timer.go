package bindings

import (
	"errors"
	"reflect"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

// timer is what tg.after and tg.every return.
type timer struct{ cancel func() }

// timerClass is the class Timer.
var timerClass = spec.Class{
	Name: "Timer", Call: "timer", Go: reflect.TypeFor[*timer](),
	Doc: "A function that will be called later. Timers end with the version of the script that made them.",
	Methods: []spec.Func{
		spec.Method("cancel", "Don't call it any more. A call that is running goes on.",
			func(_ *spec.Call, t *timer, _ spec.None) (spec.None, error) { t.cancel(); return spec.None{}, nil },
		).Direct(),
	},
}

type sleepArgs struct {
	Duration time.Duration `lua:"duration" doc:"How long."`
}

var sleep = spec.Function("sleep", "Wait. Other handlers of the script run meanwhile.",
	func(c *spec.Call, in sleepArgs) (spec.None, error) {
		return spec.None{}, c.Generation.Sleep(c, in.Duration)
	},
).Example(`tg.sleep(1.5)
tg.sleep("2m")`)

type timerArgs struct {
	Duration time.Duration `lua:"duration" doc:"How long."`
	Function *vm.Function  `lua:"fn" type:"fun()" doc:"What to call."`
}

var after = spec.Function("after", "Call a function once, later.",
	func(c *spec.Call, in timerArgs) (*timer, error) {
		if err := c.Generation.TaskRoom(); err != nil {
			return nil, err
		}
		return &timer{c.Generation.After(in.Duration, in.Function)}, nil
	},
).Direct().Raises("TOO_MANY").Example(`tg.after("10m", function() client:send_message("me", "Tea is ready.") end)`)

var every = spec.Function("every", "Call a function again and again. A call that takes longer than that is not overtaken by the next.",
	func(c *spec.Call, in timerArgs) (*timer, error) {
		if in.Duration < time.Millisecond {
			return nil, &spec.ArgumentError{Function: "every", Place: "argument 1 (duration)", Problem: "must be at least 0.001 seconds"}
		}
		if err := c.Generation.TaskRoom(); err != nil {
			return nil, err
		}
		return &timer{c.Generation.Every(in.Duration, in.Function)}, nil
	},
).Direct().Raises("TOO_MANY").Example(`local timer = tg.every("1h", function() client:send_message("me", "Still here.") end)
timer:cancel()`)

type spawnArgs struct {
	Function *vm.Function `lua:"fn" type:"fun(...)" doc:"What to call."`
	Rest     []vm.Value   `lua:"...,rest" doc:"What to give it."`
}

var spawn = spec.Function("spawn", "Call a function beside the running one, and don't wait for it.",
	func(c *spec.Call, in spawnArgs) (spec.None, error) {
		if in.Function == nil {
			return spec.None{}, errors.New("spawn: function expected")
		}
		if err := c.Generation.TaskRoom(); err != nil {
			return spec.None{}, err
		}
		c.Generation.Spawn(in.Function, func(*vm.State) []vm.Value { return in.Rest })
		return spec.None{}, nil
	},
).Direct().Raises("TOO_MANY").Example(`tg.spawn(function(name) client:send_message(name, "Good morning") end, "@alice")`)

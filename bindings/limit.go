package bindings

import (
	"fmt"
	"reflect"
	"strconv"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram/pace"
)

// limit is what tg.limit returns.
type limit struct{ places *pace.Limiter[string] }

// LimitError says that something would have to wait longer than it may.
type LimitError struct {
	Rate        pace.Rate
	Wait, Limit time.Duration
}

// Error is one line for the script's author.
func (e *LimitError) Error() string {
	return fmt.Sprintf("the limit of %v would make it wait %v, more than %v", e.Rate, e.Wait.Round(time.Millisecond), e.Limit)
}

// LuaFields are what scripts see on the caught error.
func (e *LimitError) LuaFields() map[string]any {
	return map[string]any{"kind": "LIMIT_WAIT", "message": e.Error(), "seconds": e.Wait.Seconds()}
}

// limitKey is what a limit counts apart: text, a number, or a chat.
type limitKey string

// DecodeLua reads a text, a number, or an object that has a chat.
func (k *limitKey) DecodeLua(L *vm.State, v vm.Value) error {
	switch v := v.(type) {
	case vm.String:
		*k = limitKey(v)
	case vm.Number:
		*k = limitKey(v.String())
	case *vm.UserData:
		switch object := v.Value.(type) {
		case *peer:
			*k = limitKey(strconv.FormatInt(object.ID, 10))
		case *message:
			*k = limitKey(strconv.FormatInt(object.Chat.ID, 10))
		default:
			return spec.Expected("text, number or chat", v)
		}
	default:
		return spec.Expected("text, number or chat", v)
	}
	return nil
}

// LuaType is how the editor types write it.
func (limitKey) LuaType() string { return "string|number|Peer|Message" }

type limitOptions struct {
	Burst int `lua:"burst,optional" doc:"How many may come at once after a time of quiet; 1 if not given."`
}

type limitArgs struct {
	Rate string       `lua:"rate" doc:"How many in which time: \"1/s\", \"20/m\", \"3/10s\", \"100/day\"."`
	Opts limitOptions `lua:"options,optional" doc:"How strict it is."`
}

var newLimit = spec.Function("limit", "Make a limit of a script's own. It counts for each key apart, and gives places in the order in which they are asked for.",
	func(c *spec.Call, in limitArgs) (*limit, error) {
		rate, err := pace.Parse(in.Rate)
		if err == nil && in.Opts.Burst != 0 {
			rate.Burst = in.Opts.Burst
			rate, err = pace.Parse(rate.String())
			if in.Opts.Burst < 1 {
				err = fmt.Errorf("a burst is 1 or more, not %d", in.Opts.Burst)
			}
		}
		if err != nil {
			return nil, &spec.ArgumentError{Function: "limit", Place: "argument 1 (rate)", Problem: err.Error()}
		}
		return &limit{pace.New[string](rate, c.Generation.Now)}, nil
	},
).Direct().Example(`local slow = tg.limit("1/s", { burst = 3 })
client:on("message", { incoming = true }, function(event)
  if slow:try(event.sender_id) then event:reply("Hello!") end
end)`)

type limitWaitOptions struct {
	Limit *time.Duration `lua:"limit,optional" doc:"The longest time to wait; what would have to wait longer is an error at once."`
}

type limitWaitArgs struct {
	Key  limitKey         `lua:"key,optional" doc:"What is counted: a chat, a person, any text; everything together if not given."`
	Opts limitWaitOptions `lua:"options,optional" doc:"How long."`
}

type limitTryArgs struct {
	Key limitKey `lua:"key,optional" doc:"What is counted."`
}

var limitWait = spec.Method("wait", "Take the next place and wait for it. Returns how many seconds that took.",
	func(c *spec.Call, l *limit, in limitWaitArgs) (time.Duration, error) {
		key := string(in.Key)
		wait := l.places.Take(key)
		if most := in.Opts.Limit; most != nil && wait > *most {
			l.places.Give(key)
			return 0, &LimitError{Rate: l.places.Rate(), Wait: wait, Limit: *most}
		}
		if wait == 0 {
			return 0, nil
		}
		if err := c.Generation.Sleep(c, wait); err != nil {
			l.places.Give(key)
			return 0, err
		}
		return wait, nil
	},
).Raises("LIMIT_WAIT").Example(`local slow = tg.limit("20/m")
for _, name in ipairs({ "@alice", "@bob" }) do
  slow:wait()
  client:send_message(name, "Good morning")
end`)

var limitTry = spec.Method("try", "Take a place if one is free. Returns whether one was; it never waits.",
	func(_ *spec.Call, l *limit, in limitTryArgs) (bool, error) {
		ok, _ := l.places.Try(string(in.Key))
		return ok, nil
	},
).Direct().Example(`local once = tg.limit("1/h")
if once:try("report") then client:send_message("me", "An hourly report") end`)

var limitLeft = spec.Method("left", "How many seconds it is until the next free place; none is taken.",
	func(_ *spec.Call, l *limit, in limitTryArgs) (time.Duration, error) {
		return l.places.Wait(string(in.Key)), nil
	},
).Direct().Example(`local slow = tg.limit("1/m")
print(slow:left("alice"))`)

// limitClass is the class Limit.
var limitClass = spec.Class{
	Name: "Limit", Call: "limit", Go: reflect.TypeFor[*limit](),
	Doc:  "A limit of a script's own, made by tg.limit. It is forgotten when the script is reloaded.",
	Text: func(v any) string { return "Limit(" + v.(*limit).places.Rate().String() + ")" },
	Fields: []spec.Field{
		spec.Get("rate", "How many in which time.", func(l *limit) string { return l.places.Rate().String() }),
	},
	Methods: []spec.Func{limitWait, limitTry, limitLeft},
}

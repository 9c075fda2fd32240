package bindings

import (
	"context"
	"errors"
	"reflect"
	"strconv"
	"time"

	"github.com/tgscript/tgscript/bindings/service/kv"
	"github.com/tgscript/tgscript/bindings/service/pack"
	"github.com/tgscript/tgscript/bindings/service/shape"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
)

// busView is what tg.events is.
type busView struct{}

// busConstant is tg.events.
var busConstant = spec.Constant{
	Name: "events", Type: "ScriptEvents", Doc: "What the scripts of this program tell one another.",
	Get: func(*spec.Instance) any { return busView{} },
}

// bus is the host's, or the script's own.
func (e *Env) bus() *Bus {
	if e.Bus != nil {
		return e.Bus
	}
	return &e.keep.bus
}

// topicEvent is a posting as a handler gets it.
type topicEvent struct {
	*posting
	value vm.Value
}

// unpacked is how much larger a value is than what it is packed as, about.
const unpacked = 8

// Weight is what the event holds of its script's memory.
func (e *topicEvent) Weight() int { return unpacked * len(e.posting.value) }

type busTopicArgs struct {
	Topic    string       `lua:"topic" doc:"What it is about: any text; with * at the end all topics that begin so."`
	Function *vm.Function `lua:"fn" type:"fun(event: TopicEvent)" doc:"What to call."`
}

type busRequestHandlerArgs struct {
	Topic    string       `lua:"topic" doc:"What is asked: any text; with * at the end all topics that begin so."`
	Function *vm.Function `lua:"fn" type:"fun(event: TopicEvent): any" doc:"What to call. What it returns is the answer."`
}

type busPublishArgs struct {
	Topic string   `lua:"topic" doc:"What it is about: up to 128 bytes."`
	Value vm.Value `lua:"value,optional" doc:"Text, numbers, booleans and tables of these, up to 1 MiB."`
}

type busRequestOptions struct {
	Timeout *time.Duration `lua:"timeout,optional" doc:"The longest time to wait; 10 seconds if not given."`
}

type busRequestArgs struct {
	Topic string            `lua:"topic" doc:"What is asked: up to 128 bytes."`
	Value busValue          `lua:"value,optional" doc:"Text, numbers, booleans and tables of these, up to 1 MiB."`
	Opts  busRequestOptions `lua:"options,optional" doc:"How long to wait."`
}

// busValue is a value that was read while its script had the baton.
type busValue struct{ packed []byte }

// DecodeLua copies the value.
func (v *busValue) DecodeLua(_ *vm.State, value vm.Value) (err error) {
	v.packed, err = pack.Encode(value)
	return err
}

// Suits says that any value may be meant.
func (busValue) Suits(vm.Value) bool { return true }

// LuaType is how the editor types write it.
func (busValue) LuaType() string { return "any" }

func checkedTopic(function, topic string) error {
	if topic == "" || len(topic) > longestTopic {
		return &spec.ArgumentError{Function: function, Place: "argument 1 (topic)", Problem: "must have 1 to 128 bytes"}
	}
	return nil
}

// posted is what the script tells.
func posted(c *spec.Call, topic string, packed []byte) (*posting, error) {
	if len(packed) > mostValue {
		return nil, &kv.QuotaError{What: "event", Size: int64(len(packed)), Limit: mostValue}
	}
	s := c.Generation.Script()
	return &posting{topic: topic, value: packed, from: s.Name(), account: s.Account()}, nil
}

// listen registers a handler of what is told to the script.
func listen(c *spec.Call, name, topic string, handle *vm.Function) (*handler, error) {
	if err := c.Generation.HandlerRoom(name); err != nil {
		return nil, err
	}
	env, g, in := envOf(c), c.Generation, c.Instance
	env.bus().join(g.Script())
	g.OnServe(func() { env.bus().join(g.Script()) }) // the end of the version before may have come between
	context.AfterFunc(g.Context(), func() { env.bus().leave(g.Script()) })
	return &handler{g.Register(runtime.Subscription{
		Event: name, Handler: handle, Site: vm.Where(c.State),
		Match: func(value any) (any, bool) { return nil, hears(topic, value.(*posting).topic) },
		Wrap: func(L *vm.State, value, _ any) vm.Value {
			p := value.(*posting)
			v, err := pack.Decode(L, p.value, in.Value(shape.Null))
			if err != nil {
				v = vm.Nil // nothing of ours
			}
			return in.Value(&topicEvent{p, v})
		},
	})}, nil
}

var busOn = spec.Method("on", "Call a function when a script, of whatever account, publishes something. Handlers start in the order of what is published; they end with this version of the script.",
	func(c *spec.Call, _ busView, in busTopicArgs) (*handler, error) {
		if err := checkedTopic("on", in.Topic); err != nil {
			return nil, err
		}
		return listen(c, toldEvent, in.Topic, in.Function)
	},
).Direct().Raises("TOO_MANY").Example(`tg.events:on("order:new", function(event)
  client:send_message("me", "An order of " .. event.value.what .. " came in through " .. event.from)
end)
tg.events:on("order:*", function(event) print(event.topic) end)`)

var busOnRequest = spec.Method("on_request", "Answer what scripts ask: the function gets the request, and what it returns is the answer. If it raises an error, so does the request.",
	func(c *spec.Call, _ busView, in busRequestHandlerArgs) (*handler, error) {
		if err := checkedTopic("on_request", in.Topic); err != nil {
			return nil, err
		}
		script := c.Generation.Script().Name()
		answer := vm.Wrap(c.State, func(L *vm.State) int {
			event := L.Get(1)
			p := event.(*vm.UserData).Value.(*topicEvent).posting
			results, err := vm.Call(L, in.Function, event)
			var packed []byte
			if err == nil {
				value := vm.Value(vm.Nil)
				if len(results) > 0 {
					value = results[0]
				}
				packed, err = answered(value)
			}
			if err != nil {
				if vm.Context(L).Err() == nil { // else it was cut off, of which Done tells
					p.inquiry.end(outcome{err: &RequestError{Topic: p.topic, Script: script, Problem: "failed: " + plainly(err)}})
				}
				vm.Raise(L, err)
			}
			p.inquiry.end(outcome{value: packed})
			return 0
		})
		return listen(c, requestEvent, in.Topic, answer)
	},
).Direct().Raises("TOO_MANY").Example(`tg.events:on_request("price", function(event)
  local prices = { tea = 3, cake = 5 }
  return prices[event.value] or error("no price of " .. tostring(event.value), 0)
end)`)

// plainly is what a script's error says, without its place.
func plainly(err error) string {
	if failed := (*vm.Error)(nil); errors.As(err, &failed) {
		return failed.Message
	}
	return err.Error()
}

// answered is an answer on its way.
func answered(v vm.Value) ([]byte, error) {
	packed, err := pack.Encode(v)
	if err == nil && len(packed) > mostValue {
		err = &kv.QuotaError{What: "event", Size: int64(len(packed)), Limit: mostValue}
	}
	return packed, err
}

var busPublish = spec.Method("publish", "Tell all scripts that listen. Each gets a copy of the value. Returns how many scripts there were; it never waits, and a script that has a thousand to handle already misses it.",
	func(c *spec.Call, _ busView, in busPublishArgs) (int, error) {
		if err := checkedTopic("publish", in.Topic); err != nil {
			return 0, err
		}
		packed, err := pack.Encode(orNil(in.Value))
		if err != nil {
			return 0, err
		}
		p, err := posted(c, in.Topic, packed)
		if err != nil {
			return 0, err
		}
		env := envOf(c)
		return env.bus().publish(p, func(script string) {
			if env.Logger != nil {
				env.Logger.WarnContext(c, "a script misses what others tell it: it has too much to do", "listener", script, "topic", in.Topic)
			}
		}), nil
	},
).Direct().Raises("ENCODE", "STORE_QUOTA").Example(`tg.events:publish("order:new", { what = "tea", many = 2 })`)

var busRequest = spec.Method("request", "Ask a script, and wait for its answer. Other handlers run meanwhile.",
	func(c *spec.Call, _ busView, in busRequestArgs) (storedValue, error) {
		if err := checkedTopic("request", in.Topic); err != nil {
			return nil, err
		}
		p, err := posted(c, in.Topic, in.Value.packed)
		if err != nil {
			return nil, err
		}
		after := 10 * time.Second
		if in.Opts.Timeout != nil {
			after = *in.Opts.Timeout
		}
		late := &TimeoutError{What: "no answer to the request " + strconv.Quote(in.Topic), After: after}
		ctx, cancel := c.Generation.WithTimeout(c, after, late)
		defer cancel()
		bus := envOf(c).bus()
		bus.asking.Add(1)
		defer bus.asking.Add(-1)
		asked, inquiry, err := bus.request(p)
		if err != nil {
			return nil, err
		}
		select {
		case o := <-inquiry.answer:
			return o.value, o.err
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-asked.gone:
			return nil, asked.left(in.Topic)
		}
	},
).Result("any").Raises("NO_REPLY", "REQUEST_FAILED", "TIMEOUT", "ENCODE").Example(`local ok, price = pcall(function() return tg.events:request("price", "tea", { timeout = "2s" }) end)
print(ok and price or "nobody knows")`)

// busClass is the class ScriptEvents.
var busClass = spec.Class{
	Name: "ScriptEvents", Call: "tg.events", Go: reflect.TypeFor[busView](),
	Doc: "What the scripts of one program tell one another, of whatever account: all may listen and ask, so look at `event.from` and `event.account` where that matters. " +
		"Values are copied. Nothing is kept for scripts that don't run.",
	Methods: []spec.Func{busOn, busOnRequest, busPublish, busRequest},
}

type busReplyArgs struct {
	Value vm.Value `lua:"value,optional" doc:"The answer: text, numbers, booleans and tables of these."`
}

var topicEventReply = spec.Method("reply", "Answer a request before the handler has ended. Returns false if it was answered already.",
	func(_ *spec.Call, e *topicEvent, in busReplyArgs) (bool, error) {
		if e.inquiry == nil {
			return false, nil
		}
		packed, err := answered(orNil(in.Value))
		if err != nil {
			return false, err
		}
		return e.inquiry.end(outcome{value: packed}), nil
	},
).Direct().Raises("ENCODE").Example(`tg.events:on_request("backup", function(event)
  event:reply("begun")
  tg.sleep("10s") -- nobody waits for this
end)`)

// topicEventClass is the class TopicEvent.
var topicEventClass = spec.Class{
	Name: "TopicEvent", Call: "event", Go: reflect.TypeFor[*topicEvent](),
	Doc:  "What a script tells or asks: see tg.events.",
	Text: func(v any) string { return "TopicEvent(" + v.(*topicEvent).topic + ")" },
	Fields: []spec.Field{
		spec.Get("topic", "What it is about.", func(e *topicEvent) string { return e.topic }),
		spec.Get("value", "What is told: a copy.", func(e *topicEvent) vm.Value { return e.value }).Is("table|string|number|boolean?"),
		spec.Get("from", "Name of the script that tells it.", func(e *topicEvent) string { return e.from }),
		spec.Get("account", "Name of its account.", func(e *topicEvent) string { return e.account }).Maybe(),
		spec.Get("is_request", "An answer is waited for.", func(e *topicEvent) bool { return e.inquiry != nil }),
	},
	Methods: []spec.Func{topicEventReply},
}

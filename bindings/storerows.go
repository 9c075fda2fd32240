package bindings

import (
	"bytes"
	"time"

	"github.com/tgscript/tgscript/bindings/service/kv"
	"github.com/tgscript/tgscript/bindings/service/pack"
	"github.com/tgscript/tgscript/bindings/service/shape"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

type storeKeyArgs struct {
	Key string `lua:"key,bytes" doc:"Its key: up to 512 bytes of text."`
}

type storeGetArgs struct {
	Key     string   `lua:"key,bytes" doc:"Its key."`
	Default vm.Value `lua:"default,optional" doc:"What to return if there is none; nil if not given."`
}

type storeTTLOption struct {
	TTL *time.Duration `lua:"ttl,optional" doc:"How long it lasts; for ever if not given."`
}

type storeSetOptions struct {
	storeTTLOption
	IfAbsent bool `lua:"if_absent,optional" doc:"Leave a value alone that is there already."`
}

type storeSetArgs struct {
	Key   string          `lua:"key,bytes" doc:"Its key: up to 512 bytes of text."`
	Value vm.Value        `lua:"value,optional" doc:"Text, numbers, booleans and tables of these, up to 1 MiB; nil takes it away."`
	Opts  storeSetOptions `lua:"options,optional" doc:"How long it lasts, and whether."`
}

type storeAddOptions struct {
	TTL *time.Duration `lua:"ttl,optional" doc:"How long a counter lasts that begins with this call; one that is there keeps its time."`
}

type storeAddArgs struct {
	Key  string          `lua:"key,bytes" doc:"Its key."`
	By   *float64        `lua:"by,optional" doc:"How much; 1 if not given, and it may be less than 0."`
	Opts storeAddOptions `lua:"options,optional" doc:"How long it lasts."`
}

type storeCompareArgs struct {
	Key      string         `lua:"key,bytes" doc:"Its key."`
	Expected vm.Value       `lua:"expected" doc:"What it must be now; nil for no value."`
	Value    vm.Value       `lua:"value" doc:"What it becomes then; nil takes it away."`
	Opts     storeTTLOption `lua:"options,optional" doc:"How long it lasts."`
}

type storeExpireArgs struct {
	Key string         `lua:"key,bytes" doc:"Its key."`
	TTL *time.Duration `lua:"ttl,optional" doc:"How long it lasts from now on; for ever if not given."`
}

// expiry is when something is over that lasts so long.
func expiry(c *spec.Call, function string, ttl *time.Duration) (time.Time, error) {
	switch {
	case ttl == nil:
		return time.Time{}, nil
	case *ttl <= 0:
		return time.Time{}, &spec.ArgumentError{Function: function, Place: "option 'ttl'", Problem: "must be more than 0"}
	}
	return c.Generation.Now().Add(max(*ttl, time.Millisecond)), nil
}

// change changes a value of the view.
func (v *storeView) change(c *spec.Call, function, key string, decide func(old kv.Item, found bool) (kv.Change, error)) error {
	if key == "" {
		return &spec.ArgumentError{Function: function, Place: "argument 1 (key)", Problem: "must not be empty"}
	}
	space, err := v.space(c)
	if err != nil {
		return err
	}
	return space.Update(c, v.prefix+key, decide)
}

// find finds a value of the view.
func (v *storeView) find(c *spec.Call, key string) (kv.Item, bool, error) {
	space, err := v.space(c)
	if err != nil || key == "" {
		return kv.Item{}, false, err
	}
	return space.Get(c, v.prefix+key)
}

var storeGet = spec.Method("get", "A value, as it was when it was set.",
	func(c *spec.Call, v *storeView, in storeGetArgs) (vm.Value, error) {
		item, found, err := v.find(c, in.Key)
		if err != nil || !found {
			return orNil(in.Default), err
		}
		return pack.Decode(c.State, item.Value, c.Instance.Value(shape.Null))
	},
).Direct().Example(`local name = tg.store:get("name:" .. 1001, "stranger")
print(name)`)

var storeSet = spec.Method("set", "Keep a value. Returns false if `if_absent` kept it from doing so.",
	func(c *spec.Call, v *storeView, in storeSetArgs) (done bool, err error) {
		packed, err := pack.Encode(orNil(in.Value))
		if err != nil {
			return false, err
		}
		expires, err := expiry(c, "set", in.Opts.TTL)
		if err != nil {
			return false, err
		}
		err = v.change(c, "set", in.Key, func(_ kv.Item, found bool) (kv.Change, error) {
			if done = !found || !in.Opts.IfAbsent; !done {
				return kv.Change{Keep: true}, nil
			}
			return kv.Change{Item: kv.Item{Value: packed, Expires: expires}, Delete: orNil(in.Value) == vm.Nil}, nil
		})
		return done, err
	},
).Direct().Raises("ENCODE", "STORE_QUOTA").Example(`tg.store:set("settings", { language = "en", volume = 7 })
tg.store:set("code:1001", "12345", { ttl = "5m" })
if tg.store:set("lock", true, { if_absent = true, ttl = "1h" }) then print("first in this hour") end`)

var storeDelete = spec.Method("delete", "Take a value away. Returns whether there was one.",
	func(c *spec.Call, v *storeView, in storeKeyArgs) (there bool, err error) {
		err = v.change(c, "delete", in.Key, func(_ kv.Item, found bool) (kv.Change, error) {
			there = found
			return kv.Change{Delete: true}, nil
		})
		return there, err
	},
).Direct().Example(`tg.store:delete("settings")`)

var storeHas = spec.Method("has", "Whether there is a value.",
	func(c *spec.Call, v *storeView, in storeKeyArgs) (bool, error) {
		_, found, err := v.find(c, in.Key)
		return found, err
	},
).Direct().Example(`if not tg.store:has("welcomed") then print("new here") end`)

var storeAdd = spec.Method("add", "Add to a number, or begin one at 0. Returns what it is now.",
	func(c *spec.Call, v *storeView, in storeAddArgs) (sum float64, err error) {
		if in.By != nil {
			sum = *in.By
		} else {
			sum = 1
		}
		expires, err := expiry(c, "add", in.Opts.TTL)
		if err != nil {
			return 0, err
		}
		err = v.change(c, "add", in.Key, func(old kv.Item, found bool) (kv.Change, error) {
			if found {
				now, err := pack.Plain(old.Value)
				n, ok := now.(float64)
				if err != nil || !ok {
					return kv.Change{}, &kv.TypeError{Key: in.Key}
				}
				sum, expires = sum+n, old.Expires
			}
			packed, err := pack.Encode(vm.Number(sum))
			return kv.Change{Item: kv.Item{Value: packed, Expires: expires}}, err
		})
		return sum, err
	},
).Direct().Raises("ARGUMENT", "STORE_QUOTA").Example(`print("visit number", tg.store:add("visits"))
if tg.store:add("tries:1001", 1, { ttl = "1m" }) > 5 then print("not so fast") end`)

var storeCompare = spec.Method("compare_and_set", "Keep a value if the one that is there is what one thinks. Returns whether it was: of several that try, one succeeds. "+
	"It is for what scripts share, and for waits between get and set.",
	func(c *spec.Call, v *storeView, in storeCompareArgs) (same bool, err error) {
		expected, err := pack.Encode(orNil(in.Expected))
		if err != nil {
			return false, err
		}
		packed, err := pack.Encode(orNil(in.Value))
		if err != nil {
			return false, err
		}
		expires, err := expiry(c, "compare_and_set", in.Opts.TTL)
		if err != nil {
			return false, err
		}
		err = v.change(c, "compare_and_set", in.Key, func(old kv.Item, found bool) (kv.Change, error) {
			if same = found == (orNil(in.Expected) != vm.Nil) && (!found || bytes.Equal(old.Value, expected)); !same {
				return kv.Change{Keep: true}, nil
			}
			return kv.Change{Item: kv.Item{Value: packed, Expires: expires}, Delete: orNil(in.Value) == vm.Nil}, nil
		})
		return same, err
	},
).Direct().Raises("ENCODE", "STORE_QUOTA").Example(`local jobs = tg.store:shared("jobs")
if jobs:compare_and_set("report", nil, "taken") then print("mine") end`)

var storeTTL = spec.Method("ttl", "How many seconds a value has left; nil for one that lasts for ever, and for none.",
	func(c *spec.Call, v *storeView, in storeKeyArgs) (*float64, error) {
		item, found, err := v.find(c, in.Key)
		if err != nil || !found || item.Expires.IsZero() {
			return nil, err
		}
		left := item.Expires.Sub(c.Generation.Now()).Seconds()
		return &left, nil
	},
).Direct().Result("number?").Example(`print(tg.store:ttl("code:1001"))`)

var storeExpire = spec.Method("expire", "Change how long a value lasts. Returns whether there is one.",
	func(c *spec.Call, v *storeView, in storeExpireArgs) (there bool, err error) {
		expires, err := expiry(c, "expire", in.TTL)
		if err != nil {
			return false, err
		}
		err = v.change(c, "expire", in.Key, func(old kv.Item, found bool) (kv.Change, error) {
			there = found
			return kv.Change{Item: kv.Item{Value: old.Value, Expires: expires}, Keep: !found}, nil
		})
		return there, err
	},
).Direct().Example(`tg.store:expire("session:1001", "1h")`)

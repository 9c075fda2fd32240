package bindings

import (
	"context"
	"errors"

	"github.com/tgscript/tgscript/bindings/service/kv"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram/store"
)

type storeWalkOptions struct {
	Limit int `lua:"limit,optional" doc:"How many at most; all if not given."`
}

type storeWalkArgs struct {
	Prefix string           `lua:"prefix,bytes,optional" doc:"What their keys begin with; all if not given."`
	Opts   storeWalkOptions `lua:"options,optional" doc:"How many."`
}

// walk goes through the values of a view, in the order of their keys, a page at a time. What is changed on the way
// may be seen or not; nothing is seen twice.
type walk struct {
	space  *kv.Space
	cut    int // bytes of the view's prefix, which scripts don't see
	prefix string
	after  string
	left   int // -1 for all
	page   []kv.Entry
	last   bool
}

func (v *storeView) walk(c *spec.Call, function string, in storeWalkArgs) (*walk, error) {
	if in.Opts.Limit < 0 {
		return nil, &spec.ArgumentError{Function: function, Place: "option 'limit'", Problem: "must not be less than 0"}
	}
	space, err := v.space(c)
	if err != nil {
		return nil, err
	}
	left := in.Opts.Limit
	if left == 0 {
		left = -1
	}
	return &walk{space: space, cut: len(v.prefix), prefix: v.prefix + in.Prefix, left: left}, nil
}

const walkPage = 100

// Next gives the next value.
func (w *walk) Next(ctx context.Context) (one storeEntry, more bool, err error) {
	if len(w.page) == 0 && !w.last && w.left != 0 {
		if w.page, w.last, err = w.space.Page(ctx, w.prefix, w.after, walkPage); err != nil {
			return one, false, err
		}
	}
	if len(w.page) == 0 || w.left == 0 {
		return one, false, nil
	}
	e := w.page[0]
	w.page, w.after = w.page[1:], e.Key
	if w.left > 0 {
		w.left--
	}
	return storeEntry{e.Key[w.cut:], e.Value}, true, nil
}

// each calls visit with all values.
func (w *walk) each(ctx context.Context, visit func(e storeEntry)) error {
	for {
		e, more, err := w.Next(ctx)
		if err != nil || !more {
			return err
		}
		visit(e)
	}
}

// storeEntry is a key and its value.
type storeEntry struct {
	key   string
	value storedValue
}

// Values are what a loop gets.
func (e storeEntry) Values(in *spec.Instance, L *vm.State) []vm.Value {
	return []vm.Value{vm.String(e.key), e.value.EncodeLua(in, L)}
}

// LuaType is how the editor types write it.
func (storeEntry) LuaType() string { return "string?, any" }

var storeIter = spec.Iterator("iter", "Go through keys and values, in the order of the keys. The loop may change the store: what it adds may be seen or not.",
	func(c *spec.Call, v *storeView, in storeWalkArgs) (spec.Cursor[storeEntry], error) {
		w, err := v.walk(c, "iter", in)
		if err != nil {
			return nil, err
		}
		return w, nil
	},
).Example(`for key, value in tg.store:iter("name:") do print(key, value) end`)

var storeKeys = spec.Method("keys", "The keys, sorted.",
	func(c *spec.Call, v *storeView, in storeWalkArgs) ([]string, error) {
		w, err := v.walk(c, "keys", in)
		if err != nil {
			return nil, err
		}
		keys := []string{}
		return keys, w.each(c, func(e storeEntry) { keys = append(keys, e.key) })
	},
).Example(`print(#tg.store:keys("name:"))`)

var storeList = spec.Method("list", "A table of all values by key.",
	func(c *spec.Call, v *storeView, in storeWalkArgs) (map[string]storedValue, error) {
		w, err := v.walk(c, "list", in)
		if err != nil {
			return nil, err
		}
		all := map[string]storedValue{}
		return all, w.each(c, func(e storeEntry) { all[e.key] = e.value })
	},
).Result("table<string, any>").Example(`for key, value in pairs(tg.store:list("name:", { limit = 10 })) do print(key, value) end`)

type storeClearArgs struct {
	Prefix string `lua:"prefix,bytes,optional" doc:"What their keys begin with; all values if not given."`
}

var storeClear = spec.Method("clear", "Take all values away. Returns how many there were.",
	func(c *spec.Call, v *storeView, in storeClearArgs) (int, error) {
		space, err := v.space(c)
		if err != nil {
			return 0, err
		}
		return space.Clear(c, v.prefix+in.Prefix)
	},
).Example(`tg.store:clear("code:")`)

type storeChatArgs struct {
	Chat placeID `lua:"chat" doc:"The chat: its id, or an object that has one."`
}

// errNotWithin says that a part of what is shared can't be asked for.
var errNotWithin = errors.New("chat and user are parts of tg.store, not of what scripts share: put the id into the key")

func (v *storeView) within(kind string, id int64) (*storeView, error) {
	if v.shared != "" || v.prefix != "" {
		return nil, errNotWithin
	}
	return storeOf(kind, id), nil
}

var storeChat = spec.Method("chat", "What the script keeps about a chat, as event.chat_data is. Its keys are `chat/ID/KEY` in tg.store.",
	func(_ *spec.Call, v *storeView, in storeChatArgs) (*storeView, error) {
		return v.within("chat", int64(in.Chat))
	},
).Direct().Example(`tg.store:chat(-1001234567890):set("rules", "Be kind.")
client:on("message", function(event) event.chat_data:add("messages") end)`)

type storeUserArgs struct {
	User authorID `lua:"user" doc:"The person: an id, or an object that has one; of a message, its author."`
}

var storeUser = spec.Method("user", "What the script keeps about a person, as event.user_data is. Its keys are `user/ID/KEY` in tg.store.",
	func(_ *spec.Call, v *storeView, in storeUserArgs) (*storeView, error) {
		return v.within("user", int64(in.User))
	},
).Direct().Example(`print(tg.store:user(1001):get("language", "en"))
client:on("message", function(event) event.user_data:set("seen", event.date) end)`)

type storeSharedArgs struct {
	Name string `lua:"name" doc:"What it is called."`
}

var storeShared = spec.Method("shared", "Values that all scripts of the account share under a name. Each of them may read and change them: secrets belong to tg.store itself.",
	func(c *spec.Call, v *storeView, in storeSharedArgs) (*storeView, error) {
		if in.Name == "" || len(in.Name) > 64 {
			return nil, &spec.ArgumentError{Function: "shared", Place: "argument 1 (name)", Problem: "must have 1 to 64 bytes"}
		}
		if err := envOf(c).keep.mayShare(in.Name); err != nil {
			return nil, err
		}
		return &storeView{shared: in.Name}, nil
	},
).Direct().Raises("STORE_QUOTA").Example(`local scores = tg.store:shared("scores")
scores:add("alice", 10)`)

// storeUsed is how much is there.
type storeUsed struct {
	Keys  int64 `lua:"keys"`
	Bytes int64 `lua:"bytes"`
	Limit int64 `lua:"limit"`
}

// LuaType is how the editor types write it.
func (storeUsed) LuaType() string { return "{ keys: integer, bytes: integer, limit: integer }" }

var storeUsage = spec.Method("usage", "How many keys and bytes there are, with all parts, and how many bytes there may be.",
	func(c *spec.Call, v *storeView, _ spec.None) (storeUsed, error) {
		space, err := v.space(c)
		if err != nil {
			return storeUsed{}, err
		}
		used, err := space.Usage(c)
		return storeUsed{used.Keys, used.Bytes, space.Quota().Total}, err
	},
).Example(`local used = tg.store:usage()
print(used.keys, used.bytes .. " of " .. used.limit)`)

var storeSync = spec.Method("sync", "Wait until all that was set is on the disk. Without it that takes about a second, in which a power failure, but no crash of the program, may lose it.",
	func(c *spec.Call, _ *storeView, _ spec.None) (spec.None, error) {
		kept, err := envOf(c).kept()
		if err != nil {
			return spec.None{}, err
		}
		return spec.None{}, store.Sync(c, kept)
	},
).Example(`tg.store:set("paid:1001", true)
tg.store:sync()`)

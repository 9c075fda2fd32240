package bindings

import (
	"reflect"
	"strconv"

	"github.com/tgscript/tgscript/bindings/service/kv"
	"github.com/tgscript/tgscript/bindings/service/pack"
	"github.com/tgscript/tgscript/bindings/service/shape"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// storeView is what tg.store is: a script's own values, or a part of them, or those that scripts share.
type storeView struct {
	shared string // name of what is shared; empty for the script's own
	prefix string // of all keys: "chat/-100123/"
}

// storeOf is the store of a chat or person; nil for nobody.
func storeOf(kind string, id int64) *storeView {
	if id == 0 {
		return nil
	}
	return &storeView{prefix: kind + "/" + decimal(id) + "/"}
}

// space is where the view's values are, for the script that asks.
func (v *storeView) space(c *spec.Call) (*kv.Space, error) {
	env := envOf(c)
	name := ScriptSpace(env.Space)
	if v.shared != "" {
		name = SharedSpace(v.shared)
	}
	return env.storage().Space(name, c.Generation.Clock())
}

// text is what print shows.
func (v *storeView) text() string {
	switch {
	case v.shared != "":
		return "Store(shared " + strconv.Quote(v.shared) + ")"
	case v.prefix != "":
		return "Store(" + v.prefix + ")"
	}
	return "Store"
}

// storeClass is the class Store.
var storeClass = spec.Class{
	Name: "Store", Call: "store", Keyed: true, Go: reflect.TypeFor[*storeView](),
	Doc: "Values that outlive reloads, restarts and crashes: text, numbers, booleans and tables of these, by key. `tg.store` is the script's own; " +
		"`event.chat_data` and `event.user_data` are the parts of it for a chat and a person; `tg.store:shared(name)` is for all scripts of an account. " +
		"A value is copied when it is set and when it is got. Nothing else of the script runs between two calls that don't wait, so what is got, " +
		"changed and set loses nothing.",
	Text:  func(v any) string { return v.(*storeView).text() },
	Equal: func(a, b any) bool { return *a.(*storeView) == *b.(*storeView) },
	Methods: []spec.Func{
		storeGet, storeSet, storeDelete, storeHas, storeAdd, storeCompare, storeTTL, storeExpire,
		storeIter, storeKeys, storeList, storeClear, storeChat, storeUser, storeShared, storeUsage, storeSync,
	},
}

// storeConstant is tg.store.
var storeConstant = spec.Constant{
	Name: "store", Type: "Store", Doc: "Values that outlive the program, the script's own.",
	Get: func(*spec.Instance) any { return &storeView{} },
}

// dataFields are the views of an event's chat and author.
func dataFields[E any](chat, user func(E) int64) []spec.Field {
	var fields []spec.Field
	if chat != nil {
		fields = append(fields, spec.Get("chat_data", "What the script keeps about the chat: a part of tg.store.",
			func(e E) *storeView { return storeOf("chat", chat(e)) }).Maybe().OutOfTable())
	}
	return append(fields, spec.Get("user_data", "What the script keeps about who did it, in all chats: a part of tg.store.",
		func(e E) *storeView { return storeOf("user", user(e)) }).Maybe().OutOfTable())
}

// storeArea: what scripts keep, plan, and tell one another.
var storeArea = area{
	classes: []spec.Class{storeClass, jobClass, runClass, busClass, topicEventClass},
	tg:      []spec.Func{newJob},
	fields: map[string][]spec.Field{
		"Message":          dataFields(func(m *message) int64 { return m.Chat.ID }, func(m *message) int64 { return m.Sender.ID }),
		"CallbackEvent":    dataFields(func(q *callback) int64 { return q.Chat.ID }, func(q *callback) int64 { return q.Sender.ID }),
		"InlineQueryEvent": dataFields(nil, func(q *inlineQuery) int64 { return q.Sender.ID }),
	},
}

// storedValue becomes a Lua value again when it is handed over.
type storedValue []byte

// EncodeLua makes the value; nil of one that is damaged.
func (v storedValue) EncodeLua(in *spec.Instance, L *vm.State) vm.Value {
	value, err := pack.Decode(L, v, in.Value(shape.Null))
	if err != nil {
		return vm.Nil
	}
	return value
}

// LuaType is how the editor types write it.
func (storedValue) LuaType() string { return "any" }

// placeID is a chat or a person by marked id, or what has one.
type placeID int64

// DecodeLua reads an id, or an object that stands for a chat.
func (p *placeID) DecodeLua(L *vm.State, v vm.Value) error {
	var t target
	if err := t.DecodeLua(L, v); err != nil {
		return err
	}
	switch chat := t.Target.(type) {
	case telegram.ID:
		*p = placeID(chat)
	case telegram.Peer:
		*p = placeID(chat.ID)
	}
	if *p == 0 {
		return spec.Expected("id, or object with one (names may change)", v)
	}
	return nil
}

// LuaType is how the editor types write it.
func (placeID) LuaType() string { return "integer|string|Peer|Message" }

// authorID is a person by id, or what a person has done.
type authorID int64

// DecodeLua reads an id, a person, or a message, whose author it takes.
func (a *authorID) DecodeLua(L *vm.State, v vm.Value) error {
	if data, ok := v.(*vm.UserData); ok {
		switch event := data.Value.(type) {
		case *message:
			*a = authorID(event.Sender.ID)
		case *callback:
			*a = authorID(event.Sender.ID)
		case *inlineQuery:
			*a = authorID(event.Sender.ID)
		}
		if *a != 0 {
			return nil
		}
	}
	return (*placeID)(a).DecodeLua(L, v)
}

// LuaType is how the editor types write it.
func (authorID) LuaType() string { return "integer|string|Peer|Message" }

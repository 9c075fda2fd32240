package bindings

import (
	"strconv"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// target is who or where: what scripts may write for a chat.
type target struct{ telegram.Target }

// longestName is more than any name or link has.
const longestName = 4096

// DecodeLua reads a name, an id or an object that has a chat.
func (t *target) DecodeLua(_ *vm.State, v vm.Value) error {
	switch v := v.(type) {
	case vm.Number:
		id, ok := whole(v)
		if !ok {
			return spec.Expected("chat id", v)
		}
		t.Target = telegram.ID(id)
	case vm.String:
		id, err := strconv.ParseInt(string(v), 10, 64)
		if err == nil && v[0] != '+' { // which is a phone number
			t.Target = telegram.ID(id)
			break
		}
		if v == "" || len(v) > longestName || spec.Invalid(string(v)) >= 0 {
			return spec.Expected("chat", v)
		}
		t.Target = telegram.Name(v)
	case *vm.UserData:
		switch object := v.Value.(type) {
		case *peer:
			t.Target = object.Peer
		case *message:
			t.Target = object.Chat
		case *object: // of Telegram's own types
			if t.Target = object.target(); t.Target == nil {
				return spec.Expected("chat", v)
			}
		case located:
			t.Target = object.where()
		default:
			return spec.Expected("chat", v)
		}
	default:
		return spec.Expected("chat", v)
	}
	return nil
}

// located is an object that stands for a chat.
type located interface{ where() telegram.Target }

// Suits tells a chat from the options that may stand in its place.
func (target) Suits(v vm.Value) bool {
	return v.Type() == vm.TypeString || v.Type() == vm.TypeNumber || v.Type() == vm.TypeUserData
}

// LuaType is its name in the editor types.
func (target) LuaType() string { return "Target" }

// messageID is which message: an id, or the message itself.
type messageID int

// DecodeLua reads a number, decimal text or a message.
func (id *messageID) DecodeLua(_ *vm.State, v vm.Value) error {
	switch v := v.(type) {
	case vm.Number:
		if n, ok := whole(v); ok && n > 0 && n < 1<<31 {
			*id = messageID(n)
			return nil
		}
	case vm.String:
		if n, err := strconv.ParseInt(string(v), 10, 32); err == nil && n > 0 {
			*id = messageID(n)
			return nil
		}
	case *vm.UserData:
		if m, ok := v.Value.(*message); ok {
			*id = messageID(m.ID)
			return nil
		}
		if o, ok := v.Value.(*object); ok && o.messageID() > 0 {
			*id = messageID(o.messageID())
			return nil
		}
	}
	return spec.Expected("message or its id", v)
}

// Suits tells a message from the options that may stand in its place.
func (messageID) Suits(v vm.Value) bool {
	return v.Type() == vm.TypeString || v.Type() == vm.TypeNumber || v.Type() == vm.TypeUserData
}

// LuaType is its name in the editor types.
func (messageID) LuaType() string { return "MessageID" }

// whole is a number without a fraction that Lua holds exactly.
func whole(n vm.Number) (int64, bool) {
	i := int64(n)
	return i, vm.Number(i) == n && i < 1<<53 && i > -(1<<53)
}

var (
	_ spec.Decoder = (*target)(nil)
	_ spec.Decoder = (*messageID)(nil)
)

// aliases are the names of types that aren't classes.
var aliases = []spec.Alias{
	{Name: "Target", Type: "string|integer|Peer|Message|Dialog|Draft|Object", Doc: "Who or where: \"me\", \"@name\", a phone number, a t.me link, " +
		"the exact name of a " +
		"contact or chat, a marked id (user n, group -n, channel -100n), or an object that has a chat."},
	{Name: "MessageID", Type: "integer|string|Message", Doc: "Which message: its id, or the message itself."},
	{Name: "MessageTests", Type: "MessageFilters", Doc: "The filters that look at messages, as they stand in tables of any, all and none."},
	{Name: "Duration", Type: "number|string", Doc: "How long: seconds, or text such as \"90s\", \"5m\", \"1h30m\", \"2d\"."},
	{Name: "Time", Type: "number|string", Doc: "When: seconds since 1970 as os.time() gives them, or text such as \"2026-01-31T12:00:00Z\"."},
	{Name: "When", Type: "number|string", Doc: "When: seconds since 1970, text such as \"2026-01-31T12:00:00Z\", how long from now as \"5m\" or \"2d\", or " +
		"\"online\" for when the reader is."},
	{Name: "TextEntity", Type: "{ type: string, offset: integer, length: integer, text: string, url?: string, user_id?: integer, language?: string, " +
		"custom_emoji_id?: string, collapsed?: boolean }",
		Doc: "One piece of formatting. Offset and length count bytes from 1, so that raw_text:sub(offset, offset + length - 1) is the text."},
	{Name: "Error", Type: "{ kind: ErrorKind, message: string, code?: integer, value?: integer, seconds?: number, method?: string }",
		Doc: "What pcall catches: kind is Telegram's name of the error, such as \"FLOOD_WAIT\", or one of ours, such as \"TIMEOUT\" and \"PEER_UNKNOWN\"."},
}

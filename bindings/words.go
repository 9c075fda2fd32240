package bindings

import (
	"fmt"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// words is text that goes to Telegram, which takes UTF-8 alone. Of formatted text they are the text alone.
type words string

// DecodeLua reads a string, or a number, which is text too, as everywhere in Lua.
func (w *words) DecodeLua(_ *vm.State, v vm.Value) error {
	if t := textIn(v); t != nil {
		*w = words(t.Plain)
		return nil
	}
	if t := v.Type(); t != vm.TypeString && t != vm.TypeNumber {
		return spec.Expected("string", v)
	}
	s := vm.Text(v)
	if at := spec.Invalid(s); at >= 0 {
		return fmt.Errorf("byte %d is no UTF-8, which text has to be", at+1)
	}
	*w = words(s)
	return nil
}

// LuaType is its name in the editor types.
func (words) LuaType() string { return "string" }

// label is what is written on a button. It has no formatting: of formatted text it takes the words.
type label string

// DecodeLua reads a string, a number or formatted text.
func (l *label) DecodeLua(L *vm.State, v vm.Value) error { return (*words)(l).DecodeLua(L, v) }

// LuaType is its name in the editor types.
func (label) LuaType() string { return "string|FormattedText" }

// when is a time, or how long from now.
type when struct{ time.Time }

// DecodeLua reads seconds since 1970, a date, a duration such as "5m", or "online".
func (w *when) DecodeLua(L *vm.State, v vm.Value) error {
	switch v := v.(type) {
	case vm.Number:
		if f := float64(v); f >= 0 && f < 1<<31 {
			w.Time = time.Unix(int64(f), 0)
			return nil
		}
	case vm.String:
		if v == "online" {
			w.Time = telegram.WhenOnline
			return nil
		}
		if t, ok := spec.ParseTime(string(v)); ok {
			w.Time = t
			return nil
		}
		if d, ok := spec.ParseDuration(string(v)); ok && timeIn(L).Add(d).Unix() < 1<<31 {
			w.Time = timeIn(L).Add(d)
			return nil
		}
	}
	return spec.Expected(`time: seconds since 1970, "2026-01-31T12:00:00Z" or from now as "5m"`, v)
}

// LuaType is its name in the editor types.
func (when) LuaType() string { return "When" }

// replyRef is the message that is answered, with its chat where that may be another one.
type replyRef struct {
	id   int
	chat telegram.Target // nil for the chat that is written to
}

var replyTable = spec.OptionsOf[struct {
	Chat    target    `lua:"chat"`
	Message messageID `lua:"message"`
}]()

// DecodeLua reads an id, a message, or { chat, message }.
func (r *replyRef) DecodeLua(L *vm.State, v vm.Value) error {
	if table, ok := v.(*vm.Table); ok {
		read, err := replyTable.Decode(L, "", table)
		r.id, r.chat = int(read.Message), read.Chat.Target
		return err
	}
	var id messageID
	if err := id.DecodeLua(L, v); err != nil {
		return err
	}
	r.id = int(id)
	if data, ok := v.(*vm.UserData); ok {
		if m, ok := data.Value.(*message); ok {
			r.chat = m.Chat
		}
	}
	return nil
}

// LuaType is its name in the editor types.
func (replyRef) LuaType() string { return "MessageID|{ chat: Target, message: MessageID }" }

// content is what a message shall say: text, or another message that is copied.
type content struct {
	says wording
	copy *message
}

// DecodeLua reads a string or a message.
func (c *content) DecodeLua(L *vm.State, v vm.Value) error {
	if data, ok := v.(*vm.UserData); ok {
		if c.copy, ok = data.Value.(*message); ok {
			return nil
		}
	}
	if t := v.Type(); t != vm.TypeString && t != vm.TypeNumber && textIn(v) == nil {
		return spec.Expected("text or message", v)
	}
	return c.says.DecodeLua(L, v)
}

// LuaType is its name in the editor types.
func (content) LuaType() string { return "string|FormattedText|Message" }

var (
	_ spec.Decoder = (*words)(nil)
	_ spec.Decoder = (*when)(nil)
	_ spec.Decoder = (*replyRef)(nil)
	_ spec.Decoder = (*content)(nil)
)

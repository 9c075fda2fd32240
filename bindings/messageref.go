package bindings

import (
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// messageRef is which message, and the message itself if the script has it at hand.
type messageRef struct {
	id      int
	message *message
}

// DecodeLua reads an id or a message.
func (r *messageRef) DecodeLua(L *vm.State, v vm.Value) error {
	var id messageID
	if err := id.DecodeLua(L, v); err != nil {
		return err
	}
	r.id = int(id)
	if data, ok := v.(*vm.UserData); ok {
		r.message, _ = data.Value.(*message)
	}
	return nil
}

// Suits tells a message from the options that may stand in its place.
func (messageRef) Suits(v vm.Value) bool { return messageID(0).Suits(v) }

// LuaType is its name in the editor types.
func (messageRef) LuaType() string { return "MessageID" }

// in is where the message is: chat if the script says so, with the message itself if that is there.
func (r messageRef) in(chat target) telegram.Target {
	if r.message != nil && (chat.Target == nil || r.message.Message.Chat.ID == idOf(chat.Target)) {
		return r.message.Message
	}
	return chat.Target
}

// idOf is the id of a target that says it; 0 for others.
func idOf(t telegram.Target) int64 {
	switch t := t.(type) {
	case telegram.Peer:
		return t.ID
	case telegram.ID:
		return int64(t)
	}
	return 0
}

var _ spec.Decoder = (*messageRef)(nil)

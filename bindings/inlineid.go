package bindings

import (
	"context"
	"reflect"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// inlineID names a message that was sent through the bot, inline. The bot can edit it, and nothing more.
type inlineID struct {
	id      tg.InputBotInlineMessageIDClass
	account *telegram.Account
}

// inlineIDClass is the class InlineMessage.
var inlineIDClass = spec.Class{
	Name: "InlineMessage", Call: "message", Go: reflect.TypeFor[*inlineID](),
	Doc:  "A message that was sent through the bot, inline. The bot can edit it, but doesn't know where it is.",
	Text: func(v any) string { return "InlineMessage(" + v.(*inlineID).text() + ")" },
	Equal: func(a, b any) bool {
		return a.(*inlineID).text() == b.(*inlineID).text()
	},
	Fields: []spec.Field{
		spec.Get("id", "A text that names it, to be stored; the methods take it in its place.", (*inlineID).text),
		spec.Get("raw", "The id as Telegram describes it.", func(m *inlineID) *object { return objectOf(m.id) }).OutOfTable(),
	},
	Methods: []spec.Func{
		spec.Method("edit", "Replace its text, or its buttons: those that aren't given are taken away.",
			func(c *spec.Call, m *inlineID, in editArgs) (spec.None, error) {
				return spec.None{}, in.Opts.inline(c, m.account, m.id, in.Text)
			},
		).InOrder().Example(`client:on("inline_chosen", function(event)
  if event.message then event.message:edit("**Chosen:** " .. event.id) end
end)`).Raises("MESSAGE_NOT_MODIFIED", "MESSAGE_ID_INVALID"),
	},
}

// inline changes a message that was sent inline.
func (o editOptions) inline(ctx context.Context, account *telegram.Account, id tg.InputBotInlineMessageIDClass, s wording) error {
	opts := o.edit(nil)
	opts.KeepText = !s.given
	body, err := o.body(s)
	if err != nil {
		return err
	}
	return account.EditInline(ctx, id, body, opts)
}

// inlineRef is such a message as an argument: the object, or its id as text.
type inlineRef struct {
	id tg.InputBotInlineMessageIDClass
}

// DecodeLua reads an InlineMessage or its id.
func (r *inlineRef) DecodeLua(_ *vm.State, v vm.Value) error {
	switch v := v.(type) {
	case *vm.UserData:
		if m, ok := v.Value.(*inlineID); ok {
			r.id = m.id
			return nil
		}
	case vm.String:
		id, err := parseInlineID(string(v))
		r.id = id
		return err
	}
	return spec.Expected("inline message or its id", v)
}

// LuaType is how the editor types write it.
func (inlineRef) LuaType() string { return "InlineMessage|string" }

type editInlineArgs struct {
	Message inlineRef   `lua:"message" doc:"Which one."`
	Text    wording     `lua:"text,optional" doc:"The new text; nil keeps it."`
	Opts    editOptions `lua:"options,optional" doc:"How it is read, and what else changes."`
}

var editInlineMessage = spec.Method("edit_inline_message", "Replace the text or the buttons of a message that was sent through this bot, inline. Buttons that aren't given are taken away.",
	func(c *spec.Call, cl *client, in editInlineArgs) (spec.None, error) {
		return spec.None{}, in.Opts.inline(c, cl.account, in.Message.id, in.Text)
	},
).InOrder().Example(`client:on("inline_chosen", function(event)
  if event.message then client:edit_inline_message(event.message.id, "Chosen") end
end)`).Raises("MESSAGE_NOT_MODIFIED", "MESSAGE_ID_INVALID")

package bindings

import (
	"reflect"
	"strconv"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/text"
)

// draft is what was begun to be written, as scripts see it.
type draft struct {
	*telegram.Draft
	chat *peer
}

func draftOf(d *telegram.Draft) *draft { return &draft{Draft: d} }

func (d *draft) where() telegram.Target { return d.Chat }

func (d *draft) entity() *peer {
	if d.chat == nil {
		d.chat = peerOf(d.Chat)
	}
	return d.chat
}

// formatting is the draft's, as that of a message.
func (d *draft) formatting() []textEntity {
	m := &message{Message: &telegram.Message{Message: &tg.Message{Message: d.Message, Entities: d.Entities}}}
	return m.formatting()
}

// draftClass is the class Draft.
var draftClass = spec.Class{
	Name: "Draft", Call: "draft", Go: reflect.TypeFor[*draft](),
	Doc:  "What was begun to be written in a chat, on any of the account's devices. It tells what was there when it was asked for.",
	Text: func(v any) string { d := v.(*draft); return "Draft(" + strconv.FormatInt(d.Chat.ID, 10) + ")" },
	Fields: []spec.Field{
		spec.Get("entity", "The chat.", (*draft).entity),
		spec.Get("chat_id", "Marked id of the chat.", func(d *draft) int64 { return d.Chat.ID }),
		spec.Get("text", "What was written, with its formatting as Markdown.", func(d *draft) string { return text.Format(text.Markdown, d.Body()) }),
		spec.Get("raw_text", "What was written, without formatting.", func(d *draft) string { return d.Message }),
		spec.Get("entities", "The formatting, as of a message.", (*draft).formatting).Is("TextEntity[]"),
		spec.Get("date", "When it was written: seconds since 1970.", func(d *draft) int { return d.Date }).Maybe(),
		spec.Get("link_preview", "Shows a preview of the first link.", func(d *draft) bool { return !d.NoWebpage }),
		spec.Get("reply_to_msg_id", "The message that it answers.", func(d *draft) int { return d.ReplyToID() }).Maybe(),
		spec.Get("is_empty", "There is nothing.", func(d *draft) bool { return d.IsEmpty() }),
		spec.Get("raw", "The draft as Telegram describes it.", func(d *draft) *object { return objectOf(d.DraftMessage) }).OutOfTable(),
	},
	Methods: []spec.Func{draftSetMessage, draftSend, draftDelete},
}

type draftOptions struct {
	formatOptions
	ReplyTo     messageID `lua:"reply_to,optional" doc:"The message that it answers."`
	LinkPreview *bool     `lua:"link_preview,optional" doc:"Show a preview of the first link; true if not given."`
}

func (o draftOptions) options() telegram.DraftOptions {
	return telegram.DraftOptions{ReplyTo: int(o.ReplyTo), NoPreview: o.LinkPreview != nil && !*o.LinkPreview}
}

type setDraftArgs struct {
	Text wording      `lua:"text" doc:"What it says; nothing takes it away."`
	Opts draftOptions `lua:"options,optional" doc:"How it is read."`
}

var draftSetMessage = spec.Method("set_message", "Replace the draft.",
	func(c *spec.Call, d *draft, in setDraftArgs) (spec.None, error) {
		body, err := in.Opts.body(in.Text)
		if err != nil {
			return spec.None{}, err
		}
		return spec.None{}, d.Account.SetDraft(c, d.Chat, body, in.Opts.options())
	},
).InOrder().Example(`for draft in client:iter_drafts() do
  draft:set_message(draft.text .. "\n\n(to be finished)")
end`)

type draftSendOptions struct {
	Keep bool `lua:"keep,optional" doc:"Leave the draft as it is."`
}

type draftSendArgs struct {
	Opts draftSendOptions `lua:"options,optional" doc:"What becomes of it."`
}

var draftSend = spec.Method("send", "Send the draft as a message.",
	func(c *spec.Call, d *draft, in draftSendArgs) (*message, error) {
		sent, err := d.Account.SendDraft(c, d.Draft, in.Opts.Keep)
		return messageOf(sent), err
	},
).InOrder().Raises("FLOOD_WAIT", "CHAT_WRITE_FORBIDDEN").Example(`for _, draft in ipairs(client:get_drafts()) do draft:send() end`)

var draftDelete = spec.Method("delete", "Take the draft away.",
	func(c *spec.Call, d *draft, _ spec.None) (spec.None, error) {
		return spec.None{}, d.Account.SetDraft(c, d.Chat, text.Text{}, telegram.DraftOptions{})
	},
).InOrder().Example(`for draft in client:iter_drafts() do draft:delete() end`)

type draftsArgs struct {
	Chats []target `lua:"chats,optional" doc:"Of these chats, also those without a draft; all drafts if not given."`
}

var iterDrafts = spec.Iterator("iter_drafts", "Go through what was begun to be written.",
	func(_ *spec.Call, cl *client, in draftsArgs) (spec.Cursor[*draft], error) {
		return pages(cl.account.Drafts(targetsOf(in.Chats)...), draftOf), nil
	},
).Example(`for draft in client:iter_drafts() do print(draft.entity.name, draft.text) end`)

var getDrafts = spec.Method("get_drafts", "List what was begun to be written.",
	func(c *spec.Call, cl *client, in draftsArgs) (spec.List[*draft], error) {
		return collected(c, cl.account.Drafts(targetsOf(in.Chats)...), draftOf)
	},
).Raises("PEER_UNKNOWN").Example(`print(#client:get_drafts() .. " messages are unfinished")
print(client:get_drafts("@friend")[1].is_empty)`)

type saveDraftArgs struct {
	Chat target       `lua:"chat" doc:"Where."`
	Text wording      `lua:"text" doc:"What it says; nothing takes it away."`
	Opts draftOptions `lua:"options,optional" doc:"How it is read."`
}

var saveDraft = spec.Method("save_draft", "Replace the draft of a chat.",
	func(c *spec.Call, cl *client, in saveDraftArgs) (spec.None, error) {
		body, err := in.Opts.body(in.Text)
		if err != nil {
			return spec.None{}, err
		}
		return spec.None{}, cl.account.SetDraft(c, in.Chat.Target, body, in.Opts.options())
	},
).InOrder().Raises("PEER_UNKNOWN").Example(`client:save_draft("@friend", "Dear friend, **", { parse_mode = "none" })`)

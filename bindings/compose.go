package bindings

import (
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/text"
)

// formatOptions say how a text is read.
type formatOptions struct {
	ParseMode string     `lua:"parse_mode,optional" enum:"md,markdown,html,none" doc:"How formatting is written in the text; md if not given."`
	Entities  entityList `lua:"formatting_entities,optional" type:"TextEntity[]" doc:"The formatting itself, as message.entities has it; the text is then taken as it is."`
}

// body reads a text in the mode that the options name. Formatted text is taken as it is.
func (o formatOptions) body(in wording) (text.Text, error) {
	s := in.words
	switch {
	case in.ready != nil:
		return in.ready.Normal(), nil
	case o.Entities != nil:
		return o.Entities.over(string(s))
	}
	switch o.ParseMode {
	case "none":
		return text.Of(string(s)), nil
	case "html":
		return text.Parse(text.HTML, string(s))
	}
	return text.Parse(text.Markdown, string(s))
}

// textOptions say how a text is read and shown.
type textOptions struct {
	formatOptions
	LinkPreview preview `lua:"link_preview,optional" doc:"Show a preview of the first link; true if not given. \"large\" and \"small\" say how, an address says of what."`
	InvertMedia bool    `lua:"invert_media,optional" doc:"Preview or media above the text."`
}

// apply is what the text's options ask of a message.
func (o textOptions) apply(to *telegram.SendOptions) {
	to.NoPreview, to.Preview, to.InvertMedia = o.LinkPreview.none, o.LinkPreview.how, o.InvertMedia
}

// deliveryOptions say how anything that becomes a message goes out.
type deliveryOptions struct {
	Silent     bool      `lua:"silent,optional" doc:"Without a sound."`
	Schedule   when      `lua:"schedule,optional" doc:"Send it later: a time, how long from now, or \"online\" for when its reader is."`
	Background bool      `lua:"background,optional" doc:"Without showing this account as online."`
	ClearDraft bool      `lua:"clear_draft,optional" doc:"And forget what was drafted in the chat."`
	Protected  bool      `lua:"protected,optional" doc:"Can't be forwarded or saved."`
	SendAs     target    `lua:"send_as,optional" doc:"Channel to speak for."`
	Effect     spec.ID   `lua:"effect,optional" doc:"Number of an animation that is shown with it; in private chats."`
	Topic      messageID `lua:"topic,optional" doc:"Topic of a forum: the number of its first message."`
	CommentTo  messageID `lua:"comment_to,optional" doc:"Post of a channel to comment on: it goes to the post's discussion."`
	Buttons    buttons   `lua:"buttons,optional" doc:"Buttons below it, or a keyboard."`
}

// delivery is what the options ask of a message.
func (o deliveryOptions) delivery() telegram.SendOptions {
	return telegram.SendOptions{
		Silent: o.Silent, At: o.Schedule.Time, Background: o.Background, ClearDraft: o.ClearDraft, Protected: o.Protected, SendAs: o.SendAs.Target,
		Effect: int64(o.Effect), Topic: int(o.Topic), CommentTo: int(o.CommentTo), Buttons: o.Buttons.markup(),
	}
}

// quoteOptions say which words of the answered message are quoted.
type quoteOptions struct {
	Quote words `lua:"quote,optional" doc:"Part of the answered message's text to quote."`
}

// answerOptions say what a message answers.
type answerOptions struct {
	ReplyTo replyRef `lua:"reply_to,optional" doc:"The message that this one answers; one of another chat as the message itself, or { chat = ..., message = ... }."`
	quoteOptions
}

func (o answerOptions) apply(to *telegram.SendOptions) {
	to.ReplyTo, to.ReplyIn, to.Quote = o.ReplyTo.id, o.ReplyTo.chat, string(o.Quote)
}

// attachOptions say what file comes with a text, which is then its caption.
type attachOptions struct {
	File fileList `lua:"file,optional" doc:"A file to send, or an album: the text is its caption."`
	attachedOptions
}

// attachedOptions say what the file is shown as.
type attachedOptions struct {
	ForceDocument bool          `lua:"force_document,optional" doc:"The file as a file, even if it is a picture or a video."`
	Thumb         fileSource    `lua:"thumb,optional" doc:"A small picture for the file."`
	Streaming     *bool         `lua:"supports_streaming,optional" doc:"A video can be watched before it is there; true if not given."`
	NoSound       bool          `lua:"nosound_video,optional" doc:"A silent video stays a video, and doesn't become a GIF."`
	Attributes    attributes    `lua:"attributes,optional" doc:"documentAttribute objects or tables of their fields, in place of those that would be made up."`
	Progress      spec.Callback `lua:"progress,optional" doc:"Called on the way with the bytes of the file that are through, and all of them." type:"fun(done: integer, total: integer)"`
}

// file is what the options say of the file.
func (o attachedOptions) file(caption wording) fileOptions {
	return fileOptions{
		Caption: captions{caption}, ForceDocument: o.ForceDocument, Thumb: o.Thumb, Streaming: o.Streaming, NoSound: o.NoSound,
		Attributes: o.Attributes, Progress: o.Progress,
	}
}

// replyOptions say how an answer goes out.
type replyOptions struct {
	textOptions
	attachOptions
	quoteOptions
	deliveryOptions
	longOptions
}

func (o replyOptions) send(replyTo int) telegram.SendOptions {
	opts := o.delivery()
	o.textOptions.apply(&opts)
	opts.ReplyTo = replyTo
	if replyTo != 0 {
		opts.Quote = string(o.Quote)
	}
	return opts
}

// longOptions say what becomes of a text that is too long for one message.
type longOptions struct {
	Split *bool `lua:"split,optional" doc:"Send a text of more than 4096 characters as several messages; true if not given."`
	All   bool  `lua:"all,optional" doc:"Return the list of what was sent, not the last message alone."`
}

// deleteOptions say how messages are deleted.
type deleteOptions struct {
	Revoke    *bool `lua:"revoke,optional" doc:"For everybody, not only for this account; true if not given."`
	Scheduled bool  `lua:"scheduled,optional" doc:"The messages are for later, and were not sent yet."`
}

func (o deleteOptions) delete() telegram.DeleteOptions {
	return telegram.DeleteOptions{KeepForOthers: o.Revoke != nil && !*o.Revoke, Scheduled: o.Scheduled}
}

// preview is how a link is shown: true, false, "large", "small" or the address of the page.
type preview struct {
	given, none bool
	how         telegram.Preview
}

// DecodeLua reads a boolean or a string.
func (p *preview) DecodeLua(_ *vm.State, v vm.Value) error {
	p.given = true
	switch {
	case v == vm.True:
	case v == vm.False:
		p.none = true
	case v == vm.String("large"):
		p.how.Large = true
	case v == vm.String("small"):
		p.how.Small = true
	default:
		s, ok := v.(vm.String)
		if !ok || !strings.Contains(string(s), "://") {
			return spec.Expected("true, false, \"large\", \"small\" or an address", v)
		}
		p.how.URL = string(s)
	}
	return nil
}

// LuaType is its name in the editor types.
func (preview) LuaType() string { return "boolean|string" }

var _ spec.Decoder = (*preview)(nil)

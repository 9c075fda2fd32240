package bindings

import (
	"errors"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// editOptions say how a message is changed.
type editOptions struct {
	textOptions
	Buttons buttons    `lua:"buttons,optional" doc:"New buttons; those it has are kept if not given, false takes them away."`
	File    fileSource `lua:"file,optional" doc:"A file in the place of the one it has."`
	attachedOptions
	Schedule  when `lua:"schedule,optional" doc:"Another time for a message that is for later."`
	Scheduled bool `lua:"scheduled,optional" doc:"The message is for later, and was not sent yet."`
}

// edit is what the options ask for. original may be nil.
func (o editOptions) edit(original *message) telegram.EditOptions {
	opts := telegram.EditOptions{NoPreview: o.LinkPreview.none, InvertMedia: o.InvertMedia, Scheduled: o.Scheduled, At: o.Schedule.Time}
	if !o.Schedule.IsZero() {
		opts.Scheduled = true
	}
	opts.Buttons = o.Buttons.markup()
	if none, ok := opts.Buttons.(*tg.ReplyInlineMarkup); ok && len(none.Rows) == 0 {
		opts.Buttons, opts.DropButtons = nil, true
	}
	if original != nil {
		opts.Scheduled = opts.Scheduled || original.Scheduled
		opts.NoPreview = opts.NoPreview || !o.LinkPreview.given && original.hidesPreview()
		opts.InvertMedia = opts.InvertMedia || original.InvertMedia
	}
	return opts
}

// hidesPreview says whether the message has a link without the preview that it would have by itself.
func (m *message) hidesPreview() bool {
	if m.Media != nil {
		return false
	}
	for _, e := range m.Entities {
		switch e.(type) {
		case *tg.MessageEntityURL, *tg.MessageEntityTextURL:
			return true
		}
	}
	return false
}

// edit changes a message. Without a text that stays as it is.
func (o editOptions) apply(c *spec.Call, account *telegram.Account, chat telegram.Target, id int, original *message, s wording) (*message, error) {
	opts := o.edit(original)
	opts.KeepText = !s.given
	body, err := o.body(s)
	if err != nil {
		return nil, err
	}
	if o.File.given {
		if opts.Media, err = o.media(c, account); err != nil {
			return nil, err
		}
	}
	changed, err := account.Edit(c, chat, id, body, opts)
	return messageOf(changed), err
}

// media uploads the file that takes the place of another.
func (o editOptions) media(c *spec.Call, account *telegram.Account) (tg.InputMediaClass, error) {
	shown := o.file(wording{})
	files, done, err := shown.attachments(c, []fileSource{o.File})
	if err != nil {
		return nil, errors.Join(err, done())
	}
	ctx, report, finish := o.Progress.Progress(c)
	media, err := account.InputMedia(ctx, files[0], report)
	return media, finish(errors.Join(err, done()))
}

type editArgs struct {
	Text wording     `lua:"text,optional" doc:"The new text; nil keeps it."`
	Opts editOptions `lua:"options,optional" doc:"How it is read, and what else changes."`
}

var edit = spec.Method("edit", "Replace this message's text or buttons. Only messages of this account can be edited.",
	func(c *spec.Call, m *message, in editArgs) (*message, error) {
		return in.Opts.apply(c, m.Account, m.Message, m.ID, m, in.Text)
	},
).InOrder().Example(`local message = event:respond("Working ...")
message:edit("Done.")`).Raises("MESSAGE_NOT_MODIFIED", "MESSAGE_AUTHOR_REQUIRED", "MESSAGE_EDIT_TIME_EXPIRED")

type editMessageArgs struct {
	Chat    target      `lua:"chat" doc:"Where it is."`
	Message messageRef  `lua:"message" doc:"Which one."`
	Text    wording     `lua:"text,optional" doc:"The new text; nil keeps it."`
	Opts    editOptions `lua:"options,optional" doc:"How it is read, and what else changes."`
}

var editMessage = spec.Method("edit_message", "Replace the text or buttons of a message of this account.",
	func(c *spec.Call, cl *client, in editMessageArgs) (*message, error) {
		return in.Opts.apply(c, cl.account, in.Message.in(in.Chat), in.Message.id, in.Message.message, in.Text)
	},
).InOrder().Example(`local message = client:send_message("me", "Working ...")
client:edit_message("me", message, "Done.")`).
	Raises("MESSAGE_NOT_MODIFIED", "MESSAGE_ID_INVALID", "MESSAGE_AUTHOR_REQUIRED")

type deleteMessagesArgs struct {
	Chat     target        `lua:"chat,optional" doc:"Where they are; outside of channels and supergroups nil will do."`
	Messages []messageID   `lua:"messages" doc:"Which ones: one or a list."`
	Opts     deleteOptions `lua:"options,optional" doc:"For whom."`
}

var deleteMessages = spec.Method("delete_messages", "Delete messages. Returns how many Telegram deleted.",
	func(c *spec.Call, cl *client, in deleteMessagesArgs) (int, error) {
		if len(in.Messages) == 0 {
			return 0, nil
		}
		return cl.account.Delete(c, in.Chat.Target, idsOf(in.Messages), in.Opts.delete())
	},
).InOrder().Example(`client:delete_messages("me", { 12, 13 })`).Raises("MESSAGE_DELETE_FORBIDDEN", "PEER_UNKNOWN")

func idsOf(list []messageID) []int {
	ids := make([]int, len(list))
	for i, id := range list {
		ids[i] = int(id)
	}
	return ids
}

package bindings

import (
	"reflect"
	"strconv"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// dialog is one chat in the account's list as scripts see it.
type dialog struct {
	*telegram.Dialog
	chat *peer
	last *message
}

func dialogOf(d *telegram.Dialog) *dialog { return &dialog{Dialog: d} }

func (d *dialog) where() telegram.Target { return d.Chat }

func (d *dialog) entity() *peer {
	if d.chat == nil {
		d.chat = peerOf(d.Chat)
	}
	return d.chat
}

func (d *dialog) newest() *message {
	if d.last == nil {
		d.last = messageOf(d.Last)
	}
	return d.last
}

// mutedUntil is when the chat is heard again; 0 if it is now.
func (d *dialog) mutedUntil() int64 {
	until := d.MutedUntil()
	if until.IsZero() {
		return 0
	}
	return until.Unix()
}

// dialogClass is the class Dialog.
var dialogClass = spec.Class{
	Name: "Dialog", Call: "dialog", Go: reflect.TypeFor[*dialog](),
	Doc: "A chat in the account's list. It may stand wherever a chat is asked for.",
	Text: func(v any) string {
		d := v.(*dialog)
		return "Dialog(" + d.entity().name() + " " + strconv.FormatInt(d.Chat.ID, 10) + ")"
	},
	Equal: func(a, b any) bool { return a.(*dialog).Chat.ID == b.(*dialog).Chat.ID },
	Fields: []spec.Field{
		spec.Get("id", "Marked id of the chat.", func(d *dialog) int64 { return d.Chat.ID }),
		spec.Get("name", "What the list shows.", func(d *dialog) string { return d.entity().name() }),
		spec.Get("title", "The same as name.", func(d *dialog) string { return d.entity().name() }),
		spec.Get("entity", "The user, group or channel.", (*dialog).entity),
		spec.Get("message", "The newest message.", (*dialog).newest).Maybe(),
		spec.Get("date", "When the newest message was sent: seconds since 1970.", func(d *dialog) int {
			if d.Last == nil {
				return 0
			}
			return d.Last.Date
		}).Maybe(),
		spec.Get("pinned", "Kept at the top of the list.", func(d *dialog) bool { return d.IsPinned() }),
		spec.Get("archived", "In the archive.", func(d *dialog) bool { return d.IsArchived() }),
		spec.Get("folder_id", "1 for the archive, else 0.", func(d *dialog) int { return d.FolderID }),
		spec.Get("unread_count", "How many messages are not read.", func(d *dialog) int { return d.UnreadCount }),
		spec.Get("unread_mentions_count", "How many of them mention this account.", func(d *dialog) int { return d.UnreadMentionsCount }),
		spec.Get("unread_reactions_count", "How many reactions to messages of this account were not seen.", func(d *dialog) int { return d.UnreadReactionsCount }),
		spec.Get("unread_mark", "Marked as unread by hand.", func(d *dialog) bool { return d.UnreadMark }),
		spec.Get("read_inbox_max_id", "The last message that this account has read.", func(d *dialog) int { return d.ReadInboxMaxID }),
		spec.Get("read_outbox_max_id", "The last message of this account that others have read.", func(d *dialog) int { return d.ReadOutboxMaxID }),
		spec.Get("muted_until", "When it will be heard again: seconds since 1970.", (*dialog).mutedUntil).Maybe(),
		spec.Get("draft", "What was begun to be written there.", func(d *dialog) *draft {
			if kept := d.DraftMessage(); !kept.IsEmpty() {
				return &draft{Draft: kept}
			}
			return nil
		}).Maybe(),
		spec.Get("is_user", "With a person or bot.", func(d *dialog) bool { return d.Chat.IsUser() }),
		spec.Get("is_group", "A group or supergroup.", func(d *dialog) bool { return d.Chat.IsGroup() }),
		spec.Get("is_channel", "A channel, where only admins write.", func(d *dialog) bool { return d.entity().kind() == "channel" }),
		spec.Get("raw", "The chat's place in the list as Telegram describes it.", func(d *dialog) *object { return objectOf(d.Dialog.Dialog) }).OutOfTable(),
	},
	Methods: []spec.Func{dialogSend, dialogDelete, dialogArchive, dialogPin, dialogMarkRead, dialogMarkUnread, dialogMute},
}

type dialogSendArgs struct {
	Text content     `lua:"message" doc:"What to say: text, or a message to copy."`
	Opts sendOptions `lua:"options,optional" doc:"How to say it."`
}

var dialogSend = spec.Method("send_message", "Send a message there, as client:send_message does.",
	func(c *spec.Call, d *dialog, in dialogSendArgs) (any, error) {
		return sendContent(c, d.Account, d.Chat, in.Text, in.Opts.formatOptions, in.Opts.attachOptions, in.Opts.longOptions, in.Opts.send())
	},
).InOrder().Result("Message").Raises("FLOOD_WAIT", "CHAT_WRITE_FORBIDDEN").Example(`for dialog in client:iter_dialogs({ limit = 1 }) do
  dialog:send_message("Hello!")
end`)

type revokeOptions struct {
	Revoke bool `lua:"revoke,optional" doc:"Delete the messages of a private chat for the other side as well."`
}

type dialogDeleteArgs struct {
	Opts revokeOptions `lua:"options,optional" doc:"For whom."`
}

var dialogDelete = spec.Method("delete", "Take the chat out of the list: a group or channel is left, of other chats the messages are deleted.",
	func(c *spec.Call, d *dialog, in dialogDeleteArgs) (spec.None, error) {
		return spec.None{}, d.Account.DeleteDialog(c, d.Chat, in.Opts.Revoke)
	},
).InOrder().Example(`for dialog in client:iter_dialogs() do
  if dialog.entity.is_deleted then dialog:delete() end
end`)

type switchArgs struct {
	On *bool `lua:"on,optional" doc:"false takes it back; true if not given."`
}

func (in switchArgs) on() bool { return in.On == nil || *in.On }

var dialogArchive = spec.Method("archive", "Move the chat into the archive, or out of it.",
	func(c *spec.Call, d *dialog, in switchArgs) (spec.None, error) {
		return spec.None{}, d.Account.Archive(c, []telegram.Target{d.Chat}, in.on())
	},
).InOrder().Example(`for dialog in client:iter_dialogs({ archived = false }) do
  if dialog.unread_count == 0 and dialog.is_channel then dialog:archive() end
end`)

var dialogPin = spec.Method("pin", "Keep the chat at the top of the list, or no longer.",
	func(c *spec.Call, d *dialog, in switchArgs) (spec.None, error) {
		return spec.None{}, d.Account.PinDialog(c, d.Chat, in.on())
	},
).InOrder().Raises("PINNED_DIALOGS_TOO_MUCH").Example(`local dialog = client:get_dialogs({ limit = 1 })[1]
dialog:pin()
dialog:pin(false)`)

var dialogMarkRead = spec.Method("mark_read", "Mark everything there as read.",
	func(c *spec.Call, d *dialog, _ spec.None) (spec.None, error) {
		return spec.None{}, d.Account.MarkRead(c, d.Chat, telegram.ReadOptions{})
	},
).InOrder().Example(`for dialog in client:iter_dialogs() do
  if dialog.unread_count > 0 and dialog.is_channel then dialog:mark_read() end
end`)

var dialogMarkUnread = spec.Method("mark_unread", "Mark the chat as unread, or take the mark away.",
	func(c *spec.Call, d *dialog, in switchArgs) (spec.None, error) {
		return spec.None{}, d.Account.MarkUnread(c, d.Chat, in.on())
	},
).InOrder().Example(`client:get_dialogs({ limit = 1 })[1]:mark_unread()`)

type muteArgs struct {
	UntilDate until `lua:"until_date,optional" doc:"How long, or until when; for good if not given."`
}

var dialogMute = spec.Method("mute", "Keep the chat quiet.",
	func(c *spec.Call, d *dialog, in muteArgs) (spec.None, error) {
		return spec.None{}, d.Account.Mute(c, d.Chat, in.UntilDate.orForever())
	},
).InOrder().Example(`for dialog in client:iter_dialogs() do
  if dialog.is_group then dialog:mute("8h") end
end`)

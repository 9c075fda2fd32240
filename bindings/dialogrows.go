package bindings

import (
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// dialogOptions choose chats of the list.
type dialogOptions struct {
	Limit          int       `lua:"limit,optional" doc:"How many; all if not given."`
	OffsetDate     time.Time `lua:"offset_date,optional" doc:"Only chats whose newest message is older."`
	OffsetID       messageID `lua:"offset_id,optional" doc:"With offset_peer: its newest message."`
	OffsetPeer     target    `lua:"offset_peer,optional" doc:"Only chats behind this one."`
	IgnorePinned   bool      `lua:"ignore_pinned,optional" doc:"Without those that are pinned."`
	IgnoreMigrated bool      `lua:"ignore_migrated,optional" doc:"Without groups that have become supergroups."`
	Folder         *int      `lua:"folder,optional" doc:"0 for the chats outside of the archive, 1 for those in it; both if not given."`
	Archived       *bool     `lua:"archived,optional" doc:"The same in words."`
}

func (o dialogOptions) options() (telegram.DialogOptions, error) {
	opts := telegram.DialogOptions{
		Limit: o.Limit, OffsetDate: o.OffsetDate, OffsetID: int(o.OffsetID), OffsetChat: o.OffsetPeer.Target,
		IgnorePinned: o.IgnorePinned, IgnoreMigrated: o.IgnoreMigrated,
	}
	switch {
	case o.Archived != nil && *o.Archived, o.Folder != nil && *o.Folder == 1:
		opts.Place = telegram.ArchivedDialogs
	case o.Archived != nil, o.Folder != nil && *o.Folder == 0:
		opts.Place = telegram.MainDialogs
	case o.Folder != nil:
		return opts, &spec.ArgumentError{Function: "iter_dialogs", Place: "option 'folder'", Problem: "0 or 1 expected: folders that the account made " +
			"itself are client:get_folders()"}
	}
	return opts, nil
}

type dialogsArgs struct {
	Opts dialogOptions `lua:"options,optional" doc:"Which ones."`
}

var iterDialogs = spec.Iterator("iter_dialogs", "Go through the account's chats, the one with the newest message first. Bots have no list.",
	func(_ *spec.Call, cl *client, in dialogsArgs) (spec.Cursor[*dialog], error) {
		opts, err := in.Opts.options()
		if err != nil {
			return nil, err
		}
		return pages(cl.account.Dialogs(opts), dialogOf), nil
	},
).Raises("BOT_METHOD_INVALID").Example(`for dialog in client:iter_dialogs({ archived = false }) do
  print(dialog.name, dialog.unread_count, dialog.message and dialog.message.text)
end`)

var getDialogs = spec.Method("get_dialogs", "List the account's chats, the one with the newest message first.",
	func(c *spec.Call, cl *client, in dialogsArgs) (spec.List[*dialog], error) {
		opts, err := in.Opts.options()
		if err != nil {
			return spec.List[*dialog]{}, err
		}
		return collected(c, cl.account.Dialogs(opts), dialogOf)
	},
).Raises("BOT_METHOD_INVALID").Example(`local dialogs = client:get_dialogs({ limit = 20 })
print("the newest 20 of " .. dialogs.total)`)

type dialogArgs struct {
	Chat target `lua:"chat" doc:"Which one."`
}

var getDialog = spec.Method("get_dialog", "How one chat stands in the account's list.",
	func(c *spec.Call, cl *client, in dialogArgs) (*dialog, error) {
		d, err := cl.account.Dialog(c, in.Chat.Target)
		if err != nil {
			return nil, err
		}
		return dialogOf(d), nil
	},
).Raises("PEER_UNKNOWN").Example(`print(client:get_dialog("@friend").unread_count)`)

type deleteDialogArgs struct {
	Chat target        `lua:"chat" doc:"Which one."`
	Opts revokeOptions `lua:"options,optional" doc:"For whom."`
}

var deleteDialog = spec.Method("delete_dialog", "Take a chat out of the list: a group or channel is left, of other chats the messages are deleted.",
	func(c *spec.Call, cl *client, in deleteDialogArgs) (spec.None, error) {
		return spec.None{}, cl.account.DeleteDialog(c, in.Chat.Target, in.Opts.Revoke)
	},
).InOrder().Raises("PEER_UNKNOWN", "USER_CREATOR").Example(`client:delete_dialog("@friend", { revoke = true })`)

type editFolderArgs struct {
	Chats  []target `lua:"chats" doc:"Which chats: one or a list."`
	Folder int      `lua:"folder" doc:"1 is the archive, 0 is out of it."`
}

var editFolder = spec.Method("edit_folder", "Move chats into the archive, or out of it.",
	func(c *spec.Call, cl *client, in editFolderArgs) (spec.None, error) {
		if in.Folder != 0 && in.Folder != 1 {
			return spec.None{}, &spec.ArgumentError{Function: "edit_folder", Place: "argument 2 (folder)", Problem: "0 or 1 expected: folders that the " +
				"account made itself are client:get_folders()"}
		}
		return spec.None{}, cl.account.Archive(c, targetsOf(in.Chats), in.Folder == 1)
	},
).InOrder().Raises("PEER_UNKNOWN").Example(`client:edit_folder({ "@news", "@friend" }, 1)
client:edit_folder("@friend", 0)`)

type chatSwitchArgs struct {
	Chat target `lua:"chat" doc:"Which one."`
	switchArgs
}

var pinDialog = spec.Method("pin_dialog", "Keep a chat at the top of the list, or no longer.",
	func(c *spec.Call, cl *client, in chatSwitchArgs) (spec.None, error) {
		return spec.None{}, cl.account.PinDialog(c, in.Chat.Target, in.on())
	},
).InOrder().Raises("PEER_UNKNOWN", "PINNED_DIALOGS_TOO_MUCH").Example(`client:pin_dialog("@friend")
client:pin_dialog("@news", false)`)

type reorderOptions struct {
	Force    bool `lua:"force,optional" doc:"Pin those that are named, and no others."`
	Archived bool `lua:"archived,optional" doc:"In the archive."`
}

type reorderPinnedArgs struct {
	Chats []target       `lua:"chats" doc:"The chats in their new order."`
	Opts  reorderOptions `lua:"options,optional" doc:"Where."`
}

var reorderPinnedDialogs = spec.Method("reorder_pinned_dialogs", "Put the pinned chats into an order.",
	func(c *spec.Call, cl *client, in reorderPinnedArgs) (spec.None, error) {
		return spec.None{}, cl.account.ReorderPinned(c, targetsOf(in.Chats), in.Opts.Force, in.Opts.Archived)
	},
).InOrder().Raises("PEER_UNKNOWN").Example(`client:reorder_pinned_dialogs({ "@friend", "@news" })`)

var markUnread = spec.Method("mark_unread", "Mark a chat as unread, or take the mark away.",
	func(c *spec.Call, cl *client, in chatSwitchArgs) (spec.None, error) {
		return spec.None{}, cl.account.MarkUnread(c, in.Chat.Target, in.on())
	},
).InOrder().Raises("PEER_UNKNOWN").Example(`client:mark_unread("@friend")`)

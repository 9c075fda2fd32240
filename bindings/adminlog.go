package bindings

import (
	"reflect"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// adminLogEvent is an entry of an admin log.
type adminLogEvent struct{ *telegram.AdminLogEvent }

// adminLogFlags are what an entry may tell: the name in Lua, what it says, and the constructor without its beginning.
var adminLogFlags = []struct{ name, doc, action string }{
	{"changed_about", "The description was changed.", "ChangeAbout"},
	{"changed_title", "The title was changed.", "ChangeTitle"},
	{"changed_username", "The public name was changed.", "ChangeUsername"},
	{"changed_usernames", "The list of public names was changed.", "ChangeUsernames"},
	{"changed_photo", "The photo was changed.", "ChangePhoto"},
	{"changed_sticker_set", "The sticker set was changed.", "ChangeStickerSet"},
	{"changed_emoji_set", "The set of custom emoji was changed.", "ChangeEmojiStickerSet"},
	{"changed_message", "A message was edited.", "EditMessage"},
	{"deleted_message", "A message was deleted.", "DeleteMessage"},
	{"sent_message", "A message was sent in the name of the chat.", "SendMessage"},
	{"changed_admin", "The rights of an admin were changed.", "ParticipantToggleAdmin"},
	{"changed_rank", "The title of a member was changed.", "ParticipantEditRank"},
	{"changed_restrictions", "Somebody was restricted or banned, or that was lifted.", "ParticipantToggleBan"},
	{"changed_invites", "Whether members may add others was changed.", "ToggleInvites"},
	{"changed_location", "The place of the group was changed.", "ChangeLocation"},
	{"joined", "Somebody joined by the public name.", "ParticipantJoin"},
	{"joined_invite", "Somebody was added by another one.", "ParticipantInvite"},
	{"joined_by_invite", "Somebody joined by an invite link.", "ParticipantJoinByInvite"},
	{"joined_by_request", "Somebody was let in who had asked.", "ParticipantJoinByRequest"},
	{"left", "Somebody left.", "ParticipantLeave"},
	{"changed_hide_history", "Whether new members see what was written before was changed.", "TogglePreHistoryHidden"},
	{"changed_signatures", "Whether posts are signed was changed.", "ToggleSignatures"},
	{"changed_signature_profiles", "Whether signatures lead to profiles was changed.", "ToggleSignatureProfiles"},
	{"changed_pin", "A message was pinned or unpinned.", "UpdatePinned"},
	{"changed_default_banned_rights", "What members may do was changed.", "DefaultBannedRights"},
	{"changed_slow_mode", "The slow mode was changed.", "ToggleSlowMode"},
	{"changed_linked_chat", "The discussion group was changed.", "ChangeLinkedChat"},
	{"changed_no_forwards", "Whether content is protected was changed.", "ToggleNoForwards"},
	{"changed_reactions", "Which reactions are allowed was changed.", "ChangeAvailableReactions"},
	{"changed_forum", "Topics were switched on or off.", "ToggleForum"},
	{"created_topic", "A topic was made.", "CreateTopic"},
	{"edited_topic", "A topic was changed.", "EditTopic"},
	{"deleted_topic", "A topic was deleted.", "DeleteTopic"},
	{"pinned_topic", "A topic was pinned or unpinned.", "PinTopic"},
	{"changed_anti_spam", "The spam filter was switched on or off.", "ToggleAntiSpam"},
	{"changed_translation", "Automatic translation was switched on or off.", "ToggleAutotranslation"},
	{"changed_color", "The colour was changed.", "ChangePeerColor"},
	{"changed_profile_color", "The colour of the profile was changed.", "ChangeProfilePeerColor"},
	{"changed_wallpaper", "The wallpaper was changed.", "ChangeWallpaper"},
	{"changed_emoji_status", "The emoji status was changed.", "ChangeEmojiStatus"},
	{"stopped_poll", "A poll was closed.", "StopPoll"},
	{"started_group_call", "A video chat was begun.", "StartGroupCall"},
	{"discarded_group_call", "A video chat was ended.", "DiscardGroupCall"},
	{"user_muted", "Somebody was muted in a video chat.", "ParticipantMute"},
	{"user_unmuted", "Somebody was unmuted in a video chat.", "ParticipantUnmute"},
	{"changed_user_volume", "The volume of somebody in a video chat was changed.", "ParticipantVolume"},
	{"changed_call_settings", "Whether people are muted when they enter a video chat was changed.", "ToggleGroupCallSetting"},
	{"changed_history_ttl", "After which time messages delete themselves was changed.", "ChangeHistoryTTL"},
	{"deleted_exported_invite", "A revoked invite link was deleted.", "ExportedInviteDelete"},
	{"edited_exported_invite", "An invite link was changed.", "ExportedInviteEdit"},
	{"revoked_exported_invite", "An invite link was revoked.", "ExportedInviteRevoke"},
	{"extended_subscription", "A paid membership was extended.", "ParticipantSubExtend"},
}

const adminLogPrefix = "channelAdminLogEventAction"

// kind is which flag is true; the constructor for one that has none.
func (e *adminLogEvent) kind() string {
	name := e.Action.TypeName()
	for _, flag := range adminLogFlags {
		if name == adminLogPrefix+flag.action {
			return flag.name
		}
	}
	return name
}

// value is one side of a change as scripts see it.
func (e *adminLogEvent) value(v any) any {
	switch v := v.(type) {
	case *telegram.Message:
		return messageOf(v)
	case *telegram.Participant:
		return participantOf(v)
	case nil, string, bool, int, int64, []string:
		return v
	}
	if o := objectOf(v); o != nil {
		return o
	}
	return nil
}

// adminLogClass is the class AdminLogEvent.
var adminLogClass = spec.Class{
	Name: "AdminLogEvent", Call: "event", Go: reflect.TypeFor[*adminLogEvent](),
	Doc: "An entry of an admin log: somebody did something. One of the flags is true, kind names it; old and new are what was so before and after.",
	Text: func(v any) string {
		e := v.(*adminLogEvent)
		return "AdminLogEvent(" + e.kind() + " by " + (&peer{Peer: e.User}).name() + ")"
	},
	Equal: func(a, b any) bool {
		return a.(*adminLogEvent).ID == b.(*adminLogEvent).ID && a.(*adminLogEvent).Chat.ID == b.(*adminLogEvent).Chat.ID
	},
	Fields: adminLogFields(),
}

func adminLogFields() []spec.Field {
	change := func(name, doc string, after bool) spec.Field {
		return spec.Get(name, doc, func(e *adminLogEvent) any {
			was, is := e.Change()
			if after {
				return e.value(is)
			}
			return e.value(was)
		}).Is("string|number|boolean|Message|Participant|Object|string[]|nil")
	}
	fields := []spec.Field{
		spec.Get("id", "Id of the entry; a string where Lua's numbers aren't exact.", func(e *adminLogEvent) int64 { return e.ID }),
		spec.Get("date", "When it was done.", func(e *adminLogEvent) time.Time { return e.Time() }).Is("number"),
		spec.Get("user_id", "Who did it.", func(e *adminLogEvent) int64 { return e.UserID }),
		spec.Get("user", "Who did it.", func(e *adminLogEvent) *peer { return peerOf(e.User) }),
		spec.Get("chat", "Where.", func(e *adminLogEvent) *peer { return peerOf(e.Chat) }),
		spec.Get("kind", "The name of the flag that is true.", (*adminLogEvent).kind),
		spec.Get("action", "What was done, as Telegram describes it.", func(e *adminLogEvent) *object { return objectOf(e.Action) }),
		change("old", "What was so before: text, a number, true or false, a message, a participant, or a value of Telegram's types.", false),
		change("new", "What is so since then, of the same types.", true),
		spec.Get("raw", "As Telegram describes it.", func(e *adminLogEvent) *object { return objectOf(&e.ChannelAdminLogEvent) }).OutOfTable(),
	}
	for _, flag := range adminLogFlags {
		fields = append(fields, spec.Get(flag.name, flag.doc, func(e *adminLogEvent) bool {
			return e.Action.TypeName() == adminLogPrefix+flag.action
		}))
	}
	return fields
}

type adminLogOptions struct {
	Limit     *int     `lua:"limit,optional" doc:"How many at most. Default: all of the last 48 hours."`
	MaxID     spec.ID  `lua:"max_id,optional" doc:"Only entries with lower ids."`
	MinID     spec.ID  `lua:"min_id,optional" doc:"Only entries with higher ids."`
	Search    string   `lua:"search,optional" doc:"Only entries with these words."`
	Admins    []target `lua:"admins,optional" doc:"Only what these did."`
	Join      bool     `lua:"join,optional" doc:"Somebody joined. Without any kind all entries come."`
	Leave     bool     `lua:"leave,optional" doc:"Somebody left."`
	Invite    bool     `lua:"invite,optional" doc:"Somebody was added."`
	Restrict  bool     `lua:"restrict,optional" doc:"Somebody was restricted."`
	Unrestr   bool     `lua:"unrestrict,optional" doc:"Restrictions were lifted."`
	Ban       bool     `lua:"ban,optional" doc:"Somebody was banned."`
	Unban     bool     `lua:"unban,optional" doc:"A ban was lifted."`
	Promote   bool     `lua:"promote,optional" doc:"Somebody was made an admin."`
	Demote    bool     `lua:"demote,optional" doc:"Somebody is no admin any more."`
	Info      bool     `lua:"info,optional" doc:"Title, description, photo and the like were changed."`
	Settings  bool     `lua:"settings,optional" doc:"Settings were changed."`
	Pinned    bool     `lua:"pinned,optional" doc:"Messages were pinned."`
	Edit      bool     `lua:"edit,optional" doc:"Messages were edited."`
	Delete    bool     `lua:"delete,optional" doc:"Messages were deleted."`
	GroupCall bool     `lua:"group_call,optional" doc:"Video chats."`
	Invites   bool     `lua:"invites,optional" doc:"Invite links were changed."`
	Send      bool     `lua:"send,optional" doc:"Messages were sent in the name of the chat."`
	Forums    bool     `lua:"forums,optional" doc:"Topics were made or changed."`
}

// options hands over. Telegram calls a ban that lets one stay a ban, and one that throws out a kick.
func (o adminLogOptions) options() (options telegram.AdminLogOptions, none bool) {
	options = telegram.AdminLogOptions{MaxID: int64(o.MaxID), MinID: int64(o.MinID), Search: o.Search, Kinds: tg.ChannelAdminLogEventsFilter{
		Join: o.Join, Leave: o.Leave, Invite: o.Invite, Ban: o.Restrict, Unban: o.Unrestr, Kick: o.Ban, Unkick: o.Unban,
		Promote: o.Promote, Demote: o.Demote, Info: o.Info, Settings: o.Settings, Pinned: o.Pinned, Edit: o.Edit, Delete: o.Delete,
		GroupCall: o.GroupCall, Invites: o.Invites, Send: o.Send, Forums: o.Forums,
	}}
	options.Limit, none = limitOf(o.Limit)
	options.Admins = targetsOf(o.Admins)
	return options, none
}

func targetsOf(list []target) (all []telegram.Target) {
	for _, one := range list {
		all = append(all, one.Target)
	}
	return all
}

type adminLogArgs struct {
	Chat target          `lua:"chat" doc:"Of which supergroup or channel."`
	Opts adminLogOptions `lua:"options,optional" doc:"Which entries."`
}

func adminLogEventOf(e *telegram.AdminLogEvent) *adminLogEvent { return &adminLogEvent{e} }

var iterAdminLog = spec.Iterator("iter_admin_log", "Go through what was done in a supergroup or channel during the last 48 hours, the newest first. Admins only.",
	func(c *spec.Call, cl *client, in adminLogArgs) (spec.Cursor[*adminLogEvent], error) {
		options, none := in.Opts.options()
		if none {
			return nothing[*adminLogEvent]{}, nil
		}
		return pages(cl.account.AdminLog(in.Chat.Target, options), adminLogEventOf), nil
	},
).Example(`for event in client:iter_admin_log("@my_group", { delete = true, edit = true }) do
  print(event.user.name, event.kind, event.old and event.old.text)
end`).Raises("CHAT_ADMIN_REQUIRED", "CHAT_KIND")

var getAdminLog = spec.Method("get_admin_log", "List what was done in a supergroup or channel during the last 48 hours, the newest first. Admins only.",
	func(c *spec.Call, cl *client, in adminLogArgs) (list spec.List[*adminLogEvent], err error) {
		options, none := in.Opts.options()
		if none {
			return list, nil
		}
		return collected(c, cl.account.AdminLog(in.Chat.Target, options), adminLogEventOf)
	},
).Example(`local events = client:get_admin_log("@my_group", { limit = 10, admins = { "@durov" } })
print(events[1].kind, events[1].old, events[1].new)`).Raises("CHAT_ADMIN_REQUIRED", "CHAT_KIND")

package bindings

import (
	"maps"
	"slices"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

type (
	userUpdate = *telegram.UserUpdateEvent
	userChange = *telegram.UserChangeEvent
)

// userFilters are the filters of the event user_update.
type userFilters struct {
	Action []string `lua:"action,optional" doc:"Only this, as event.action has it: typing, online, record_audio."`
	sceneFilters
}

var userUpdateRow = occurrenceKind[userUpdate, userFilters]{
	kind: telegram.EventUserUpdate, class: "UserUpdateEvent",
	doc: "Somebody types, uploads or records, comes online or goes. It is of the moment: what happens while the account is down is not told later.",
	sample: `client:on("user_update", { action = "online", from = "@friend" }, function(event)
  tg.log(event.user.name, "is there")
end)`,
	scene: func(f userFilters) sceneFilters { return f.sceneFilters },
	accept: func(f userFilters) func(userUpdate) bool {
		return func(e userUpdate) bool { return len(f.Action) == 0 || slices.Contains(f.Action, userAction(e)) }
	},
	prepare: func(_ *spec.Call, f userFilters) error {
		return knownWords("action", f.Action, slices.Collect(maps.Values(userActions)))
	},
}.row()

// userActions are the words for what somebody does, as client:action takes them.
var userActions = map[uint32]string{
	tg.SendMessageTypingActionTypeID: "typing", tg.SendMessageCancelActionTypeID: "cancel",
	tg.SendMessageRecordVideoActionTypeID: "record_video", tg.SendMessageUploadVideoActionTypeID: "upload_video",
	tg.SendMessageRecordAudioActionTypeID: "record_audio", tg.SendMessageUploadAudioActionTypeID: "upload_audio",
	tg.SendMessageRecordRoundActionTypeID: "record_round", tg.SendMessageUploadRoundActionTypeID: "upload_round",
	tg.SendMessageUploadPhotoActionTypeID: "upload_photo", tg.SendMessageUploadDocumentActionTypeID: "upload_document",
	tg.SendMessageGeoLocationActionTypeID: "geo", tg.SendMessageChooseContactActionTypeID: "contact",
	tg.SendMessageGamePlayActionTypeID: "game", tg.SendMessageChooseStickerActionTypeID: "sticker",
	tg.SendMessageHistoryImportActionTypeID: "history_import", tg.SendMessageEmojiInteractionTypeID: "emoji",
	tg.SendMessageEmojiInteractionSeenTypeID: "emoji_seen", tg.UserStatusOnlineTypeID: "online", tg.UserStatusOfflineTypeID: "offline",
	tg.UserStatusRecentlyTypeID: "recently", tg.UserStatusLastWeekTypeID: "last_week", tg.UserStatusLastMonthTypeID: "last_month",
	tg.UserStatusEmptyTypeID: "long_ago",
}

func userAction(e userUpdate) string {
	if e.Status != nil {
		return userActions[e.Status.TypeID()]
	}
	if word := userActions[e.Action.TypeID()]; word != "" {
		return word
	}
	return e.Action.TypeName()
}

// doing is the row of a field that says whether somebody does one of some things.
func doing(name, doc string, words ...string) spec.Field {
	return fact(name, doc, func(e userUpdate) bool { return slices.Contains(words, userAction(e)) })
}

// userUpdateEventClass is the class UserUpdateEvent.
var userUpdateEventClass = occurrenceClass[userUpdate](telegram.EventUserUpdate, "UserUpdateEvent", "What somebody does now.", []spec.Field{
	fact("action", "What, in one word: typing, cancel, record_audio, upload_photo, online, offline.", userAction),
	fact("user", "Who.", func(e userUpdate) *peer { return peerOf(e.Sender) }).Maybe(),
	fact("user_id", "Their id.", func(e userUpdate) int64 { return e.Sender.ID }).Maybe(),
	doing("typing", "Writes a text.", "typing"),
	doing("uploading", "Sends a file.", "upload_video", "upload_audio", "upload_round", "upload_photo", "upload_document"),
	doing("recording", "Speaks, or makes a video.", "record_video", "record_audio", "record_round"),
	doing("playing", "Plays a game.", "game"),
	doing("cancel", "Does it no more.", "cancel"),
	doing("geo", "Chooses a place.", "geo"),
	doing("contact", "Chooses a contact.", "contact"),
	doing("audio", "Speaks, or sends it.", "record_audio", "upload_audio"),
	doing("video", "Makes a video, or sends it.", "record_video", "upload_video"),
	doing("round", "Makes a round video, or sends it.", "record_round", "upload_round"),
	doing("document", "Sends a file.", "upload_document"),
	doing("sticker", "Chooses a sticker.", "sticker"),
	doing("photo", "Sends a picture.", "upload_photo"),
	doing("online", "Is there.", "online"),
	doing("recently", "Was there lately: they don't let us see when.", "recently"),
	doing("within_weeks", "Was there within a week.", "recently", "last_week"),
	doing("within_months", "Was there within a month.", "recently", "last_week", "last_month"),
	fact("until_date", "Until when they are taken to be online.", func(e userUpdate) time.Time {
		if s, ok := e.Status.(*tg.UserStatusOnline); ok {
			return moment(s.Expires)
		}
		return time.Time{}
	}).Is("number?"),
	fact("last_seen", "When they were there last.", func(e userUpdate) time.Time {
		if s, ok := e.Status.(*tg.UserStatusOffline); ok {
			return moment(s.WasOnline)
		}
		return time.Time{}
	}).Is("number?"),
	fact("progress", "How much of a file has been sent: percent.", func(e userUpdate) int {
		if sending, ok := e.Action.(interface{ GetProgress() int }); ok {
			return sending.GetProgress()
		}
		return 0
	}).Maybe(),
	fact("topic_id", "Topic of the forum.", func(e userUpdate) int { return e.Topic }).Maybe(),
}, respondTo[userUpdate](telegram.EventUserUpdate))

// changeFilters are the filters of the event user_changed.
type changeFilters struct {
	What []string `lua:"what,optional" doc:"Only this: name, phone, emoji_status, profile."`
	sceneFilters
}

var userChangedRow = occurrenceKind[userChange, changeFilters]{
	kind: telegram.EventUserChanged, class: "UserChangedEvent",
	doc: "Somebody has another name, number or profile.",
	sample: `client:on("user_changed", { what = "name" }, function(event)
  tg.log(event.user_id, "is called", event.first_name, event.last_name)
end)`,
	scene: func(f changeFilters) sceneFilters { return f.sceneFilters },
	accept: func(f changeFilters) func(userChange) bool {
		return func(e userChange) bool { return len(f.What) == 0 || slices.Contains(f.What, e.What) }
	},
	prepare: func(_ *spec.Call, f changeFilters) error {
		return knownWords("what", f.What, []string{"name", "phone", "emoji_status", "profile"})
	},
}.row()

// userChangedEventClass is the class UserChangedEvent.
var userChangedEventClass = occurrenceClass[userChange](telegram.EventUserChanged, "UserChangedEvent", "What of somebody has changed.", []spec.Field{
	fact("what", "What it is; get_sender tells the rest of a profile.", func(e userChange) string { return e.What }).Is(`"name"|"phone"|"emoji_status"|"profile"`),
	fact("user", "Who.", func(e userChange) *peer { return peerOf(e.Sender) }).Maybe(),
	fact("user_id", "Their id.", func(e userChange) int64 { return e.Sender.ID }),
	fact("first_name", "The new name.", func(e userChange) string { return e.FirstName }).Maybe(),
	fact("last_name", "Its second part.", func(e userChange) string { return e.LastName }).Maybe(),
	fact("usernames", "The user names now, for a new name.", func(e userChange) []string { return e.Usernames }),
	fact("phone", "The new number.", func(e userChange) string { return e.Phone }).Maybe(),
}, respondTo[userChange](telegram.EventUserChanged))

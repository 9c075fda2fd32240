package bindings_test

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/runtime/permission"
)

// luaPicture is a square JPEG as Lua writes it within quotes.
func luaPicture(t *testing.T, size int) string {
	t.Helper()
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, image.NewGray(image.Rect(0, 0, size, size)), nil); err != nil {
		t.Fatal(err)
	}
	var lua strings.Builder
	for _, b := range picture.Bytes() {
		fmt.Fprintf(&lua, "\\%03d", b)
	}
	return lua.String()
}

// TestFileOptionsReachTelegram looks at the options of files where the server sees them.
func TestFileOptionsReachTelegram(t *testing.T) {
	const media, change = "messages.sendMedia", "messages.editMessage"
	w := newWorld(t, "alice")
	w.run(t, `client:set_profile_photo({ bytes = "`+luaPicture(t, 320)+`", name = "a.jpg" }) print("set")`, "print: set")
	w.reaches(t, []wireRow{
		{`client:send_file("me", { bytes = "x" }, { clear_draft = true })`, media, "clear_draft", "true"},
		{`client:send_file("me", { bytes = "x" }, { silent = true })`, media, "silent", "true"},
		{`client:send_file("me", { bytes = "x" }, { background = true })`, media, "background", "true"},
		{`client:send_file("me", { bytes = "x" }, { schedule = 1893456000 })`, media, "schedule_date", "1893456000"},
		{`client:send_file("Workshop", { bytes = "x" }, { send_as = "@sandbox_workshop" })`, media, "send_as channel_id", "3002"},
		{`client:send_file("@bobby", { bytes = "x" }, { effect = "5104841245755180586" })`, media, "effect", "5104841245755180586"},
		{`client:send_file("me", { bytes = "x" }, { buttons = { { tg.button.url("a", "https://a.org") } } })`, media, "reply_markup _", "replyInlineMarkup"},
		{`client:send_file("@sandbox_news", { bytes = "x" }, { comment_to = 5 })`, "messages.getDiscussionMessage", "msg_id", "5"},
		{`client:send_file("me", { bytes = "x" }, { reply_to = 7 })`, media, "reply_to reply_to_msg_id", "7"},
		{`client:send_file("me", { bytes = "x" }, { caption = "<b>y</b>", parse_mode = "html" })`, media, "message", "y"},
		{`client:send_file("me", { bytes = "x" }, { caption = "yes", formatting_entities = { { type = "bold", offset = 1, length = 3 } } })`, media, "entities messageEntityBold length", "3"},
		{`client:send_file("me", { bytes = "x", name = "a.bin" }, { mime_type = "text/x-own" })`, media, "media mime_type", "text/x-own"},
		{`client:send_file("me", { bytes = "x", name = "a.mp4" }, { supports_streaming = false })`, media, "media attributes documentAttributeVideo supports_streaming", "-"},
		{`client:send_file("me", { bytes = "x", name = "a.mp4" }, { width = 3, height = 4, duration = 5 })`, media, "media attributes documentAttributeVideo supports_streaming", "true"},
		{`client:send_file("me", { bytes = "x", name = "a.mp4" }, { nosound_video = true })`, media, "media nosound_video", "true"},
		{`client:send_file("me", { bytes = "x", name = "a.mp4" }, { video_note = true })`, media, "media attributes documentAttributeVideo round_message", "true"},
		{`client:send_file("@bobby", { bytes = "x", name = "a.mp4" }, { ttl = 30 })`, media, "media ttl_seconds", "30"},
		{`client:send_file("me", { bytes = "x", name = "a.mp4" }, { spoiler = true })`, media, "media spoiler", "true"},
		{`client:send_file("me", { bytes = "x" }, { invert_media = true })`, media, "invert_media", "true"},
		{`client:send_file("me", { bytes = "x", name = "a.ogg" }, { voice_note = true })`, media, "media attributes documentAttributeAudio voice", "true"},
		{`client:send_file("me", { bytes = "x", name = "a.webp" }, { kind = "sticker", emoji = "😀" })`, media, "media attributes documentAttributeSticker alt", "😀"},
		{`client:send_file("me", { bytes = "x" }, { attributes = { { _ = "documentAttributeFilename", file_name = "b" } } })`, media, "media attributes documentAttributeFilename file_name", "b"},
		{`client:send_message("me", "x", { file = { bytes = "x" }, attributes = { { _ = "documentAttributeFilename", file_name = "b" } } })`, media, "media attributes documentAttributeFilename file_name", "b"},
		{`client:send_message("me", "x", { file = { bytes = "x", name = "a.mp4" }, supports_streaming = false })`, media, "media attributes documentAttributeVideo supports_streaming", "-"},
		{`client:send_message("me", "x", { file = { bytes = "x", name = "a.mp4" }, nosound_video = true })`, media, "media nosound_video", "true"},
		{`client:send_message("me", "x", { file = { bytes = "x", name = "a.mp4" }, thumb = { bytes = "small" } })`, media, "media thumb _", "inputFile"},
		{`client:send_file("me", { bytes = "x", name = "a.mp4" }, { thumb = { bytes = "small" } })`, media, "media thumb _", "inputFile"},
		{`client:edit_message("me", client:send_file("me", { bytes = "x" }), "<b>y</b>", { parse_mode = "html" })`, change, "message", "y"},
		{`for _ in client:iter_download(client:send_file("me", { bytes = ("x"):rep(8192) }), { limit = 1, chunk_size = 4096, request_size = 4096 }) do end`, "upload.getFile", "limit", "4096"},
		{`client:edit_message("me", client:send_file("me", { bytes = "x" }), nil, { file = { bytes = "x", name = "a.mp4" }, supports_streaming = false })`, change, "media attributes documentAttributeVideo supports_streaming", "-"},
		{`client:edit_message("me", client:send_file("me", { bytes = "x" }), nil, { file = { bytes = "x", name = "a.mp4" } })`, change, "media attributes documentAttributeVideo supports_streaming", "true"},
		{`client:edit_message("me", client:send_file("me", { bytes = "x" }), nil, { file = { bytes = "x", name = "a.txt" }, force_document = true })`, change, "media force_file", "true"},
		{`client:edit_message("me", client:send_file("me", { bytes = "x" }), nil, { file = { bytes = "x", name = "a.mp4" }, thumb = { bytes = "small" } })`, change, "media thumb _", "inputFile"},
		{`client:edit_message("me", client:send_file("me", { bytes = "x" }), nil, { file = { bytes = "x" }, attributes = { { _ = "documentAttributeFilename", file_name = "b" } } })`, change, "media attributes documentAttributeFilename file_name", "b"},
		{`client:edit_message("me", client:send_file("me", { bytes = "x" }), "yes", { formatting_entities = { { type = "bold", offset = 1, length = 3 } } })`, change, "entities messageEntityBold length", "3"},
		{`client:download_profile_photo("me", nil, { bytes = true, download_big = false })`, "upload.getFile", "location big", "-"},
		{`client:download_profile_photo("me", nil, { bytes = true, download_big = true })`, "upload.getFile", "location big", "true"},
	})
}

// TestReadingOptionsReachTelegram looks at options that choose what is read.
func TestReadingOptionsReachTelegram(t *testing.T) {
	const takeout, dialogs = "account.initTakeoutSession", "messages.getDialogs"
	w := newWorld(t, "alice")
	w.allow(t, permission.Everything())
	w.reaches(t, []wireRow{
		{`client:takeout({ contacts = true }, print)`, takeout, "contacts", "true"},
		{`client:takeout({ users = true }, print)`, takeout, "message_users", "true"},
		{`client:takeout({ chats = true }, print)`, takeout, "message_chats", "true"},
		{`client:takeout({ megagroups = true }, print)`, takeout, "message_megagroups", "true"},
		{`client:takeout({ channels = true }, print)`, takeout, "message_channels", "true"},
		{`client:takeout({ files = true, max_file_size = 5000 }, print)`, takeout, "file_max_size", "5000"},
		{`client:iter_messages("Workshop", { ids = { 3, 4 } })()`, "channels.getMessages", "id", "[map[_:inputMessageID id:3] map[_:inputMessageID id:4]]"},
		{`client:unpin_message("Workshop", 1, { notify = true })`, "messages.updatePinnedMessage", "silent", "-"},
		{`client:unpin_message("Workshop", 1)`, "messages.updatePinnedMessage", "silent", "true"},
		{`client:send_read_acknowledge("Workshop", { max_id = 7 })`, "channels.readHistory", "max_id", "7"},
		{`client:get_dialogs({ offset_date = 1893456000 })`, dialogs, "offset_date", "1893456000"},
		{`client:get_dialogs({ offset_peer = "@bobby", offset_id = 7 })`, dialogs, "offset_id", "7"},
		{`client:get_dialogs({ offset_peer = "@bobby" })`, dialogs, "offset_peer user_id", "1002"},
		{`for _ in client:iter_dialogs({ ignore_pinned = true }) do end`, dialogs, "exclude_pinned", "true"},
		{`client:get_dialogs({ folder = 1 })`, dialogs, "folder_id", "1"},
	})
}

// TestRightsReachTelegram looks at each right that can be taken away, and each kind of the admin log.
func TestRightsReachTelegram(t *testing.T) {
	const ban, log, all = "channels.editBanned", "channels.getAdminLog", "messages.editChatDefaultBannedRights"
	newWorld(t, "alice").reaches(t, []wireRow{
		{`client:edit_permissions("Workshop", "@bobby", { view_messages = false })`, ban, "banned_rights view_messages", "true"},
		{`client:edit_permissions("Workshop", "@bobby", { send_messages = false })`, ban, "banned_rights send_messages", "true"},
		{`client:edit_permissions("Workshop", "@bobby", { send_media = false })`, ban, "banned_rights send_media", "true"},
		{`client:edit_permissions("Workshop", "@bobby", { send_stickers = false })`, ban, "banned_rights send_stickers", "true"},
		{`client:edit_permissions("Workshop", "@bobby", { send_gifs = false })`, ban, "banned_rights send_gifs", "true"},
		{`client:edit_permissions("Workshop", "@bobby", { send_games = false })`, ban, "banned_rights send_games", "true"},
		{`client:edit_permissions("Workshop", "@bobby", { send_inline = false })`, ban, "banned_rights send_inline", "true"},
		{`client:edit_permissions("Workshop", "@bobby", { embed_link_previews = false })`, ban, "banned_rights embed_links", "true"},
		{`client:edit_permissions("Workshop", "@bobby", { send_polls = false })`, ban, "banned_rights send_polls", "true"},
		{`client:edit_permissions("Workshop", "@bobby", { change_info = false })`, ban, "banned_rights change_info", "true"},
		{`client:edit_permissions("Workshop", "@bobby", { invite_users = false })`, ban, "banned_rights invite_users", "true"},
		{`client:edit_permissions("Workshop", "@bobby", { pin_messages = false })`, ban, "banned_rights pin_messages", "true"},
		{`client:edit_permissions("Workshop", "@bobby", { pin_messages = false, until_date = 1893456000 })`, ban, "banned_rights until_date", "1893456000"},
		{`client:edit_permissions("Workshop", { send_polls = false })`, all, "banned_rights send_polls", "true"},
		{`client:get_admin_log("Workshop", { limit = 7 })`, log, "limit", "7"},
		{`client:get_admin_log("Workshop", { admins = "@bobby" })`, log, "admins inputUser user_id", "1002"},
		{`client:get_admin_log("Workshop", { join = true })`, log, "events_filter join", "true"},
		{`client:get_admin_log("Workshop", { leave = true })`, log, "events_filter leave", "true"},
		{`client:get_admin_log("Workshop", { invite = true })`, log, "events_filter invite", "true"},
		{`client:get_admin_log("Workshop", { restrict = true })`, log, "events_filter ban", "true"},
		{`client:get_admin_log("Workshop", { unrestrict = true })`, log, "events_filter unban", "true"},
		{`client:get_admin_log("Workshop", { ban = true })`, log, "events_filter kick", "true"},
		{`client:get_admin_log("Workshop", { unban = true })`, log, "events_filter unkick", "true"},
		{`client:get_admin_log("Workshop", { promote = true })`, log, "events_filter promote", "true"},
		{`client:get_admin_log("Workshop", { demote = true })`, log, "events_filter demote", "true"},
		{`client:get_admin_log("Workshop", { info = true })`, log, "events_filter info", "true"},
		{`client:get_admin_log("Workshop", { settings = true })`, log, "events_filter settings", "true"},
		{`client:get_admin_log("Workshop", { pinned = true })`, log, "events_filter pinned", "true"},
		{`client:get_admin_log("Workshop", { edit = true })`, log, "events_filter edit", "true"},
		{`client:get_admin_log("Workshop", { delete = true })`, log, "events_filter delete", "true"},
		{`client:get_admin_log("Workshop", { group_call = true })`, log, "events_filter group_call", "true"},
	})
}

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
		{`client:get_dialogs({ offset_date = 1893456000 })`, dialogs, "offset_date", "1893456000"},
		{`client:get_dialogs({ offset_peer = "@bobby", offset_id = 7 })`, dialogs, "offset_id", "7"},
		{`client:get_dialogs({ offset_peer = "@bobby" })`, dialogs, "offset_peer user_id", "1002"},
		{`for _ in client:iter_dialogs({ ignore_pinned = true }) do end`, dialogs, "exclude_pinned", "true"},
		{`client:get_dialogs({ folder = 1 })`, dialogs, "folder_id", "1"},
	})
}

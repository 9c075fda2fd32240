package bindings_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

// TestOptionsReachTelegram looks at each option of a script where the server sees it.
func TestOptionsReachTelegram(t *testing.T) {
	const send, media, history = "messages.sendMessage", "messages.sendMedia", "messages.getHistory"
	newWorld(t, "alice").reaches(t, []wireRow{
		{`client:send_message("me", "x", { silent = true })`, send, "silent", "true"},
		{`client:send_message("me", "x", { background = true })`, send, "background", "true"},
		{`client:send_message("me", "x", { clear_draft = true })`, send, "clear_draft", "true"},
		{`client:send_message("me", "x", { protected = true })`, send, "noforwards", "true"},
		{`client:send_message("me", "x", { invert_media = true })`, send, "invert_media", "true"},
		{`client:send_message("me", "x", { link_preview = false })`, send, "no_webpage", "true"},
		{`client:send_message("me", "https://a.org", { link_preview = "large" })`, media, "media force_large_media", "true"},
		{`client:send_message("me", "https://a.org", { link_preview = "small" })`, media, "media force_small_media", "true"},
		{`client:send_message("me", "x", { link_preview = "https://a.org" })`, media, "media url", "https://a.org"},
		{`client:send_message("me", "x", { schedule = 1893456000 })`, send, "schedule_date", "1893456000"},
		{`client:send_message("me", "x", { schedule = "2030-01-01T00:00:00Z" })`, send, "schedule_date", "1893456000"},
		{`client:send_message("me", "x", { schedule = "online" })`, send, "schedule_date", "2147483646"},
		{`client:send_message("Workshop", "x", { send_as = "@sandbox_workshop" })`, send, "send_as channel_id", "3002"},
		{`client:send_message("@bobby", "x", { effect = "5104841245755180586" })`, send, "effect", "5104841245755180586"},
		{`client:send_message("Workshop", "x", { topic = 7 })`, send, "reply_to top_msg_id", "7"},
		{`client:send_message("Workshop", "x", { topic = 7, reply_to = 9 })`, send, "reply_to reply_to_msg_id", "9"},
		{`client:send_message("Workshop", "x", { reply_to = { chat = "@sandbox_news", message = 1 } })`, send, "reply_to reply_to_peer_id channel_id", "3003"},
		{`client:send_message("@sandbox_news", "x", { comment_to = 5 })`, "messages.getDiscussionMessage", "msg_id", "5"},
		{`client:send_message("me", "x", { buttons = { { tg.button.url("a", "https://a.org") } } })`, send, "reply_markup _", "replyInlineMarkup"},
		{`client:send_message("me", "x", { file = { bytes = "x", name = "a.txt" }, force_document = true })`, media, "media force_file", "true"},
		{`client:delete_messages("me", 1, { revoke = false })`, "messages.deleteMessages", "revoke", "-"},
		{`client:delete_messages(nil, { 1 })`, "messages.deleteMessages", "revoke", "true"},
		{`client:delete_messages("me", 1, { scheduled = true })`, "messages.deleteScheduledMessages", "id", "[1]"},
		{`client:edit_message("me", 1, "x", { invert_media = true })`, "messages.editMessage", "invert_media", "true"},
		{`client:edit_message("me", 1, "x", { link_preview = false })`, "messages.editMessage", "no_webpage", "true"},
		{`client:edit_message("me", 1, "x", { schedule = 1893456000 })`, "messages.editMessage", "schedule_date", "1893456000"},
		{`client:forward_messages("me", 1, "@bobby", { background = true })`, "messages.forwardMessages", "background", "true"},
		{`client:forward_messages("me", 1, "@bobby", { with_my_score = true })`, "messages.forwardMessages", "with_my_score", "true"},
		{`client:forward_messages("me", 1, "@bobby", { silent = true })`, "messages.forwardMessages", "silent", "true"},
		{`client:forward_messages("me", 1, "@bobby", { protected = true })`, "messages.forwardMessages", "noforwards", "true"},
		{`client:forward_messages("me", 1, "@bobby", { drop_author = true })`, "messages.forwardMessages", "drop_author", "true"},
		{`client:forward_messages("me", 1, "@bobby", { drop_captions = true })`, "messages.forwardMessages", "drop_media_captions", "true"},
		{`client:forward_messages("me", 1, "@bobby", { schedule = 1893456000 })`, "messages.forwardMessages", "schedule_date", "1893456000"},
		{`client:forward_messages("Workshop", 1, "@bobby", { topic = 7 })`, "messages.forwardMessages", "top_msg_id", "7"},
		{`client:forward_messages("Workshop", 1, "@bobby", { send_as = "@sandbox_workshop" })`, "messages.forwardMessages", "send_as channel_id", "3002"},
		{`client:pin_message("@bobby", 1, { pm_oneside = true })`, "messages.updatePinnedMessage", "pm_oneside", "true"},
		{`client:pin_message("@bobby", 1, { notify = true })`, "messages.updatePinnedMessage", "silent", "-"},
		{`client:send_message("@bobby", "x"):pin({ pm_oneside = true })`, "messages.updatePinnedMessage", "pm_oneside", "true"},
		{`client:pin_message("@bobby", 1)`, "messages.updatePinnedMessage", "silent", "true"},
		{`client:unpin_message("@bobby", 1, { pm_oneside = true })`, "messages.updatePinnedMessage", "unpin", "true"},
		{`client:unpin_message("Workshop", { topic = 7 })`, "messages.unpinAllMessages", "top_msg_id", "7"},
		{`client:mark_read("@bobby", 7)`, "messages.readHistory", "max_id", "7"},
		{`client:mark_read("@bobby", { max_id = 8 })`, "messages.readHistory", "max_id", "8"},
		{`client:mark_read("Workshop", { topic = 7 })`, "messages.readDiscussion", "msg_id", "7"},
		{`client:mark_read("Workshop", { topic = 7, clear_mentions = true })`, "messages.readMentions", "top_msg_id", "7"},
		{`client:mark_read("Workshop", { clear_reactions = true })`, "messages.readReactions", "peer channel_id", "3002"},
		{`client:get_messages("me", { offset_id = 7 })`, history, "offset_id", "7"},
		{`client:get_messages("me", { offset_date = 1893456000 })`, history, "offset_date", "1893456000"},
		{`client:get_messages("me", { add_offset = 3 })`, history, "add_offset", "3"},
		{`client:get_messages("me", { limit = 7 })`, history, "limit", "7"},
		{`client:get_messages("me", { limit = 7, reverse = true })`, history, "add_offset", "-7"},
		{`client:get_messages("me", { max_id = 9 })`, history, "offset_id", "9"},
		{`client:get_messages("Workshop", { search = "x", filter = "url" })`, "messages.search", "filter _", "inputMessagesFilterUrl"},
		{`client:get_messages("Workshop", { filter = "missed_call" })`, "messages.search", "filter missed", "true"},
		{`client:get_messages("Workshop", { from_user = "@bobby" })`, "messages.search", "from_id user_id", "1002"},
		{`client:get_messages("Workshop", { search = "x", topic = 7 })`, "messages.search", "top_msg_id", "7"},
		{`client:get_messages("Workshop", { reply_to = 7 })`, "messages.getReplies", "msg_id", "7"},
		{`for _ in client:iter_messages("Workshop", { reply_to = 7, offset_date = 1893456000 }) do end`, "messages.getReplies", "offset_date", "1893456000"},
		{`for _ in client:iter_messages("me", { scheduled = true }) do end`, "messages.getScheduledHistory", "peer _", "inputPeerSelf"},
		{`client:get_messages("me", { ids = 7, scheduled = true })`, "messages.getScheduledMessages", "id", "[7]"},
		{`client:get_messages("Workshop", { filter = "unread_reactions" })`, "messages.getUnreadReactions", "peer channel_id", "3002"},
		{`client:get_messages(nil, { search = "x", search_in = "channels" })`, "messages.searchGlobal", "broadcasts_only", "true"},
		{`client:send_reaction("me", 1, { "👍" }, { big = true, add_to_recent = true })`, "messages.sendReaction", "add_to_recent", "true"},
		{`client:send_poll("Workshop", "?", { "a", "b" }, { multiple = true })`, media, "media poll multiple_choice", "true"},
		{`client:send_poll("Workshop", "?", { "a", "b" }, { hide_results = true })`, media, "media poll hide_results_until_close", "true"},
		{`client:send_poll("Workshop", "?", { "a", "b" }, { close_at = 1893456000 })`, media, "media poll close_date", "1893456000"},
		{`client:send_poll("Workshop", "?", { "a", "b" }, { silent = true })`, media, "silent", "true"},
		{`client:send_poll("Workshop", "?", { "a", "b" }, { final = true, shuffle = true, closed = true })`, media, "media poll revoting_disabled", "true"},
		{`client:send_location("me", 1, 2, { live = "15m", heading = 90, proximity = 100 })`, media, "media proximity_notification_radius", "100"},
		{`client:send_venue("me", 1, 2, "a", "b", { provider = "foursquare", venue_id = "c", venue_type = "d" })`, media, "media provider", "foursquare"},
		{`client:send_contact("me", "+1", "a", { vcard = "BEGIN:VCARD" })`, media, "media vcard", "BEGIN:VCARD"},
		{`client:send_action("@bobby", "document", { progress = 40 })`, "messages.setTyping", "action progress", "40"},
		{`client:send_action("Workshop", "typing", { topic = 7 })`, "messages.setTyping", "top_msg_id", "7"},
		{`client:action("Workshop", "game", { topic = 7, delay = 9 }, function() end)`, "messages.setTyping", "top_msg_id", "7"},
		{`client:get_message_views("@sandbox_news", 1, { count = true })`, "messages.getMessagesViews", "increment", "true"},
	})
}

// wireRow is a script, and what the first call of a method has that it makes.
type wireRow struct{ script, method, path, want string }

func (w *world) reaches(t *testing.T, rows []wireRow) {
	for _, row := range rows {
		t.Run(row.script, func(t *testing.T) {
			var seen []string
			stop := w.server.Inspect(func(i sandbox.Inspection) {
				if i.Kind == sandbox.InspectCall && i.Method == row.method {
					seen = append(seen, seenField(i.Request, strings.Fields(row.path)))
				}
			})
			// What Telegram thinks of it is another matter.
			w.run(t, `pcall(function() `+row.script+` end) print("done")`, "print: done")
			stop()
			if len(seen) == 0 || seen[0] != row.want {
				t.Errorf("%s has %q, want %s", row.path, seen, row.want)
			}
		})
	}
}

// seenField follows names into a request, and constructors into a list; what isn't there is "-".
func seenField(at any, path []string) string {
	for _, name := range path {
		if list, ok := at.([]any); ok {
			at = nil
			for _, one := range list {
				if fields, ok := one.(map[string]any); ok && fields["_"] == name {
					at = one
				}
			}
			continue
		}
		fields, ok := at.(map[string]any)
		if !ok {
			return "-"
		}
		if at, ok = fields[name]; !ok {
			return "-"
		}
	}
	return fmt.Sprint(at)
}

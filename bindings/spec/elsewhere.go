package spec

import "strings"

// elsewhere are names that people bring along from Telethon, Pyrogram, GramJS and grammY, and what is written here.
// The nearest name by its letters would lead them astray: send_photo is no send_poll.
var elsewhere = map[string]map[string]string{
	"Client": {
		"invoke": "client.api", "request": "client.api", "hears": "client:on", "callbackQuery": "client:on", "use": "tg.use",
		"add_event_handler": "client:on", "add_handler": "client:on", "on_message": "client:on", "list_event_handlers": "client:handlers",
		"remove_event_handler": "handler:off", "remove_handler": "handler:off",
		"send_photo": "client:send_file", "send_video": "client:send_file", "send_document": "client:send_file", "send_audio": "client:send_file",
		"send_voice": "client:send_file", "send_media_group": "client:send_file", "send_sticker": "client:send_file", "send_animation": "client:send_file",
		"send_media": "client:send_file", "edit_message_text": "client:edit_message", "edit_message_reply_markup": "client:edit_message",
		"send_chat_action": "client:send_action", "send_message_reaction": "client:send_reaction", "set_message_reaction": "client:send_reaction",
		"get_chat": "client:get_entity", "get_user": "client:get_entity", "get_users": "client:get_entity", "resolve_peer": "client:get_input_entity",
		"get_chat_member": "client:get_participant", "get_chat_members": "client:iter_participants", "ban_chat_member": "client:ban_participant",
		"unban_chat_member": "client:unban_participant", "restrict_chat_member": "client:edit_permissions", "promote_chat_member": "client:edit_admin",
		"get_history": "client:iter_messages", "get_chat_history": "client:iter_messages", "search_messages": "client:iter_messages",
		"read_history": "client:mark_read", "read_chat_history": "client:mark_read", "answer_callback_query": "event:answer", "answer_inline_query": "event:answer",
		"set_my_commands": "client:set_bot_commands", "vote_poll": "client:vote", "get_file": "client:download_media", "download": "client:download_media",
		"export_chat_invite_link": "client:export_invite_link",
	},
	"event": { // of messages and all kinds of events
		"message": "the event itself", "from": "event.sender", "from_user": "event.sender", "user": "event.sender", "peer_id": "event.chat",
		"answer": "event:respond", "reply_text": "event:reply", "edit_text": "event:edit", "reply_to_message": "event:get_reply_message",
		"copy": "event:copy_to", "copy_message": "event:copy_to", "caption": "event.text", "outgoing": "event.out", "media_group_id": "event.grouped_id",
		"fwd_from": "event.forward", "forward_from": "event.forward", "pattern_match": "event.matches", "match": "event.matches",
		"animation": "event.gif", "message_id": "event.id",
	},
	"tg": {
		"on": "client:on", "command": "client:command", "stop": "event:stop", "kv": "tg.store", "db": "tg.sql", "session": "event.user_data",
		"wait": "tg.sleep", "timer": "tg.after", "set_timeout": "tg.after", "setTimeout": "tg.after", "setInterval": "tg.every", "InlineKeyboard": "tg.keyboard",
		"Button": "tg.button", "escape": "tg.text.escape", "now": "tg.time.now", "date": "tg.time.format", "uuid": "tg.crypto.uuid",
		"random": "tg.crypto.random", "ratelimit": "tg.limit", "logger": "tg.log", "dump": "tg.inspect", "markdown": "tg.fmt.markdown", "html": "tg.fmt.html",
		"client": "client", "bot": "client", "print": "print",
	},
	"on": { // names of events
		"callback_query": "callback", "callbackquery": "callback", "CallbackQuery": "callback", "inline": "inline_query", "InlineQuery": "inline_query",
		"new_message": "message", "NewMessage": "message", "channel_post": "message", "text": "message", "photo": "message",
		"edited_message": "edit", "message_edited": "edit", "MessageEdited": "edit", "message_deleted": "delete", "MessageDeleted": "delete",
		"message_read": "read", "MessageRead": "read", "ChatAction": "chat_action", "UserUpdate": "user_update", "Album": "album", "Raw": "raw",
		"my_chat_member": "member", "chat_member": "member", "chat_join_request": "join_request", "message_reaction": "reaction",
		"pre_checkout_query": "pre_checkout", "shipping_query": "shipping", "chosen_inline_result": "inline_chosen", "poll_answer": "poll_vote",
	},
}

// FromElsewhere says what is written here for a name of another library; "" if it is none. owner is a class, a
// namespace, or a function that takes names.
func FromElsewhere(owner, name string) string {
	if strings.HasSuffix(owner, "Event") || owner == "Message" {
		owner = "event"
	}
	if owner == "on" { // grammY's filter queries: callback_query:data
		name, _, _ = strings.Cut(name, ":")
	}
	return elsewhere[owner][name]
}

// Elsewhere lists what FromElsewhere knows, by owner, for those who check that what it says is there.
func Elsewhere() map[string]map[string]string { return elsewhere }

package telegram

import (
	"errors"
	"fmt"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tgerr"
)

// RPCError is Telegram's answer to a call that it refused.
type RPCError struct {
	Kind    string // Telegram's name of the error without its number: "FLOOD_WAIT"
	Code    int    // like HTTP's: 400, 401, 403, 420 ...
	Seconds int    // how long to wait, for those that say so
	Method  string // "messages.sendMessage"; "" if unknown
	Cause   error
}

func (e *RPCError) Error() string {
	method := e.Method
	if method == "" {
		method = "Telegram"
	}
	text := fmt.Sprintf("%s: %s (%d)", method, e.Kind, e.Code)
	if words := e.Explain(); words != "" {
		text += ": " + words
	}
	return text
}

func (e *RPCError) Unwrap() error { return e.Cause }

// Explain says in plain words what the error means; "" for one that isn't common.
func (e *RPCError) Explain() string {
	words := explanations[e.Kind]
	if e.Seconds > 0 {
		words = strings.ReplaceAll(words, "a while", fmt.Sprintf("%d s", e.Seconds))
	}
	return words
}

// LuaFields are the fields of the error as scripts see it.
func (e *RPCError) LuaFields() map[string]any {
	fields := map[string]any{"kind": e.Kind, "message": e.Error(), "code": e.Code, "method": e.Method}
	if e.Seconds > 0 {
		fields["seconds"] = e.Seconds
	}
	return fields
}

// refused gives a refusal its type. Errors that have one already, like those of a flood, keep it.
func refused(in bin.Encoder, err error) error {
	rpc, ok := tgerr.As(err)
	if !ok {
		return err
	}
	var typed interface{ LuaFields() map[string]any }
	if errors.As(err, &typed) {
		return err
	}
	e := &RPCError{Kind: rpc.Type, Code: rpc.Code, Method: methodName(in), Cause: err}
	if strings.HasSuffix(rpc.Type, "_WAIT") || rpc.Type == "TAKEOUT_INIT_DELAY" {
		e.Seconds = rpc.Argument
	}
	return e
}

// explanations are of the errors that people meet: https://core.telegram.org/api/errors
var explanations = map[string]string{
	"AUTH_KEY_DUPLICATED":         "the session was used from two places at once, and Telegram ended it",
	"AUTH_KEY_UNREGISTERED":       "the session is not signed in any more",
	"BOT_METHOD_INVALID":          "bots can't do this",
	"BOT_RESPONSE_TIMEOUT":        "the bot did not answer the button in time",
	"BUTTON_DATA_INVALID":         "the data of a button is longer than 64 bytes, or empty",
	"BUTTON_URL_INVALID":          "the link of a button is not one",
	"CHANNEL_INVALID":             "there is no such channel, or the account can't see it",
	"CHANNEL_PRIVATE":             "the account is not in this channel any more, or was banned from it",
	"CHAT_ADMIN_REQUIRED":         "only admins of the chat may do this",
	"CHAT_FORBIDDEN":              "the account is not in this group any more",
	"CHAT_GUEST_SEND_FORBIDDEN":   "join the group before writing in it",
	"CHAT_ID_INVALID":             "there is no such group",
	"CHAT_RESTRICTED":             "the chat was closed by Telegram",
	"CHAT_SEND_PLAIN_FORBIDDEN":   "text messages are not allowed in this chat",
	"CHAT_WRITE_FORBIDDEN":        "the account may not write in this chat",
	"ENTITY_BOUNDS_INVALID":       "a piece of formatting reaches over the end of the text",
	"ENTITY_MENTION_USER_INVALID": "a person who is mentioned is not known",
	"FILE_REFERENCE_EXPIRED":      "the file has to be looked up again",
	"FLOOD_PREMIUM_WAIT":          "too fast for an account without Premium: wait a while",
	"FLOOD_WAIT":                  "too many calls: wait a while",
	"INPUT_USER_DEACTIVATED":      "this person has deleted their account",
	"INVITE_HASH_EXPIRED":         "the invite link has expired",
	"MEDIA_EMPTY":                 "there is nothing in the file or media",
	"MESSAGE_AUTHOR_REQUIRED":     "only the author of a message can edit it",
	"MESSAGE_DELETE_FORBIDDEN":    "the account may not delete this message",
	"MESSAGE_EDIT_TIME_EXPIRED":   "the message is too old to be edited",
	"MESSAGE_EMPTY":               "a message needs text",
	"MESSAGE_ID_INVALID":          "there is no message of this id, or it can't be changed",
	"MESSAGE_NOT_MODIFIED":        "the message says this already",
	"MESSAGE_TOO_LONG":            "a message has room for 4096 characters",
	"MSG_ID_INVALID":              "there is no message of this id",
	"PEER_FLOOD":                  "Telegram takes the account for a spammer: stop writing to strangers, and ask @SpamBot",
	"PEER_ID_INVALID":             "the chat is unknown, or the account has never met it",
	"PHONE_NUMBER_BANNED":         "Telegram has banned the number",
	"PHONE_NUMBER_INVALID":        "this is not a phone number",
	"REPLY_MESSAGE_ID_INVALID":    "the message to answer does not exist in this chat",
	"SCHEDULE_DATE_TOO_LATE":      "a message can be planned for one year at most",
	"SCHEDULE_TOO_MUCH":           "a chat has room for 100 planned messages",
	"SESSION_REVOKED":             "the session was ended from another device",
	"SLOWMODE_WAIT":               "the chat is in slow mode: wait a while",
	"TIMEOUT":                     "Telegram took too long to carry this out",
	"TOPIC_CLOSED":                "the topic is closed",
	"TOPIC_DELETED":               "the topic was deleted",
	"UPDATE_APP_TO_LOGIN":         "Telegram wants a newer version of tgscript",
	"USERNAME_INVALID":            "this is not a user name",
	"USERNAME_NOT_OCCUPIED":       "nobody has this user name",
	"USER_BANNED_IN_CHANNEL":      "Telegram has limited the account: ask @SpamBot",
	"USER_DEACTIVATED":            "the account was deleted",
	"USER_DEACTIVATED_BAN":        "Telegram has banned the account",
	"USER_IS_BLOCKED":             "this person has blocked the account",
	"USER_IS_BOT":                 "bots can't write to bots",
	"USER_NOT_PARTICIPANT":        "this person is not in the chat",
	"USER_PRIVACY_RESTRICTED":     "the privacy settings of this person don't allow it",
	"YOU_BLOCKED_USER":            "the account has blocked this person",
}

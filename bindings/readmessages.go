package bindings

import (
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// readOptions say what is marked as read.
type readOptions struct {
	MaxID          messageID `lua:"max_id,optional" doc:"The last message that was read; all if not given."`
	ClearMentions  bool      `lua:"clear_mentions,optional" doc:"Also what mentions this account, wherever it is."`
	ClearReactions bool      `lua:"clear_reactions,optional" doc:"Also reactions to this account's messages."`
	Topic          messageID `lua:"topic,optional" doc:"Only in this topic of a forum."`
}

type readArgs struct {
	Chat    target      `lua:"chat" doc:"Where."`
	Message messageID   `lua:"message,optional" doc:"The last message that was read; nil for all."`
	Opts    readOptions `lua:"options,optional" doc:"What else."`
}

var sendReadAcknowledge = spec.Method("send_read_acknowledge", "Mark messages as read, and let their authors know.", markRead).
	InOrder().Example(`client:send_read_acknowledge("@friend")
client:send_read_acknowledge("@group", 120, { clear_mentions = true })`).Raises("PEER_UNKNOWN")

var markReadMessages = spec.Method("mark_read", "Mark messages as read: a short name of send_read_acknowledge.", markRead).
	InOrder().Example(`client:mark_read("@friend", { clear_reactions = true })`).Raises("PEER_UNKNOWN")

func markRead(c *spec.Call, cl *client, in readArgs) (spec.None, error) {
	return spec.None{}, cl.account.MarkRead(c, in.Chat.Target, telegram.ReadOptions{
		UpTo: int(max(in.Message, in.Opts.MaxID)), Mentions: in.Opts.ClearMentions, Reactions: in.Opts.ClearReactions, Topic: int(in.Opts.Topic),
	})
}

var markOneRead = spec.Method("mark_read", "Mark the chat as read up to this message.",
	func(c *spec.Call, m *message, _ spec.None) (spec.None, error) {
		return spec.None{}, m.Account.MarkRead(c, m.Chat, telegram.ReadOptions{UpTo: m.ID})
	},
).InOrder().Example(`event:mark_read()`)

// readBy is who has read a message, and when.
type readBy struct {
	User *peer `lua:"user"`
	Date int64 `lua:"date"`
}

type whichArgs struct {
	Chat    target    `lua:"chat" doc:"Where it is."`
	Message messageID `lua:"message" doc:"Which one."`
}

var getReadParticipants = spec.Method("get_read_participants", "List who has read a message of this account in a small group, in the last days.",
	func(c *spec.Call, cl *client, in whichArgs) ([]readBy, error) {
		readers, err := cl.account.ReadParticipants(c, in.Chat.Target, int(in.Message))
		list := make([]readBy, len(readers))
		for i, r := range readers {
			list[i] = readBy{peerOf(r.Peer), r.At.Unix()}
		}
		return list, err
	},
).Result("{ user: Peer, date: integer }[]").Example(`for _, reader in ipairs(client:get_read_participants("Friends", 12)) do
  print(reader.user.name, os.date("%c", reader.date))
end`).Raises("CHAT_TOO_BIG", "MSG_TOO_OLD", "MESSAGE_ID_INVALID")

var getReadDate = spec.Method("get_read_date", "When the other one in a private chat has read a message of this account.",
	func(c *spec.Call, cl *client, in whichArgs) (int64, error) {
		at, err := cl.account.ReadDate(c, in.Chat.Target, int(in.Message))
		return at.Unix(), err
	},
).Example(`print(os.date("%c", client:get_read_date("@friend", 12)))`).Raises("MESSAGE_NOT_READ_YET", "MESSAGE_TOO_OLD", "YOUR_PRIVACY_RESTRICTED")

type viewsArgs struct {
	Chat     target       `lua:"chat" doc:"Where they are."`
	Messages []messageID  `lua:"messages" doc:"Which ones: one or a list."`
	Opts     viewsOptions `lua:"options,optional" doc:"Whether that counts."`
}

type viewsOptions struct {
	Count bool `lua:"count,optional" doc:"Count this as a view, as apps do."`
}

type viewCounts struct {
	Views    int `lua:"views"`
	Forwards int `lua:"forwards"`
	Comments int `lua:"comments"`
}

var getMessageViews = spec.Method("get_message_views", "How often posts of a channel were seen and forwarded, and how many comments they have.",
	func(c *spec.Call, cl *client, in viewsArgs) ([]viewCounts, error) {
		views, err := cl.account.MessageViews(c, in.Chat.Target, idsOf(in.Messages), in.Opts.Count)
		list := make([]viewCounts, len(views))
		for i, v := range views {
			list[i] = viewCounts(v)
		}
		return list, err
	},
).Result("{ views: integer, forwards: integer, comments: integer }[]").Example(`local seen = client:get_message_views("@news", { 12, 13 })
print(seen[1].views)`).Raises("PEER_UNKNOWN")

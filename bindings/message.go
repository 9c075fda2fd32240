package bindings

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/text"
)

// message is a message as scripts see it: what a call returned, or what an event is about. It is made
// for one script's call, so it may remember what it has worked out.
type message struct {
	*telegram.Message
	matches []any       // captures of the pattern
	own     bool        // an event of what this process did
	command *botCommand // nil unless client:command matched
	chat    *peer       // Chat and Sender as objects, once they were asked for
	sender  *peer
}

func messageOf(m *telegram.Message) *message {
	if m == nil {
		return nil
	}
	return &message{Message: m}
}

// text is what was written, as Markdown. Text without formatting is left as it is: a script that
// compares event.text with "--help" must not meet a backslash.
func (m *message) text() string {
	plain := m.Message.Message.Message
	for _, e := range m.Entities {
		if !foundByTelegram[entityTypes[e.TypeID()]] {
			return text.Format(text.Markdown, text.Text{Plain: plain, Entities: m.Entities})
		}
	}
	return plain
}

func (m *message) chatPeer() *peer {
	if m.chat == nil {
		m.chat = peerOf(m.Chat)
	}
	return m.chat
}

func (m *message) senderPeer() *peer {
	if m.sender == nil {
		m.sender = peerOf(m.Sender)
	}
	return m.sender
}

// messageClass is the class Message.
var messageClass = spec.Class{
	Name: "Message", Call: "message", Go: reflect.TypeFor[*message](),
	Doc: "A message: what a sending call returns, and what the events `message` and `edit` are about.",
	Text: func(v any) string {
		m := v.(*message)
		what := m.actionName()
		if what != "" {
			what = ": " + what
		}
		return "Message(" + strconv.Itoa(m.ID) + " in " + strconv.FormatInt(m.Chat.ID, 10) + what + ")"
	},
	Equal: func(a, b any) bool {
		m, n := a.(*message), b.(*message)
		return m.ID == n.ID && m.Chat.ID == n.Chat.ID
	},
	Fields: []spec.Field{
		spec.Get("id", "Number of the message within its chat.", func(m *message) int { return m.ID }),
		spec.Get("text", "What was written, with its formatting as Markdown.", (*message).text),
		spec.Get("raw_text", "What was written, without formatting.", func(m *message) string { return m.Message.Message.Message }),
		spec.Get("entities", "The formatting: a list of { type, offset, length, text, url?, user_id?, language? }.", (*message).formatting).Is("TextEntity[]"),
		spec.Get("chat_id", "Marked id of the chat: user n, group -n, supergroup or channel -100n.", func(m *message) int64 { return m.Chat.ID }),
		spec.Get("sender_id", "Marked id of who wrote it.", func(m *message) int64 { return m.Sender.ID }).Maybe(),
		spec.Get("chat", "Where it is.", (*message).chatPeer),
		spec.Get("sender", "Who wrote it. In a channel, the channel.", (*message).senderPeer).Maybe(),
		spec.Get("date", "When it was sent: seconds since 1970.", func(m *message) int { return m.Date }),
		spec.Get("edit_date", "When it was last changed.", func(m *message) int { return m.EditDate }).Maybe(),
		spec.Get("out", "Sent by this account.", func(m *message) bool { return m.Outgoing() }),
		spec.Get("is_private", "In a chat with one person or bot.", func(m *message) bool { return m.IsPrivate() }),
		spec.Get("is_group", "In a group or supergroup.", func(m *message) bool { return m.IsGroup() }),
		spec.Get("is_channel", "In a channel, where only admins write.", func(m *message) bool { return m.IsChannel() }),
		spec.Get("is_reply", "Answers another message.", func(m *message) bool { return m.ReplyToID() != 0 }),
		spec.Get("reply_to_msg_id", "Number of the message that it answers.", func(m *message) int { return m.ReplyToID() }).Maybe(),
		spec.Get("mentioned", "Mentions this account, or answers a message of it.", func(m *message) bool { return m.Mentioned }),
		spec.Get("silent", "Sent without a sound.", func(m *message) bool { return m.Silent }),
		spec.Get("pinned", "Pinned in its chat.", func(m *message) bool { return m.Pinned }),
		spec.Get("views", "How often it was seen, in channels.", func(m *message) int { return m.Views }).Maybe(),
		spec.Get("forwards", "How often it was forwarded, in channels.", func(m *message) int { return m.Forwards }).Maybe(),
		spec.Get("via_bot_id", "Id of the inline bot that made it.", func(m *message) int64 { return m.ViaBotID }).Maybe(),
		spec.Get("grouped_id", "What the parts of one album have in common; a string, for it has 64 bits.", (*message).album).Maybe(),
		spec.Get("has_media", "Comes with a photo, file, poll or the like.", func(m *message) bool { return m.Media != nil }),
		spec.Get("raw", "The message as Telegram describes it.", func(m *message) *object { return objectOf(m.Raw()) }).OutOfTable(),
	},
	Methods: []spec.Func{reply, respond, edit, remove, ask},
}

func (m *message) album() string {
	if m.GroupedID == 0 {
		return ""
	}
	return strconv.FormatInt(m.GroupedID, 10)
}

// messageEventClass is a message that came as an event.
var messageEventClass = spec.Class{
	Name: "MessageEvent", Call: "event", Parent: "Message", Go: reflect.TypeFor[*message](),
	Doc:   "A message as the handlers of `message` and `edit` get it.",
	Text:  messageClass.Text,
	Equal: messageClass.Equal,
	Fields: []spec.Field{
		spec.Get("matches", "What the captures of the `pattern` filter matched, or the whole match if it has none; empty without a pattern.",
			func(m *message) []any { return m.matches }).Is("string[]"),
		spec.Get("late", "Written while the script's account was not running.", func(m *message) bool { return m.Late }),
		spec.Get("own", "Sent or edited by this process; only with the filter `own`.", func(m *message) bool { return m.own }),
	},
	Methods: []spec.Func{stop},
}

// commandEventClass is a message that is a command.
var commandEventClass = spec.Class{
	Name: "CommandEvent", Call: "event", Parent: "MessageEvent", Go: reflect.TypeFor[*message](),
	Doc:   "A message as the handlers of client:command get it.",
	Text:  messageClass.Text,
	Equal: messageClass.Equal,
	Fields: []spec.Field{
		spec.Get("command", "Name of the command, in lower case and without the slash.", func(m *message) string { return m.command.name }),
		spec.Get("args", "The words after the command.", func(m *message) []string { return strings.Fields(m.command.rest) }),
		spec.Get("rest", "All that stands after the command, as it was typed.", func(m *message) string { return m.command.rest }),
	},
}

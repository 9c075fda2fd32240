package bindings

import (
	"context"
	"strconv"
	"strings"
	"unicode"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// messageFields are what a message has beside what every script asks for.
var messageFields = []spec.Field{
	spec.Get("post", "A post of a channel.", func(m *message) bool { return m.Post }),
	spec.Get("post_author", "Who signed the post.", func(m *message) string { return m.PostAuthor }).Maybe(),
	spec.Get("media_unread", "Has a voice or video message that wasn't played, or a mention that wasn't read.", func(m *message) bool { return m.MediaUnread }),
	spec.Get("noforwards", "Can't be forwarded or saved.", func(m *message) bool { return m.Noforwards }),
	spec.Get("from_scheduled", "Was sent at a time that was set before.", func(m *message) bool { return m.FromScheduled }),
	spec.Get("scheduled", "Is for later, and wasn't sent yet.", func(m *message) bool { return m.Scheduled }),
	spec.Get("legacy", "Should be fetched again: it is older than what this program understands.", func(m *message) bool { return m.Legacy }),
	spec.Get("edit_hide", "Was changed, but should not look so.", func(m *message) bool { return m.EditHide }),
	spec.Get("invert_media", "Shows media or preview above the text.", func(m *message) bool { return m.InvertMedia }),
	spec.Get("offline", "Was sent while its author was offline: scheduled, or by an automatic answer.", func(m *message) bool { return m.Offline }),
	spec.Get("ttl_period", "Seconds after which it deletes itself.", func(m *message) int { return m.TTLPeriod }).Maybe(),
	spec.Get("effect", "Number of the animation that is shown with it.", func(m *message) string { return longDigits(m.Effect) }).Maybe(),
	spec.Get("from_boosts", "How often its author has boosted the group.", func(m *message) int { return m.FromBoostsApplied }).Maybe(),
	spec.Get("stars", "Stars that were paid for it.", func(m *message) string { return longDigits(m.PaidMessageStars) }).Maybe(),
	spec.Get("is_service", "Tells what somebody did: joined, pinned, changed the title.", func(m *message) bool { return m.Service != nil }),
	spec.Get("action", "What a service message tells, as Telegram describes it.", func(m *message) *object { return objectOf(m.Message.Action()) }).Maybe(),
	spec.Get("action_name", "What a service message tells, in short: \"chat_add_user\", \"pin_message\".", (*message).actionName).Maybe(),
	spec.Get("forward", "Where it was forwarded from.", (*message).forwarded).Maybe(),
	spec.Get("via_bot", "The inline bot that made it.", (*message).viaBot).Maybe(),
	spec.Get("reply_to", "What it answers.", (*message).replyState).Maybe(),
	spec.Get("reply_to_chat_id", "Marked id of the chat of what it answers, if that is another one.", (*message).replyChat).Maybe(),
	spec.Get("topic_id", "Topic of the forum it is in.", (*message).topic).Maybe(),
	spec.Get("replies", "What is said about it: comments on a post, answers to a message.", (*message).repliesState).Maybe(),
	spec.Get("reactions", "How it was reacted to.", (*message).reactionCounts),
	spec.Get("restriction_reason", "Why some don't get to see it.", (*message).restrictions),
	spec.Get("factcheck", "What fact checkers say.", (*message).factCheck).Maybe(),
	spec.Get("saved_peer_id", "In saved messages, marked id of the chat it is filed under.", func(m *message) int64 { return telegram.MarkedID(m.SavedPeerID) }).Maybe(),
	spec.Get("link", "Its address: https://t.me/name/12, or one for members alone; private chats have none.", (*message).link).Maybe(),
	spec.Get("reply_markup", "Its buttons, as Telegram describes them.", func(m *message) *object { return objectOf(m.ReplyMarkup) }).Maybe().OutOfTable(),
}

// longDigits are a 64-bit number as scripts get it; "" for 0.
func longDigits(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// actionName is Telegram's name of an action in the form that scripts use: messageActionChatAddUser is chat_add_user.
func (m *message) actionName() string {
	action := objectOf(m.Message.Action())
	if action == nil {
		return ""
	}
	return snake(strings.TrimPrefix(action.value.TypeInfo().Name, "messageAction"))
}

// snake is a name of Telegram's in the form that scripts use.
func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

func (m *message) viaBot() *peer {
	if m.ViaBotID == 0 {
		return nil
	}
	return peerOf(m.Account.KnownPeer(m.ViaBotID))
}

func (m *message) replyHeader() (*tg.MessageReplyHeader, bool) {
	header, ok := m.ReplyTo.(*tg.MessageReplyHeader)
	return header, ok
}

// replyState is what a message answers.
type replyState struct {
	Message int `lua:"message_id"`
	Chat    any `lua:"chat_id"`
	Topic   any `lua:"topic_id"`
	Quote   any `lua:"quote"`
	Offset  any `lua:"quote_offset"`
	Author  any `lua:"author"`
}

// LuaType is its name in the editor types.
func (replyState) LuaType() string {
	return "{ message_id: integer, chat_id?: integer, topic_id?: integer, quote?: string, quote_offset?: integer, author?: string }"
}

func (m *message) replyState() *replyState {
	header, ok := m.replyHeader()
	if !ok {
		return nil
	}
	s := &replyState{Message: header.ReplyToMsgID}
	if header.ReplyToPeerID != nil {
		s.Chat = telegram.MarkedID(header.ReplyToPeerID)
	}
	if topic := m.topic(); topic != 0 {
		s.Topic = topic
	}
	if header.QuoteText != "" {
		s.Quote, s.Offset = header.QuoteText, header.QuoteOffset
	}
	if header.ReplyFrom.FromName != "" {
		s.Author = header.ReplyFrom.FromName
	}
	return s
}

func (m *message) replyChat() int64 {
	if header, ok := m.replyHeader(); ok {
		return telegram.MarkedID(header.ReplyToPeerID)
	}
	return 0
}

// topic is the topic of a forum that a message is in; 0 outside of forums, and for the one that is always there.
func (m *message) topic() int {
	header, ok := m.replyHeader()
	switch {
	case !ok || !header.ForumTopic:
		return 0
	case header.ReplyToTopID != 0:
		return header.ReplyToTopID
	}
	return header.ReplyToMsgID
}

// replied fetches the message that a header names.
func (m *message) replied(ctx context.Context, header *tg.MessageReplyHeader) (*message, error) {
	chat := m.Chat
	if header.ReplyToPeerID != nil {
		chat = m.Account.KnownPeer(telegram.MarkedID(header.ReplyToPeerID))
	}
	found, err := m.Account.MessagesByID(ctx, chat, []int{header.ReplyToMsgID}, false)
	if err != nil {
		return nil, err
	}
	return messageOf(found[0]), nil
}

// repliesState is what is said about a message.
type repliesState struct {
	Count    int  `lua:"count"`
	Comments bool `lua:"comments"`
	Chat     any  `lua:"chat_id"`
	MaxID    any  `lua:"max_id"`
	ReadMax  any  `lua:"read_max_id"`
}

// LuaType is its name in the editor types.
func (repliesState) LuaType() string {
	return "{ count: integer, comments: boolean, chat_id?: integer, max_id?: integer, read_max_id?: integer }"
}

func (m *message) repliesState() *repliesState {
	r := m.Replies
	if r.Zero() {
		return nil
	}
	s := &repliesState{Count: r.Replies, Comments: r.Comments}
	if r.ChannelID != 0 {
		s.Chat = telegram.MarkedID(&tg.PeerChannel{ChannelID: r.ChannelID})
	}
	if r.MaxID != 0 {
		s.MaxID = r.MaxID
	}
	if r.ReadMaxID != 0 {
		s.ReadMax = r.ReadMaxID
	}
	return s
}

// reactionCount is one reaction with how often it was given.
type reactionCount struct {
	Reaction string `lua:"reaction"`
	Count    int    `lua:"count"`
	Chosen   bool   `lua:"chosen"`
}

// LuaType is its name in the editor types.
func (reactionCount) LuaType() string {
	return "{ reaction: string, count: integer, chosen: boolean }"
}

func (m *message) reactionCounts() []reactionCount {
	list := make([]reactionCount, len(m.Reactions.Results))
	for i, r := range m.Reactions.Results {
		_, chosen := r.GetChosenOrder()
		list[i] = reactionCount{string(telegram.ReactionOf(r.Reaction)), r.Count, chosen}
	}
	return list
}

// restriction is why some don't get to see a message.
type restriction struct {
	Platform string `lua:"platform"`
	Reason   string `lua:"reason"`
	Text     string `lua:"text"`
}

// LuaType is its name in the editor types.
func (restriction) LuaType() string { return "{ platform: string, reason: string, text: string }" }

func (m *message) restrictions() []restriction {
	list := make([]restriction, len(m.RestrictionReason))
	for i, r := range m.RestrictionReason {
		list[i] = restriction{r.Platform, r.Reason, r.Text}
	}
	return list
}

func (m *message) factCheck() string { return m.Factcheck.Text.Text }

// link is where apps show the message. https://core.telegram.org/api/links#message-links
func (m *message) link() string {
	if !m.Chat.IsChannel() || m.Scheduled {
		return ""
	}
	where := "c/" + strconv.FormatInt(-m.Chat.ID-1_000_000_000_000, 10)
	if names := m.chatPeer().usernames(); len(names) > 0 {
		where = names[0]
	}
	if topic := m.topic(); topic != 0 {
		where += "/" + strconv.Itoa(topic)
	}
	return "https://t.me/" + where + "/" + strconv.Itoa(m.ID)
}

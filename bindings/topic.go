package bindings

import (
	"reflect"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// topic is a topic of a forum.
type topic struct{ *telegram.Topic }

func topicOf(t *telegram.Topic) *topic {
	if t == nil {
		return nil
	}
	return &topic{t}
}

// topicID is which topic: its id, or the object.
type topicID int

// DecodeLua reads a number, decimal text or a topic.
func (id *topicID) DecodeLua(L *vm.State, v vm.Value) error {
	if data, ok := v.(*vm.UserData); ok {
		if t, ok := data.Value.(*topic); ok {
			*id = topicID(t.ID)
			return nil
		}
	}
	if err := (*messageID)(id).DecodeLua(L, v); err != nil {
		return spec.Expected("topic or its id", v)
	}
	return nil
}

// LuaType is its name in the editor types.
func (topicID) LuaType() string { return "TopicID" }

var _ spec.Decoder = (*topicID)(nil)

// topicClass is the class Topic.
var topicClass = spec.Class{
	Name: "Topic", Call: "topic", Go: reflect.TypeFor[*topic](),
	Doc:  "A topic of a forum. The topic General has the id 1.",
	Text: func(v any) string { return "Topic(" + v.(*topic).Title + ")" },
	Equal: func(a, b any) bool {
		return a.(*topic).ID == b.(*topic).ID && a.(*topic).Chat.ID == b.(*topic).Chat.ID
	},
	Fields: []spec.Field{
		spec.Get("id", "Its id: that of the message which tells that it was made.", func(t *topic) int { return t.ID }),
		spec.Get("title", "Its title.", func(t *topic) string { return t.Title }),
		spec.Get("chat", "Where it is.", func(t *topic) *peer { return peerOf(t.Chat) }),
		spec.Get("date", "When it was made.", func(t *topic) time.Time { return t.Time() }).Is("number"),
		spec.Get("icon_color", "Colour of its icon as 0xRRGGBB.", func(t *topic) int { return t.IconColor }),
		spec.Get("icon_emoji_id", "Id of the custom emoji that is its icon, as a string of digits where Lua's numbers aren't exact.", func(t *topic) int64 { return t.IconEmojiID }).Maybe(),
		spec.Get("top_message_id", "Id of its last message.", func(t *topic) int { return t.TopMessage }),
		spec.Get("unread_count", "How many messages in it aren't read.", func(t *topic) int { return t.UnreadCount }),
		spec.Get("unread_mentions_count", "How many of them mention this account.", func(t *topic) int { return t.UnreadMentionsCount }),
		spec.Get("is_closed", "Only admins write in it.", func(t *topic) bool { return t.Closed }),
		spec.Get("is_hidden", "It isn't shown; only General can be hidden.", func(t *topic) bool { return t.Hidden }),
		spec.Get("is_pinned", "It stands above the others.", func(t *topic) bool { return t.Pinned }),
		spec.Get("is_mine", "This account has made it.", func(t *topic) bool { return t.My }),
		spec.Get("raw", "As Telegram describes it.", func(t *topic) *object { return objectOf(t.ForumTopic) }).OutOfTable(),
	},
	Methods: []spec.Func{topicEdit, topicDelete, topicPin, topicUnpin},
}

type createTopicOptions struct {
	IconColor int     `lua:"icon_color,optional" doc:"One of 0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F."`
	IconEmoji spec.ID `lua:"icon_emoji_id,optional" doc:"Id of a custom emoji."`
	SendAs    target  `lua:"send_as,optional" doc:"In whose name: this account, the group, or a channel of its."`
}

type createTopicArgs struct {
	Chat  target             `lua:"chat" doc:"In which forum."`
	Title string             `lua:"title" doc:"Its title."`
	Opts  createTopicOptions `lua:"options,optional" doc:"How it looks."`
}

var createTopic = spec.Method("create_topic", "Make a topic in a forum.",
	func(c *spec.Call, cl *client, in createTopicArgs) (*topic, error) {
		made, err := cl.account.CreateTopic(c, in.Chat.Target, in.Title, telegram.TopicOptions{
			IconColor: in.Opts.IconColor, IconEmoji: int64(in.Opts.IconEmoji), SendAs: in.Opts.SendAs.Target,
		})
		return topicOf(made), err
	},
).InOrder().Example(`local topic = client:create_topic("@my_forum", "Hiking", { icon_color = 0x8EEE98 })
print(topic.id)`).Raises("CHANNEL_FORUM_MISSING", "CHAT_ADMIN_REQUIRED")

type topicChange struct {
	Title     *string  `lua:"title,optional" doc:"The new title."`
	IconEmoji *spec.ID `lua:"icon_emoji_id,optional" doc:"Id of a custom emoji; 0 for none."`
	Closed    *bool    `lua:"closed,optional" doc:"Only admins write in it."`
	Hidden    *bool    `lua:"hidden,optional" doc:"It isn't shown; only of General, whose id is 1."`
}

func (o topicChange) change() telegram.TopicChange {
	change := telegram.TopicChange{Title: o.Title, Closed: o.Closed, Hidden: o.Hidden}
	if o.IconEmoji != nil {
		id := int64(*o.IconEmoji)
		change.IconEmoji = &id
	}
	return change
}

type editTopicArgs struct {
	Chat  target      `lua:"chat" doc:"In which forum."`
	Topic topicID     `lua:"topic" doc:"Which one."`
	Opts  topicChange `lua:"options" doc:"What changes."`
}

var editTopic = spec.Method("edit_topic", "Change a topic: its title, its icon, whether it is closed or hidden.",
	func(c *spec.Call, cl *client, in editTopicArgs) (spec.None, error) {
		return spec.None{}, cl.account.EditTopic(c, in.Chat.Target, int(in.Topic), in.Opts.change())
	},
).InOrder().Example(`client:edit_topic("@my_forum", 12, { title = "Hiking 2026", closed = true })`).Raises("TOPIC_ID_INVALID", "CHAT_ADMIN_REQUIRED")

type topicArgs struct {
	Chat  target  `lua:"chat" doc:"In which forum."`
	Topic topicID `lua:"topic" doc:"Which one."`
}

var deleteTopic = spec.Method("delete_topic", "Delete a topic with all its messages. Returns how many these were.",
	func(c *spec.Call, cl *client, in topicArgs) (int, error) {
		return cl.account.DeleteTopic(c, in.Chat.Target, int(in.Topic))
	},
).InOrder().Example(`client:delete_topic("@my_forum", 12)`).Raises("TOPIC_ID_INVALID", "CHAT_ADMIN_REQUIRED")

type pinTopicOptions struct {
	Unpin bool `lua:"unpin,optional" doc:"Take it from there."`
}

type pinTopicArgs struct {
	Chat  target          `lua:"chat" doc:"In which forum."`
	Topic topicID         `lua:"topic" doc:"Which one."`
	Opts  pinTopicOptions `lua:"options,optional" doc:"How."`
}

var pinTopic = spec.Method("pin_topic", "Put a topic above the others, or take it from there.",
	func(c *spec.Call, cl *client, in pinTopicArgs) (spec.None, error) {
		return spec.None{}, cl.account.PinTopic(c, in.Chat.Target, int(in.Topic), !in.Opts.Unpin)
	},
).InOrder().Example(`client:pin_topic("@my_forum", 12)
client:pin_topic("@my_forum", 12, { unpin = true })`).Raises("TOPIC_ID_INVALID", "PINNED_TOO_MUCH", "CHAT_ADMIN_REQUIRED")

type reorderTopicsArgs struct {
	Chat   target    `lua:"chat" doc:"In which forum."`
	Topics []topicID `lua:"topics" doc:"The pinned topics as they are to stand; others are unpinned."`
}

var reorderTopics = spec.Method("reorder_topics", "Put the pinned topics of a forum into an order.",
	func(c *spec.Call, cl *client, in reorderTopicsArgs) (spec.None, error) {
		order := make([]int, len(in.Topics))
		for i, id := range in.Topics {
			order[i] = int(id)
		}
		return spec.None{}, cl.account.ReorderTopics(c, in.Chat.Target, order)
	},
).InOrder().Example(`client:reorder_topics("@my_forum", { 14, 12 })`).Raises("CHAT_ADMIN_REQUIRED")

type topicsOptions struct {
	Limit  *int      `lua:"limit,optional" doc:"How many at most. Default: all."`
	Search string    `lua:"search,optional" doc:"Only with these words in the title."`
	IDs    []topicID `lua:"ids,optional" doc:"Only these: one id or a list."`
}

type topicsArgs struct {
	Chat target        `lua:"chat" doc:"Of which forum."`
	Opts topicsOptions `lua:"options,optional" doc:"Which ones."`
}

func (in topicsArgs) cursor(cl *client) (*telegram.Cursor[*telegram.Topic], bool) {
	limit, none := limitOf(in.Opts.Limit)
	options := telegram.TopicsOptions{Limit: limit, Search: in.Opts.Search}
	for _, id := range in.Opts.IDs {
		options.IDs = append(options.IDs, int(id))
	}
	return cl.account.Topics(in.Chat.Target, options), none
}

var iterTopics = spec.Iterator("iter_topics", "Go through the topics of a forum: the pinned ones, then those in which was written last.",
	func(c *spec.Call, cl *client, in topicsArgs) (spec.Cursor[*topic], error) {
		cursor, none := in.cursor(cl)
		if none {
			return nothing[*topic]{}, nil
		}
		return pages(cursor, topicOf), nil
	},
).Example(`for topic in client:iter_topics("@my_forum") do
  print(topic.id, topic.title, topic.unread_count)
end`).Raises("CHANNEL_FORUM_MISSING")

var getTopics = spec.Method("get_topics", "List the topics of a forum: the pinned ones, then those in which was written last.",
	func(c *spec.Call, cl *client, in topicsArgs) (list spec.List[*topic], err error) {
		cursor, none := in.cursor(cl)
		if none {
			return list, nil
		}
		return collected(c, cursor, topicOf)
	},
).Example(`print(client:get_topics("@my_forum", { search = "hiking" })[1].title)`).Raises("CHANNEL_FORUM_MISSING")

type ownTopicArgs struct {
	Opts topicChange `lua:"options" doc:"What changes."`
}

var topicEdit = spec.Method("edit", "Change the topic: its title, its icon, whether it is closed or hidden.",
	func(c *spec.Call, t *topic, in ownTopicArgs) (spec.None, error) {
		return spec.None{}, t.Account.EditTopic(c, t.Chat, t.ID, in.Opts.change())
	},
).InOrder().Example(`for topic in client:iter_topics("@my_forum") do topic:edit({ closed = true }) end`).Raises("TOPIC_ID_INVALID", "CHAT_ADMIN_REQUIRED")

var topicDelete = spec.Method("delete", "Delete the topic with all its messages. Returns how many these were.",
	func(c *spec.Call, t *topic, _ spec.None) (int, error) { return t.Account.DeleteTopic(c, t.Chat, t.ID) },
).InOrder().Example(`client:get_topics("@my_forum", { ids = 12 })[1]:delete()`).Raises("TOPIC_ID_INVALID", "CHAT_ADMIN_REQUIRED")

var topicPin = spec.Method("pin", "Put the topic above the others.",
	func(c *spec.Call, t *topic, _ spec.None) (spec.None, error) {
		return spec.None{}, t.Account.PinTopic(c, t.Chat, t.ID, true)
	},
).InOrder().Example(`client:create_topic("@my_forum", "Rules"):pin()`).Raises("PINNED_TOO_MUCH", "CHAT_ADMIN_REQUIRED")

var topicUnpin = spec.Method("unpin", "Take the topic from above the others.",
	func(c *spec.Call, t *topic, _ spec.None) (spec.None, error) {
		return spec.None{}, t.Account.PinTopic(c, t.Chat, t.ID, false)
	},
).InOrder().Example(`client:get_topics("@my_forum", { ids = 12 })[1]:unpin()`).Raises("CHAT_ADMIN_REQUIRED")

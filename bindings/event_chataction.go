package bindings

import (
	"slices"
	"strings"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/schema"
)

type actionEvent = *telegram.ChatActionEvent

// actionFilters are the filters of the event chat_action.
type actionFilters struct {
	Action []string `lua:"action,optional" doc:"Only what is called so: joined, added, left, kicked, created, new_title, new_photo, new_pin, unpin, new_score, topic_created, topic_edited, migrated, new_ttl; or as message.action_name has it."`
	sceneFilters
}

var chatActionRow = occurrenceKind[actionEvent, actionFilters]{
	kind: telegram.EventChatAction, class: "ChatActionEvent",
	doc: "Somebody did something to a chat: joined, left, changed the title or the picture, pinned a message. " +
		"What a service message tells, and pins that are taken off. Large groups can hide who joins: the event `member` tells admins.",
	sample: `client:on("chat_action", { action = { "joined", "added" } }, function(event)
  for _, user in ipairs(event.users) do
    event:respond("Welcome, " .. user.name .. "!")
  end
end)`,
	scene: func(f actionFilters) sceneFilters { return f.sceneFilters },
	accept: func(f actionFilters) func(actionEvent) bool {
		return func(e actionEvent) bool {
			return len(f.Action) == 0 || slices.ContainsFunc(f.Action, func(name string) bool { return slices.Contains(actionWords(e), name) })
		}
	},
	prepare: func(_ *spec.Call, f actionFilters) error { return knownWords("action", f.Action, actionNames()) },
}.row()

// shortActions are the words for what most want to know.
var shortActions = []string{
	"joined", "added", "left", "kicked", "created", "new_title", "new_photo", "new_pin", "unpin", "new_score",
	"topic_created", "topic_edited", "migrated", "new_ttl",
}

// actionNames are all that the filter action knows.
func actionNames() []string {
	names := slices.Clone(shortActions)
	for _, constructor := range schema.Constructors("MessageAction") {
		names = append(names, snake(strings.TrimPrefix(constructor, "messageAction")))
	}
	return names
}

// actionWords are what an action is called: in short, and by the name of the service message.
func actionWords(e actionEvent) (words []string) {
	for _, row := range []struct {
		is   bool
		word string
	}{
		{e.Joined, "joined"}, {e.Added, "added"}, {e.Left, "left"}, {e.Kicked, "kicked"}, {e.Created, "created"},
		{e.NewTitle != "" && !e.Created, "new_title"}, {e.NewPhoto || e.PhotoRemoved, "new_photo"}, {e.NewPin, "new_pin"}, {e.Unpin, "unpin"},
		{e.Scored, "new_score"}, {e.TopicCreated, "topic_created"}, {e.TopicEdited != nil, "topic_edited"},
		{e.MigratedTo.ID != 0 || e.MigratedFrom.ID != 0, "migrated"}, {e.TTLChanged, "new_ttl"},
	} {
		if row.is {
			words = append(words, row.word)
		}
	}
	if m := messageOf(e.Message); m != nil {
		words = append(words, m.actionName())
	}
	return words
}

func peerIDs(list []telegram.Peer) []int64 {
	out := make([]int64, len(list))
	for i, p := range list {
		out[i] = p.ID
	}
	return out
}

// doer is who did it, if it was this.
func doer(is func(actionEvent) bool) func(actionEvent) *peer {
	return func(e actionEvent) *peer {
		if !is(e) {
			return nil
		}
		return peerOf(e.Sender)
	}
}

// chatActionEventClass is the class ChatActionEvent.
var chatActionEventClass = occurrenceClass[actionEvent](telegram.EventChatAction, "ChatActionEvent", "What somebody did to a chat.", []spec.Field{
	fact("action", "What was done, in one word: joined, new_title, new_pin; else the name of the service message.", func(e actionEvent) string {
		return append(actionWords(e), "")[0]
	}),
	fact("action_message", "The service message; nil for what comes without one.", func(e actionEvent) *message { return messageOf(e.Message) }).Maybe(),
	fact("user_joined", "Somebody came by themselves, or by a link.", func(e actionEvent) bool { return e.Joined }),
	fact("user_added", "Somebody was added by another.", func(e actionEvent) bool { return e.Added }),
	fact("user_left", "Somebody went.", func(e actionEvent) bool { return e.Left }),
	fact("user_kicked", "Somebody was thrown out.", func(e actionEvent) bool { return e.Kicked }),
	fact("users", "Who came or went, or was there from the beginning.", func(e actionEvent) []*peer { return peersOf(e.Users) }),
	fact("user_ids", "Their ids.", func(e actionEvent) []int64 { return peerIDs(e.Users) }),
	fact("user", "The first of them.", func(e actionEvent) *peer {
		if len(e.Users) == 0 {
			return nil
		}
		return peerOf(e.Users[0])
	}).Maybe(),
	fact("user_id", "The id of the first.", func(e actionEvent) int64 { return append(peerIDs(e.Users), 0)[0] }).Maybe(),
	fact("added_by", "Who added them.", doer(func(e actionEvent) bool { return e.Added })).Maybe(),
	fact("kicked_by", "Who threw them out.", doer(func(e actionEvent) bool { return e.Kicked })).Maybe(),
	fact("created", "The chat was made.", func(e actionEvent) bool { return e.Created }),
	fact("new_title", "What the chat is called now.", func(e actionEvent) string { return e.NewTitle }).Maybe(),
	fact("new_photo", "The picture is another, or was taken away.", func(e actionEvent) bool { return e.NewPhoto || e.PhotoRemoved }),
	fact("photo", "The picture, as Telegram describes it.", func(e actionEvent) *object {
		if photo, ok := e.Photo.(*tg.Photo); ok {
			return objectOf(photo)
		}
		return nil
	}).Maybe(),
	fact("new_pin", "A message was pinned.", func(e actionEvent) bool { return e.NewPin }),
	fact("unpin", "Messages are pinned no longer.", func(e actionEvent) bool { return e.Unpin }),
	fact("pinned_ids", "The numbers of those messages.", func(e actionEvent) []int { return e.Pinned }),
	fact("new_score", "What somebody has got in a game.", func(e actionEvent) *int {
		if !e.Scored {
			return nil
		}
		return &e.Score
	}).Is("integer?"),
	fact("topic_created", "A topic was made.", func(e actionEvent) bool { return e.TopicCreated }),
	fact("topic_edited", "A topic was renamed, closed or opened: as Telegram describes it.", func(e actionEvent) *object {
		if e.TopicEdited == nil {
			return nil
		}
		return objectOf(e.TopicEdited)
	}).Maybe(),
	fact("topic_title", "What the topic is called now.", func(e actionEvent) string { return e.TopicTitle }).Maybe(),
	fact("migrated_to", "The supergroup that the group has become.", func(e actionEvent) int64 { return e.MigratedTo.ID }).Maybe(),
	fact("migrated_from", "The group that the supergroup was.", func(e actionEvent) int64 { return e.MigratedFrom.ID }).Maybe(),
	fact("new_ttl", "Seconds after which messages delete themselves now; 0 for never.", func(e actionEvent) *int {
		if !e.TTLChanged {
			return nil
		}
		return &e.TTL
	}).Is("integer?"),
}, append([]spec.Func{
	respondTo[actionEvent](telegram.EventChatAction),
	spec.Method("reply", "Say something in the chat, quoting the service message, if there is one.",
		func(c *spec.Call, o *occurrence[actionEvent], in replyArgs) (any, error) {
			return o.message(0).say(c, in, o.serviceID())
		},
	).InOrder().Result("Message").Example(`client:on("chat_action", { action = "new_title" }, function(event)
  event:reply("A good name.")
end)`).Raises("CHAT_WRITE_FORBIDDEN"),
}, spec.Method("delete", "Delete the service message. Returns whether Telegram deleted it.",
	func(c *spec.Call, o *occurrence[actionEvent], in deleteArgs) (bool, error) {
		if o.about.Message == nil {
			return false, nil
		}
		n, err := o.event.Account.Delete(c, o.chat(), []int{o.serviceID()}, in.Opts.delete())
		return n > 0, err
	},
).InOrder().Example(`client:on("chat_action", { action = "joined" }, function(event)
  event:delete()
end)`).Raises("MESSAGE_DELETE_FORBIDDEN"), spec.Method("get_pinned_messages", "Fetch the messages that were pinned, or are no longer.",
	func(c *spec.Call, o *occurrence[actionEvent], _ spec.None) ([]*message, error) {
		if len(o.about.Pinned) == 0 {
			return []*message{}, nil
		}
		found, err := o.event.Account.MessagesByID(c, o.chat(), o.about.Pinned, false)
		if err != nil {
			return nil, err
		}
		return messagesOf(slices.DeleteFunc(found, func(m *telegram.Message) bool { return m == nil })), nil
	},
).Example(`client:on("chat_action", { action = "new_pin" }, function(event)
  for _, message in ipairs(event:get_pinned_messages()) do print(message.text) end
end)`))...)

// serviceID is the number of the service message; 0 without one.
func (o *occurrence[D]) serviceID() int {
	if e, ok := any(o.about).(actionEvent); ok && e.Message != nil {
		return e.Message.ID
	}
	return 0
}

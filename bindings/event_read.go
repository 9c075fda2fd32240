package bindings

import (
	"slices"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// readFilters are the filters of the event read.
type readFilters struct {
	Inbox    *bool `lua:"inbox,optional" doc:"What this account has read on another device; with false, what others have read of what it wrote."`
	Contents *bool `lua:"contents,optional" doc:"Voice messages that were played, and the like; or, with false, chats that were read up to a message."`
	sceneFilters
}

var readEventRow = occurrenceKind[*telegram.ReadEvent, readFilters]{
	kind: telegram.EventRead, class: "ReadEvent",
	doc: "Messages were read, by others or by this account on another device.",
	sample: `client:on("read", { inbox = false, private = true }, function(event)
  tg.log(event.chat.name, "has read up to", event.max_id)
end)`,
	scene: func(f readFilters) sceneFilters { return f.sceneFilters },
	accept: func(f readFilters) func(*telegram.ReadEvent) bool {
		return func(e *telegram.ReadEvent) bool {
			return (f.Inbox == nil || e.Inbox == *f.Inbox) && (f.Contents == nil || e.Contents == *f.Contents)
		}
	},
}.row()

type isReadArgs struct {
	Message messageID `lua:"message" doc:"Which one."`
}

// readEventClass is the class ReadEvent.
var readEventClass = occurrenceClass[*telegram.ReadEvent](telegram.EventRead, "ReadEvent", "Messages that were read.", []spec.Field{
	fact("inbox", "What others wrote, read by this account.", func(e *telegram.ReadEvent) bool { return e.Inbox }),
	fact("outbox", "What this account wrote, read by others.", func(e *telegram.ReadEvent) bool { return !e.Inbox && !e.Contents }),
	fact("max_id", "All up to this message; nil for contents.", func(e *telegram.ReadEvent) int { return e.MaxID }).Maybe(),
	fact("contents", "The media of some messages was played or looked at.", func(e *telegram.ReadEvent) bool { return e.Contents }),
	fact("message_ids", "Which ones, for contents.", func(e *telegram.ReadEvent) []int { return e.IDs }),
	fact("unread_count", "How many are left that this account hasn't read.", func(e *telegram.ReadEvent) int { return e.Unread }),
	fact("topic_id", "Topic, or post with comments, that it is about.", func(e *telegram.ReadEvent) int { return e.Topic }).Maybe(),
}, spec.Method("is_read", "Whether a message of the chat is read now.",
	func(_ *spec.Call, o *occurrence[*telegram.ReadEvent], in isReadArgs) (bool, error) {
		return int(in.Message) <= o.about.MaxID || slices.Contains(o.about.IDs, int(in.Message)), nil
	},
).Direct().Example(`local sent = client:send_message("@friend", "Dinner?")
client:on("read", { inbox = false, chats = "@friend" }, function(event)
  if event:is_read(sent) then tg.log("seen") end
end)`), spec.Method("get_messages", "Fetch the messages whose contents were read, or the last one that was read.",
	func(c *spec.Call, o *occurrence[*telegram.ReadEvent], _ spec.None) ([]*message, error) {
		ids := o.about.IDs
		if !o.about.Contents {
			ids = []int{o.about.MaxID}
		}
		found, err := o.event.Account.MessagesByID(c, o.chat(), ids, false)
		if err != nil {
			return nil, err
		}
		return messagesOf(slices.DeleteFunc(found, func(m *telegram.Message) bool { return m == nil })), nil
	},
).Example(`client:on("read", function(event)
  for _, message in ipairs(event:get_messages()) do print(message.text) end
end)`).Raises("PEER_UNKNOWN"), respondTo[*telegram.ReadEvent](telegram.EventRead))

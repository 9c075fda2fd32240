package bindings

import (
	"slices"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

type (
	viewsEvent  = *telegram.MessageViewsEvent
	pinnedEvent = *telegram.PinnedEvent
	storyEvent  = *telegram.StoryEvent
)

var messageViewsRow = plainKind[viewsEvent](telegram.EventMessageViews, "MessageViewsEvent",
	"A post was seen or forwarded more often.",
	`client:on("message_views", { chats = "@news" }, function(event)
  if event.views then tg.log(event.message_id, event.views) end
end)`)

// messageViewsEventClass is the class MessageViewsEvent.
var messageViewsEventClass = occurrenceClass[viewsEvent](telegram.EventMessageViews, "MessageViewsEvent", "How often a post was seen.", []spec.Field{
	fact("message_id", "Number of the post.", func(e viewsEvent) int { return e.MessageID }),
	fact("views", "How often it was seen; nil if that isn't the news.", func(e viewsEvent) int { return e.Views }).Maybe(),
	fact("forwards", "How often it was forwarded; nil if that isn't the news.", func(e viewsEvent) int { return e.Forwards }).Maybe(),
}, replyTo(telegram.EventMessageViews, func(e viewsEvent) int { return e.MessageID })...)

// pinnedFilters are the filters of the event pinned.
type pinnedFilters struct {
	Pinned *bool `lua:"pinned,optional" doc:"Only messages that were pinned, or, with false, that are no longer."`
	sceneFilters
}

var pinnedRow = occurrenceKind[pinnedEvent, pinnedFilters]{
	kind: telegram.EventPinned, class: "PinnedEvent",
	doc: "Messages were pinned, also without a word, or are no longer. Who did it is told by `chat_action`, where it is told.",
	sample: `client:on("pinned", { pinned = true }, function(event)
  tg.log("pinned", table.concat(event.message_ids, ", "))
end)`,
	scene: func(f pinnedFilters) sceneFilters { return f.sceneFilters },
	accept: func(f pinnedFilters) func(pinnedEvent) bool {
		return func(e pinnedEvent) bool { return f.Pinned == nil || e.Pinned == *f.Pinned }
	},
}.row()

// pinnedEventClass is the class PinnedEvent.
var pinnedEventClass = occurrenceClass[pinnedEvent](telegram.EventPinned, "PinnedEvent", "Messages at the top of a chat.", []spec.Field{
	fact("message_ids", "Their numbers.", func(e pinnedEvent) []int { return e.IDs }),
	fact("pinned", "They are pinned now.", func(e pinnedEvent) bool { return e.Pinned }),
}, respondTo[pinnedEvent](telegram.EventPinned))

// storyFilters are the filters of the event story.
type storyFilters struct {
	What []string `lua:"what,optional" doc:"Only this: posted, deleted, read, reaction, reacted."`
	sceneFilters
}

var storyRow = occurrenceKind[storyEvent, storyFilters]{
	kind: telegram.EventStory, class: "StoryEvent",
	doc: "A story was posted, changed or deleted, or somebody reacted to one of this account.",
	sample: `client:on("story", { what = "posted", from = "@friend" }, function(event)
  tg.log("story", event.story_id, event.caption)
end)`,
	scene: func(f storyFilters) sceneFilters { return f.sceneFilters },
	accept: func(f storyFilters) func(storyEvent) bool {
		return func(e storyEvent) bool { return len(f.What) == 0 || slices.Contains(f.What, e.What) }
	},
	prepare: func(_ *spec.Call, f storyFilters) error {
		return knownWords("what", f.What, []string{"posted", "deleted", "read", "reaction", "reacted"})
	},
}.row()

// storyEventClass is the class StoryEvent.
var storyEventClass = occurrenceClass[storyEvent](telegram.EventStory, "StoryEvent", "What became of a story.", []spec.Field{
	fact("what", "What happened: posted (or changed), deleted, read by this account up to story_id, reaction of somebody to one of ours, reacted by this account.",
		func(e storyEvent) string { return e.What }).Is(`"posted"|"deleted"|"read"|"reaction"|"reacted"`),
	fact("story_id", "Number of the story.", func(e storyEvent) int { return e.ID }),
	fact("caption", "What is written on it.", func(e storyEvent) string {
		if story, ok := e.Story.(*tg.StoryItem); ok {
			return story.Caption
		}
		return ""
	}).Maybe(),
	fact("reaction", "The reaction.", func(e storyEvent) string {
		if e.Reaction == nil {
			return ""
		}
		return string(telegram.ReactionOf(e.Reaction))
	}).Maybe(),
	fact("story", "The story, as Telegram describes it.", func(e storyEvent) *object {
		if e.Story == nil {
			return nil
		}
		return objectOf(e.Story)
	}).Maybe().OutOfTable(),
})

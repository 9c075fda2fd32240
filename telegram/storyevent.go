package telegram

import "github.com/gotd/td/tg"

// EventStory is somebody's story. Its Detail is a *StoryEvent.
const EventStory = "story"

// StoryEvent is what became of a story; Sender is whose it is, or who reacted.
// https://core.telegram.org/api/stories
type StoryEvent struct {
	Happening
	What     string // "posted" (or changed), "deleted", "read", "reaction" to one of ours, "reacted" by us
	ID       int    // of read: all up to this one
	Story    tg.StoryItemClass
	Reaction tg.ReactionClass
}

func storyIn(a *Account, u tg.UpdateClass) []occasion {
	switch u := u.(type) {
	case *tg.UpdateStory:
		e := &StoryEvent{Happening: a.happening(u.Peer, u.Peer), What: "posted", Story: u.Story}
		switch story := u.Story.(type) {
		case *tg.StoryItem:
			e.ID = story.ID
		case *tg.StoryItemSkipped:
			e.ID = story.ID
		case *tg.StoryItemDeleted:
			e.ID, e.What = story.ID, "deleted"
		}
		return one(EventStory, e)
	case *tg.UpdateReadStories:
		return one(EventStory, &StoryEvent{Happening: a.happening(u.Peer, u.Peer), What: "read", ID: u.MaxID})
	case *tg.UpdateNewStoryReaction:
		return one(EventStory, &StoryEvent{Happening: a.happening(u.Peer, u.Peer), What: "reaction", ID: u.StoryID, Reaction: u.Reaction})
	case *tg.UpdateSentStoryReaction:
		return one(EventStory, &StoryEvent{Happening: a.happening(u.Peer, u.Peer), What: "reacted", ID: u.StoryID, Reaction: u.Reaction})
	}
	return nil
}

package telegram

import "github.com/gotd/td/tg"

// EventPinned is messages that were pinned, or are no longer. Its Detail is a *PinnedEvent.
const EventPinned = "pinned"

// PinnedEvent is messages at the top of a chat. Nobody tells who did it: chat_action does, of messages that are pinned
// aloud. https://core.telegram.org/api/pin
type PinnedEvent struct {
	Happening
	IDs    []int
	Pinned bool
}

func pinnedIn(a *Account, u tg.UpdateClass) []occasion {
	switch u := u.(type) {
	case *tg.UpdatePinnedMessages:
		return one(EventPinned, &PinnedEvent{a.happening(u.Peer, nil), u.Messages, u.Pinned})
	case *tg.UpdatePinnedChannelMessages:
		return one(EventPinned, &PinnedEvent{a.happening(channelRef(u.ChannelID), nil), u.Messages, u.Pinned})
	}
	return nil
}

package telegram

import "github.com/gotd/td/tg"

// EventDelete is messages that are gone. Its Detail is a *DeleteEvent.
const EventDelete = "delete"

// DeleteEvent is messages of one chat that were deleted. Telegram doesn't tell the chat of private messages and those
// of basic groups: it is known for those that this process has seen, and else the zero Peer. Nobody tells who did it.
// https://core.telegram.org/constructor/updateDeleteMessages
type DeleteEvent struct {
	Happening
	IDs []int
}

func deletedIn(a *Account, u tg.UpdateClass) []occasion {
	switch u := u.(type) {
	case *tg.UpdateDeleteChannelMessages:
		return one(EventDelete, &DeleteEvent{a.happening(channelRef(u.ChannelID), nil), u.Messages})
	case *tg.UpdateDeleteMessages:
		var list []occasion
		for _, part := range a.recent.byChat(u.Messages) {
			list = append(list, occasion{EventDelete, &DeleteEvent{Happening{Account: a, Chat: a.known(part.chat)}, part.ids}})
		}
		return list
	}
	return nil
}

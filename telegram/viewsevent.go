package telegram

import "github.com/gotd/td/tg"

// EventMessageViews is a post that was seen or forwarded more often. Its Detail is a *MessageViewsEvent.
const EventMessageViews = "message_views"

// MessageViewsEvent is how often a post was seen or forwarded; one of them is 0, for Telegram tells them one by one.
type MessageViewsEvent struct {
	Happening
	MessageID int
	Views     int
	Forwards  int
}

func viewsIn(a *Account, u tg.UpdateClass) []occasion {
	switch u := u.(type) {
	case *tg.UpdateChannelMessageViews:
		return one(EventMessageViews, &MessageViewsEvent{a.happening(channelRef(u.ChannelID), nil), u.ID, u.Views, 0})
	case *tg.UpdateChannelMessageForwards:
		return one(EventMessageViews, &MessageViewsEvent{a.happening(channelRef(u.ChannelID), nil), u.ID, 0, u.Forwards})
	}
	return nil
}

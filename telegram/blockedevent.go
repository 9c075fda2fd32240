package telegram

import "github.com/gotd/td/tg"

// EventBotStopped is somebody who has blocked this bot, or wants it back. Its Detail is a *BotStoppedEvent.
const EventBotStopped = "bot_stopped"

// EventBlocked is somebody whom this account has blocked on another device. Its Detail is a *BlockedEvent.
const EventBlocked = "blocked"

// BotStoppedEvent says whether Sender can be written to.
type BotStoppedEvent struct {
	Happening
	Stopped bool
	Date    int
}

// BlockedEvent says whether Sender is blocked.
type BlockedEvent struct {
	Happening
	Blocked bool
	Stories bool // only from our stories
}

func blockedIn(a *Account, u tg.UpdateClass) []occasion {
	switch u := u.(type) {
	case *tg.UpdateBotStopped:
		return one(EventBotStopped, &BotStoppedEvent{a.happening(userRef(u.UserID), userRef(u.UserID)), u.Stopped, u.Date})
	case *tg.UpdatePeerBlocked:
		return one(EventBlocked, &BlockedEvent{a.happening(u.PeerID, u.PeerID), u.Blocked || u.BlockedMyStoriesFrom, u.BlockedMyStoriesFrom})
	}
	return nil
}

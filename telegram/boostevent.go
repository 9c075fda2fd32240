package telegram

import "github.com/gotd/td/tg"

// EventChatBoost is a chat that was boosted. Its Detail is a *ChatBoostEvent.
const EventChatBoost = "chat_boost"

// ChatBoostEvent is a boost of a chat where this bot is an admin, new or changed: one whose Expires is over has ended.
// Sender is who boosts, where that is known. https://core.telegram.org/api/boost
type ChatBoostEvent struct {
	Happening
	Boost tg.Boost
}

func boostIn(a *Account, u tg.UpdateClass) []occasion {
	if u, ok := u.(*tg.UpdateBotChatBoost); ok {
		return one(EventChatBoost, &ChatBoostEvent{a.happening(u.Peer, userRef(u.Boost.UserID)), u.Boost})
	}
	return nil
}

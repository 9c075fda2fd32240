package telegram

import "github.com/gotd/td/tg"

// EventUserUpdate is somebody typing, coming online or going. Its Detail is a *UserUpdateEvent.
const EventUserUpdate = "user_update"

// UserUpdateEvent is what somebody is doing now; it is of the moment, and is lost on who isn't there.
// Either Action or Status is set. The chat of a status is that with the person.
type UserUpdateEvent struct {
	Happening
	Action tg.SendMessageActionClass // typing, uploading, recording
	Status tg.UserStatusClass        // online, offline
	Topic  int                       // where somebody types in a forum
}

func userUpdateIn(a *Account, u tg.UpdateClass) []occasion {
	switch u := u.(type) {
	case *tg.UpdateUserTyping:
		return one(EventUserUpdate, &UserUpdateEvent{Happening: a.happening(userRef(u.UserID), userRef(u.UserID)), Action: u.Action, Topic: u.TopMsgID})
	case *tg.UpdateChatUserTyping:
		return one(EventUserUpdate, &UserUpdateEvent{Happening: a.happening(&tg.PeerChat{ChatID: u.ChatID}, u.FromID), Action: u.Action})
	case *tg.UpdateChannelUserTyping:
		return one(EventUserUpdate, &UserUpdateEvent{Happening: a.happening(channelRef(u.ChannelID), u.FromID), Action: u.Action, Topic: u.TopMsgID})
	case *tg.UpdateUserStatus:
		return one(EventUserUpdate, &UserUpdateEvent{Happening: a.happening(userRef(u.UserID), userRef(u.UserID)), Status: u.Status})
	}
	return nil
}

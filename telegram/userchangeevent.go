package telegram

import "github.com/gotd/td/tg"

// EventUserChanged is somebody's profile that is another. Its Detail is a *UserChangeEvent.
const EventUserChanged = "user_changed"

// UserChangeEvent says what of somebody has changed. The person is Sender.
type UserChangeEvent struct {
	Happening
	What      string // "name", "phone", "emoji_status", "profile" for what has to be asked for
	FirstName string // for name
	LastName  string
	Usernames []string // for name: those in use
	Phone     string   // for phone
}

func userChangeIn(a *Account, u tg.UpdateClass) []occasion {
	switch u := u.(type) {
	case *tg.UpdateUserName:
		e := &UserChangeEvent{Happening: a.happening(userRef(u.UserID), userRef(u.UserID)), What: "name", FirstName: u.FirstName, LastName: u.LastName}
		for _, name := range u.Usernames {
			if name.Active {
				e.Usernames = append(e.Usernames, name.Username)
			}
		}
		return one(EventUserChanged, e)
	case *tg.UpdateUserPhone:
		return one(EventUserChanged, &UserChangeEvent{Happening: a.happening(userRef(u.UserID), userRef(u.UserID)), What: "phone", Phone: u.Phone})
	case *tg.UpdateUserEmojiStatus:
		return one(EventUserChanged, &UserChangeEvent{Happening: a.happening(userRef(u.UserID), userRef(u.UserID)), What: "emoji_status"})
	case *tg.UpdateUser:
		return one(EventUserChanged, &UserChangeEvent{Happening: a.happening(userRef(u.UserID), userRef(u.UserID)), What: "profile"})
	}
	return nil
}

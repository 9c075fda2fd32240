package telegram

import (
	"strings"

	"github.com/gotd/td/tg"
)

// User is a person or a bot.
type User struct{ *tg.User }

// DisplayName is what a list of chats shows: first and last name, else the user name, else the id.
func (u *User) DisplayName() string {
	return strings.TrimSpace(u.FirstName + " " + u.LastName)
}

package telegram

import (
	"strconv"
	"strings"

	"github.com/gotd/td/tg"
)

// User is a person or a bot.
type User struct{ *tg.User }

// DisplayName is what a list of chats shows: first and last name, else the user name, else the id.
func (u *User) DisplayName() string {
	if name := strings.TrimSpace(u.FirstName + " " + u.LastName); name != "" {
		return name
	}
	if u.Username != "" {
		return "@" + u.Username
	}
	return strconv.FormatInt(u.ID, 10)
}

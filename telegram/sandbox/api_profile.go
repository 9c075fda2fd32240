package sandbox

import (
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func profileMethods(t table) {
	on(t, people, (*call).updateStatus)
	on(t, people, (*call).updateProfile)
	on(t, people, (*call).checkUsername)
	on(t, people, (*call).updateUsername)
}

const (
	onlineFor      = 300 // seconds after account.updateStatus
	bioLength      = 70
	nameLength     = 64
	usernameLength = 5 // at least; shorter ones aren't given away
)

// updateStatus: https://core.telegram.org/method/account.updateStatus
func (c *call) updateStatus(in *tg.AccountUpdateStatusRequest) (bin.Encoder, error) {
	c.me.online = c.now() + onlineFor
	if in.Offline {
		c.me.online = c.now()
	}
	c.tellStatus()
	return yes()
}

// tellStatus shows the caller's status to who may see it.
func (c *call) tellStatus() {
	for _, u := range c.users {
		if c.me.hasContact(u) && u.hasContact(c.me) {
			c.pushShort(u, nil, &tg.UpdateUserStatus{UserID: c.me.id, Status: c.statusFor(u, c.me)})
		}
	}
}

// statusFor is u's status as viewer may see it.
func (w *world) statusFor(viewer, u *user) tg.UserStatusClass {
	if u.allows(privacyStatus, viewer) && !u.blocked[viewer.id] {
		return u.status(w)
	}
	return &tg.UserStatusRecently{}
}

// updateProfile: https://core.telegram.org/method/account.updateProfile
func (c *call) updateProfile(in *tg.AccountUpdateProfileRequest) (bin.Encoder, error) {
	first, renamed := in.GetFirstName()
	last, _ := in.GetLastName()
	about, told := in.GetAbout()
	switch {
	case renamed && (strings.TrimSpace(first) == "" || len([]rune(first)) > nameLength):
		return nil, bad("FIRSTNAME_INVALID")
	case len([]rune(last)) > nameLength:
		return nil, bad("LASTNAME_INVALID")
	case len([]rune(about)) > bioLength:
		return nil, bad("ABOUT_TOO_LONG")
	}
	if renamed {
		c.me.name = first
		c.world.call(first, peer{peerUser, c.me.id})
	}
	if _, given := in.GetLastName(); given {
		c.me.lastName, renamed = last, true
	}
	if told {
		c.me.about = about
	}
	if renamed {
		c.tellName()
	}
	c.me.changes++
	return c.userFor(c.me, c.me), nil
}

// tellName tells the caller's other sessions, and who has the caller as a contact, of a new name.
func (c *call) tellName() {
	update := &tg.UpdateUserName{UserID: c.me.id, FirstName: c.me.name, LastName: c.me.lastName}
	if c.me.username != "" {
		update.Usernames = []tg.Username{{Editable: true, Active: true, Username: c.me.username}}
	}
	c.pushShort(c.me, c.session, update)
	for _, u := range c.users {
		if u != c.me && u.hasContact(c.me) {
			c.pushShort(u, nil, update)
		}
	}
}

// checkUsername: https://core.telegram.org/method/account.checkUsername
func (c *call) checkUsername(in *tg.AccountCheckUsernameRequest) (bin.Encoder, error) {
	return c.checkName(in.Username)
}

func (c *call) checkName(username string) (bin.Encoder, error) {
	if !validUsername(username) || len(username) < usernameLength {
		return nil, bad("USERNAME_INVALID")
	}
	if _, taken := c.names[strings.ToLower(username)]; taken {
		return &tg.BoolFalse{}, nil
	}
	return yes()
}

// freeName says whether a user name can replace another; "" is none.
func (c *call) freeName(username, before string) error {
	switch _, taken := c.names[strings.ToLower(username)]; {
	case username == before:
		return bad("USERNAME_NOT_MODIFIED")
	case username == "":
		return nil
	case !validUsername(username) || len(username) < usernameLength:
		return bad("USERNAME_INVALID")
	case taken && !strings.EqualFold(username, before):
		return bad("USERNAME_OCCUPIED")
	}
	return nil
}

// updateUsername: https://core.telegram.org/method/account.updateUsername
func (c *call) updateUsername(in *tg.AccountUpdateUsernameRequest) (bin.Encoder, error) {
	if err := c.freeName(in.Username, c.me.username); err != nil {
		return nil, err
	}
	delete(c.names, strings.ToLower(c.me.username))
	c.me.username = in.Username
	if in.Username != "" {
		c.names[strings.ToLower(in.Username)] = peer{peerUser, c.me.id}
	}
	c.me.changes++
	c.tellName()
	return c.userFor(c.me, c.me), nil
}

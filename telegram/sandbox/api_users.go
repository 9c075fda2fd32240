package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func usersMethods(t table) {
	on(t, abroad, (*call).getUsers)
	on(t, 0, (*call).getFullUser)
}

// getUsers leaves out whom the caller can't know, as Telegram does.
//
// See https://core.telegram.org/method/users.getUsers.
func (c *call) getUsers(in *tg.UsersGetUsersRequest) (bin.Encoder, error) {
	answer := &tg.UserClassVector{}
	for _, id := range in.ID {
		u, err := c.user(id)
		if err != nil {
			if given, ok := id.(*tg.InputUser); ok {
				answer.Elems = append(answer.Elems, &tg.UserEmpty{ID: given.UserID})
			}
			continue
		}
		answer.Elems = append(answer.Elems, c.userFor(c.me, u))
	}
	return answer, nil
}

// getFullUser: https://core.telegram.org/method/users.getFullUser
func (c *call) getFullUser(in *tg.UsersGetFullUserRequest) (bin.Encoder, error) {
	u, err := c.user(in.ID)
	if err != nil {
		return nil, err
	}
	full := tg.UserFull{ID: u.id, CanPinMessage: true, CommonChatsCount: c.common(u)}
	c.decorate(&full, u)
	full.NotifySettings, _ = c.me.prefs.notifyOf(notifyKey(peer{peerUser, u.id}, 0)) // what was kept can be read
	if folder := c.me.prefs.folderOf(peer{peerUser, u.id}); folder != mainFolder {
		full.SetFolderID(folder)
	}
	if len(u.photos) > 0 && u.allows(privacyPhoto, c.me) {
		full.SetProfilePhoto(c.photoOr(u.photos[0]))
	}
	if u.about != "" && u.allows(privacyAbout, c.me) {
		full.SetAbout(u.about)
	}
	if u.bot {
		full.SetBotInfo(u.info(c.me, peer{peerUser, u.id}, false))
		if rights := u.profile.GroupRights; rights != (tg.ChatAdminRights{}) {
			full.SetBotGroupAdminRights(rights)
		}
		if rights := u.profile.ChannelRights; rights != (tg.ChatAdminRights{}) {
			full.SetBotBroadcastAdminRights(rights)
		}
	}
	if d := c.me.dialogs[peer{peerUser, u.id}]; d != nil && d.ttl > 0 {
		full.SetTTLPeriod(d.ttl)
	}
	return &tg.UsersUserFull{FullUser: full, Users: []tg.UserClass{c.userFor(c.me, u)}}, nil
}

func (c *call) common(u *user) int {
	n := 0
	for _, ch := range c.chats {
		if u != c.me && ch.byUser[u.id] != nil && ch.byUser[c.me.id] != nil {
			n++
		}
	}
	return n
}

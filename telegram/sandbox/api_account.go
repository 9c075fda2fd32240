package sandbox

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

func errUnregistered() error { return tgerr.New(401, "AUTH_KEY_UNREGISTERED") }

func accountMethods(t table) {
	on(t, people, (*call).getAuthorizations)
	on(t, people, (*call).resetAuthorization)
	on(t, people, (*call).resetAuthorizations)
	on(t, people, (*call).updateStatus)
	on(t, people, (*call).updateProfile)
	on(t, people, (*call).checkUsername)
	on(t, people, (*call).getNotifySettings)
	on(t, people, (*call).getPrivacy)
	on(t, bots, (*call).setBotCommands)
	on(t, bots, (*call).getBotCommands)
	on(t, bots, (*call).resetBotCommands)
}

// getAuthorizations: https://core.telegram.org/method/account.getAuthorizations
func (c *call) getAuthorizations(*tg.AccountGetAuthorizationsRequest) (bin.Encoder, error) {
	answer := &tg.AccountAuthorizations{AuthorizationTTLDays: 180}
	for _, a := range c.me.auths {
		if a.Foreign {
			continue
		}
		current := a == c.auth
		shown := tg.Authorization{
			Current: current, PasswordPending: a.Waiting, DeviceModel: a.Device, SystemVersion: a.System,
			APIID: a.APIID, AppName: appName, AppVersion: a.App, DateCreated: a.Created, DateActive: a.Active, IP: "127.0.0.1", Country: country,
		}
		if !current {
			shown.Hash = a.Hash
		}
		answer.Authorizations = append(answer.Authorizations, shown)
	}
	slices.SortFunc(answer.Authorizations, func(a, b tg.Authorization) int {
		return cmp.Or(cmp.Compare(b.DateActive, a.DateActive), cmp.Compare(a.Hash, b.Hash))
	})
	return answer, nil
}

func errRevoked() *tgerr.Error { return tgerr.New(401, "SESSION_REVOKED") }

// resetAuthorization: https://core.telegram.org/method/account.resetAuthorization
func (c *call) resetAuthorization(in *tg.AccountResetAuthorizationRequest) (bin.Encoder, error) {
	for key, a := range c.me.auths {
		if a.Hash == in.Hash && a != c.auth {
			c.revoke(key, errRevoked())
			return yes()
		}
	}
	return nil, bad("HASH_INVALID")
}

// resetAuthorizations: https://core.telegram.org/method/auth.resetAuthorizations
func (c *call) resetAuthorizations(*tg.AuthResetAuthorizationsRequest) (bin.Encoder, error) {
	c.revokeAll(c.me, c.key(), errRevoked())
	return yes()
}

const onlineFor = 300 // seconds after account.updateStatus

// updateStatus: https://core.telegram.org/method/account.updateStatus
func (c *call) updateStatus(in *tg.AccountUpdateStatusRequest) (bin.Encoder, error) {
	c.me.online = c.now() + onlineFor
	if in.Offline {
		c.me.online = c.now()
	}
	update := &tg.UpdateUserStatus{UserID: c.me.id, Status: c.me.status(c.world)}
	for _, u := range c.users {
		if c.me.hasContact(u) && u.hasContact(c.me) {
			c.pushShort(u, nil, update)
		}
	}
	return yes()
}

// updateProfile: https://core.telegram.org/method/account.updateProfile
func (c *call) updateProfile(in *tg.AccountUpdateProfileRequest) (bin.Encoder, error) {
	if name, given := in.GetFirstName(); given {
		if strings.TrimSpace(name) == "" {
			return nil, bad("FIRSTNAME_INVALID")
		}
		c.me.name = name
		c.call(name, peer{peerUser, c.me.id})
	}
	if name, given := in.GetLastName(); given {
		c.me.lastName = name
	}
	if about, given := in.GetAbout(); given {
		if len([]rune(about)) > 70 {
			return nil, bad("ABOUT_TOO_LONG")
		}
		c.me.about = about
	}
	return c.userFor(c.me, c.me), nil
}

// checkUsername: https://core.telegram.org/method/account.checkUsername
func (c *call) checkUsername(in *tg.AccountCheckUsernameRequest) (bin.Encoder, error) {
	return c.checkName(in.Username)
}

const usernameLength = 5 // at least; shorter ones aren't given away

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
	case username == "" || strings.EqualFold(username, before):
		return nil
	case !validUsername(username) || len(username) < usernameLength:
		return bad("USERNAME_INVALID")
	case taken:
		return bad("USERNAME_OCCUPIED")
	}
	return nil
}

// getNotifySettings: https://core.telegram.org/method/account.getNotifySettings
func (c *call) getNotifySettings(*tg.AccountGetNotifySettingsRequest) (bin.Encoder, error) {
	return &tg.PeerNotifySettings{}, nil
}

// getPrivacy: https://core.telegram.org/method/account.getPrivacy
func (c *call) getPrivacy(*tg.AccountGetPrivacyRequest) (bin.Encoder, error) {
	return &tg.AccountPrivacyRules{Rules: []tg.PrivacyRuleClass{&tg.PrivacyValueAllowAll{}}}, nil
}

// setBotCommands keeps one list, whatever the scope and language.
//
// See https://core.telegram.org/method/bots.setBotCommands.
func (c *call) setBotCommands(in *tg.BotsSetBotCommandsRequest) (bin.Encoder, error) {
	for _, command := range in.Commands {
		if command.Command == "" || len(command.Command) > 32 || strings.ToLower(command.Command) != command.Command {
			return nil, bad("BOT_COMMAND_INVALID")
		}
		if command.Description == "" {
			return nil, bad("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	c.me.commands = slices.Clone(in.Commands)
	return yes()
}

// getBotCommands: https://core.telegram.org/method/bots.getBotCommands
func (c *call) getBotCommands(*tg.BotsGetBotCommandsRequest) (bin.Encoder, error) {
	return &tg.BotCommandVector{Elems: c.me.commands}, nil
}

// resetBotCommands: https://core.telegram.org/method/bots.resetBotCommands
func (c *call) resetBotCommands(*tg.BotsResetBotCommandsRequest) (bin.Encoder, error) {
	c.me.commands = nil
	return yes()
}

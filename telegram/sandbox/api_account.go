package sandbox

import (
	"cmp"
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

func errUnregistered() error { return tgerr.New(401, "AUTH_KEY_UNREGISTERED") }

func accountMethods(t table) {
	on(t, people, (*call).getAuthorizations)
	on(t, people, (*call).resetAuthorization)
	on(t, people, (*call).resetAuthorizations)
}

// getAuthorizations: https://core.telegram.org/method/account.getAuthorizations
func (c *call) getAuthorizations(*tg.AccountGetAuthorizationsRequest) (bin.Encoder, error) {
	answer := &tg.AccountAuthorizations{AuthorizationTTLDays: chosen(c.me.prefs.AuthDays, authDays)}
	for _, a := range c.me.auths {
		if a.Foreign {
			continue
		}
		current := a == c.auth
		shown := tg.Authorization{
			Current: current, PasswordPending: a.Waiting, DeviceModel: a.Device, SystemVersion: a.System,
			APIID: a.APIID, AppName: appName, AppVersion: a.App, DateCreated: a.Created, DateActive: a.Active, IP: "127.0.0.1", Country: country,
		}
		shown.EncryptedRequestsDisabled, shown.CallRequestsDisabled = a.NoSecrets, a.NoCalls
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

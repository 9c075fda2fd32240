package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func lifetimeMethods(t table) {
	on(t, people, (*call).getAccountTTL)
	on(t, people, (*call).setAccountTTL)
	on(t, people, (*call).setAuthorizationTTL)
	on(t, people, (*call).changeAuthorizationSettings)
	on(t, people, (*call).resetPassword)
	on(t, people, (*call).declinePasswordReset)
	on(t, people, (*call).sendChangePhoneCode)
	on(t, people, (*call).changePhone)
}

const (
	accountDays    = 548 // without a choice
	authDays       = 180
	resetWait      = 7 * day // until a forgotten password is gone
	accountDaysMin = 30
	accountDaysMax = 730
	authDaysMax    = 366
)

func chosen(days, otherwise int) int {
	if days == 0 {
		return otherwise
	}
	return days
}

// getAccountTTL: https://core.telegram.org/method/account.getAccountTTL
func (c *call) getAccountTTL(*tg.AccountGetAccountTTLRequest) (bin.Encoder, error) {
	return &tg.AccountDaysTTL{Days: chosen(c.me.prefs.Days, accountDays)}, nil
}

// setAccountTTL: https://core.telegram.org/method/account.setAccountTTL
func (c *call) setAccountTTL(in *tg.AccountSetAccountTTLRequest) (bin.Encoder, error) {
	if in.TTL.Days < accountDaysMin || in.TTL.Days > accountDaysMax {
		return nil, bad("TTL_DAYS_INVALID")
	}
	c.me.prefs.Days = in.TTL.Days
	c.touched()
	return yes()
}

// setAuthorizationTTL: https://core.telegram.org/method/account.setAuthorizationTTL
func (c *call) setAuthorizationTTL(in *tg.AccountSetAuthorizationTTLRequest) (bin.Encoder, error) {
	if in.AuthorizationTTLDays < 1 || in.AuthorizationTTLDays > authDaysMax {
		return nil, bad("TTL_DAYS_INVALID")
	}
	c.me.prefs.AuthDays = in.AuthorizationTTLDays
	c.touched()
	return yes()
}

// changeAuthorizationSettings: https://core.telegram.org/method/account.changeAuthorizationSettings
func (c *call) changeAuthorizationSettings(in *tg.AccountChangeAuthorizationSettingsRequest) (bin.Encoder, error) {
	for _, a := range c.me.auths {
		if a.Hash != in.Hash && (in.Hash != 0 || a != c.auth) {
			continue
		}
		if off, given := in.GetEncryptedRequestsDisabled(); given {
			a.NoSecrets = off
		}
		if off, given := in.GetCallRequestsDisabled(); given {
			a.NoCalls = off
		}
		c.keepAuthorizations()
		return yes()
	}
	return nil, bad("HASH_INVALID")
}

// resetPassword takes away a password that was forgotten, after a week in which its owner may
// object. See https://core.telegram.org/method/account.resetPassword.
func (c *call) resetPassword(*tg.AccountResetPasswordRequest) (bin.Encoder, error) {
	prefs := &c.me.prefs
	switch {
	case c.me.password == nil:
		return nil, bad("PASSWORD_EMPTY")
	case prefs.PasswordUntil == 0:
		prefs.PasswordUntil = c.today + resetWait
	case prefs.PasswordUntil <= c.today:
		c.me.password, prefs.PasswordUntil = nil, 0
		c.me.changes++
		return &tg.AccountResetPasswordOk{}, nil
	}
	c.touched()
	return &tg.AccountResetPasswordRequestedWait{UntilDate: prefs.PasswordUntil}, nil
}

// declinePasswordReset: https://core.telegram.org/method/account.declinePasswordReset
func (c *call) declinePasswordReset(*tg.AccountDeclinePasswordResetRequest) (bin.Encoder, error) {
	switch {
	case c.me.password == nil:
		return nil, bad("PASSWORD_EMPTY")
	case c.me.prefs.PasswordUntil == 0:
		return nil, bad("RESET_REQUEST_MISSING")
	}
	c.me.prefs.PasswordUntil = 0
	c.touched()
	return yes()
}

// sendChangePhoneCode sends a code to the number that an account is to have from now on.
//
// See https://core.telegram.org/method/account.sendChangePhoneCode.
func (c *call) sendChangePhoneCode(in *tg.AccountSendChangePhoneCodeRequest) (bin.Encoder, error) {
	phone := digits(in.PhoneNumber)
	switch {
	case len(phone) < 7 || len(phone) > 15:
		return nil, bad("PHONE_NUMBER_INVALID")
	case c.phones[phone] != nil:
		return nil, bad("PHONE_NUMBER_OCCUPIED")
	case c.seed.Numbers[phone] == TroubleBanned:
		return nil, bad("PHONE_NUMBER_BANNED")
	}
	code := &sentCode{phone: phone, hash: c.freshHash(), sms: true}
	c.codes[code.hash] = code
	return c.sent(code)
}

// changePhone: https://core.telegram.org/method/account.changePhone
func (c *call) changePhone(in *tg.AccountChangePhoneRequest) (bin.Encoder, error) {
	code, err := c.check(in.PhoneNumber, in.PhoneCodeHash, in.PhoneCode)
	switch {
	case err != nil:
		return nil, err
	case c.phones[code.phone] != nil:
		return nil, bad("PHONE_NUMBER_OCCUPIED")
	}
	delete(c.codes, code.hash)
	delete(c.phones, c.me.phone)
	c.me.phone = code.phone
	c.phones[code.phone] = c.me
	c.me.changes++
	for _, u := range c.users {
		if u == c.me || u.hasContact(c.me) && c.me.allows(privacyPhone, u) {
			c.pushShort(u, c.session, &tg.UpdateUserPhone{UserID: c.me.id, Phone: code.phone})
		}
	}
	return c.userFor(c.me, c.me), nil
}

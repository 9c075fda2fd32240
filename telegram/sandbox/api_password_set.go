package sandbox

import (
	"math/big"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func setPasswordMethods(t table) {
	on(t, people|unlocked, (*call).getPasswordSettings)
	on(t, people|unlocked, (*call).updatePasswordSettings)
	on(t, open|people, (*call).requestPasswordRecovery)
	on(t, open|people, (*call).checkRecoveryPassword)
	on(t, open|people, (*call).recoverPassword)
}

// proven says whether in proves the caller's password; without a password nothing has to be
// proved. It runs without the lock, for it computes for a while.
func (c *call) proven(in tg.InputCheckPasswordSRPClass) error {
	c.enter()
	password := c.me.password
	proof, given := in.(*tg.InputCheckPasswordSRP)
	var round *srpRound
	if given {
		round = c.srp[proof.SRPID]
		delete(c.srp, proof.SRPID)
	}
	c.mu.Unlock()
	switch {
	case password == nil:
		return nil
	case !given:
		return bad("PASSWORD_HASH_INVALID")
	case round == nil || round.password != password:
		return bad("SRP_ID_INVALID")
	case !round.proves(proof.A, proof.M1):
		return bad("PASSWORD_HASH_INVALID")
	}
	return nil
}

// getPasswordSettings: https://core.telegram.org/method/account.getPasswordSettings
func (c *call) getPasswordSettings(in *tg.AccountGetPasswordSettingsRequest) (bin.Encoder, error) {
	if err := c.proven(in.Password); err != nil {
		return nil, err
	}
	c.enter()
	defer c.mu.Unlock()
	answer := &tg.AccountPasswordSettings{}
	if c.me.password != nil && c.me.password.Email != "" {
		answer.SetEmail(c.me.password.Email)
	}
	return answer, nil
}

// updatePasswordSettings sets, changes or removes the password: https://core.telegram.org/api/srp.
func (c *call) updatePasswordSettings(in *tg.AccountUpdatePasswordSettingsRequest) (bin.Encoder, error) {
	if err := c.proven(in.Password); err != nil {
		return nil, err
	}
	return c.lastly(func() (bin.Encoder, error) { return c.setPassword(in.NewSettings) })
}

func (c *call) setPassword(in tg.AccountPasswordInputSettings) (bin.Encoder, error) {
	algo, given := in.GetNewAlgo()
	if !given {
		email, changed := in.GetEmail()
		if !changed || c.me.password == nil {
			return nil, bad("NEW_SETTINGS_EMPTY")
		}
		c.me.password.Email = email
		c.me.changes++
		return yes()
	}
	next, err := chosenPassword(algo, in)
	if err != nil {
		return nil, err
	}
	if next != nil && in.Email == "" && c.me.password != nil {
		next.Email = c.me.password.Email
	}
	c.me.password = next
	c.me.changes++
	return yes()
}

// chosenPassword makes a password of what a client has chosen, nil of no password.
func chosenPassword(algo tg.PasswordKdfAlgoClass, in tg.AccountPasswordInputSettings) (*password, error) {
	known, ok := algo.(*tg.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow)
	if !ok || len(in.NewPasswordHash) == 0 {
		return nil, nil
	}
	prime, _ := srpGroup()
	verifier := new(big.Int).SetBytes(in.NewPasswordHash)
	switch {
	case known.G != srpGenerator || new(big.Int).SetBytes(known.P).Cmp(prime) != 0:
		return nil, bad("NEW_SALT_INVALID")
	case len(known.Salt1) < 8 || len(known.Salt2) < 8:
		return nil, bad("NEW_SALT_INVALID")
	case len(in.NewPasswordHash) != 256 || verifier.Cmp(prime) >= 0:
		return nil, bad("NEW_SETTINGS_INVALID")
	}
	return &password{Hint: in.Hint, Email: in.Email, salt1: known.Salt1, salt2: known.Salt2, verifier: verifier}, nil
}

// maskedEmail is an address as a client may show it to who can't sign in.
func maskedEmail(address string) string {
	for at, r := range address {
		if r == '@' && at > 0 {
			return address[:1] + "***" + address[at:]
		}
	}
	return "***"
}

// requestPasswordRecovery sends the login code to the address; nobody here has mail.
//
// See https://core.telegram.org/method/auth.requestPasswordRecovery.
func (c *call) requestPasswordRecovery(*tg.AuthRequestPasswordRecoveryRequest) (bin.Encoder, error) {
	switch {
	case c.me == nil:
		return nil, errUnregistered()
	case c.me.password == nil:
		return nil, bad("PASSWORD_EMPTY")
	case c.me.password.Email == "":
		return nil, bad("PASSWORD_RECOVERY_NA")
	}
	return &tg.AuthPasswordRecovery{EmailPattern: maskedEmail(c.me.password.Email)}, nil
}

func (c *call) recoverable(code string) error {
	switch {
	case c.me == nil:
		return errUnregistered()
	case c.me.password == nil || c.me.password.Email == "":
		return bad("PASSWORD_RECOVERY_EXPIRED")
	case code == "":
		return bad("CODE_EMPTY")
	case code != c.seed.Code:
		return bad("CODE_INVALID")
	}
	return nil
}

// checkRecoveryPassword: https://core.telegram.org/method/auth.checkRecoveryPassword
func (c *call) checkRecoveryPassword(in *tg.AuthCheckRecoveryPasswordRequest) (bin.Encoder, error) {
	if err := c.recoverable(in.Code); err != nil {
		return nil, err
	}
	return yes()
}

// recoverPassword lets the caller in without the old password, which is gone or replaced.
//
// See https://core.telegram.org/method/auth.recoverPassword.
func (c *call) recoverPassword(in *tg.AuthRecoverPasswordRequest) (bin.Encoder, error) {
	if err := c.recoverable(in.Code); err != nil {
		return nil, err
	}
	settings, given := in.GetNewSettings()
	var next *password
	if given {
		algo, _ := settings.GetNewAlgo()
		var err error
		if next, err = chosenPassword(algo, settings); err != nil {
			return nil, err
		}
	}
	c.me.password = next
	c.me.changes++
	return c.welcome(c.me), nil
}

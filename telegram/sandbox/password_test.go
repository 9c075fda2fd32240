package sandbox

import (
	"context"
	"testing"

	"github.com/gotd/td/telegram/auth"
	"github.com/gotd/td/tg"
)

// prove makes the proof of a password for one call.
func (c *client) prove(t *testing.T, plain string) *tg.InputCheckPasswordSRP {
	t.Helper()
	p, err := c.api.AccountGetPassword(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	proof, err := auth.PasswordHash([]byte(plain), p.SRPID, p.SRPB, p.SecureRandom, p.CurrentAlgo)
	if err != nil {
		t.Fatal(err)
	}
	return proof
}

func knows(plain string) auth.UpdatePasswordOptions {
	return auth.UpdatePasswordOptions{Hint: "what it was", Password: func(context.Context) (string, error) { return plain, nil }}
}

func TestSetChangeAndRemoveThePassword(t *testing.T) {
	s := serve(t, Options{})
	alice := enter(t, s, "alice")
	ctx := t.Context()
	if err := alice.Auth().UpdatePassword(ctx, "first", knows("")); err != nil {
		t.Fatal(err)
	}
	p, err := alice.api.AccountGetPassword(ctx)
	if err != nil || !p.HasPassword || p.Hint != "what it was" {
		t.Errorf("after setting: %v, %v", p, err)
	}
	other := dial(t, s)
	wantError(t, other.signInByCode(t, "+427770001"), "SESSION_PASSWORD_NEEDED")
	if _, err := other.Auth().Password(ctx, "wrong"); err == nil {
		t.Error("a wrong password lets in")
	}
	if _, err := other.Auth().Password(ctx, "first"); err != nil {
		t.Errorf("the right password: %v", err)
	}
	err = alice.Auth().UpdatePassword(ctx, "second", knows("wrong"))
	if err == nil {
		t.Error("who doesn't know the password changes it")
	}
	if err := alice.Auth().UpdatePassword(ctx, "second", knows("first")); err != nil {
		t.Fatal(err)
	}
	_, err = alice.api.AccountGetPasswordSettings(ctx, alice.prove(t, "first"))
	wantError(t, err, "PASSWORD_HASH_INVALID")
	if _, err := alice.api.AccountGetPasswordSettings(ctx, alice.prove(t, "second")); err != nil {
		t.Error(err)
	}
	proof := alice.prove(t, "second")
	if _, err := alice.api.AccountGetPasswordSettings(ctx, proof); err != nil {
		t.Error(err)
	}
	_, err = alice.api.AccountGetPasswordSettings(ctx, proof)
	wantError(t, err, "SRP_ID_INVALID")
	_, err = alice.api.AccountUpdatePasswordSettings(ctx, &tg.AccountUpdatePasswordSettingsRequest{Password: alice.prove(t, "second")})
	wantError(t, err, "NEW_SETTINGS_EMPTY")
	none := tg.AccountPasswordInputSettings{NewPasswordHash: []byte{}}
	none.SetNewAlgo(&tg.PasswordKdfAlgoUnknown{})
	if _, err := alice.api.AccountUpdatePasswordSettings(ctx, &tg.AccountUpdatePasswordSettingsRequest{Password: alice.prove(t, "second"), NewSettings: none}); err != nil {
		t.Fatal(err)
	}
	if p, err := alice.api.AccountGetPassword(ctx); err != nil || p.HasPassword {
		t.Errorf("after removing: %v, %v", p, err)
	}
}

// signInByCode signs in with the code alone.
func (c *client) signInByCode(t *testing.T, phone string) error {
	t.Helper()
	code, err := c.api.AuthSendCode(t.Context(), &tg.AuthSendCodeRequest{PhoneNumber: phone, APIID: c.server.seed.APIID, APIHash: c.server.seed.APIHash})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.api.AuthSignIn(t.Context(), &tg.AuthSignInRequest{PhoneNumber: phone, PhoneCodeHash: code.(*tg.AuthSentCode).PhoneCodeHash, PhoneCode: c.server.seed.Code})
	return err
}

func TestAPasswordIsRecoveredByMail(t *testing.T) {
	s := serve(t, Options{})
	alice := enter(t, s, "alice")
	ctx := t.Context()
	if err := alice.Auth().UpdatePassword(ctx, "forgotten", knows("")); err != nil {
		t.Fatal(err)
	}
	_, err := alice.api.AuthRequestPasswordRecovery(ctx)
	wantError(t, err, "PASSWORD_RECOVERY_NA")
	mail := tg.AccountPasswordInputSettings{}
	mail.SetEmail("alice@example.org")
	if _, err := alice.api.AccountUpdatePasswordSettings(ctx, &tg.AccountUpdatePasswordSettingsRequest{Password: alice.prove(t, "forgotten"), NewSettings: mail}); err != nil {
		t.Fatal(err)
	}
	other := dial(t, s)
	wantError(t, other.signInByCode(t, "+427770001"), "SESSION_PASSWORD_NEEDED")
	sent, err := other.api.AuthRequestPasswordRecovery(ctx)
	if err != nil || sent.EmailPattern != "a***@example.org" {
		t.Errorf("mail goes to %v, %v", sent, err)
	}
	_, err = other.api.AuthCheckRecoveryPassword(ctx, "99999")
	wantError(t, err, "CODE_INVALID")
	if ok, err := other.api.AuthCheckRecoveryPassword(ctx, "12345"); err != nil || !ok {
		t.Error(err)
	}
	_, err = other.api.AuthRecoverPassword(ctx, &tg.AuthRecoverPasswordRequest{})
	wantError(t, err, "CODE_EMPTY")
	if _, err := other.api.AuthRecoverPassword(ctx, &tg.AuthRecoverPasswordRequest{Code: "12345"}); err != nil {
		t.Fatal(err)
	}
	if p, err := other.api.AccountGetPassword(ctx); err != nil || p.HasPassword {
		t.Errorf("after the recovery: %v, %v", p, err)
	}
	_, err = other.api.AuthRequestPasswordRecovery(ctx)
	wantError(t, err, "PASSWORD_EMPTY")
}

func TestPasswordsThatCannotBe(t *testing.T) {
	good := newAlgorithm()
	for name, row := range map[string]struct {
		change func(a *tg.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow)
		hash   []byte
		want   string
	}{
		"another prime":      {func(a *tg.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow) { a.P = []byte{7} }, make([]byte, 256), "NEW_SALT_INVALID"},
		"no salt":            {func(a *tg.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow) { a.Salt1 = nil }, make([]byte, 256), "NEW_SALT_INVALID"},
		"a verifier too big": {func(*tg.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow) {}, good.P, "NEW_SETTINGS_INVALID"},
	} {
		t.Run(name, func(t *testing.T) {
			algo := *good
			row.change(&algo)
			_, err := chosenPassword(&algo, tg.AccountPasswordInputSettings{NewPasswordHash: row.hash})
			wantError(t, err, row.want)
		})
	}
}

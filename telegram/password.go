package telegram

import (
	"context"
	"errors"
	"fmt"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/keyexchange"
)

// kdf is the only way to keep passwords that there is.
type kdf = tg.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow

// PasswordState is how two-step verification stands.
type PasswordState struct {
	On           bool
	Hint         string
	Recovery     bool   // there is an address for who has forgotten it
	Unconfirmed  string // an address that waits to be confirmed, in part; "" for none
	ResetPending int    // date at which the password is gone; 0 for never
}

// Password tells how two-step verification stands.
func (a *Account) Password(ctx context.Context) (PasswordState, error) {
	p, err := a.API().AccountGetPassword(ctx)
	if err != nil {
		return PasswordState{}, fmt.Errorf("ask for two-step verification: %w", err)
	}
	return PasswordState{On: p.HasPassword, Hint: p.Hint, Recovery: p.HasRecovery, Unconfirmed: p.EmailUnconfirmedPattern, ResetPending: p.PendingResetDate}, nil
}

// PasswordChange says what becomes of two-step verification.
type PasswordChange struct {
	Current string // the present password; "" while there is none
	New     string // "" switches it off
	Hint    string
	Email   string // for who forgets it; "" keeps the one that there is

	// EmailCode asks for the code that Telegram sends to Email, of so many characters. Without it the address stays
	// unconfirmed, and the change fails with EMAIL_UNCONFIRMED although the password counts already.
	EmailCode func(ctx context.Context, length int) (string, error)
}

// ErrNoPassword is the removal of a password that there is not.
var ErrNoPassword = errors.New("two-step verification is off")

// EditPassword sets, changes or removes the password of two-step verification. A wrong present one is refused with
// PASSWORD_HASH_INVALID; to remove one that there is not is ErrNoPassword. https://core.telegram.org/api/srp
func (a *Account) EditPassword(ctx context.Context, c PasswordChange) error {
	if err := a.editPassword(ctx, c); err != nil {
		return fmt.Errorf("change two-step verification: %w", err)
	}
	return nil
}

func (a *Account) editPassword(ctx context.Context, c PasswordChange) error {
	present, err := a.API().AccountGetPassword(ctx)
	if err != nil {
		return err
	}
	if !present.HasPassword && c.New == "" {
		return ErrNoPassword
	}
	request := &tg.AccountUpdatePasswordSettingsRequest{Password: &tg.InputCheckPasswordEmpty{}}
	if present.HasPassword {
		if request.Password, err = proofOf(present, c.Current); err != nil {
			return err
		}
	}
	settings := &request.NewSettings
	settings.SetNewAlgo(&tg.PasswordKdfAlgoUnknown{})
	settings.SetNewPasswordHash(nil)
	settings.SetHint(c.Hint)
	if c.New != "" {
		algo, ok := present.NewAlgo.(*kdf)
		if !ok {
			return signInProblem("PASSWORD_ALGO_UNKNOWN", nil)
		}
		salted, hash, err := keyexchange.NewPassword(c.New, algo)
		if err != nil {
			return fmt.Errorf("make the new password: %w", err)
		}
		settings.SetNewAlgo(salted)
		settings.SetNewPasswordHash(hash)
	}
	if c.Email != "" {
		settings.SetEmail(c.Email)
	}
	_, err = a.API().AccountUpdatePasswordSettings(ctx, request)
	if rpc, ok := asRPC(err); ok && rpc.IsType("EMAIL_UNCONFIRMED") && c.EmailCode != nil {
		return a.confirmEmail(ctx, rpc.Argument, c.EmailCode)
	}
	return err
}

func (a *Account) confirmEmail(ctx context.Context, length int, ask func(ctx context.Context, length int) (string, error)) error {
	code, err := ask(ctx, length)
	if err != nil {
		return fmt.Errorf("ask for the code: %w", err)
	}
	_, err = a.API().AccountConfirmPasswordEmail(ctx, code)
	return err
}

// proofOf proves the present password without telling it.
func proofOf(challenge *tg.AccountPassword, password string) (tg.InputCheckPasswordSRPClass, error) {
	algo, ok := challenge.CurrentAlgo.(*kdf)
	if !ok {
		return nil, signInProblem("PASSWORD_ALGO_UNKNOWN", nil)
	}
	proof, err := keyexchange.ProvePassword(password, algo, challenge.SRPB)
	if err != nil {
		return nil, fmt.Errorf("prove the password: %w", err)
	}
	return &tg.InputCheckPasswordSRP{SRPID: challenge.SRPID, A: proof.A, M1: proof.M1}, nil
}

package telegram

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/gotd/td/tg"
)

// Logins lists where the account is signed in; the present session comes first. Its Hash is 0, and EndLogin doesn't
// take it. https://core.telegram.org/method/account.getAuthorizations
func (a *Account) Logins(ctx context.Context) ([]tg.Authorization, error) {
	answer, err := a.API().AccountGetAuthorizations(ctx)
	if err != nil {
		return nil, fmt.Errorf("list sessions: %w", err)
	}
	list := make([]tg.Authorization, 0, len(answer.Authorizations))
	for _, current := range []bool{true, false} {
		for _, one := range answer.Authorizations {
			if one.Current == current {
				list = append(list, one)
			}
		}
	}
	return list, nil
}

// EndLogin signs another session out, by the Hash of Logins. Telegram refuses that to a session that is younger than a
// day: FRESH_RESET_AUTHORISATION_FORBIDDEN. https://core.telegram.org/method/account.resetAuthorization
func (a *Account) EndLogin(ctx context.Context, hash int64) error {
	if _, err := a.API().AccountResetAuthorization(ctx, hash); err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	return nil
}

// EndOtherLogins signs every session out but the present one.
func (a *Account) EndOtherLogins(ctx context.Context) error {
	if _, err := a.API().AuthResetAuthorizations(ctx); err != nil {
		return fmt.Errorf("end other sessions: %w", err)
	}
	return nil
}

// ErrLoginLink is a text that is no link of a QR code.
var ErrLoginLink = errors.New("this is no tg://login link")

// AcceptLogin lets another device sign in that shows a QR code: link is what the code says. It gives the whole account
// to whoever has that device. A text that is none is ErrLoginLink. https://core.telegram.org/api/qr-login
func (a *Account) AcceptLogin(ctx context.Context, link string) (*tg.Authorization, error) {
	token, err := loginToken(link)
	if err != nil {
		return nil, fmt.Errorf("accept login: %w", err)
	}
	accepted, err := a.API().AuthAcceptLoginToken(ctx, token)
	if err != nil {
		return nil, fmt.Errorf("accept login: %w", err)
	}
	return accepted, nil
}

func loginToken(link string) ([]byte, error) {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil || u.Scheme != "tg" || u.Host != "login" {
		return nil, ErrLoginLink
	}
	token, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(u.Query().Get("token"), "="))
	if err != nil || len(token) == 0 {
		return nil, ErrLoginLink
	}
	return token, nil
}

// AccountTTL is after how many days without use the account deletes itself.
func (a *Account) AccountTTL(ctx context.Context) (days int, err error) {
	ttl, err := a.API().AccountGetAccountTTL(ctx)
	if err != nil {
		return 0, fmt.Errorf("get lifetime: %w", err)
	}
	return ttl.Days, nil
}

// SetAccountTTL changes after how many days without use the account deletes itself.
func (a *Account) SetAccountTTL(ctx context.Context, days int) error {
	if _, err := a.API().AccountSetAccountTTL(ctx, tg.AccountDaysTTL{Days: days}); err != nil {
		return fmt.Errorf("set lifetime: %w", err)
	}
	return nil
}

// ChangePhone moves the account to another number, for good. code is asked for the code that Telegram sends to that
// number; its error is returned. A wrong code ends it with PHONE_CODE_INVALID, and is not asked for again.
// https://core.telegram.org/method/account.changePhone
func (a *Account) ChangePhone(ctx context.Context, phone string, code func(ctx context.Context) (string, error)) (*User, error) {
	user, err := a.changePhone(ctx, phone, code)
	if err != nil {
		return nil, fmt.Errorf("change phone number: %w", err)
	}
	return a.changedSelf(user), nil
}

func (a *Account) changePhone(ctx context.Context, phone string, code func(ctx context.Context) (string, error)) (tg.UserClass, error) {
	answer, err := a.API().AccountSendChangePhoneCode(ctx, &tg.AccountSendChangePhoneCodeRequest{PhoneNumber: digits(phone)})
	if err != nil {
		return nil, err
	}
	sent, ok := answer.(*tg.AuthSentCode)
	if !ok {
		return nil, fmt.Errorf("unexpected answer %T", answer)
	}
	typed, err := code(ctx)
	if err != nil {
		return nil, fmt.Errorf("ask for the code: %w", err)
	}
	return a.API().AccountChangePhone(ctx, &tg.AccountChangePhoneRequest{
		PhoneNumber: digits(phone), PhoneCodeHash: sent.PhoneCodeHash, PhoneCode: digits(typed),
	})
}

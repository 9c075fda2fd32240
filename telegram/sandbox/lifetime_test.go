package sandbox

import (
	"testing"
	"time"

	"github.com/gotd/td/tg"
)

func TestHowLongAccountsAndDevicesStay(t *testing.T) {
	s := serve(t, Options{})
	alice := enter(t, s, "alice")
	api, ctx := alice.api, t.Context()
	set := func(days int) error {
		return second(api.AccountSetAccountTTL(ctx, tg.AccountDaysTTL{Days: days}))
	}
	wantError(t, set(29), "TTL_DAYS_INVALID")
	if ttl, err := api.AccountGetAccountTTL(ctx); err != nil || ttl.Days != accountDays {
		t.Errorf("at first: %v, %v", ttl, err)
	}
	if err := set(60); err != nil {
		t.Fatal(err)
	}
	if ttl, err := api.AccountGetAccountTTL(ctx); err != nil || ttl.Days != 60 {
		t.Errorf("then: %v, %v", ttl, err)
	}
	_, err := api.AccountSetAuthorizationTTL(ctx, 0)
	wantError(t, err, "TTL_DAYS_INVALID")
	if _, err := api.AccountSetAuthorizationTTL(ctx, 30); err != nil {
		t.Fatal(err)
	}
	in := &tg.AccountChangeAuthorizationSettingsRequest{}
	in.SetCallRequestsDisabled(true)
	in.SetEncryptedRequestsDisabled(true)
	if _, err := api.AccountChangeAuthorizationSettings(ctx, in); err != nil {
		t.Fatal(err)
	}
	list, err := api.AccountGetAuthorizations(ctx)
	if err != nil || list.AuthorizationTTLDays != 30 || !list.Authorizations[0].CallRequestsDisabled || !list.Authorizations[0].EncryptedRequestsDisabled {
		t.Errorf("devices: %v, %v", list, err)
	}
	in.Hash = 1
	_, err = api.AccountChangeAuthorizationSettings(ctx, in)
	wantError(t, err, "HASH_INVALID")
}

func TestAForgottenPasswordIsTakenAway(t *testing.T) {
	clock := NewVirtualClock(time.Now(), true)
	s := serve(t, Options{Clock: clock})
	alice, carol := enter(t, s, "alice"), enter(t, s, "carol") // who has a password
	ctx := t.Context()
	_, err := alice.api.AccountResetPassword(ctx)
	wantError(t, err, "PASSWORD_EMPTY")
	_, err = alice.api.AccountDeclinePasswordReset(ctx)
	wantError(t, err, "PASSWORD_EMPTY")
	_, err = carol.api.AccountDeclinePasswordReset(ctx)
	wantError(t, err, "RESET_REQUEST_MISSING")
	reset := func() tg.AccountResetPasswordResultClass {
		t.Helper()
		got, err := carol.api.AccountResetPassword(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	until := reset().(*tg.AccountResetPasswordRequestedWait).UntilDate
	if got, err := carol.api.AccountGetPassword(ctx); err != nil || got.PendingResetDate != until {
		t.Errorf("pending: %v, %v", got, err)
	}
	if _, err := carol.api.AccountDeclinePasswordReset(ctx); err != nil {
		t.Fatal(err)
	}
	clock.Advance(time.Hour)
	if again := reset().(*tg.AccountResetPasswordRequestedWait).UntilDate; again != until+3600 {
		t.Errorf("declined and asked for again: %d, then %d", until, again)
	}
	clock.Advance(resetWait * time.Second)
	if got, ok := reset().(*tg.AccountResetPasswordOk); !ok {
		t.Errorf("after a week: %v", got)
	}
	if got, err := carol.api.AccountGetPassword(ctx); err != nil || got.HasPassword {
		t.Errorf("there still is a password: %v, %v", got, err)
	}
}

func TestChangingANumber(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := enter(t, s, "alice"), enter(t, s, "bob")
	ctx := t.Context()
	ask := func(phone string) (*tg.AuthSentCode, error) {
		code, err := alice.api.AccountSendChangePhoneCode(ctx, &tg.AccountSendChangePhoneCodeRequest{PhoneNumber: phone})
		if err != nil {
			return nil, err
		}
		return code.(*tg.AuthSentCode), nil
	}
	wantError(t, second(ask("12")), "PHONE_NUMBER_INVALID")
	wantError(t, second(ask("+427770002")), "PHONE_NUMBER_OCCUPIED")
	code, err := ask("+42 777 5555")
	if err != nil {
		t.Fatal(err)
	}
	change := func(given string) (tg.UserClass, error) {
		return alice.api.AccountChangePhone(ctx, &tg.AccountChangePhoneRequest{PhoneNumber: "+427775555", PhoneCodeHash: code.PhoneCodeHash, PhoneCode: given})
	}
	wantError(t, second(change("1")), "PHONE_CODE_INVALID")
	me, err := change(s.Info().Code)
	if err != nil || me.(*tg.User).Phone != "427775555" {
		t.Fatalf("changed: %v, %v", me, err)
	}
	if u := next[*tg.UpdateUserPhone](t, bob.client); u.UserID != alice.id || u.Phone != "427775555" {
		t.Errorf("bob was told %v", u)
	}
	if err := dial(t, s).signInByCode(t, "+427775555"); err != nil {
		t.Errorf("sign in with the new number: %v", err)
	}
	wantError(t, second(change(s.Info().Code)), "PHONE_CODE_EXPIRED")
}

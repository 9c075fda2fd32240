package sandbox

import (
	"context"
	"encoding/base64"
	"errors"
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/telegram/auth"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

func (c *client) sendCode(t *testing.T, phone string) (*tg.AuthSentCode, error) {
	t.Helper()
	answer, err := c.api.AuthSendCode(t.Context(), &tg.AuthSendCodeRequest{
		PhoneNumber: phone, APIID: c.server.seed.APIID, APIHash: c.server.seed.APIHash,
	})
	if err != nil {
		return nil, err
	}
	return answer.(*tg.AuthSentCode), nil
}

func TestSendCodeRefusals(t *testing.T) {
	s := serve(t, Options{})
	c := dial(t, s)
	for name, row := range map[string]struct{ phone, want string }{
		"a number too short":                     {"12", "PHONE_NUMBER_INVALID"},
		"no number":                              {"", "PHONE_NUMBER_INVALID"},
		"a banned number":                        {"+42 777 09 00", "PHONE_NUMBER_BANNED"},
		"a number that asked for too many codes": {"+427770901", "PHONE_NUMBER_FLOOD"},
		"a number that must wait":                {"+427770902", "FLOOD_WAIT_30"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := c.sendCode(t, row.phone)
			wantError(t, err, row.want)
		})
	}
	_, err := c.api.AuthSendCode(t.Context(), &tg.AuthSendCodeRequest{PhoneNumber: "+427770001", APIID: 1, APIHash: "no"})
	wantError(t, err, "API_ID_INVALID")
}

func TestSignInRefusals(t *testing.T) {
	s := serve(t, Options{Limits: Limits{CodeTries: 2}})
	c := dial(t, s)
	for name, row := range map[string]struct{ phone, code, want string }{
		"an empty code":              {"+427770001", "", "PHONE_CODE_EMPTY"},
		"a wrong code":               {"+427770001", "54321", "PHONE_CODE_INVALID"},
		"a code that has expired":    {"+427770904", "12345", "PHONE_CODE_EXPIRED"},
		"an account that was closed": {"+427770905", "12345", "USER_DEACTIVATED_BAN"},
		"somebody with a password":   {"+427770003", "12345", "SESSION_PASSWORD_NEEDED"},
	} {
		t.Run(name, func(t *testing.T) {
			sent, err := c.sendCode(t, row.phone)
			if err != nil {
				t.Fatal(err)
			}
			_, err = c.api.AuthSignIn(t.Context(), &tg.AuthSignInRequest{PhoneNumber: row.phone, PhoneCodeHash: sent.PhoneCodeHash, PhoneCode: row.code})
			wantError(t, err, row.want)
		})
	}
}

func TestACodeDiesOfWrongTriesAndLivesAgainWhenResent(t *testing.T) {
	s := serve(t, Options{Limits: Limits{CodeTries: 2}})
	c := dial(t, s)
	const phone = "+427770001"
	code, err := c.sendCode(t, phone)
	if err != nil {
		t.Fatal(err)
	}
	try := func(given string) error {
		_, err := c.api.AuthSignIn(t.Context(), &tg.AuthSignInRequest{PhoneNumber: phone, PhoneCodeHash: code.PhoneCodeHash, PhoneCode: given})
		return err
	}
	wantError(t, try("1"), "PHONE_CODE_INVALID")
	wantError(t, try("2"), "PHONE_CODE_INVALID")
	wantError(t, try("12345"), "PHONE_CODE_EXPIRED")
	if _, err := c.api.AuthResendCode(t.Context(), &tg.AuthResendCodeRequest{PhoneNumber: phone, PhoneCodeHash: code.PhoneCodeHash}); err != nil {
		t.Fatal(err)
	}
	if err := try("12345"); err != nil {
		t.Errorf("the right code after a resend: %v", err)
	}
}

func TestACodeIsSentAgainAnotherWayUntilThereIsNone(t *testing.T) {
	s := serve(t, Options{})
	c := dial(t, s)
	const phone = "+427770001"
	code, err := c.sendCode(t, phone)
	if err != nil {
		t.Fatal(err)
	}
	if next, ok := code.GetNextType(); !ok || next.TypeID() != tg.AuthCodeTypeCallTypeID {
		t.Errorf("after an SMS comes %v", next)
	}
	again := func() (tg.AuthSentCodeClass, error) {
		return c.api.AuthResendCode(t.Context(), &tg.AuthResendCodeRequest{PhoneNumber: phone, PhoneCodeHash: code.PhoneCodeHash})
	}
	answer, err := again()
	if err != nil {
		t.Fatal(err)
	}
	call := answer.(*tg.AuthSentCode)
	if _, more := call.GetNextType(); more || call.Type.TypeID() != tg.AuthSentCodeTypeCallTypeID {
		t.Errorf("sent again as %v", call)
	}
	_, err = again()
	wantError(t, err, "SEND_CODE_UNAVAILABLE")
}

func TestACancelledCodeIsWorthNothing(t *testing.T) {
	s := serve(t, Options{})
	c := dial(t, s)
	code, err := c.sendCode(t, "+427770001")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.api.AuthCancelCode(t.Context(), &tg.AuthCancelCodeRequest{PhoneNumber: "+427770001", PhoneCodeHash: code.PhoneCodeHash}); err != nil {
		t.Fatal(err)
	}
	_, err = c.api.AuthSignIn(t.Context(), &tg.AuthSignInRequest{PhoneNumber: "+427770001", PhoneCodeHash: code.PhoneCodeHash, PhoneCode: "12345"})
	wantError(t, err, "PHONE_CODE_EXPIRED")
}

func TestAnUnregisteredNumberMaySignUpNowhere(t *testing.T) {
	s := serve(t, Options{})
	c := dial(t, s)
	const phone = "+427770903"
	code, err := c.sendCode(t, phone)
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Auth().SignIn(t.Context(), phone, "12345", code.PhoneCodeHash)
	if !errors.As(err, new(*auth.SignUpRequired)) {
		t.Errorf("got %v, want a call for sign-up", err)
	}
	_, err = c.api.AuthSignUp(t.Context(), &tg.AuthSignUpRequest{PhoneNumber: phone, PhoneCodeHash: code.PhoneCodeHash, FirstName: "Eve"})
	wantError(t, err, "UPDATE_APP_TO_LOGIN")
}

func TestTheCodeGoesToTheAppWhereThereIsOne(t *testing.T) {
	s := serve(t, Options{})
	second := dial(t, s)
	sms, err := second.sendCode(t, "+427770001")
	if err != nil || sms.Type.TypeID() != tg.AuthSentCodeTypeSMSTypeID {
		t.Errorf("with no app: %v, %v", sms, err)
	}
	alice := login(t, s, "alice")
	app, err := second.sendCode(t, "+427770001")
	if err != nil || app.Type.TypeID() != tg.AuthSentCodeTypeAppTypeID {
		t.Errorf("with an app: %v, %v", app, err)
	}
	m := next[*tg.UpdateNewMessage](t, alice).Message.(*tg.Message)
	if m.PeerID.(*tg.PeerUser).UserID != serviceID {
		t.Errorf("the code came from %v", m.PeerID)
	}
}

func TestPasswordIsAskedForAndChecked(t *testing.T) {
	s := serve(t, Options{})
	c := dial(t, s)
	code, err := c.sendCode(t, "+427770003")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Auth().SignIn(t.Context(), "+427770003", "12345", code.PhoneCodeHash); !errors.Is(err, auth.ErrPasswordAuthNeeded) {
		t.Fatalf("got %v, want to be asked for the password", err)
	}
	_, err = c.api.MessagesGetDialogs(t.Context(), &tg.MessagesGetDialogsRequest{OffsetPeer: &tg.InputPeerEmpty{}})
	wantError(t, err, "SESSION_PASSWORD_NEEDED")
	if _, err := c.Auth().Password(t.Context(), "wrong"); !errors.Is(err, auth.ErrPasswordInvalid) {
		t.Errorf("a wrong password: %v", err)
	}
	_, err = c.api.AuthCheckPassword(t.Context(), &tg.InputCheckPasswordSRP{SRPID: 1, A: []byte{1}, M1: []byte{1}})
	wantError(t, err, "SRP_ID_INVALID")
	password, err := c.api.AccountGetPassword(t.Context())
	if err != nil || password.Hint != "battery staple" {
		t.Errorf("the hint is %v, %v", password, err)
	}
	if _, err := c.Auth().Password(t.Context(), "correct horse"); err != nil {
		t.Errorf("the right password: %v", err)
	}
	self, err := c.Self(t.Context())
	if err != nil || self.FirstName != "carol" {
		t.Errorf("signed in as %v, %v", self, err)
	}
}

func TestBotTokens(t *testing.T) {
	s := serve(t, Options{})
	c := dial(t, s)
	_, err := c.Auth().Bot(t.Context(), "1:wrong")
	wantError(t, err, "ACCESS_TOKEN_INVALID")
	if err := c.signIn(t.Context(), "EchoBot"); err != nil {
		t.Fatal(err)
	}
	_, err = c.api.MessagesGetHistory(t.Context(), &tg.MessagesGetHistoryRequest{Peer: &tg.InputPeerSelf{}})
	wantError(t, err, "BOT_METHOD_INVALID")
}

func TestQRSignIn(t *testing.T) {
	s := serve(t, Options{})
	c := dial(t, s)
	export := func() tg.AuthLoginTokenClass {
		answer, err := c.api.AuthExportLoginToken(t.Context(), &tg.AuthExportLoginTokenRequest{APIID: s.seed.APIID, APIHash: s.seed.APIHash})
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
	shown := export().(*tg.AuthLoginToken)
	link := "tg://login?token=" + base64.URLEncoding.EncodeToString(shown.Token)
	if err := s.Person("bob").AcceptLogin(link); err != nil {
		t.Fatal(err)
	}
	next[*tg.UpdateLoginToken](t, c)
	if _, ok := export().(*tg.AuthLoginTokenSuccess); !ok {
		t.Error("the accepted code didn't sign in")
	}
	self, err := c.Self(t.Context())
	if err != nil || self.FirstName != "bob" {
		t.Errorf("signed in as %v, %v", self, err)
	}
	if err := s.Person("bob").AcceptLogin(link); err == nil {
		t.Error("a spent code was accepted again")
	}
}

func TestQRAcceptedByAnotherClientOfTheAccount(t *testing.T) {
	s := serve(t, Options{})
	alice, c := login(t, s, "alice"), dial(t, s)
	answer, err := c.api.AuthExportLoginToken(t.Context(), &tg.AuthExportLoginTokenRequest{APIID: s.seed.APIID, APIHash: s.seed.APIHash})
	if err != nil {
		t.Fatal(err)
	}
	token := answer.(*tg.AuthLoginToken).Token
	if _, err := alice.api.AuthAcceptLoginToken(t.Context(), token); err != nil {
		t.Fatal(err)
	}
	_, err = alice.api.AuthAcceptLoginToken(t.Context(), token)
	wantError(t, err, "AUTH_TOKEN_ALREADY_ACCEPTED")
	_, err = alice.api.AuthAcceptLoginToken(t.Context(), []byte("none"))
	wantError(t, err, "AUTH_TOKEN_INVALID")
}

func TestMigration(t *testing.T) {
	for name, who := range map[string]string{
		"PHONE_MIGRATE to the person's data centre":  "dave",
		"NETWORK_MIGRATE to the nearest data centre": "erin",
		"USER_MIGRATE to the bot's data centre":      "FarBot",
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, Options{})
			c := login(t, s, who)
			self, err := c.Self(t.Context())
			if err != nil || self.FirstName != who {
				t.Errorf("signed in as %v, %v", self, err)
			}
			near, err := c.api.HelpGetNearestDC(t.Context())
			if err != nil || near.ThisDC != secondDC {
				t.Errorf("at %v, %v", near, err)
			}
		})
	}
}

func TestExportedAuthorization(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	export, err := alice.api.AuthExportAuthorization(t.Context(), secondDC)
	if err != nil {
		t.Fatal(err)
	}
	abroad := s.abroad(t)
	if _, err := abroad(&tg.AuthImportAuthorizationRequest{ID: 1, Bytes: export.Bytes}); !tgerr.Is(err, "AUTH_BYTES_INVALID") {
		t.Errorf("bytes of another id: %v", err)
	}
	if _, err := abroad(&tg.AuthImportAuthorizationRequest{ID: export.ID, Bytes: export.Bytes}); err != nil {
		t.Fatal(err)
	}
	if _, err := abroad(&tg.UsersGetUsersRequest{ID: []tg.InputUserClass{&tg.InputUserSelf{}}}); err != nil {
		t.Errorf("who am I: %v", err)
	}
	_, err = abroad(&tg.MessagesGetHistoryRequest{Peer: &tg.InputPeerSelf{}})
	wantError(t, err, "USER_MIGRATE_2")
}

// abroad calls methods at the second data centre with a key of its own, without a connection.
func (s *Server) abroad(t *testing.T) func(in bin.Encoder) (bin.Encoder, error) {
	t.Helper()
	key, err := s.dcs[secondDC].keys.NewReady()
	if err != nil {
		t.Fatal(err)
	}
	return func(in bin.Encoder) (bin.Encoder, error) {
		return s.direct(t.Context(), secondDC, key.IntID(), in)
	}
}

func (s *Server) direct(ctx context.Context, dc int, key int64, in bin.Encoder) (bin.Encoder, error) {
	var b bin.Buffer
	if err := in.Encode(&b); err != nil {
		return nil, err
	}
	id, err := b.PeekID()
	if err != nil {
		return nil, err
	}
	return s.serve(ctx, s.dcs[dc], wireRequest(key, id, &b))
}

func TestLogOutAndTheListOfSessions(t *testing.T) {
	s := serve(t, Options{})
	first, second := login(t, s, "alice"), login(t, s, "alice")
	next[*tg.UpdateNewAuthorization](t, first)
	list, err := first.api.AccountGetAuthorizations(t.Context())
	if err != nil || len(list.Authorizations) != 2 {
		t.Fatalf("sessions: %v, %v", list, err)
	}
	for _, a := range list.Authorizations {
		if a.Current != (a.Hash == 0) {
			t.Errorf("only the current session has no hash: %v", a)
		}
		if !a.Current {
			if _, err := first.api.AccountResetAuthorization(t.Context(), a.Hash); err != nil {
				t.Fatal(err)
			}
		}
	}
	_, err = second.api.UpdatesGetState(t.Context())
	wantError(t, err, "SESSION_REVOKED")
	_, err = first.api.AccountResetAuthorization(t.Context(), 1)
	wantError(t, err, "HASH_INVALID")
	if _, err := first.api.AuthLogOut(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err = first.api.UpdatesGetState(t.Context())
	wantError(t, err, "AUTH_KEY_UNREGISTERED")
}

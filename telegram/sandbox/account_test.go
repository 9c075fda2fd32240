package sandbox

import (
	"strings"
	"testing"

	"github.com/gotd/td/tg"
)

func TestProfile(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	change := func(first, about string) (tg.UserClass, error) {
		in := &tg.AccountUpdateProfileRequest{}
		in.SetFirstName(first)
		in.SetLastName("Liddell")
		in.SetAbout(about)
		return alice.api.AccountUpdateProfile(t.Context(), in)
	}
	_, err := change(" ", "")
	wantError(t, err, "FIRSTNAME_INVALID")
	_, err = change("alice", strings.Repeat("x", 71))
	wantError(t, err, "ABOUT_TOO_LONG")
	me, err := change("alice", "curious")
	if err != nil || me.(*tg.User).LastName != "Liddell" {
		t.Errorf("alice is %v, %v", me, err)
	}
	full, err := alice.api.UsersGetFullUser(t.Context(), &tg.InputUserSelf{})
	if err != nil || full.FullUser.About != "curious" {
		t.Errorf("about: %v, %v", full, err)
	}
	for name, row := range map[string]struct {
		username string
		free     bool
		want     string
	}{
		"a free one":  {username: "somebody_new", free: true},
		"a taken one": {username: "ALICE"},
		"a short one": {username: "abc", want: "USERNAME_INVALID"},
		"a wrong one": {username: "no-dash", want: "USERNAME_INVALID"},
	} {
		t.Run(name, func(t *testing.T) {
			free, err := alice.api.AccountCheckUsername(t.Context(), row.username)
			if row.want != "" {
				wantError(t, err, row.want)
				return
			}
			if err != nil || free != row.free {
				t.Errorf("got %v, %v", free, err)
			}
		})
	}
}

func TestStatusIsShownToContacts(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	if _, err := alice.api.AccountUpdateStatus(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	if u := next[*tg.UpdateUserStatus](t, bob); u.UserID != 1001 || u.Status.TypeID() != tg.UserStatusOnlineTypeID {
		t.Errorf("bob sees %v", u)
	}
	if _, err := alice.api.AccountUpdateStatus(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	if u := next[*tg.UpdateUserStatus](t, bob); u.Status.TypeID() != tg.UserStatusOfflineTypeID {
		t.Errorf("bob sees %v", u)
	}
	statuses, err := bob.api.ContactsGetStatuses(t.Context())
	if err != nil || len(statuses) != 4 {
		t.Errorf("statuses: %v, %v", statuses, err)
	}
}

func TestBotCommands(t *testing.T) {
	s := serve(t, Options{})
	bot, alice := login(t, s, "EchoBot"), login(t, s, "alice")
	set := func(command, description string) error {
		_, err := bot.api.BotsSetBotCommands(t.Context(), &tg.BotsSetBotCommandsRequest{
			Scope: &tg.BotCommandScopeDefault{}, Commands: []tg.BotCommand{{Command: command, Description: description}},
		})
		return err
	}
	wantError(t, set("Loud", "x"), "BOT_COMMAND_INVALID")
	wantError(t, set("help", ""), "BOT_COMMAND_DESCRIPTION_INVALID")
	if err := set("help", "What I can do"); err != nil {
		t.Fatal(err)
	}
	list, err := bot.api.BotsGetBotCommands(t.Context(), &tg.BotsGetBotCommandsRequest{Scope: &tg.BotCommandScopeDefault{}})
	if err != nil || len(list) != 1 || list[0].Command != "help" {
		t.Errorf("commands: %v, %v", list, err)
	}
	in := alice.to(t, "sandbox_echo_bot").(*tg.InputPeerUser)
	full, err := alice.api.UsersGetFullUser(t.Context(), &tg.InputUser{UserID: in.UserID, AccessHash: in.AccessHash})
	if err != nil || len(full.FullUser.BotInfo.Commands) != 1 {
		t.Errorf("alice sees %v, %v", full, err)
	}
	if _, err := bot.api.BotsResetBotCommands(t.Context(), &tg.BotsResetBotCommandsRequest{Scope: &tg.BotCommandScopeDefault{}}); err != nil {
		t.Fatal(err)
	}
	if list, err = bot.api.BotsGetBotCommands(t.Context(), &tg.BotsGetBotCommandsRequest{Scope: &tg.BotCommandScopeDefault{}}); err != nil || len(list) != 0 {
		t.Errorf("after the reset: %v, %v", list, err)
	}
	_, err = alice.api.BotsGetBotCommands(t.Context(), &tg.BotsGetBotCommandsRequest{Scope: &tg.BotCommandScopeDefault{}})
	wantError(t, err, "USER_BOT_REQUIRED")
}

func TestSettingsThatNobodyChanges(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	ctx := t.Context()
	for name, call := range map[string]func() error{
		"account.getNotifySettings": func() error {
			_, err := alice.api.AccountGetNotifySettings(ctx, &tg.InputNotifyUsers{})
			return err
		},
		"account.getPrivacy": func() error {
			_, err := alice.api.AccountGetPrivacy(ctx, &tg.InputPrivacyKeyPhoneNumber{})
			return err
		},
		"contacts.getTopPeers": func() error {
			_, err := alice.api.ContactsGetTopPeers(ctx, &tg.ContactsGetTopPeersRequest{Correspondents: true})
			return err
		},
		"contacts.getBlocked": func() error {
			_, err := alice.api.ContactsGetBlocked(ctx, &tg.ContactsGetBlockedRequest{})
			return err
		},
		"messages.getPinnedDialogs": func() error { _, err := alice.api.MessagesGetPinnedDialogs(ctx, 0); return err },
		"messages.getDialogFilters": func() error { _, err := alice.api.MessagesGetDialogFilters(ctx); return err },
		"messages.receivedMessages": func() error { _, err := alice.api.MessagesReceivedMessages(ctx, 1); return err },
		"messages.readMessageContents": func() error {
			_, err := alice.api.MessagesReadMessageContents(ctx, []int{1})
			return err
		},
		"messages.getPeerSettings": func() error {
			_, err := alice.api.MessagesGetPeerSettings(ctx, alice.to(t, "bobby"))
			return err
		},
		"help.getAppConfig":       func() error { _, err := alice.api.HelpGetAppConfig(ctx, 0); return err },
		"help.getAppConfig again": func() error { _, err := alice.api.HelpGetAppConfig(ctx, 1); return err },
		"help.getCdnConfig":       func() error { _, err := alice.api.HelpGetCDNConfig(ctx); return err },
		"help.getCountriesList": func() error {
			_, err := alice.api.HelpGetCountriesList(ctx, &tg.HelpGetCountriesListRequest{LangCode: "en"})
			return err
		},
		"help.getTermsOfServiceUpdate": func() error { _, err := alice.api.HelpGetTermsOfServiceUpdate(ctx); return err },
		"help.getPromoData":            func() error { _, err := alice.api.HelpGetPromoData(ctx); return err },
		"help.saveAppLog":              func() error { _, err := alice.api.HelpSaveAppLog(ctx, nil); return err },
		"langpack.getLangPack": func() error {
			_, err := alice.api.LangpackGetLangPack(ctx, &tg.LangpackGetLangPackRequest{LangPack: "tdesktop", LangCode: "en"})
			return err
		},
		"langpack.getDifference": func() error {
			_, err := alice.api.LangpackGetDifference(ctx, &tg.LangpackGetDifferenceRequest{LangCode: "en", FromVersion: 1})
			return err
		},
		"langpack.getStrings": func() error {
			_, err := alice.api.LangpackGetStrings(ctx, &tg.LangpackGetStringsRequest{LangCode: "en", Keys: []string{"x"}})
			return err
		},
		"langpack.getLanguages": func() error { _, err := alice.api.LangpackGetLanguages(ctx, "tdesktop"); return err },
	} {
		t.Run(name, func(t *testing.T) {
			if err := call(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestResetOfAllOtherSessions(t *testing.T) {
	s := serve(t, Options{})
	first, second, third := login(t, s, "alice"), login(t, s, "alice"), login(t, s, "alice")
	if _, err := third.api.AuthResetAuthorizations(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, c := range []*client{first, second} {
		_, err := c.api.UpdatesGetState(t.Context())
		wantError(t, err, "SESSION_REVOKED")
	}
	if _, err := third.api.UpdatesGetState(t.Context()); err != nil {
		t.Errorf("the one that reset is out, too: %v", err)
	}
	// Who was signed out may sign in again with the same key.
	if err := first.signIn(t.Context(), "alice"); err != nil {
		t.Errorf("sign in again: %v", err)
	}
}

func TestQRLeadsToTheAccountsDataCentre(t *testing.T) {
	s := serve(t, Options{})
	c := dial(t, s)
	export := func() tg.AuthLoginTokenClass {
		t.Helper()
		answer, err := c.api.AuthExportLoginToken(t.Context(), &tg.AuthExportLoginTokenRequest{APIID: s.seed.APIID, APIHash: s.seed.APIHash})
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
	token := export().(*tg.AuthLoginToken).Token
	if err := s.Person("dave").act(func(u *user) error { _, err := s.accept(u, string(token)); return err }); err != nil {
		t.Fatal(err)
	}
	move, ok := export().(*tg.AuthLoginTokenMigrateTo)
	if !ok || move.DCID != secondDC {
		t.Fatalf("got %v", move)
	}
	abroad := s.abroad(t)
	if _, err := abroad(&tg.AuthImportLoginTokenRequest{Token: move.Token}); err != nil {
		t.Fatal(err)
	}
	if _, err := abroad(&tg.UpdatesGetStateRequest{}); err != nil {
		t.Errorf("signed in at home: %v", err)
	}
	_, err := abroad(&tg.AuthImportLoginTokenRequest{Token: move.Token})
	wantError(t, err, "AUTH_TOKEN_INVALID")
	for name, link := range map[string]string{"no token": "tg://login", "no base64": "tg://login?token=%%%", "another's token": "tg://login?token=AAAA"} {
		if err := s.Person("bob").AcceptLogin(link); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestForgottenKeys(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	alice.stop()
	if err := s.ForgetKeys("alice"); err != nil {
		t.Fatal(err)
	}
	if err := s.Person("alice").act(func(u *user) error {
		if len(u.auths) != 0 {
			t.Errorf("still signed in: %v", u.auths)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestAddingAContact(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	in := alice.to(t, "bobby").(*tg.InputPeerUser)
	bob := &tg.InputUser{UserID: in.UserID, AccessHash: in.AccessHash}
	add := func(who tg.InputUserClass, name string) error {
		_, err := alice.api.ContactsAddContact(t.Context(), &tg.ContactsAddContactRequest{ID: who, FirstName: name})
		return err
	}
	wantError(t, add(bob, " "), "CONTACT_NAME_EMPTY")
	wantError(t, add(&tg.InputUserSelf{}, "me"), "CONTACT_ID_INVALID")
	wantError(t, add(&tg.InputUser{UserID: 1002, AccessHash: 1}, "x"), "USER_ID_INVALID")
	if _, err := alice.api.ContactsDeleteContacts(t.Context(), []tg.InputUserClass{bob}); err != nil {
		t.Fatal(err)
	}
	if err := add(bob, "Bob"); err != nil {
		t.Fatal(err)
	}
	users, err := alice.api.UsersGetUsers(t.Context(), []tg.InputUserClass{bob})
	if err != nil || !users[0].(*tg.User).MutualContact {
		t.Errorf("bob is %v, %v", users, err)
	}
}

func TestLogOutWhileThePasswordIsAskedFor(t *testing.T) {
	s := serve(t, Options{})
	c := dial(t, s)
	_, err := c.api.AuthLogOut(t.Context())
	wantError(t, err, "AUTH_KEY_UNREGISTERED")
	code, err := c.sendCode(t, "+427770003")
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.api.AuthSignIn(t.Context(), &tg.AuthSignInRequest{PhoneNumber: "+427770003", PhoneCodeHash: code.PhoneCodeHash, PhoneCode: "12345"})
	wantError(t, err, "SESSION_PASSWORD_NEEDED")
	if _, err := c.api.AuthLogOut(t.Context()); err != nil {
		t.Errorf("given up: %v", err)
	}
	_, err = c.api.AccountGetPassword(t.Context())
	wantError(t, err, "AUTH_KEY_UNREGISTERED")
}

func TestABannedAccountCannotSignIn(t *testing.T) {
	s := serve(t, Options{})
	for _, who := range []string{"bob", "EchoBot"} {
		if err := s.Ban(who, true); err != nil {
			t.Fatal(err)
		}
	}
	c := dial(t, s)
	_, err := c.sendCode(t, "+427770002")
	wantError(t, err, "PHONE_NUMBER_BANNED")
	wantError(t, c.signIn(t.Context(), "EchoBot"), "ACCESS_TOKEN_EXPIRED")
	alice := login(t, s, "alice")
	_, err = alice.api.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{Peer: alice.to(t, "bobby"), Message: "?", RandomID: random()})
	wantError(t, err, "INPUT_USER_DEACTIVATED")
	if err := s.Ban("bob", false); err != nil {
		t.Fatal(err)
	}
	if _, err := c.sendCode(t, "+427770002"); err != nil {
		t.Errorf("opened again: %v", err)
	}
}

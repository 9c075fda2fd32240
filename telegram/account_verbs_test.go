package telegram_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// kindOf is Telegram's name of an error; "" for none.
func kindOf(err error) string {
	var rpc *telegram.RPCError
	if errors.As(err, &rpc) {
		return rpc.Kind
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func titles(peers []telegram.Peer) string {
	var all []string
	for _, p := range peers {
		all = append(all, titleOf(p))
	}
	return strings.Join(all, " ")
}

func TestContacts(t *testing.T) {
	asAlice(t, func(ctx context.Context, _ *sandbox.Server, a *telegram.Account, _ *listener) {
		must(t, a.DeleteContacts(ctx, telegram.Name("@bobby"), telegram.Name("@carol")))
		all, err := a.Contacts(ctx)
		must(t, err)
		if got := titles(all); strings.Contains(got, "bob") || strings.Contains(got, "carol") {
			t.Errorf("contacts are still %s", got)
		}
		bob, err := a.AddContact(ctx, telegram.Name("@bobby"), "", telegram.ContactOptions{})
		must(t, err)
		if !bob.User.Contact {
			t.Error("bob is no contact")
		}
		found, err := a.ImportContacts(ctx, []telegram.NewContact{{Phone: "+42 999 9999", FirstName: "Nobody"}, {Phone: "+42 777 0003", FirstName: "Carol"}})
		must(t, err)
		if len(found) != 2 || found[0].ID != 0 || found[1].ID != 1003 {
			t.Errorf("found %v", found)
		}
		if all, err = a.Contacts(ctx); err != nil || !strings.Contains(titles(all), "bob Carol") {
			t.Errorf("contacts are %s, %v", titles(all), err)
		}
		own, others, err := a.SearchPeers(ctx, "sandbox", 0)
		must(t, err)
		if got := titles(own) + "|" + titles(others); !strings.Contains(got, "News") || !strings.Contains(titles(others), "PrivateBot") {
			t.Errorf("found %s", got)
		}
		if _, err := a.AddContact(ctx, telegram.Name("Friends"), "x", telegram.ContactOptions{}); err == nil || !strings.Contains(err.Error(), "is no user") {
			t.Errorf("a group as a contact: %v", err)
		}
	})
}

func TestBlocking(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		must(t, a.Block(ctx, telegram.Name("@bobby")))
		say(t, s, "bob", "alice", "can you hear me")
		got, err := s.Person("alice").Messages("bob")
		must(t, err)
		if len(got) != 0 {
			t.Errorf("alice got %v", got)
		}
		must(t, a.Block(ctx, telegram.Name("@carol")))
		list, total, err := a.Blocked(0).Collect(ctx)
		must(t, err)
		if len(list) != 2 || total != 2 || list[0].Date == 0 {
			t.Errorf("blocked are %+v", list)
		}
		must(t, a.Unblock(ctx, telegram.Name("@bobby")))
		if list, _, err = a.Blocked(1).Collect(ctx); err != nil || len(list) != 1 || list[0].Peer.ID != 1003 {
			t.Errorf("blocked are %+v, %v", list, err)
		}
	})
}

func TestProfile(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		last, about, none := "Smith", "likes tea", ""
		me, err := a.UpdateProfile(ctx, telegram.Profile{LastName: &last, About: &about})
		must(t, err)
		if me.FirstName != "alice" || me.LastName != "Smith" || a.Self().LastName != "Smith" {
			t.Errorf("she is %+v", me)
		}
		_, err = a.UpdateProfile(ctx, telegram.Profile{FirstName: &none})
		if kindOf(err) != "FIRSTNAME_INVALID" {
			t.Errorf("without a name: %v", err)
		}
		if me, err = a.UpdateUsername(ctx, "alice_smith"); err != nil || me.Username != "alice_smith" {
			t.Errorf("%+v, %v", me, err)
		}
		if _, err = a.UpdateUsername(ctx, "bobby"); kindOf(err) != "USERNAME_OCCUPIED" {
			t.Errorf("a name that is taken: %v", err)
		}
		must(t, a.SetOnline(ctx, true))
		must(t, a.SetOnline(ctx, false))
		must(t, a.SetBirthday(ctx, &telegram.Birthday{Day: 29, Month: 2}))
		must(t, a.SetColour(ctx, telegram.Colour{ID: 3}, false))
		full, err := a.API().UsersGetFullUser(ctx, &tg.InputUserSelf{})
		must(t, err)
		born, _ := full.FullUser.GetBirthday()
		color, _ := full.Users[0].(*tg.User).GetColor()
		if peerColor, ok := color.(*tg.PeerColor); born.Day != 29 || born.Month != 2 || full.FullUser.About != "likes tea" || !ok || peerColor.Color != 3 {
			t.Errorf("she is %+v, colour %v", full.FullUser, color)
		}
		must(t, a.SetBirthday(ctx, nil))
		must(t, a.SetColour(ctx, telegram.Colour{ID: -1}, false))
		must(t, a.SetEmojiStatus(ctx, 0, time.Time{}))
		for what, err := range map[string]error{
			"BIRTHDAY_INVALID":         a.SetBirthday(ctx, &telegram.Birthday{Day: 31, Month: 13}),
			"PREMIUM_ACCOUNT_REQUIRED": a.SetEmojiStatus(ctx, 5, time.Now()),
			"TTL_DAYS_INVALID":         a.SetAccountTTL(ctx, 3),
		} {
			if kindOf(err) != what {
				t.Errorf("got %v, want %s", err, what)
			}
		}
		if err := a.SetColour(ctx, telegram.Colour{ID: 9, Emoji: 1}, true); kindOf(err) != "PREMIUM_ACCOUNT_REQUIRED" {
			t.Errorf("a colour for premium: %v", err)
		}
		must(t, a.SetAccountTTL(ctx, 90))
		if days, err := a.AccountTTL(ctx); err != nil || days != 90 {
			t.Errorf("%d days, %v", days, err)
		}
	})
}

func TestPrivacy(t *testing.T) {
	asAlice(t, func(ctx context.Context, _ *sandbox.Server, a *telegram.Account, _ *listener) {
		for _, key := range telegram.PrivacyKeys() {
			p, err := a.Privacy(ctx, key)
			if kindOf(err) == "PRIVACY_KEY_INVALID" {
				continue // newer than the sandbox
			}
			if must(t, err); p.Allow != telegram.Everyone {
				t.Errorf("%s is for %s", key, p.Allow)
			}
		}
		set, err := a.SetPrivacy(ctx, "phone", telegram.Privacy{
			Allow: telegram.OnlyContacts, Never: []telegram.Target{telegram.Name("@bobby"), telegram.Name("Friends")},
			Always: []telegram.Target{telegram.Name("@carol"), telegram.Name("@sandbox_workshop")},
		})
		must(t, err)
		got, err := a.Privacy(ctx, "phone")
		must(t, err)
		for _, p := range []telegram.Privacy{set, got} {
			if p.Allow != telegram.OnlyContacts || len(p.Never) != 2 || p.Never[0].(telegram.Peer).ID != 1002 || p.Never[1].(telegram.Peer).ID != -3001 ||
				len(p.Always) != 2 || p.Always[0].(telegram.Peer).ID != 1003 || p.Always[1].(telegram.Peer).ID != -1000000003002 {
				t.Errorf("the rules are %+v", p)
			}
		}
		for audience, p := range map[telegram.Audience]telegram.Privacy{
			telegram.Everyone:     {Allow: telegram.Everyone, NoBots: true},
			telegram.CloseFriends: {Allow: telegram.CloseFriends, Premium: true},
			telegram.Nobody:       {Allow: telegram.Nobody, Bots: true},
		} {
			got, err := a.SetPrivacy(ctx, "about", p)
			must(t, err)
			if got.Allow != audience || got.Bots != p.Bots || got.NoBots != p.NoBots || got.Premium != p.Premium {
				t.Errorf("for %s: %+v", audience, got)
			}
		}
		if _, err := a.SetPrivacy(ctx, "about", telegram.Privacy{}); !errors.Is(err, telegram.ErrPrivacyAudience) {
			t.Errorf("without an audience: %v", err)
		}
		_, err = a.Privacy(ctx, "shoes")
		if _, other := a.SetPrivacy(ctx, "shoes", telegram.Privacy{Allow: telegram.Nobody}); !errors.Is(err, telegram.ErrPrivacyKey) || !errors.Is(other, telegram.ErrPrivacyKey) {
			t.Errorf("a key that is none: %v, %v", err, other)
		}
	})
}

func TestLogins(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		other := func() *telegram.Account {
			opts := ready(t, s, options(s))
			return open(t, opts)
		}
		var link string
		scan := other()
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		shown := make(chan string, 10)
		signed := make(chan error, 1)
		go func() {
			signed <- scan.Run(ctx, func(ctx context.Context) error {
				_, err := scan.SignInQR(ctx, func(url string, _ time.Time) error { shown <- url; return nil }, nil)
				return err
			})
		}()
		link = <-shown
		accepted, err := a.AcceptLogin(ctx, link)
		must(t, err)
		if accepted.DeviceModel == "" {
			t.Errorf("accepted is %+v", accepted)
		}
		must(t, <-signed)
		list, err := a.Logins(ctx)
		must(t, err)
		if len(list) != 2 || !list[0].Current || list[1].Hash == 0 {
			t.Fatalf("signed in are %+v", list)
		}
		must(t, a.EndLogin(ctx, list[1].Hash))
		if list, err = a.Logins(ctx); err != nil || len(list) != 1 {
			t.Errorf("signed in are %+v, %v", list, err)
		}
		must(t, signedIn(t, other(), alice(), nothing))
		must(t, a.EndOtherLogins(ctx))
		if list, err = a.Logins(ctx); err != nil || len(list) != 1 {
			t.Errorf("signed in are %+v, %v", list, err)
		}
		for _, wrong := range []string{"", "https://t.me/x", "tg://login", "tg://login?token=", "tg://login?token=***", "tg://resolve?token=abcd"} {
			if _, err := a.AcceptLogin(ctx, wrong); !errors.Is(err, telegram.ErrLoginLink) {
				t.Errorf("%q: %v", wrong, err)
			}
		}
		if kind := kindOf(a.EndLogin(ctx, 12345)); kind != "HASH_INVALID" {
			t.Errorf("a session that is none: %s", kind)
		}
	})
}

func TestChangingThePhoneNumber(t *testing.T) {
	asAlice(t, func(ctx context.Context, _ *sandbox.Server, a *telegram.Account, _ *listener) {
		code := func(code string) func(context.Context) (string, error) {
			return func(context.Context) (string, error) { return code, nil }
		}
		_, err := a.ChangePhone(ctx, "+42 777 0002", code(rightCode))
		if kindOf(err) != "PHONE_NUMBER_OCCUPIED" {
			t.Errorf("bob's number: %v", err)
		}
		if _, err := a.ChangePhone(ctx, "+42 777 0666", code("00000")); kindOf(err) != "PHONE_CODE_INVALID" {
			t.Errorf("a wrong code: %v", err)
		}
		if _, err := a.ChangePhone(ctx, "+42 777 0666", func(context.Context) (string, error) { return "", errGone }); !errors.Is(err, errGone) {
			t.Errorf("nobody there: %v", err)
		}
		me, err := a.ChangePhone(ctx, "+42 777 0666", code("1-2-3-4-5"))
		must(t, err)
		if me.Phone != "427770666" || a.Self().Phone != "427770666" {
			t.Errorf("the number is %s", me.Phone)
		}
	})
}

func TestEditingThePassword(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		must(t, a.EditPassword(ctx, telegram.PasswordChange{New: "tea for two", Hint: "drink", Email: "a@example.com"}))
		state, err := a.Password(ctx)
		must(t, err)
		if !state.On || state.Hint != "drink" || !state.Recovery {
			t.Errorf("it is %+v", state)
		}
		other := open(t, ready(t, s, options(s)))
		asked := alice()
		asked.passwords = []string{"tea for one", "tea for two"}
		must(t, signedIn(t, other, asked, nothing))
		if len(asked.hints) != 2 || asked.hints[0] != "drink" {
			t.Errorf("hints were %v", asked.hints)
		}
		if err := a.EditPassword(ctx, telegram.PasswordChange{Current: "wrong", New: "x"}); kindOf(err) != "PASSWORD_HASH_INVALID" {
			t.Errorf("the wrong password: %v", err)
		}
		must(t, a.EditPassword(ctx, telegram.PasswordChange{Current: "tea for two", New: "tea for three"}))
		must(t, a.EditPassword(ctx, telegram.PasswordChange{Current: "tea for three"}))
		if state, err = a.Password(ctx); err != nil || state.On {
			t.Errorf("it is still on: %+v, %v", state, err)
		}
		if err := a.EditPassword(ctx, telegram.PasswordChange{Current: "x"}); !errors.Is(err, telegram.ErrNoPassword) {
			t.Errorf("nothing to remove: %v", err)
		}
	})
}

func TestAnAddressThatHasToBeConfirmed(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		s.Inject(sandbox.Fault{Method: "account.updatePasswordSettings", Times: 1, Code: 400, Message: "EMAIL_UNCONFIRMED_6"})
		s.Inject(sandbox.Fault{Method: "account.confirmPasswordEmail", Times: 1, Code: 400, Message: "CODE_INVALID"})
		length := 0
		change := telegram.PasswordChange{New: "x", Email: "a@example.com", EmailCode: func(_ context.Context, n int) (string, error) {
			length = n
			return "123456", nil
		}}
		if err := a.EditPassword(ctx, change); kindOf(err) != "CODE_INVALID" || length != 6 {
			t.Errorf("a code of %d characters: %v", length, err)
		}
		s.Inject(sandbox.Fault{Method: "account.updatePasswordSettings", Times: 1, Code: 400, Message: "EMAIL_UNCONFIRMED_6"})
		if err := a.EditPassword(ctx, telegram.PasswordChange{New: "x", Email: "a@example.com"}); kindOf(err) != "EMAIL_UNCONFIRMED" {
			t.Errorf("nobody to ask: %v", err)
		}
	})
}

func TestTakeout(t *testing.T) {
	s, err := sandbox.New(sandbox.Options{Limits: sandbox.Limits{TakeoutDelay: 100}})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	a := open(t, ready(t, s, options(s)))
	var asked []sandbox.Inspection
	defer s.Inspect(func(i sandbox.Inspection) { asked = append(asked, i) })()
	must(t, signedIn(t, a, alice(), func(ctx context.Context) error {
		_, err := a.InitTakeout(ctx, telegram.TakeoutOptions{Contacts: true})
		var flood *telegram.RPCError
		if !errors.As(err, &flood) || flood.Kind != "TAKEOUT_INIT_DELAY" || flood.Seconds == 0 {
			t.Errorf("too early: %v", err)
		}
		return nil
	}))
	other := world(t)
	a = open(t, ready(t, other, options(other)))
	must(t, signedIn(t, a, alice(), func(ctx context.Context) error {
		saved := func(ctx context.Context) error {
			_, err := a.API().ContactsGetSaved(ctx)
			return err
		}
		if kind := kindOf(saved(ctx)); kind != "TAKEOUT_REQUIRED" {
			t.Errorf("outside of a takeout: %s", kind)
		}
		must(t, a.Takeout(ctx, telegram.TakeoutOptions{Contacts: true, Files: true, MaxFile: 1 << 20}, func(ctx context.Context) error {
			if err := saved(ctx); err != nil {
				return err
			}
			_, _, err := a.Dialogs(telegram.DialogOptions{}).Collect(ctx)
			return err
		}))
		id, err := a.InitTakeout(ctx, telegram.TakeoutOptions{})
		must(t, err)
		must(t, a.FinishTakeout(ctx, id, false))
		if kind := kindOf(saved(telegram.WithCall(ctx, telegram.CallOptions{Takeout: id}))); kind != "TAKEOUT_INVALID" {
			t.Errorf("after its end: %s", kind)
		}
		if err := a.Takeout(ctx, telegram.TakeoutOptions{}, func(context.Context) error { return errGone }); !errors.Is(err, errGone) {
			t.Errorf("got %v", err)
		}
		return nil
	}))
}

func TestHowItStands(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, l *listener) {
		if off := time.Since(a.ServerTime()); off.Abs() > time.Minute {
			t.Errorf("the server is off by %v", off)
		}
		if a.DataCenter() != 2 {
			t.Errorf("data center %d", a.DataCenter())
		}
		if in, err := a.IsAuthorized(ctx); err != nil || !in {
			t.Errorf("signed in: %v, %v", in, err)
		}
		config, err := a.ServerConfig(ctx)
		must(t, err)
		if config.ThisDC != 2 {
			t.Errorf("the config is of data center %d", config.ThisDC)
		}
		must(t, s.Swallow("alice", 1))
		say(t, s, "bob", "alice", "swallowed")
		must(t, a.CatchUp(ctx))
		if l.count(telegram.EventMessage) == 0 {
			t.Error("what was swallowed is still missing")
		}
	})
}

func TestASessionThatWasRevokedIsNotAuthorized(t *testing.T) {
	s := world(t)
	a := open(t, ready(t, s, options(s)))
	err := signedIn(t, a, alice(), func(ctx context.Context) error {
		must(t, s.Revoke("alice"))
		if in, err := a.IsAuthorized(ctx); in || err != nil && ctx.Err() == nil {
			t.Errorf("still signed in: %v, %v", in, err)
		}
		return nil
	})
	wantAs[*telegram.AccountLostError](t, err)
}

package telegram_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript/telegram"
)

func TestSigningIn(t *testing.T) {
	s := world(t)
	for name, test := range map[string]struct {
		opts telegram.Options
		who  person
		want int64
	}{
		"a phone number and a code":      {telegram.Options{}, *alice(), 1001},
		"a number of the options":        {telegram.Options{Phone: "+427770002"}, person{codes: []string{"1-2-3-4-5"}}, 1002},
		"two-step verification":          {telegram.Options{Phone: carolPhone}, person{codes: []string{rightCode}, passwords: []string{"wrong", "correct horse"}}, 1003},
		"another data center, by number": {telegram.Options{Phone: "+427770004"}, person{codes: []string{rightCode}}, 1004},
		"another data center, by place":  {telegram.Options{Phone: "+427770005"}, person{codes: []string{rightCode}}, 1005},
		"a bot":                          {telegram.Options{BotToken: "2001:AAE-sandbox-echo-bot-token-000000001"}, person{}, 2001},
		"a bot of another data center":   {telegram.Options{BotToken: "2003:AAE-sandbox-far-bot-token-000000003"}, person{}, 2003},
	} {
		t.Run(name, func(t *testing.T) {
			opts := options(s)
			opts.Dir, opts.BotToken, opts.Phone = t.TempDir(), test.opts.BotToken, test.opts.Phone
			a := open(t, opts)
			err := signedIn(t, a, &test.who, func(ctx context.Context) error {
				if got := a.Self(); got == nil || got.ID != test.want {
					t.Errorf("signed in as %+v", got)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if a.Self() != nil {
				t.Error("still signed in after Run")
			}
			// The second time nobody is asked.
			if err := signedIn(t, a, nil, nothing); err != nil {
				t.Errorf("the session is not used again: %v", err)
			}
		})
	}
}

func TestMovesToAnAddressThatOnlyTheServerKnows(t *testing.T) {
	s := world(t)
	opts := options(s)
	opts.Dir, opts.Phone = t.TempDir(), "+427770004"
	opts.Server.Options = opts.Server.Options[:1]
	if dc := opts.Server.Options[0].ID; dc != opts.Server.DC {
		t.Fatalf("the first address is of data center %d", dc)
	}
	a := open(t, opts)
	if err := signedIn(t, a, &person{codes: []string{rightCode}}, nothing); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if err := signedIn(t, open(t, opts), nil, nothing); err != nil {
		t.Errorf("the session is not used again: %v", err)
	}
}

func TestRefusedSignIns(t *testing.T) {
	s := world(t)
	codes := func() person { return person{codes: []string{rightCode, rightCode, rightCode}} }
	for name, test := range map[string]struct {
		opts telegram.Options
		who  person
		want string
	}{
		"a banned number":        {telegram.Options{Phone: "+427770900"}, codes(), "PHONE_NUMBER_BANNED"},
		"a flooded number":       {telegram.Options{Phone: "+427770901"}, codes(), "PHONE_NUMBER_FLOOD"},
		"a long pause":           {telegram.Options{Phone: "+427770902", Connection: telegram.Connection{FloodLimit: time.Second}}, codes(), "FLOOD_WAIT"},
		"an unregistered number": {telegram.Options{Phone: "+427770903"}, codes(), "PHONE_NUMBER_UNOCCUPIED"},
		"codes that expire":      {telegram.Options{Phone: "+427770904"}, codes(), "PHONE_CODE_EXPIRED"},
		"wrong codes":            {telegram.Options{Phone: alicePhone}, person{codes: []string{"11111", "22222", "33333"}}, "PHONE_CODE_INVALID"},
		"wrong passwords":        {telegram.Options{Phone: carolPhone}, person{codes: []string{rightCode}, passwords: []string{"a", "b", "c"}}, "PASSWORD_HASH_INVALID"},
		"a wrong bot token":      {telegram.Options{BotToken: "2001:nonsense"}, person{}, "ACCESS_TOKEN_INVALID"},
		"a wrong api_id":         {telegram.Options{Phone: alicePhone, APIID: 7}, codes(), "API_ID_INVALID"},
	} {
		t.Run(name, func(t *testing.T) {
			opts := ready(t, s, options(s))
			opts.BotToken, opts.Phone, opts.Connection = test.opts.BotToken, test.opts.Phone, test.opts.Connection
			if test.opts.APIID != 0 {
				opts.APIID = test.opts.APIID
			}
			err := signedIn(t, open(t, opts), &test.who, nothing)
			if refused := wantAs[*telegram.SignInError](t, err); refused.Kind != test.want {
				t.Errorf("got %s: %v", refused.Kind, refused)
			}
		})
	}
}

func TestNobodyToAsk(t *testing.T) {
	s := world(t)
	err := signedIn(t, open(t, ready(t, s, options(s))), nil, nothing)
	if !errors.Is(err, telegram.ErrNeedsLogin) {
		t.Errorf("got %v", err)
	}
}

// away is a person who would know the code, but isn't there.
type away struct{ *person }

var errAway = errors.New("nobody is there")

func (away) Present() error { return errAway }

func TestNoCodeIsSentToSomebodyWhoIsAway(t *testing.T) {
	s := world(t)
	opts := ready(t, s, options(s))
	opts.Phone = alicePhone
	who := away{alice()}
	if err := signedIn(t, open(t, opts), who, nothing); !errors.Is(err, errAway) {
		t.Errorf("got %v", err)
	}
	if len(who.sent) > 0 {
		t.Errorf("asked for %v", who.sent)
	}
}

func TestAnotherAccountsSessionIsRefused(t *testing.T) {
	s := world(t)
	opts := ready(t, s, options(s))
	opts.Dir = t.TempDir()
	first := open(t, opts)
	if err := signedIn(t, first, alice(), nothing); err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	opts.Phone = carolPhone
	err := signedIn(t, open(t, opts), alice(), nothing)
	wrong := wantAs[*telegram.WrongAccountError](t, err)
	if wrong.Have != "the user alice (@alice) with id 1001" {
		t.Errorf("got %v", wrong)
	}
}

func TestSigningInByQR(t *testing.T) {
	s := world(t)
	for name, test := range map[string]struct {
		scanner string
		who     person
		want    int64
	}{
		"from the same data center": {"bob", person{}, 1002},
		"from another data center":  {"dave", person{}, 1004},
		"with a password":           {"carol", person{passwords: []string{"correct horse"}}, 1003},
	} {
		t.Run(name, func(t *testing.T) {
			a := open(t, ready(t, s, options(s)))
			err := run(t, a, func(ctx context.Context) error {
				shown := 0
				user, err := a.SignInQR(ctx, func(url string, expires time.Time) error {
					if shown++; shown > 1 {
						return nil
					}
					if expires.Before(time.Now()) {
						t.Errorf("shown after its end at %v", expires)
					}
					return s.Person(test.scanner).AcceptLogin(url)
				}, &test.who)
				if err == nil && user.ID != test.want {
					t.Errorf("signed in as %v", user)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}

func TestLoggingOut(t *testing.T) {
	s := world(t)
	opts := ready(t, s, options(s))
	opts.Dir = t.TempDir()
	a := open(t, opts)
	if err := signedIn(t, a, alice(), nothing); err != nil {
		t.Fatal(err)
	}
	copied, err := a.ExportSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := signedIn(t, a, nil, a.LogOut); err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(filepath.Join(opts.Dir, "session*.json"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if err := signedIn(t, a, nil, nothing); !errors.Is(err, telegram.ErrNeedsLogin) {
		t.Errorf("after logging out: %v", err)
	}
	// The copy is worth nothing: the session has ended on the server. Logging that out only removes it.
	opts.Dir, opts.Session = t.TempDir(), nil
	other := open(t, opts)
	if err := other.ImportSession(copied); err != nil {
		t.Fatal(err)
	}
	wantAs[*telegram.AccountLostError](t, signedIn(t, other, nil, nothing))
	if err := run(t, other, other.LogOut); err != nil {
		t.Errorf("logging out of a session that has ended: %v", err)
	}
	if _, err := other.ExportSession(); !errors.Is(err, telegram.ErrNotSignedIn) {
		t.Errorf("it is still there: %v", err)
	}
}

func TestAnImportedSessionIsSignedIn(t *testing.T) {
	s := world(t)
	a := open(t, ready(t, s, options(s)))
	if err := signedIn(t, a, alice(), nothing); err != nil {
		t.Fatal(err)
	}
	data, err := a.ExportSession()
	if err != nil {
		t.Fatal(err)
	}
	opts := options(s)
	opts.Dir = t.TempDir()
	b := open(t, opts)
	if err := b.ImportSession(data); err != nil {
		t.Fatal(err)
	}
	err = signedIn(t, b, nil, func(context.Context) error {
		if b.Self().ID != 1001 {
			t.Errorf("signed in as %v", b.Self())
		}
		if err := b.ImportSession(data); !errors.Is(err, telegram.ErrRunning) {
			t.Errorf("import while running: %v", err)
		}
		if err := b.Close(); !errors.Is(err, telegram.ErrRunning) {
			t.Errorf("close while running: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(opts.Dir, "session.backup.json")); err != nil {
		t.Errorf("no copy of the signed-in session: %v", err)
	}
}

func TestCallsOutsideOfRun(t *testing.T) {
	a := open(t, options(world(t)))
	if _, err := a.API().HelpGetConfig(t.Context()); !errors.Is(err, telegram.ErrNotRunning) {
		t.Errorf("got %v", err)
	}
	if a.Name() != "me" || a.Self() != nil || a.Connection().Name != "" {
		t.Errorf("got %q, %v, %v", a.Name(), a.Self(), a.Connection())
	}
	if _, err := a.SignIn(t.Context(), nil); !errors.Is(err, telegram.ErrNotRunning) {
		t.Errorf("got %v", err)
	}
}

func TestRunKeepsTheErrorOfItsCallback(t *testing.T) {
	s := world(t)
	a := open(t, ready(t, s, options(s)))
	for _, want := range []error{context.Canceled, errGone} {
		if err := run(t, a, func(context.Context) error { return want }); !errors.Is(err, want) {
			t.Errorf("got %v, want %v", err, want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	err := a.Run(ctx, func(ctx context.Context) error {
		cancel()
		<-ctx.Done()
		return ctx.Err()
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestOptionsAreChecked(t *testing.T) {
	if _, err := telegram.Open(telegram.Options{}); err == nil {
		t.Error("an account without api_id was opened")
	}
}

func TestAnotherServersKeyIsRefused(t *testing.T) {
	s := world(t)
	opts := options(s)
	opts.Server.Keys = nil // Telegram's own, which the sandbox hasn't got
	err := run(t, open(t, opts), nothing)
	if err == nil || !strings.Contains(err.Error(), "check the server's address and public_key") {
		t.Errorf("got %v", err)
	}
}

func TestCallsOfOthersEndWithRun(t *testing.T) {
	s := world(t)
	opts := stored(t, s)
	r := newRelay(t, s.Info().Address)
	opts.Server.Options = r.options(t, opts.Server.DC)
	a := open(t, opts)
	read, once := make(chan error, 1), make(chan error, 1)
	err := signedIn(t, a, nil, func(ctx context.Context) error {
		r.set(true, false) // no answer will come
		go func() { read <- reads(context.WithoutCancel(ctx), a) }()
		go func() {
			_, err := a.API().MessagesImportChatInvite(context.WithoutCancel(ctx), "sandboxNews0001")
			once <- err
		}()
		return a.AwaitCalls(ctx, 2)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := <-read; !errors.Is(err, telegram.ErrNotRunning) {
		t.Errorf("a read: %v", err)
	}
	wantAs[*telegram.OutcomeUnknownError](t, <-once)
}

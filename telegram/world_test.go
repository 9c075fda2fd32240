package telegram_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// patience is how long a test waits for what must happen.
const patience = time.Minute

const (
	alicePhone = "+42 777 0001"
	carolPhone = "+42 777 0003"
	rightCode  = "12345"
)

// world is a Telegram of its own for one test.
func world(t *testing.T) *sandbox.Server {
	t.Helper()
	s, err := sandbox.New(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close sandbox: %v", err)
		}
	})
	return s
}

// options point an account at a sandbox.
func options(s *sandbox.Server) telegram.Options {
	info := s.Info()
	return telegram.Options{
		Name: "me", APIID: info.APIID, APIHash: info.APIHash,
		Server: telegram.Server{DC: info.DC, Options: s.DCOptions(), Keys: s.Keys(), LoopbackOnly: true},
	}
}

// ready spares a test the making of a key.
func ready(t *testing.T, s *sandbox.Server, opts telegram.Options) telegram.Options {
	t.Helper()
	session, err := s.ReadySession(0)
	if err != nil {
		t.Fatal(err)
	}
	opts.Session = session
	return opts
}

func open(t *testing.T, opts telegram.Options) *telegram.Account {
	t.Helper()
	a, err := telegram.Open(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Errorf("close account: %v", err)
		}
	})
	return a
}

// run runs f on the account, within the test's patience.
func run(t *testing.T, a *telegram.Account, f func(ctx context.Context) error) error {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	return a.Run(ctx, f)
}

// signedIn runs f on an account that has signed in.
func signedIn(t *testing.T, a *telegram.Account, ask telegram.Prompter, f func(ctx context.Context) error) error {
	t.Helper()
	return run(t, a, func(ctx context.Context) error {
		if _, err := a.SignIn(ctx, ask); err != nil {
			return err
		}
		return f(ctx)
	})
}

func nothing(context.Context) error { return nil }

// person answers prompts from lists.
type person struct {
	phones, codes, passwords []string
	notices                  []string
	sent                     []telegram.CodeSent
	hints                    []string
}

var errGone = errors.New("the person has left")

func take(list *[]string) (string, error) {
	if len(*list) == 0 {
		return "", errGone
	}
	next := (*list)[0]
	*list = (*list)[1:]
	return next, nil
}

func (p *person) Phone(context.Context) (string, error) { return take(&p.phones) }

func (p *person) Code(_ context.Context, sent telegram.CodeSent) (string, error) {
	p.sent = append(p.sent, sent)
	return take(&p.codes)
}

func (p *person) Password(_ context.Context, asked telegram.PasswordAsked) (string, error) {
	p.hints = append(p.hints, asked.Hint)
	return take(&p.passwords)
}

func (p *person) Notice(_ context.Context, message string) { p.notices = append(p.notices, message) }

func alice() *person { return &person{phones: []string{alicePhone}, codes: []string{rightCode}} }

// wantAs fails the test unless err is an E.
func wantAs[E error](t *testing.T, err error) E {
	t.Helper()
	var e E
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want a %T", err, e)
	}
	return e
}

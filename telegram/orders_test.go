package telegram_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// mover is a person in whose sign-in an order to move comes late: it is given of the key with which the number was
// asked for.
type mover struct {
	person
	account *telegram.Account
	late    func(ctx context.Context) error
	moved   bool // the order comes when the code is asked for, else after the sign-in
}

func (m *mover) Phone(ctx context.Context) (string, error) {
	m.late = m.account.LateMove(4)
	return m.person.Phone(ctx)
}

func (m *mover) Code(ctx context.Context, sent telegram.CodeSent) (string, error) {
	if m.moved {
		if err := m.late(ctx); err != nil {
			return "", err
		}
	}
	return m.person.Code(ctx, sent)
}

// asks makes a call that only somebody who is signed in may make.
func asks(ctx context.Context, a *telegram.Account) error {
	_, err := a.API().UpdatesGetState(ctx)
	return err
}

// TestAnOrderThatComesLate has gotd ask twice for one and the same move, as it does while a machine is busy. The second
// order used to end the session that had just been signed in.
func TestAnOrderThatComesLate(t *testing.T) {
	s := world(t)
	for name, who := range map[string]*mover{
		"while somebody signs in with the next key": {person: person{phones: []string{"+427770004"}, codes: []string{rightCode}}, moved: true},
		"when the next key has been signed in with": {person: person{phones: []string{"+427770004"}, codes: []string{rightCode}}},
		"when the key has been signed in with":      {person: *alice()},
	} {
		t.Run(name, func(t *testing.T) {
			opts := ready(t, s, options(s))
			a := open(t, opts)
			who.account = a
			err := signedIn(t, a, who, func(ctx context.Context) error {
				before, err := a.ExportSession()
				if err != nil {
					return err
				}
				for range 2 { // that the second is read says that the first has had its effect
					if err := who.late(ctx); err != nil {
						return err
					}
				}
				if err := asks(ctx, a); err != nil {
					t.Errorf("the account can't read any more: %v", err)
				}
				after, err := a.ExportSession()
				if err != nil || !bytes.Equal(before.AuthKey, after.AuthKey) {
					t.Errorf("the session was given up, %v", err)
				}
				return nil
			})
			if err != nil || len(who.sent) != 1 {
				t.Errorf("%d codes were asked for, %v", len(who.sent), err)
			}
		})
	}
}

// TestAKeyThatIsNoGood is refused from the first connection on, so that calls can't even ask who is signed in.
func TestAKeyThatIsNoGood(t *testing.T) {
	s := world(t)
	s.Inject(sandbox.Fault{Method: "help.getConfig", Times: 1, Code: 401, Message: "AUTH_KEY_INVALID"})
	a := open(t, ready(t, s, options(s)))
	if err := signedIn(t, a, alice(), func(ctx context.Context) error { return asks(ctx, a) }); err != nil {
		t.Error(err)
	}
}

// TestSigningInAfterLoggingOut stays within one Run, as a service does whose owner changes accounts.
func TestSigningInAfterLoggingOut(t *testing.T) {
	s := world(t)
	a := open(t, ready(t, s, options(s)))
	if err := signedIn(t, a, alice(), func(ctx context.Context) error {
		if err := a.LogOut(ctx); err != nil {
			return err
		}
		if _, err := a.SignIn(ctx, alice()); err != nil {
			return err
		}
		if _, err := a.ExportSession(); err != nil {
			t.Errorf("the session was not kept: %v", err)
		}
		return asks(ctx, a)
	}); err != nil {
		t.Error(err)
	}
}

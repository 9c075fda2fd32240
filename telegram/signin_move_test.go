package telegram

import (
	"context"
	"errors"
	"testing"
)

// A sign-in hears from its own call that the session is lost, and may have asked for a new key before the connection's
// goroutine has come to say so.
func TestAMoveFromASessionThatIsLost(t *testing.T) {
	for name, test := range map[string]struct {
		refused byte // the key that turns out to be of no use
		lost    bool
	}{
		"the one that is given up": {1, false},
		"the next one, too":        {2, true},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := Open(Options{Name: "me", APIID: 1, APIHash: "x"})
			if err != nil {
				t.Fatal(err)
			}
			if err := a.vault.replace(testRecord(1)); err != nil {
				t.Fatal(err)
			}
			old, next := newLink(), newLink()
			old.session, next.session = testRecord(1), testRecord(2)
			c := &control{orders: make(chan order, 1)}
			a.running, a.link = true, old
			done := make(chan error, 1)
			go func() { done <- a.moveTo(t.Context(), c, 0) }()
			if o := <-c.orders; !o.of.sameKey(old.session) {
				t.Errorf("the order is about %v", o.of)
			}
			a.setUnusable(testRecord(test.refused), errForgotten)
			if !test.lost {
				a.setLink(nil)
				a.setLink(next)
			}
			if err := <-done; errors.Is(err, errForgotten) != test.lost || (err == nil) == test.lost {
				t.Errorf("moved: %v", err)
			}
		})
	}
}

// An order is about one session, in the state that it was in.
func TestOrdersThatAreVoid(t *testing.T) {
	signedIn := func(seed byte) *record {
		r := testRecord(seed)
		r.Owner = &owner{ID: 1}
		return r
	}
	for name, test := range map[string]struct {
		of, now *record
		void    bool
	}{
		"of the present session":                 {testRecord(1), testRecord(1), false},
		"of one that was signed in already":      {signedIn(1), signedIn(1), false},
		"of one that was signed in since":        {testRecord(1), signedIn(1), true},
		"of one that was replaced":               {testRecord(1), testRecord(2), true},
		"of one that was replaced, signed in":    {signedIn(1), signedIn(2), true},
		"of one that was logged out since":       {signedIn(1), nil, false},
		"of none, after logging out":             {nil, nil, false},
		"of none, when there is one now":         {nil, testRecord(1), true},
		"of one before it was given up for good": {signedIn(1), testRecord(1), false},
	} {
		t.Run(name, func(t *testing.T) {
			if void := (&vault{current: test.now}).outlives(test.of); void != test.void {
				t.Errorf("void: %v", void)
			}
		})
	}
}

// What is heard of a session that was given up meanwhile is no news of the next one.
func TestALossThatComesLate(t *testing.T) {
	for name, test := range map[string]struct {
		of   *record
		lost bool
	}{
		"of the session":        {testRecord(1), true},
		"of the one before":     {testRecord(2), false},
		"of one without a name": {nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := Open(Options{Name: "me", APIID: 1, APIHash: "x"})
			if err != nil {
				t.Fatal(err)
			}
			if err := a.vault.replace(testRecord(1)); err != nil {
				t.Fatal(err)
			}
			ctx, fail := context.WithCancelCause(t.Context())
			defer fail(nil)
			a.control, a.self = &control{fail: fail, orders: make(chan order, 1)}, &User{}
			a.lose(test.of, &AccountLostError{Reason: LostRevoked})
			if lost := ctx.Err() != nil; lost != test.lost {
				t.Errorf("the account is lost: %v", lost)
			}
		})
	}
}

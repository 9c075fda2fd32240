package telegram_test

import (
	"context"
	"testing"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// TestOldNamesAreAskedForAgain has a user name that Telegram has not confirmed for long.
func TestOldNamesAreAskedForAgain(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		asked := make(chan string, 100)
		defer s.Inspect(func(i sandbox.Inspection) {
			if i.Method == "contacts.resolveUsername" {
				asked <- i.Error
			}
		})()
		resolve := func(want int) {
			t.Helper()
			peer, err := a.Resolve(ctx, bobby)
			if err != nil || peer.ID != 1002 || peer.Input == nil {
				t.Errorf("bobby is %+v, %v", peer, err)
			}
			if s.Settle(); len(asked) != want {
				t.Errorf("asked %d times, want %d", len(asked), want)
			}
		}
		_, err := a.Resolve(ctx, bobby)
		try(t, "resolve", err)
		s.Settle()
		first := len(asked)
		resolve(first) // fresh
		a.AgePeers(10)
		resolve(first) // not old enough
		a.AgePeers(10)
		resolve(first + 1) // and fresh again by the answer
		resolve(first + 1)
		a.AgePeers(20)
		s.Inject(sandbox.Fault{Method: "contacts.resolveUsername", Code: 420, Message: "FLOOD_WAIT_80000"})
		resolve(first + 2) // who can't be asked for is who it was
	})
}

// TestNamesThatWereGivenUp has a user name that nobody has any more.
func TestNamesThatWereGivenUp(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		_, err := a.Resolve(ctx, bobby)
		try(t, "resolve", err)
		a.AgePeers(20)
		s.Inject(sandbox.Fault{Method: "contacts.resolveUsername", Times: 1, Code: 400, Message: "USERNAME_NOT_OCCUPIED"})
		for range 2 { // and nobody asks twice within a minute
			if peer, err := a.Resolve(ctx, bobby); err == nil {
				t.Errorf("the name is still that of %d", peer.ID)
			}
		}
	})
}

package telegram_test

import (
	"context"
	"testing"
	"time"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// TestAConnectionThatNeverStands has the server take the first question of a connection, and answer pings, but never
// that question: gotd would wait for ever, and every call with it.
func TestAConnectionThatNeverStands(t *testing.T) {
	s := world(t)
	opts := stored(t, s)
	opts.Connection.DialTimeout = 500 * time.Millisecond
	a := open(t, opts)
	a.TunePings(100*time.Millisecond, 2*time.Second)
	a.TuneDelay(time.Millisecond)
	seen := watch(a)
	if err := signedIn(t, a, nil, func(ctx context.Context) error {
		defer s.Inject(sandbox.Fault{Method: "help.getConfig", Times: 1, Delay: time.Hour})()
		if err := s.Drop("alice"); err != nil {
			return err
		}
		seen.await(ctx, t, telegram.Disconnected)
		return reads(ctx, a)
	}); err != nil {
		t.Error(err)
	}
}

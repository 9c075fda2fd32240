package telegram_test

import (
	"context"
	"testing"
	"time"

	"github.com/tgscript/tgscript/telegram"
)

// A server that hangs up in every phase of the handshake is tried again, and nothing is lost.
func TestAServerThatHangsUpInEveryPhase(t *testing.T) {
	s := world(t)
	for name, o := range map[string]telegram.Options{"making a key": options(s), "with a stored key": stored(t, s)} {
		t.Run(name, func(t *testing.T) {
			r := newRelay(t, s.Info().Address)
			r.spend(0, 1, 60, 100, 200, 500) // bytes of answers; then as many as there are
			o.Server.Options = r.options(t, o.Server.DC)
			a := open(t, o)
			a.TuneDelay(time.Millisecond)
			if err := run(t, a, func(ctx context.Context) error { return reads(ctx, a) }); err != nil {
				t.Error(err)
			}
			if left := r.left(); left > 0 {
				t.Errorf("%d connections were not needed", left)
			}
		})
	}
}

package telegram_test

import (
	"context"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/telegram"
)

func TestARefusedEventComesAgainAndATakenOneDoesNot(t *testing.T) {
	s := world(t)
	opts := ready(t, s, options(s))
	opts.Dir = t.TempDir()

	taken, met := make(chan struct{}), make(chan struct{})
	opts.Handler = func(ctx context.Context, e *telegram.Event) {
		switch {
		case e.Kind != telegram.EventMessage:
		case e.Message.Message.Message == "taken":
			close(taken)
		default:
			close(met)
			<-ctx.Done()
			e.Refuse()
		}
	}
	a := open(t, opts)
	err := signedIn(t, a, alice(), func(context.Context) error {
		say(t, s, "bob", "alice", "taken")
		<-taken
		say(t, s, "bob", "alice", "refused")
		<-met
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}

	l := listen(t)
	opts.Handler = l.handle
	a = open(t, opts)
	err = signedIn(t, a, alice(), func(context.Context) error {
		say(t, s, "bob", "alice", "last")
		l.wait(2)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(l.told, "; "); !strings.HasPrefix(got, "message bob refused") || !strings.HasSuffix(got, "message bob last") || len(l.told) != 2 {
		t.Errorf("the second run was told %q", got)
	}
}

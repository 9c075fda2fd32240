package telegram_test

import (
	"context"
	"testing"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

func TestAnAccountCountsWhatItDoes(t *testing.T) {
	s := world(t)
	opts := ready(t, s, options(s))
	opts.Handler = func(context.Context, *telegram.Event) {}
	a := open(t, opts)
	if before := a.Standing(); before.Connections != 0 || !before.Since.IsZero() || !before.LastUpdate.IsZero() {
		t.Errorf("before its run: %+v", before)
	}
	states := watch(a)
	err := signedIn(t, a, alice(), func(ctx context.Context) error {
		begin := a.Standing()
		if begin.Connection.Name != telegram.Ready || begin.Since.IsZero() || begin.DC != s.Info().DC || begin.Connections == 0 {
			t.Errorf("signed in: %+v", begin)
		}
		if begin.Calls == 0 || begin.Failed != 0 {
			t.Errorf("a sign-in that went well counts %d calls, %d of them failed", begin.Calls, begin.Failed)
		}
		if _, err := a.API().UsersGetUsers(ctx, []tg.InputUserClass{&tg.InputUserSelf{}}); err != nil {
			return err
		}
		if _, err := a.API().MessagesEditMessage(ctx, &tg.MessagesEditMessageRequest{Peer: &tg.InputPeerSelf{}, ID: 999, Message: "x"}); err == nil {
			t.Error("a message was edited that isn't there")
		}
		if _, err := s.Person("bob").Send(ctx, "@alice", "hello", sandbox.SendOptions{}); err != nil {
			return err
		}
		if err := a.Sync(ctx); err != nil {
			return err
		}
		end := a.Standing()
		if end.Calls < begin.Calls+2 || end.Failed != begin.Failed+1 || end.Updates == begin.Updates || end.LastUpdate.Before(begin.Since) || end.Waiting != 0 {
			t.Errorf("from %+v to %+v", begin, end)
		}
		for len(states) > 0 {
			<-states
		}
		if err := s.Drop("alice"); err != nil {
			return err
		}
		states.await(ctx, t, telegram.Ready)
		if again := a.Standing(); again.Connections != end.Connections+1 || !again.Since.After(begin.Since) {
			t.Errorf("after a loss %+v, before it %+v", again, end)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

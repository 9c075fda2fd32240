package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
	"github.com/tgscript/tgscript/telegram/text"
)

// TestOnceOnTheConnectionThatComesBack loses the connection, and the next one amid a call that must not be made twice,
// when the call may have been waiting for that connection. gotd would send it again over the third.
func TestOnceOnTheConnectionThatComesBack(t *testing.T) {
	const rounds = 2
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		a.TuneDelay(time.Millisecond)
		seen := watch(a)
		for round := range rounds {
			cancel := s.Inject(sandbox.Fault{Method: "channels.createChannel", Times: 1, Cut: true, After: true})
			if err := s.Drop("alice"); err != nil {
				t.Fatal(err)
			}
			seen.await(ctx, t, telegram.Disconnected)
			_, err := a.Call(ctx, "channels.createChannel", fields{"title": fmt.Sprint("round ", round), "about": "", "megagroup": true})
			if unknown := (*telegram.OutcomeUnknownError)(nil); !errors.As(err, &unknown) {
				t.Errorf("round %d: got %v", round, err)
			}
			cancel()
			seen.await(ctx, t, telegram.Disconnected)
			seen.await(ctx, t, telegram.Ready)
			do(t, ctx, a, "help.getConfig", nil) // over the third connection, which has had what was to be sent again
		}
		times := map[string]int{}
		dialogs, _, err := a.Dialogs(telegram.DialogOptions{}).Collect(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range dialogs {
			if c, ok := d.Chat.Chat.(*tg.Channel); ok {
				times[c.Title]++
			}
		}
		for round := range rounds {
			if n := times[fmt.Sprint("round ", round)]; n != 1 {
				t.Errorf("round %d was made %d times", round, n)
			}
		}
	})
}

// The answers of these are lost, and Telegram refuses what is asked again, since nothing changes.
func TestWhatWasDoneBeforeIsNoError(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		a.TuneDelay(time.Millisecond)
		sent, err := a.Send(ctx, telegram.Name("me"), text.Text{Plain: "before"}, telegram.SendOptions{})
		if err != nil {
			t.Fatal(err)
		}
		lose := func(method string) { s.Inject(sandbox.Fault{Method: method, Times: 1, Cut: true, After: true}) }
		lose("messages.editMessage")
		edited, err := a.Edit(ctx, telegram.Name("me"), sent.ID, text.Text{Plain: "after"}, telegram.EditOptions{})
		if err != nil || edited.ID != sent.ID || edited.Message.Message != "after" {
			t.Fatalf("edited is %v, %v", edited, err)
		}
		lose("messages.sendReaction")
		if err := a.React(ctx, telegram.Name("me"), sent.ID, []telegram.Reaction{"👍"}, telegram.ReactOptions{}); err != nil {
			t.Error(err)
		}
		_, err = a.Edit(ctx, telegram.Name("me"), sent.ID, text.Text{Plain: "after"}, telegram.EditOptions{})
		if e := (*telegram.RPCError)(nil); !errors.As(err, &e) || e.Kind != "MESSAGE_NOT_MODIFIED" {
			t.Errorf("without a loss: %v", err)
		}
	})
}

package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
	"github.com/tgscript/tgscript/telegram/schema"
	"github.com/tgscript/tgscript/telegram/text"
)

type fields = map[string]any

// do makes a call that must succeed.
func do(t *testing.T, ctx context.Context, a *telegram.Account, method string, args fields) *schema.Object {
	t.Helper()
	answer, err := a.Call(ctx, method, args)
	if err != nil {
		t.Fatal(err)
	}
	o, _ := answer.(*schema.Object)
	return o
}

// sentID is the number of the message that a call has sent.
func sentID(answer *schema.Object) int64 {
	if list := answer.List("updates"); len(list) > 0 {
		return list[0].(*schema.Object).Int("id")
	}
	return answer.Int("id") // of updateShortSentMessage
}

// TestRawCalls calls by name what typed methods would call, and compares what the world has seen.
func TestRawCalls(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, l *listener) {
		// No call may open a gap, nor come back as an event.
		s.Inject(sandbox.Fault{Method: "updates.getDifference", Code: 400, Message: "NO_GAP_EXPECTED"})
		s.Inject(sandbox.Fault{Method: "updates.getChannelDifference", Code: 400, Message: "NO_GAP_EXPECTED"})

		bob, err := a.Resolve(ctx, telegram.Name("@bobby"))
		if err != nil {
			t.Fatal(err)
		}
		var ids []any
		for i, to := range []any{"@bobby", bob, bob.ID, float64(bob.ID), fmt.Sprint(bob.ID), telegram.ID(bob.ID),
			fields{"_": "peerUser", "user_id": bob.ID}, fields{"_": "inputPeerUser", "user_id": bob.ID, "access_hash": bob.User.AccessHash},
			fields{"_": "inputUser", "user_id": bob.ID, "access_hash": bob.User.AccessHash}} {
			sent := do(t, ctx, a, "messages.sendMessage", fields{"peer": to, "message": fmt.Sprint("to bob ", i)})
			ids = append(ids, sentID(sent))
		}
		got, err := s.Person("bob").Messages("alice")
		if err != nil || len(got) != len(ids) || got[0].Text != "to bob 0" {
			t.Errorf("Bob has %+v, %v", got, err)
		}
		do(t, ctx, a, "messages.editMessage", fields{"peer": "@bobby", "id": ids[0], "message": "changed"})
		do(t, ctx, a, "messages.forwardMessages", fields{"from_peer": "@bobby", "to_peer": "Friends", "id": ids[:2]})
		do(t, ctx, a, "messages.sendMedia", fields{"peer": "@bobby", "media": fields{"_": "inputMediaDice", "emoticon": "🎲"}, "message": ""})
		do(t, ctx, a, "messages.deleteMessages", fields{"id": ids, "revoke": true})
		do(t, ctx, a, "messages.readHistory", fields{"peer": "@bobby", "max_id": 0})
		shop := do(t, ctx, a, "messages.sendMessage", fields{"peer": "Workshop", "message": "in the shop"})
		do(t, ctx, a, "channels.deleteMessages", fields{"channel": "Workshop", "id": sentID(shop)})

		made := do(t, ctx, a, "messages.createChat", fields{"title": "Hiking", "users": "@bobby"})
		if made.Name() != "messages.invitedUsers" {
			t.Errorf("the group was made with %s", made.Name())
		}
		say(t, s, "bob", "alice", "hi")
		l.wants("message bob hi")
	})
}

// TestRawCallsLearn asks for people whom nobody has met, and addresses them by number.
func TestRawCallsLearn(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		found := do(t, ctx, a, "contacts.resolveUsername", fields{"username": "bobby"})
		id := found.Object("peer").Int("user_id")
		s.Inject(sandbox.Fault{Method: "contacts.resolveUsername", Code: 400, Message: "ASKED_TWICE"})
		if _, err := a.Send(ctx, telegram.ID(id), text.Of("by number"), telegram.SendOptions{}); err != nil {
			t.Error(err)
		}
		if _, err := a.Send(ctx, telegram.Name("@bobby"), text.Of("by name"), telegram.SendOptions{}); err != nil {
			t.Error(err)
		}
		users, err := a.Call(ctx, "users.getUsers", fields{"id": []any{"me", "@bobby", found.List("users")[0]}})
		list, _ := users.([]any)
		if err != nil || len(list) != 3 || list[1].(*schema.Object).Int("id") != id {
			t.Errorf("got %v, %v", users, err)
		}
	})
}

// TestRawCallsAreMadeAgain has calls refused and lost.
func TestRawCallsAreMadeAgain(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, l *listener) {
		var waits []time.Duration
		a.TuneSleep(func(_ context.Context, d time.Duration) error {
			waits = append(waits, d)
			return nil
		})
		s.Inject(sandbox.Fault{Method: "messages.getHistory", Times: 1, Code: 420, Message: "FLOOD_WAIT_7"})
		do(t, ctx, a, "messages.getHistory", fields{"peer": "me"})
		if len(waits) != 1 || waits[0] < 6*time.Second {
			t.Errorf("waited for %v", waits)
		}
		s.Inject(sandbox.Fault{Method: "messages.getHistory", Times: 1, Code: 420, Message: "FLOOD_WAIT_900"})
		_, err := a.Call(ctx, "messages.getHistory", fields{"peer": "me"})
		if e := wantAs[*telegram.FloodWaitError](t, err); e.Method != "messages.getHistory" || e.Wait < 890*time.Second {
			t.Errorf("got %+v", e)
		}
		s.Inject(sandbox.Fault{Method: "channels.createChannel", Times: 1, Cut: true, After: true})
		_, err = a.Call(ctx, "channels.createChannel", fields{"title": "x", "about": "", "megagroup": true})
		if e := wantAs[*telegram.OutcomeUnknownError](t, err); e.Method != "channels.createChannel" {
			t.Errorf("got %+v", e)
		}
		// In an envelope, it is the method in it that counts.
		s.Inject(sandbox.Fault{Method: "messages.getDialogFilters", Times: 1, Cut: true, After: true})
		do(t, ctx, a, "invokeWithoutUpdates", fields{"query": fields{"_": "messages.getDialogFilters"}})

		s.Inject(sandbox.Fault{Method: "messages.sendMessage", Times: 1, Cut: true, After: true})
		sent := do(t, ctx, a, "messages.sendMessage", fields{"peer": "@bobby", "message": "once"})
		update := sent.List("updates")[0].(*schema.Object)
		got, err := s.Person("bob").Messages("alice")
		if err != nil || len(got) != 1 || update.Name() != "updateMessageID" || update.Int("id") == 0 {
			t.Errorf("Bob has %+v (%v), and the answer is %s %d", got, err, update.Name(), update.Int("id"))
		}
		say(t, s, "bob", "alice", "hi")
		l.wants("message bob hi")
	})
}

func TestRawBatch(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		var calls []*telegram.RawCall
		const n = 20
		for i := range n {
			c, err := a.Prepare("messages.sendMessage", fields{"peer": "@bobby", "message": fmt.Sprint(i)})
			if err != nil {
				t.Fatal(err)
			}
			calls = append(calls, c)
		}
		answers, err := a.DoAll(ctx, calls)
		if err != nil || len(answers) != n {
			t.Fatalf("%d answers, %v", len(answers), err)
		}
		got, err := s.Person("bob").Messages("alice")
		for i := range got {
			if got[i].Text != fmt.Sprint(i) {
				t.Errorf("message %d is %q", i, got[i].Text)
			}
		}
		if err != nil || len(got) != n {
			t.Errorf("Bob has %d messages, %v", len(got), err)
		}
		wrong, err := a.Prepare("messages.sendMessage", fields{"peer": "@nobody_here", "message": "x"})
		if err != nil {
			t.Fatal(err)
		}
		state, err := a.Prepare("updates.getState", nil)
		if err != nil {
			t.Fatal(err)
		}
		answers, err = a.DoAll(ctx, []*telegram.RawCall{wrong, state})
		failed := wantAs[telegram.MultiError](t, err)
		if failed[0] == nil || failed[1] != nil || answers[0] != nil || answers[1].(*schema.Object).Name() != "updates.state" || !strings.HasPrefix(err.Error(), "1 of 2 calls failed: call 1: ") {
			t.Errorf("got %v, %v", answers, err)
		}
		var unknown *telegram.PeerUnknownError
		if !errors.As(err, &unknown) {
			t.Error("the error hides what it is made of")
		}
	})
}

func TestRawRefused(t *testing.T) {
	asAlice(t, func(ctx context.Context, _ *sandbox.Server, a *telegram.Account, _ *listener) {
		for _, row := range []struct {
			method string
			args   fields
			want   string
		}{
			{"channels.getFullChannel", fields{"channel": "@bobby"}, "a channel or supergroup expected"},
			{"users.getFullUser", fields{"id": "Workshop"}, "a user or bot expected"},
			{"messages.getHistory", fields{"peer": ""}, "messages.getHistory: peer: a chat expected, got an empty string"},
			{"messages.getHistory", fields{"peer": 1.5}, "a chat expected"},
			{"messages.getHistory", fields{"peer": fields{"_": "messageEntityBold", "offset": 1, "length": 1}}, "a chat expected, got messageEntityBold"},
			{"messages.getHistory", fields{"peer": fields{}}, "a chat expected, got a table"},
			{"messages.getHistory", fields{"peer": true}, "a chat expected: a name, an id"},
			{"invokeWithLayer", fields{"layer": 1, "query": fields{"_": "help.getConfig"}}, "the account speaks layer"},
			{"invokeWithoutUpdates", fields{"query": fields{"_": "invokeAfterMsg", "msg_id": 1, "query": fields{"_": "help.getConfig"}}}, "message numbers are the connection's own"},
			{"nothing.atAll", nil, "unknown method"},
		} {
			_, err := a.Call(ctx, row.method, row.args)
			if err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("%s %v: got %v, want %s", row.method, row.args, err, row.want)
			}
		}
		if c, err := a.Prepare("invokeWithoutUpdates", fields{"query": fields{"_": "invokeWithTakeout", "takeout_id": 1, "query": fields{"_": "auth.logOut"}}}); err != nil ||
			fmt.Sprint(c.Methods()) != "[invokeWithoutUpdates invokeWithTakeout auth.logOut]" {
			t.Errorf("got %v, %v", c, err)
		}
	})
}

// TestRawStalePeers has a server that has forgotten the hashes it gave.
func TestRawStalePeers(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		do(t, ctx, a, "messages.sendMessage", fields{"peer": "@bobby", "message": "met"})
		s.Inject(sandbox.Fault{Method: "messages.sendMessage", Times: 1, Code: 400, Message: "PEER_ID_INVALID"})
		_, err := a.Call(ctx, "messages.sendMessage", fields{"peer": "@bobby", "message": "again"})
		if e := wantAs[*telegram.RPCError](t, err); e.Kind != "PEER_ID_INVALID" { // the same hash was given: there is no sense in trying again
			t.Errorf("got %v", err)
		}
		do(t, ctx, a, "messages.sendMessage", fields{"peer": "@bobby", "message": "still met"})
	})
}

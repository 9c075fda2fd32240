package sandbox

import (
	"context"
	"testing"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

func TestFaults(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	ping := func(c *client) error {
		_, err := c.api.UpdatesGetState(t.Context())
		return err
	}
	for name, row := range map[string]struct {
		fault Fault
		want  string
	}{
		"a flood wait":           {FloodWait("updates.getState", 7), "FLOOD_WAIT_7"},
		"an error of any kind":   {Fault{Account: "alice", Times: 1, Code: 400, Message: "CHAT_ADMIN_REQUIRED"}, "CHAT_ADMIN_REQUIRED"},
		"an error of the server": {Fault{Method: "updates.getState", Account: "alice", Times: 1}, "INTERNAL"},
	} {
		t.Run(name, func(t *testing.T) {
			defer s.Inject(row.fault)()
			if row.fault.Account != "" {
				if err := ping(bob); err != nil {
					t.Errorf("bob has alice's trouble: %v", err)
				}
			}
			wantError(t, ping(alice), row.want)
			if err := ping(alice); err != nil {
				t.Errorf("the fault stays: %v", err)
			}
		})
	}
	cancel := s.Inject(Fault{Method: "updates.getState", Code: 400, Message: "X"})
	for range 3 {
		wantError(t, ping(alice), "X")
	}
	cancel()
	if err := ping(alice); err != nil {
		t.Errorf("after the end: %v", err)
	}
}

func TestAConnectionCutAfterTheWorkIsDone(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	bobby := alice.to(t, "bobby")
	defer s.Inject(Fault{Method: "messages.sendMessage", Times: 1, After: true, Cut: true})()
	// Whatever the client makes of it, the message was sent, once.
	in := &tg.MessagesSendMessageRequest{Peer: bobby, Message: "once", RandomID: random()}
	_, err := alice.api.MessagesSendMessage(t.Context(), in)
	if err == nil {
		t.Error("an answer came")
	}
	for {
		_, err := alice.api.MessagesSendMessage(t.Context(), in)
		if tgerr.Is(err, "RANDOM_ID_DUPLICATE") {
			break
		}
		if err == nil {
			t.Fatal("the message was sent again")
		}
		if t.Context().Err() != nil {
			t.Fatal(err)
		}
	}
	if list, _ := s.Person("bob").Messages("alice"); len(list) != 1 {
		t.Errorf("bob has %d messages", len(list))
	}
}

func TestSwallowedUpdatesAreInTheDifference(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	before := alice.state(t)
	if err := s.Swallow("alice", 1); err != nil {
		t.Fatal(err)
	}
	say(t, s, "bob", "alice", "lost")
	say(t, s, "bob", "alice", "heard")
	u := next[*tg.UpdateNewMessage](t, alice)
	if m := u.Message.(*tg.Message); m.Message != "heard" || u.Pts != before.Pts+2 {
		t.Errorf("heard %v", u)
	}
	d, ok := alice.difference(t, before).(*tg.UpdatesDifference)
	if !ok || len(d.NewMessages) != 2 {
		t.Errorf("the difference: %v", d)
	}
}

func TestEndsOfASession(t *testing.T) {
	for name, row := range map[string]struct {
		do   func(s *Server) error
		want string
	}{
		"revoked":    {func(s *Server) error { return s.Revoke("alice") }, "SESSION_REVOKED"},
		"duplicated": {func(s *Server) error { return s.Duplicate("alice") }, "AUTH_KEY_DUPLICATED"},
		"banned":     {func(s *Server) error { return s.Ban("alice", true) }, "USER_DEACTIVATED_BAN"},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, Options{})
			alice := login(t, s, "alice")
			if err := row.do(s); err != nil {
				t.Fatal(err)
			}
			next[*tg.UpdatePtsChanged](t, alice) // stands for updatesTooLong, which wakes clients up
			_, err := alice.api.UpdatesGetState(t.Context())
			wantError(t, err, row.want)
		})
	}
	s := serve(t, Options{})
	if err := s.Revoke("nobody"); err == nil {
		t.Error("nobody was revoked")
	}
}

func TestRestartKeepsSignIns(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	say(t, s, "bob", "alice", "before")
	if err := s.Restart(false); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for {
		self, err := alice.Self(ctx)
		if err == nil {
			if self.FirstName != "alice" {
				t.Errorf("signed in as %v", self)
			}
			break
		}
		if ctx.Err() != nil {
			t.Fatalf("never back: %v", err)
		}
	}
	if err := s.Drop("alice"); err != nil {
		t.Fatal(err)
	}
	say(t, s, "bob", "alice", "after")
	if list, _ := s.Person("alice").Messages("bob"); len(list) != 2 {
		t.Errorf("%d messages", len(list))
	}
}

func TestRestartWithoutMemoryForgetsKeys(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	alice.stop()
	if err := s.Restart(true); err != nil {
		t.Fatal(err)
	}
	if err := s.Person("alice").act(func(u *user) error {
		if len(u.auths) != 0 {
			t.Errorf("still signed in: %v", u.auths)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

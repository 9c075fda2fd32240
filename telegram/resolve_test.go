package telegram_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
	"github.com/tgscript/tgscript/telegram/text"
)

func TestResolve(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		for target, want := range map[telegram.Target]int64{
			telegram.Name("me"):                            1001,
			telegram.Name("@bobby"):                        1002,
			telegram.Name("bob"):                           1002, // the name of a contact
			telegram.Name("@Carol"):                        1003,
			telegram.Name("+42 777 0002"):                  1002,
			telegram.Name("https://t.me/+427770003"):       1003,
			telegram.Name("t.me/bobby"):                    1002,
			telegram.Name("https://telegram.me/bobby/5"):   1002,
			telegram.Name("https://telegram.dog/s/bobby"):  1002,
			telegram.Name("tg://resolve?domain=bobby"):     1002,
			telegram.Name("tg://user?id=1002"):             1002,
			telegram.Name("1002"):                          1002,
			telegram.Name("Friends"):                       -3001,
			telegram.Name("friends"):                       -3001,
			telegram.Name("Workshop"):                      -1000000003002,
			telegram.Name("@sandbox_news"):                 -1000000003003,
			telegram.Name("sandbox_news"):                  -1000000003003, // no chat is called so
			telegram.Name("t.me/c/3002/7"):                 -1000000003002,
			telegram.Name("https://t.me/+sandboxFriends1"): -3001,
			telegram.Name("t.me/joinchat/sandboxWorkshop"): -1000000003002,
			telegram.ID(1001):                              1001,
			telegram.ID(1002):                              1002,
			telegram.ID(-3001):                             -3001,
			telegram.ID(3001):                              -3001,
			telegram.ID(3002):                              -1000000003002,
			telegram.ID(-1000000003003):                    -1000000003003,
			telegram.Peer{ID: 1003}:                        1003,
		} {
			peer, err := a.Resolve(ctx, target)
			if err != nil || peer.ID != want || peer.Input == nil {
				t.Errorf("%v is %d, %v", target, peer.ID, err)
				continue
			}
			if want == -1000000003003 {
				continue // not everybody may write there
			}
			if _, err := a.Send(ctx, target, text.Of("x"), telegram.SendOptions{}); err != nil {
				t.Errorf("send to %v: %v", target, err)
			}
		}
	})
}

func TestResolveUnknown(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		for target, want := range map[telegram.Target]string{
			telegram.Name("@nobody_here"):     `can't find "@nobody_here" (tried the user names seen so far, contacts.resolveUsername): nobody has this user name; check the spelling`,
			telegram.Name("+1 555 0100"):      `can't find "+1 555 0100" (tried the phone numbers seen so far, contacts.resolvePhone): nobody has this number, or they don't let others find them by it; save them as a contact, or use their @name`,
			telegram.Name("Nobody Anywhere"):  `can't find "Nobody Anywhere" (tried messages.getDialogs, contacts.getContacts, the names of contacts and chats): names must be written exactly as Telegram shows them, of a contact or a chat that the account is in; a user name starts with @`,
			telegram.ID(987654):               `can't find "987654" (tried the peers seen so far): Telegram wants more than an id: use the @name, or let the account see a message of theirs first`,
			telegram.Name("t.me/+nosuchhash"): `can't find "t.me/+nosuchhash" (tried messages.checkChatInvite): the invite link is wrong or has expired`,
		} {
			if target == telegram.ID(987654) {
				if _, err := a.Resolve(ctx, telegram.Name("Nobody Else")); err == nil { // lists the chats
					t.Error("nobody else was found")
				}
			}
			_, err := a.Resolve(ctx, target)
			e := wantAs[*telegram.PeerUnknownError](t, err)
			if fields := e.LuaFields(); fields["kind"] != "PEER_UNKNOWN" || fields["message"] != e.Error() {
				t.Errorf("fields are %v", fields)
			}
			if target != telegram.Name("Nobody Anywhere") && e.Error() != want { // whose chats may be listed already
				t.Errorf("got  %v\nwant %v", e, want)
			}
		}
		for _, target := range []telegram.Target{nil, telegram.Name(""), telegram.ID(0), (*telegram.Message)(nil), telegram.Peer{}} {
			if _, err := a.Resolve(ctx, target); err == nil {
				t.Errorf("%v was found", target)
			}
		}
	})
}

// TestResolveAsksOnce lets every further question fail, in this run and the next.
func TestResolveAsksOnce(t *testing.T) {
	s := world(t)
	opts := ready(t, s, options(s))
	opts.Dir = t.TempDir()
	for run := range 2 {
		a := open(t, opts)
		err := signedIn(t, a, alice(), func(ctx context.Context) error {
			if run == 0 {
				for _, name := range []telegram.Name{"@bobby", "@carol", "Workshop"} {
					if _, err := a.Resolve(ctx, name); err != nil {
						t.Errorf("%s: %v", name, err)
					}
				}
				for _, method := range []string{"contacts.resolveUsername", "contacts.resolvePhone", "messages.getDialogs", "contacts.getContacts"} {
					s.Inject(sandbox.Fault{Method: method, Code: 400, Message: "ASKED_AGAIN"})
				}
			}
			for _, target := range []telegram.Target{telegram.Name("@bobby"), telegram.Name("t.me/Bobby"), telegram.ID(1003), telegram.Name("Workshop"), telegram.ID(-1000000003002)} {
				if _, err := a.Send(ctx, target, text.Of("x"), telegram.SendOptions{}); err != nil {
					t.Errorf("run %d, %v: %v", run, target, err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestResolveTogether has many ask for the same name at once.
func TestResolveTogether(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		s.Inject(sandbox.Fault{Method: "contacts.resolveUsername", Times: 1, Code: 400, Message: "USERNAME_NOT_OCCUPIED"})
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				if _, err := a.Resolve(ctx, telegram.Name("@sandbox_news")); err == nil {
					t.Error("a second question was asked")
				}
			})
		}
		all.Wait()
	})
}

func TestResolveAsBot(t *testing.T) {
	asBot(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, l *listener) {
		for target, want := range map[telegram.Target]int64{
			telegram.Name("@bobby"): 1002, telegram.ID(-1000000003002): -1000000003002, telegram.ID(-3001): -3001, telegram.Name("me"): 2001,
		} {
			peer, err := a.Resolve(ctx, target)
			if err != nil || peer.ID != want || peer.Input == nil {
				t.Errorf("%v is %+v, %v", target, peer, err)
			}
		}
		for _, target := range []telegram.Target{telegram.Name("+42 777 0002"), telegram.ID(987654), telegram.Name("Nobody Anywhere")} {
			_, err := a.Resolve(ctx, target)
			if e := wantAs[*telegram.PeerUnknownError](t, err); e.Hint == "" {
				t.Errorf("%v: %v", target, e)
			}
		}
		say(t, s, "carol", "EchoBot", "hi")
		l.wants("message carol hi")
		if p, err := a.Resolve(ctx, telegram.ID(1003)); err != nil || fmt.Sprintf("%T", p.Input) != "*tg.InputPeerUser" {
			t.Errorf("carol is %+v, %v", p, err)
		}
	})
}

func TestNotSignedIn(t *testing.T) {
	s := world(t)
	a := open(t, ready(t, s, options(s)))
	if _, err := a.Resolve(t.Context(), telegram.Name("me")); err == nil {
		t.Error("nobody is me")
	}
}

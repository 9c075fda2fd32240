package sandbox

import (
	"errors"
	"fmt"
	"net"
	"testing"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

func TestOnlyLoopback(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", ":0", "192.0.2.1:0", "example.org:0"} {
		if _, err := New(Options{Listen: address}); !errors.Is(err, ErrNotLoopback) {
			t.Errorf("%s: %v", address, err)
		}
	}
	if _, err := New(Options{Listen: "nonsense"}); err == nil {
		t.Error("nonsense was listened on")
	}
	s := serve(t, Options{Listen: "localhost:0"})
	for _, option := range s.DCOptions() {
		if ip := net.ParseIP(option.IPAddress); ip == nil || !ip.IsLoopback() {
			t.Errorf("%v isn't on this machine", option)
		}
	}
}

func TestAPortInUseIsAnError(t *testing.T) {
	s := serve(t, Options{})
	if _, err := New(Options{Listen: s.Info().Address}); err == nil {
		t.Error("two servers listen on one port")
	}
}

func TestConfigNamesThisMachineOnly(t *testing.T) {
	s := serve(t, Options{})
	c := dial(t, s)
	config, err := c.api.HelpGetConfig(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(config.DCOptions) != 2 || config.ThisDC != firstDC || config.MessageLengthMax != 4096 {
		t.Errorf("config: %v", config)
	}
	for _, option := range config.DCOptions {
		if !net.ParseIP(option.IPAddress).IsLoopback() {
			t.Errorf("%v isn't on this machine", option)
		}
	}
}

func TestWhatIsNotEmulatedIsNamed(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	_, err := alice.api.HelpGetPremiumPromo(t.Context())
	var rpc *tgerr.Error
	if !errors.As(err, &rpc) || rpc.Code != 501 || rpc.Message != "METHOD_NOT_EMULATED: help.getPremiumPromo" {
		t.Errorf("got %v", err)
	}
	if n := s.typeName(1); n != "0x1" {
		t.Errorf("unknown to all: %s", n)
	}
}

func TestNobodyIsSignedInAtFirst(t *testing.T) {
	s := serve(t, Options{})
	c := dial(t, s)
	_, err := c.api.UpdatesGetState(t.Context())
	wantError(t, err, "AUTH_KEY_UNREGISTERED")
	_, err = s.ReadySession(1)
	if !errors.Is(err, ErrUnknown) {
		t.Errorf("a session of no data centre: %v", err)
	}
}

func TestObserve(t *testing.T) {
	s := serve(t, Options{})
	var lines []string
	cancel := s.Observe(func(e Entry) {
		lines = append(lines, fmt.Sprintf("%s %s>%s %s", e.Kind, e.From, e.Chat, e.Text))
	})
	m := say(t, s, "alice", "bob", "psst")
	if _, err := s.Person("alice").Edit(t.Context(), "bob", m.ID, "hello"); err != nil {
		t.Fatal(err)
	}
	say(t, s, "bob", "Workshop", "hi all")
	if err := s.Person("alice").Delete(t.Context(), "bob", m.ID); err != nil {
		t.Fatal(err)
	}
	cancel()
	say(t, s, "alice", "bob", "unheard")
	want := []string{"sent alice>bob psst", "edit alice>bob hello", "sent bob>Workshop hi all", "delete alice>bob hello"}
	if fmt.Sprint(lines) != fmt.Sprint(want) {
		t.Errorf("got %q", lines)
	}
}

func TestAPersonWithoutAClient(t *testing.T) {
	s := serve(t, Options{})
	ctx := t.Context()
	m := say(t, s, "alice", "@bobby", "hello @bobby")
	if m.ChatID != 1002 || !m.Out || m.From != "alice" {
		t.Errorf("alice sees %v", m)
	}
	list, err := s.Person("bob").Messages("alice")
	if err != nil || len(list) != 1 || list[0].Out {
		t.Fatalf("bob sees %v, %v", list, err)
	}
	reply, err := s.Person("bob").Send(ctx, "alice", "hello", SendOptions{ReplyTo: list[0].ID})
	if err != nil || reply.ReplyTo != list[0].ID {
		t.Errorf("reply: %v, %v", reply, err)
	}
	if err := s.Person("bob").Read("alice"); err != nil {
		t.Error(err)
	}
	_, err = s.Person("bob").Edit(ctx, "alice", list[0].ID, "x")
	wantError(t, err, "MESSAGE_AUTHOR_REQUIRED")
	for name, err := range map[string]error{
		"nobody sends":         second(s.Person("nobody").Send(ctx, "bob", "x", SendOptions{})),
		"to nobody":            second(s.Person("bob").Send(ctx, "nobody", "x", SendOptions{})),
		"an unknown message":   s.Person("bob").Delete(ctx, "alice", 777),
		"an unknown chat read": s.Person("bob").Read("nothing"),
		"an unknown chat":      second(s.Person("bob").Messages("nothing")),
	} {
		if !errors.Is(err, ErrUnknown) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.Person("bob").Send(ctx, "News", "x", SendOptions{}); !tgerr.Is(err, "CHAT_WRITE_FORBIDDEN") {
		t.Errorf("bob in News: %v", err)
	}
}

func second[T any](_ T, err error) error { return err }

func TestSeedsThatCannotBe(t *testing.T) {
	for name, change := range map[string]func(*Seed){
		"two of one name":     func(s *Seed) { s.Bots[0].Name = "alice" },
		"a member unknown":    func(s *Seed) { s.Chats[0].Members = []string{"ghost"} },
		"a kind unknown":      func(s *Seed) { s.Chats[0].Kind = "club" },
		"a creator unknown":   func(s *Seed) { s.Chats[0].Creator = "" },
		"two titles the same": func(s *Seed) { s.Chats[1].Title = s.Chats[0].Title },
	} {
		t.Run(name, func(t *testing.T) {
			seed := DefaultSeed()
			change(seed)
			if s, err := New(Options{Seed: seed}); err == nil {
				t.Error("it started", s.Close())
			}
		})
	}
}

func TestContacts(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	ctx := t.Context()
	list, err := alice.api.ContactsGetContacts(ctx, 0)
	if err != nil || len(list.(*tg.ContactsContacts).Users) != 4 {
		t.Errorf("contacts: %v, %v", list, err)
	}
	found, err := alice.api.ContactsResolvePhone(ctx, "+427770002")
	if err != nil || found.Peer.(*tg.PeerUser).UserID != 1002 {
		t.Errorf("by phone: %v, %v", found, err)
	}
	_, err = alice.api.ContactsResolvePhone(ctx, "+427779999")
	wantError(t, err, "PHONE_NOT_OCCUPIED")
	got, err := alice.api.ContactsSearch(ctx, &tg.ContactsSearchRequest{Q: "sandbox_e", Limit: 10})
	if err != nil || len(got.Results) != 1 {
		t.Errorf("search: %v, %v", got, err)
	}
	in := alice.to(t, "bobby").(*tg.InputPeerUser)
	bob := &tg.InputUser{UserID: in.UserID, AccessHash: in.AccessHash}
	if _, err := alice.api.ContactsDeleteContacts(ctx, []tg.InputUserClass{bob}); err != nil {
		t.Fatal(err)
	}
	users, err := alice.api.UsersGetUsers(ctx, []tg.InputUserClass{bob, &tg.InputUser{UserID: 1003, AccessHash: 1}})
	if err != nil || len(users) != 2 || users[0].(*tg.User).Contact || users[0].(*tg.User).Phone != "" {
		t.Errorf("bob after: %v, %v", users, err)
	}
	if _, empty := users[1].(*tg.UserEmpty); !empty {
		t.Errorf("carol with a wrong hash: %v", users[1])
	}
	imported, err := alice.api.ContactsImportContacts(ctx, []tg.InputPhoneContact{{ClientID: 7, Phone: "+427770002", FirstName: "B"}, {ClientID: 8, Phone: "1"}})
	if err != nil || len(imported.Imported) != 1 || imported.Imported[0].ClientID != 7 {
		t.Errorf("import: %v, %v", imported, err)
	}
	full, err := alice.api.UsersGetFullUser(ctx, bob)
	if err != nil || full.FullUser.CommonChatsCount != 3 {
		t.Errorf("full: %v, %v", full, err)
	}
}

package sandbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/gotd/td/session"
	"github.com/gotd/td/telegram"
	"github.com/gotd/td/telegram/auth"
	"github.com/gotd/td/telegram/dcs"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

// patience is how long a test waits for what must happen.
const patience = time.Minute

func serve(t testing.TB, opts Options) *Server {
	t.Helper()
	s, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

// client is a real gotd client that is connected as long as its test runs.
type client struct {
	*telegram.Client
	api     *tg.Client
	server  *Server
	storage *session.StorageMemory
	updates chan tg.UpdateClass
	skipped []tg.UpdateClass
	stop    func()
}

// dial connects a client that is signed in as nobody.
func dial(t testing.TB, s *Server) *client {
	t.Helper()
	ready, err := s.ReadySession(0)
	if err != nil {
		t.Fatal(err)
	}
	storage := &session.StorageMemory{}
	if err := storage.StoreSession(t.Context(), ready); err != nil {
		t.Fatal(err)
	}
	return redial(t, s, storage)
}

// redial connects a client with a session that there is.
func redial(t testing.TB, s *Server, storage *session.StorageMemory) *client {
	t.Helper()
	c := &client{server: s, storage: storage, updates: make(chan tg.UpdateClass, 10_000)}
	c.Client = telegram.NewClient(s.seed.APIID, s.seed.APIHash, telegram.Options{
		DC: firstDC, DCList: dcs.List{Options: s.DCOptions()}, PublicKeys: s.Keys(), SessionStorage: storage,
		UpdateHandler: telegram.UpdateHandlerFunc(func(_ context.Context, u tg.UpdatesClass) error {
			c.keep(u)
			return nil
		}),
	})
	ctx, cancel := context.WithCancel(context.Background())
	ready, done := make(chan struct{}), make(chan error, 1)
	go func() {
		done <- c.Run(ctx, func(ctx context.Context) error {
			close(ready)
			<-ctx.Done()
			return nil
		})
	}()
	c.stop = sync.OnceFunc(func() { cancel(); <-done })
	t.Cleanup(c.stop)
	select {
	case <-ready:
	case err := <-done:
		done <- err
		t.Fatalf("connect: %v", err)
	case <-time.After(patience):
		t.Fatal("the client doesn't connect")
	}
	c.api = c.API()
	return c
}

func (c *client) keep(u tg.UpdatesClass) {
	switch u := u.(type) {
	case *tg.Updates:
		for _, one := range u.Updates {
			c.updates <- one
		}
	case *tg.UpdateShort:
		c.updates <- u.Update
	case *tg.UpdatesTooLong:
		c.updates <- &tg.UpdatePtsChanged{}
	}
}

// next waits for an update of one kind and leaves others for later: gotd handles each message in
// a goroutine of its own, so those that come close together come in any order.
func next[U tg.UpdateClass](t testing.TB, c *client) U {
	t.Helper()
	for i, u := range c.skipped {
		if wanted, ok := u.(U); ok {
			c.skipped = slices.Delete(c.skipped, i, i+1)
			return wanted
		}
	}
	limit := time.After(patience)
	for {
		select {
		case u := <-c.updates:
			if wanted, ok := u.(U); ok {
				return wanted
			}
			c.skipped = append(c.skipped, u)
		case <-limit:
			t.Fatalf("no %T came", *new(U))
		}
	}
}

// login connects a client and signs it in as a person or bot of the default seed.
func login(t testing.TB, s *Server, name string) *client {
	t.Helper()
	c := dial(t, s)
	if err := c.signIn(t.Context(), name); err != nil {
		t.Fatalf("sign in as %s: %v", name, err)
	}
	return c
}

func (c *client) signIn(ctx context.Context, name string) error {
	for _, b := range c.server.Info().Bots {
		if b.Name == name {
			_, err := c.Auth().Bot(ctx, b.Token)
			return err
		}
	}
	for _, p := range c.server.Info().People {
		if p.Name == name {
			code := func(context.Context, *tg.AuthSentCode) (string, error) { return c.server.Info().Code, nil }
			return auth.NewFlow(auth.Constant(p.Phone, p.Password, auth.CodeAuthenticatorFunc(code)), auth.SendCodeOptions{}).Run(ctx, c.Auth())
		}
	}
	return fmt.Errorf("sign in as %s: %w", name, ErrUnknown)
}

// to resolves a user name as a client does.
func (c *client) to(t testing.TB, username string) tg.InputPeerClass {
	t.Helper()
	found, err := c.api.ContactsResolveUsername(t.Context(), &tg.ContactsResolveUsernameRequest{Username: username})
	if err != nil {
		t.Fatalf("resolve %s: %v", username, err)
	}
	if len(found.Users) > 0 {
		return found.Users[0].(*tg.User).AsInputPeer()
	}
	return found.Chats[0].(*tg.Channel).AsInputPeer()
}

var randoms struct {
	sync.Mutex
	last int64
}

func random() int64 {
	randoms.Lock()
	defer randoms.Unlock()
	randoms.last++
	return randoms.last
}

// send sends and returns the message as the answer has it.
func (c *client) send(t testing.TB, to tg.InputPeerClass, text string) *tg.Message {
	t.Helper()
	answer, err := c.api.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{Peer: to, Message: text, RandomID: random()})
	if err != nil {
		t.Fatalf("send %q: %v", text, err)
	}
	return c.sent(t, answer)
}

// sent is the message of an answer; one that Telegram tells only in short is asked for.
func (c *client) sent(t testing.TB, answer tg.UpdatesClass) *tg.Message {
	t.Helper()
	short, ok := answer.(*tg.UpdateShortSentMessage)
	if !ok {
		return sent(t, answer)
	}
	got, err := c.api.MessagesGetMessages(t.Context(), []tg.InputMessageClass{&tg.InputMessageID{ID: short.ID}})
	if err != nil {
		t.Fatalf("get message %d: %v", short.ID, err)
	}
	return got.(*tg.MessagesMessages).Messages[0].(*tg.Message)
}

func sent(t testing.TB, answer tg.UpdatesClass) *tg.Message {
	t.Helper()
	for _, u := range answer.(*tg.Updates).Updates {
		switch u := u.(type) {
		case *tg.UpdateNewMessage:
			return u.Message.(*tg.Message)
		case *tg.UpdateNewChannelMessage:
			return u.Message.(*tg.Message)
		}
	}
	t.Fatalf("no message in %v", answer)
	return nil
}

// wantError checks for one of Telegram's names.
func wantError(t testing.TB, err error, name string) {
	t.Helper()
	var rpc *tgerr.Error
	if !errors.As(err, &rpc) || rpc.Message != name {
		t.Errorf("got %v, want %s", err, name)
	}
}

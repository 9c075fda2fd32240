package wire

import (
	"context"
	"crypto/rsa"
	"errors"
	"log/slog"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/exchange"
	"github.com/gotd/td/session"
	"github.com/gotd/td/telegram"
	"github.com/gotd/td/telegram/dcs"
	"github.com/gotd/td/testutil"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// patience is a limit that only a hang reaches.
const patience = 2 * time.Minute

func testKey() *rsa.PrivateKey { return testutil.RSAPrivateKey() }

// echo answers help.getConfig with no address, and help.getDeepLinkInfo with the path it's given.
func echo(_ context.Context, r *Request) (bin.Encoder, error) {
	switch r.MethodID {
	case tg.HelpGetConfigRequestTypeID:
		return &tg.Config{ThisDC: 2}, nil
	case tg.HelpGetDeepLinkInfoRequestTypeID:
		var req tg.HelpGetDeepLinkInfoRequest
		if err := req.Decode(r.Body); err != nil {
			return nil, err
		}
		return &tg.HelpDeepLinkInfo{Message: req.Path}, nil
	default:
		return nil, tgerr.New(400, "METHOD_INVALID")
	}
}

// start serves on a port of its own until the test ends.
func start(t testing.TB, opts Options) (*Server, string) {
	t.Helper()
	if opts.Handler == nil {
		opts.Handler = HandlerFunc(echo)
	}
	if opts.Keys == nil {
		opts.Keys = []exchange.PrivateKey{{RSA: testKey()}}
	}
	if opts.Logger == nil && testing.Verbose() {
		opts.Logger = slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	s := New(opts)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- s.Serve(context.Background(), l) }()
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if err := <-served; !errors.Is(err, ErrServerClosed) {
			t.Errorf("Serve ended with %v", err)
		}
	})
	return s, l.Addr().String()
}

// withConfig answers help.getConfig with the server's address, which gotd dials from then on.
func withConfig(address *string, next HandlerFunc) HandlerFunc {
	return func(ctx context.Context, r *Request) (bin.Encoder, error) {
		if r.MethodID == tg.HelpGetConfigRequestTypeID {
			return &tg.Config{ThisDC: 2, DCOptions: dcOptions(*address)}, nil
		}
		return next(ctx, r)
	}
}

func dcOptions(address string) []tg.DCOption {
	host, port, _ := net.SplitHostPort(address)
	n, _ := net.LookupPort("tcp", port)
	return []tg.DCOption{{ID: 2, IPAddress: host, Port: n}}
}

// stored is a session storage that holds a ready key.
func stored(t testing.TB, s *Server) (*session.StorageMemory, crypto.AuthKey) {
	t.Helper()
	key, err := s.AuthKeys().NewReady()
	if err != nil {
		t.Fatal(err)
	}
	storage := new(session.StorageMemory)
	loader := session.Loader{Storage: storage}
	if err := loader.Save(context.Background(), &session.Data{
		DC: 2, AuthKey: key.Value[:], AuthKeyID: key.ID[:], Salt: s.Salt(key.IntID()),
	}); err != nil {
		t.Fatal(err)
	}
	return storage, key
}

// clientOptions points gotd's client at the server.
func clientOptions(address string, plain dcs.PlainOptions, storage session.Storage) telegram.Options {
	return telegram.Options{
		DC:             2,
		DCList:         dcs.List{Options: dcOptions(address)},
		PublicKeys:     []telegram.PublicKey{{RSA: &testKey().PublicKey}},
		Resolver:       dcs.Plain(plain),
		SessionStorage: storage,
	}
}

// run runs f with a connected client of gotd.
func run(t testing.TB, opts telegram.Options, f func(ctx context.Context, c *telegram.Client)) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	client := telegram.NewClient(1, "hash", opts)
	var once sync.Once
	if err := client.Run(ctx, func(ctx context.Context) error {
		once.Do(func() { f(ctx, client) })
		return nil
	}); err != nil {
		t.Errorf("Run ended with %v", err)
	}
}

func mustEcho(ctx context.Context, t testing.TB, c *telegram.Client, text string) {
	t.Helper()
	res, err := c.API().HelpGetDeepLinkInfo(ctx, text)
	if err != nil {
		t.Errorf("echo: %v", err)
		return
	}
	info, ok := res.(*tg.HelpDeepLinkInfo)
	if !ok || info.Message != text {
		t.Errorf("echo of %d bytes is %T", len(text), res)
	}
}

package control

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

// ErrNotLoopback refuses to listen where other machines could reach the server.
var ErrNotLoopback = errors.New("control listens on loopback addresses only")

// maxBody is what a request may hold; snapshots, which have files in them, may be larger.
const (
	maxBody     = 1 << 20
	maxSnapshot = 512 << 20
)

// Options describe a Server. The zero value is useful.
type Options struct {
	Listen string // loopback address; "" means 127.0.0.1:0
	Token  string // "" makes one
	Logger *slog.Logger

	// Do runs a scenario for POST /do, and returns what it has returned; nil refuses the order. print is
	// told of each line that the scenario prints.
	Do func(ctx context.Context, name string, source []byte, print func(line string)) (results []string, err error)
}

// Info is what a program needs to use a Server.
type Info struct {
	Address string `json:"address"` // host:port
	Token   string `json:"token"`
}

// Server takes orders for one sandbox.
type Server struct {
	sandbox *sandbox.Server
	log     *slog.Logger
	token   [sha256.Size]byte
	info    Info
	http    http.Server
	done    chan struct{}
	said    *sandbox.Transcript
	play    func(ctx context.Context, name string, source []byte, print func(line string)) ([]string, error)

	mu     sync.Mutex
	faults map[int]func() // those that can still be cancelled
	last   int            // number of the newest
}

// Listen starts a Server; Close ends it. The sandbox outlives it.
func Listen(s *sandbox.Server, opts Options) (*Server, error) {
	if opts.Listen == "" {
		opts.Listen = "127.0.0.1:0"
	}
	host, _, err := net.SplitHostPort(opts.Listen)
	if err != nil {
		return nil, fmt.Errorf("listen for control: %w", err)
	}
	if !loopback(host) {
		return nil, fmt.Errorf("listen for control on %q: %w", opts.Listen, ErrNotLoopback)
	}
	listener, err := net.Listen("tcp", opts.Listen)
	if err != nil {
		return nil, fmt.Errorf("listen for control: %w", err)
	}
	if opts.Token == "" {
		opts.Token = newToken()
	}
	if opts.Logger == nil {
		opts.Logger = slog.New(slog.DiscardHandler)
	}
	c := &Server{
		sandbox: s, log: opts.Logger, token: sha256.Sum256([]byte(opts.Token)), done: make(chan struct{}),
		info: Info{Address: listener.Addr().String(), Token: opts.Token}, said: sandbox.NewTranscript(s), faults: map[int]func(){}, play: opts.Do,
	}
	c.http = http.Server{
		Handler: c.guard(c.routes()), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute,
		MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(opts.Logger.Handler(), slog.LevelDebug),
	}
	go func() {
		defer close(c.done)
		if err := c.http.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			c.log.Error("serve control", "error", err)
		}
	}()
	return c, nil
}

// Info is what a program needs to use the server. It holds the token.
func (c *Server) Info() Info { return c.info }

// Close stops taking orders and waits for those that are being carried out.
func (c *Server) Close() error {
	c.said.Close() // who waits for more is answered
	ctx, stop := context.WithTimeout(context.Background(), 5*time.Second)
	defer stop()
	err := c.http.Shutdown(ctx)
	if err != nil {
		err = errors.Join(fmt.Errorf("close control: %w", err), c.http.Close())
	}
	<-c.done
	return err
}

func newToken() string {
	var b [24]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// guard lets requests through that come from who was told the token. The host is checked against
// web pages that have their name point at this machine.
func (c *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = strings.Trim(r.Host, "[]")
		}
		if !loopback(host) {
			fail(w, http.StatusForbidden, "the host "+r.Host+" isn't this machine", "use the address that was printed: "+c.info.Address)
			return
		}
		token, found := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		sum := sha256.Sum256([]byte(token))
		if !found || subtle.ConstantTimeCompare(sum[:], c.token[:]) != 1 {
			w.Header().Set("WWW-Authenticate", "Bearer")
			fail(w, http.StatusUnauthorized, "the token is missing or wrong", "send the header Authorization: Bearer TOKEN")
			return
		}
		limit := int64(maxBody)
		if r.URL.Path == "/restore" {
			limit = maxSnapshot
		}
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		next.ServeHTTP(w, r)
	})
}

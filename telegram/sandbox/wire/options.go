package wire

import (
	"context"
	"log/slog"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/exchange"
)

// Clock tells the time that clients see: in message ids, salts and key lifetimes. Time limits of
// connections are real time and don't come from it.
type Clock interface{ Now() time.Time }

// Handler answers API queries. Queries of one session come one after another, in the order of their
// arrival; those of different sessions come at the same time.
//
// An error that is a *tgerr.Error (see errors.As) becomes an rpc_error; any other is logged and
// becomes 500 INTERNAL.
type Handler interface {
	ServeRPC(ctx context.Context, r *Request) (bin.Encoder, error)
}

// HandlerFunc is a function as Handler.
type HandlerFunc func(ctx context.Context, r *Request) (bin.Encoder, error)

// ServeRPC calls f.
func (f HandlerFunc) ServeRPC(ctx context.Context, r *Request) (bin.Encoder, error) { return f(ctx, r) }

// Options of a Server. Handler and Keys are needed, the rest has useful zero values.
type Options struct {
	// Keys are the RSA keys that prove who we are during a key exchange; each may be used by clients
	// in the old or in the RSA_PAD scheme.
	Keys []exchange.PrivateKey
	// DC is the number of this data centre; 0 accepts clients that expect any.
	DC int
	// AuthKeys is the registry of auth keys; nil makes one in memory.
	AuthKeys *AuthKeys
	// Handler answers the queries.
	Handler Handler
	// Interest says what a query tells of its session, if it didn't come in invokeWithoutUpdates; nil
	// says that each is [Interested].
	Interest func(r *Request) Interest
	// OnSessionOpen and OnSessionClose, if not nil, are told when a session begins and when it is
	// forgotten. They must not wait for the session.
	OnSessionOpen, OnSessionClose func(s *Session)
	// Clock defaults to the system's.
	Clock Clock
	// Logger defaults to silence.
	Logger *slog.Logger
	// HandshakeTimeout is how long a connection may take to its first message, and from one message
	// of a key exchange to the next. Default 1 min.
	HandshakeTimeout time.Duration
	// StallTimeout is how long a started frame may make no progress, and how long a client may not
	// read what we write. Default 30 s.
	StallTimeout time.Duration
	// SessionTTL is how long a session without a connection is remembered. Default 15 min.
	SessionTTL time.Duration
	// MaxConnections is how many connections are served at a time; others are told -429. Default 20000.
	MaxConnections int
}

// Interest is what a query tells of whether its session is to be pushed to. The zero value is that of
// most queries.
type Interest int

// Interests of queries.
const (
	Interested Interest = iota // from now on
	Undecided                  // unless the session has turned out to move files
	Elsewhere                  // not, as long as no query was Interested: it only moves files
)

func (o *Options) setDefaults() {
	if o.AuthKeys == nil {
		o.AuthKeys = NewAuthKeys()
	}
	if o.Clock == nil {
		o.Clock = systemClock{}
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.HandshakeTimeout == 0 {
		o.HandshakeTimeout = time.Minute
	}
	if o.StallTimeout == 0 {
		o.StallTimeout = 30 * time.Second
	}
	if o.SessionTTL == 0 {
		o.SessionTTL = 15 * time.Minute
	}
	if o.MaxConnections == 0 {
		o.MaxConnections = 20000
	}
}

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

package wire

import (
	"context"
	"net"
)

// Server is one data centre.
type Server struct {
	opts Options
}

// New makes a Server.
func New(opts Options) *Server {
	opts.setDefaults()
	return &Server{opts: opts}
}

// Serve accepts connections until ctx ends, Close is called (ErrServerClosed) or the listener fails.
// It closes the listener. It may be called for several listeners.
func (s *Server) Serve(ctx context.Context, l net.Listener) error { panic("soon") }

// Close closes all connections, ends all sessions and waits for the handlers that still run.
func (s *Server) Close() error { panic("soon") }

// DC is the number of the data centre.
func (s *Server) DC() int { return s.opts.DC }

// AuthKeys is the registry that the server uses.
func (s *Server) AuthKeys() *AuthKeys { return s.opts.AuthKeys }

// Sessions lists the sessions that count for a permanent auth key, those of temporary keys bound to
// it among them.
func (s *Server) Sessions(authKeyID int64) []*Session { panic("soon") }

// SetFaults replaces the faults; nil ends them.
func (s *Server) SetFaults(f *Faults) { panic("soon") }

// Salt is the server salt of a key at this moment: what a stored session should hold so that its
// first message is accepted.
func (s *Server) Salt(authKeyID int64) int64 { panic("soon") }

// DropKey makes the server forget an auth key (clients get -404) and closes its sessions.
func (s *Server) DropKey(authKeyID int64) error { panic("soon") }

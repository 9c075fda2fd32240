package wire

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gotd/td/bin"
)

// Server is one data centre.
type Server struct {
	opts   Options
	group  group
	faults atomic.Pointer[Faults]

	buffers     sync.Pool // of *bin.Buffer, for answers
	connections atomic.Int64

	mu       sync.RWMutex
	closed   bool
	serving  map[*serving]struct{}
	sessions map[sessionKey]*Session
	byRoot   map[int64][]*Session // in the order of their beginning
}

type sessionKey struct{ auth, session int64 }

// serving is one call of Serve: what it has started ends before it returns.
type serving struct {
	cancel context.CancelFunc
	wg     sync.WaitGroup
	done   chan struct{}
}

// New makes a Server.
func New(opts Options) *Server {
	opts.setDefaults()
	return &Server{
		opts:     opts,
		group:    newGroup(),
		buffers:  sync.Pool{New: func() any { return new(bin.Buffer) }},
		serving:  map[*serving]struct{}{},
		sessions: map[sessionKey]*Session{},
		byRoot:   map[int64][]*Session{},
	}
}

// Serve accepts connections until ctx ends, Close is called (ErrServerClosed) or the listener fails.
// It closes the listener, and returns when its connections have ended. It may be called for several
// listeners.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	outer := ctx
	ctx, cancel := context.WithCancel(ctx)
	v := &serving{cancel: cancel, done: make(chan struct{})}
	defer close(v.done)
	defer cancel()
	if !s.register(v) {
		return errors.Join(ErrServerClosed, l.Close())
	}
	defer s.unregister(v)
	v.wg.Go(func() {
		<-ctx.Done()
		_ = l.Close() // what it closed, Accept tells
	})

	err := s.accept(ctx, v, l)
	cancel()
	v.wg.Wait()
	switch {
	case outer.Err() != nil:
		return outer.Err()
	case s.isClosed():
		return ErrServerClosed
	default:
		return fmt.Errorf("accept: %w", err)
	}
}

// accept hands each connection to a goroutine of its own. An error that may pass, as too many open
// files, is waited for.
func (s *Server) accept(ctx context.Context, v *serving, l net.Listener) error {
	const longest = time.Second
	wait := 5 * time.Millisecond
	for {
		nc, err := l.Accept()
		var temporary interface{ Temporary() bool }
		switch {
		case err == nil:
			wait = 5 * time.Millisecond
			v.wg.Go(func() { s.serve(ctx, v, nc) })
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.As(err, &temporary) && temporary.Temporary():
			s.opts.Logger.WarnContext(ctx, "accept failed", "error", err, "wait", wait)
			select {
			case <-time.After(wait):
			case <-ctx.Done():
				return ctx.Err()
			}
			wait = min(2*wait, longest)
		default:
			return err
		}
	}
}

func (s *Server) register(v *serving) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.serving[v] = struct{}{}
	return true
}

func (s *Server) unregister(v *serving) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.serving, v)
}

func (s *Server) isClosed() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.closed
}

// Close closes all connections, ends all sessions and waits for the handlers that still run. The
// registry of auth keys stays open.
func (s *Server) Close() error {
	s.mu.Lock()
	s.closed = true
	var running []*serving
	for v := range s.serving {
		v.cancel()
		running = append(running, v)
	}
	var sessions []*Session
	for _, session := range s.sessions {
		sessions = append(sessions, session)
	}
	s.mu.Unlock()
	for _, session := range sessions {
		session.Close()
	}
	for _, v := range running {
		<-v.done
	}
	return nil
}

// DC is the number of the data centre.
func (s *Server) DC() int { return s.opts.DC }

// AuthKeys is the registry that the server uses.
func (s *Server) AuthKeys() *AuthKeys { return s.opts.AuthKeys }

// SetFaults replaces the faults; nil ends them.
func (s *Server) SetFaults(f *Faults) { s.faults.Store(f) }

// Salt is the server salt of a key at this moment: what a stored session should hold so that its
// first message is accepted. It is 0 for unknown keys.
func (s *Server) Salt(authKeyID int64) int64 {
	k := s.opts.AuthKeys.find(authKeyID)
	if k == nil {
		return 0
	}
	return k.currentSalt(s.opts.Clock.Now())
}

// DropKey makes the servers of the registry forget an auth key (clients get -404), and closes the
// sessions that it has on this one.
func (s *Server) DropKey(authKeyID int64) error {
	dropped, err := s.opts.AuthKeys.drop(authKeyID)
	if err != nil {
		return err
	}
	for _, session := range s.sessionsOf(dropped) {
		session.Close()
	}
	return nil
}

// Sessions lists the sessions that count for a permanent auth key, those of temporary keys bound to
// it among them, in the order of their beginning.
func (s *Server) Sessions(authKeyID int64) []*Session {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.byRoot[authKeyID])
}

func (s *Server) sessionsOf(keys []*authKey) []*Session {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var sessions []*Session
	for _, session := range s.sessions {
		if slices.Contains(keys, session.key) {
			sessions = append(sessions, session)
		}
	}
	return sessions
}

// randomInt64 is for ids that must not be guessed.
func randomInt64() int64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand
	return int64(binary.LittleEndian.Uint64(b[:]))
}

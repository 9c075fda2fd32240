package wire

import (
	"slices"
	"sync"
	"time"

	"github.com/gotd/td/bin"
)

// maxSessions is how many sessions of one key are remembered. Beyond, those go that have been without a
// connection for longest.
const maxSessions = 100

// Session is a client's session: it lives until it's destroyed or has had no connection for a while.
//
// Lock order: Session.mu before writer.mu; Server.mu is never taken under either, nor they under it.
type Session struct {
	server *Server
	key    *authKey
	id     int64

	mu        sync.Mutex
	conns     []*conn // the one heard of last is last
	closed    bool
	announced bool // new_session_created was sent
	noUpdates bool
	firm      bool // a query was Interested
	mover     bool // one was Elsewhere
	peer      peer
	expiry    *time.Timer
	since     time.Time // without a connection

	lastID  int64 // of ours
	content int32 // messages of ours that want an ack
	in      inbox
	out     outbox
	due     []*incoming // to be acknowledged
	ackAt   *time.Timer // nil when nothing is due
	runner  runner
}

// session finds or begins a session and ties c to it.
func (s *Server) session(key *authKey, id int64, c *conn) (*Session, error) {
	at := sessionKey{auth: key.id, session: id}
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil, ErrServerClosed
	}
	session, old := s.sessions[at]
	var crowded *Session
	if !old {
		session = newSession(s, key, id)
		s.sessions[at] = session
		root := key.root()
		s.byRoot[root] = append(s.byRoot[root], session)
		if all := s.byRoot[root]; root != 0 && len(all) > maxSessions {
			crowded = all[0]
		}
	}
	s.mu.Unlock()
	if crowded != nil {
		crowded.expire(true)
	}
	if !session.tie(c) { // it was closed in between
		return s.session(key, id, c)
	}
	if !old && s.opts.OnSessionOpen != nil {
		s.opts.OnSessionOpen(session)
	}
	return session, nil
}

func newSession(s *Server, key *authKey, id int64) *Session {
	session := &Session{server: s, key: key, id: id, noUpdates: true}
	if known := key.peer.Load(); known != nil {
		session.peer = *known
	}
	session.runner.room = sync.NewCond(&session.mu)
	return session
}

// tie makes c the session's current connection, and sends on it all that isn't acknowledged: that an
// older connection is still there may only mean that its end wasn't noticed yet. What the client had
// already, it knows by the id.
func (s *Session) tie(c *conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	if s.expiry != nil {
		s.expiry.Stop()
		s.expiry = nil
	}
	s.conns = append(s.conns, c)
	s.out.each(func(m *sent) { s.transmit(m, c) })
	return true
}

// unbind tells that a connection has ended or serves another session now. What went over it goes over
// another one again.
func (s *Session) unbind(c *conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conns = slices.DeleteFunc(s.conns, func(other *conn) bool { return other == c })
	if s.closed {
		return
	}
	if len(s.conns) != 0 {
		s.out.each(func(m *sent) {
			if m.conn == c {
				s.transmit(m, nil)
			}
		})
		return
	}
	s.since = time.Now()
	s.expiry = time.AfterFunc(s.server.opts.SessionTTL, func() { s.expire(false) })
}

// expire closes the session if it has no connection; if it has, a crowded key's next one is looked for.
func (s *Session) expire(crowded bool) {
	s.mu.Lock()
	idle := len(s.conns) == 0
	s.mu.Unlock()
	if idle {
		s.Close()
		return
	}
	if !crowded {
		return
	}
	for _, other := range s.server.Sessions(s.AuthKeyID()) {
		if other != s && !other.Connected() {
			other.Close()
			return
		}
	}
}

// Close forgets the session and closes its connections.
func (s *Session) Close() {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return
	}
	s.closed = true
	for _, t := range []*time.Timer{s.expiry, s.ackAt} {
		if t != nil {
			t.Stop()
		}
	}
	for _, c := range s.conns {
		c.out.close()
	}
	s.in.release()
	s.runner.room.Broadcast()
	s.mu.Unlock()

	v := s.server
	v.mu.Lock()
	delete(v.sessions, sessionKey{auth: s.key.id, session: s.id})
	v.unlist(s, s.key.root())
	v.unlist(s, 0) // a key bound in between
	v.mu.Unlock()
	if v.opts.OnSessionClose != nil {
		v.opts.OnSessionClose(s)
	}
}

func (s *Server) unlist(session *Session, root int64) {
	left := slices.DeleteFunc(s.byRoot[root], func(other *Session) bool { return other == session })
	if len(left) == 0 {
		delete(s.byRoot, root)
		return
	}
	s.byRoot[root] = left
}

// ID is the client's random id of the session.
func (s *Session) ID() int64 { return s.id }

// AuthKeyID is the permanent key that the session counts for, 0 while a temporary key isn't bound.
func (s *Session) AuthKeyID() int64 { return s.key.root() }

// Server is the data centre that the session is at.
func (s *Session) Server() *Server { return s.server }

// Layer is the layer that the client said last, 0 if it never did.
func (s *Session) Layer() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.peer.layer
}

// Init is what the client said about itself last, nil if it never did.
func (s *Session) Init() *Init {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.peer.init
}

// NoUpdates is true as long as no query of the session has come without invokeWithoutUpdates, and of
// sessions that only move files, see [Interest]: such a session isn't to be pushed to.
func (s *Session) NoUpdates() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.noUpdates
}

// Connected says whether the session has a connection now.
func (s *Session) Connected() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.conns) != 0 && !s.closed
}

// Push sends an update. It never waits: without a connection, or until the client has acknowledged it,
// the update is kept (with the answers, the last 1,000 and 8 MiB) and sent again on the next connection
// of this session. The only errors are ErrSessionClosed and those of Encode.
func (s *Session) Push(update bin.Encoder) error {
	var b bin.Buffer
	if err := update.Encode(&b); err != nil {
		return err
	}
	var fault Fault
	if f := s.server.faults.Load(); f != nil && f.Push != nil {
		fault = f.Push(s, b.Buf)
	}
	if fault.Delay > 0 {
		delay := fault.Delay
		fault.Delay = 0
		// Nobody waits for it, and it waits for nobody: a session that has closed meanwhile drops it.
		time.AfterFunc(delay, func() { _ = s.push(b.Buf, fault) })
		return nil
	}
	return s.push(b.Buf, fault)
}

func (s *Session) push(body []byte, fault Fault) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrSessionClosed
	}
	if fault.Close {
		s.cut()
	}
	if fault.Swallow {
		return nil
	}
	s.sendContent(body, nil, nil)
	if fault.Twice {
		s.sendContent(body, nil, nil)
	}
	return nil
}

// Disconnect closes the connections, but the session waits for the next one.
func (s *Session) Disconnect() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cut()
}

// Tear lets each connection end in the middle of what is written to it next; the session waits for
// another one.
func (s *Session) Tear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.conns {
		c.out.tear()
	}
}

// cut closes the connections but not the session.
func (s *Session) cut() {
	for _, c := range s.conns {
		c.out.close()
	}
}

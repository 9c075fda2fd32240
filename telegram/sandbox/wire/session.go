package wire

import "github.com/gotd/td/bin"

// Session is a client's session: it lives until it's destroyed or has had no connection for a while.
type Session struct {
}

type task struct{}

// ID is the client's random id of the session.
func (s *Session) ID() int64 { panic("soon") }

// AuthKeyID is the permanent key that the session counts for, 0 while a temporary key isn't bound.
func (s *Session) AuthKeyID() int64 { panic("soon") }

// Server is the data centre that the session is at.
func (s *Session) Server() *Server { panic("soon") }

// Layer is the layer that the client said last, 0 if it never did.
func (s *Session) Layer() int { panic("soon") }

// Init is what the client said about itself last, nil if it never did.
func (s *Session) Init() *Init { panic("soon") }

// NoUpdates is true if all queries of the session came in invokeWithoutUpdates so far: such a session
// isn't to be pushed to.
func (s *Session) NoUpdates() bool { panic("soon") }

// Connected says whether the session has a connection now.
func (s *Session) Connected() bool { panic("soon") }

// Push sends an update. It never waits: without a connection, or until the client has acknowledged it,
// the update is kept (the last 1,000 or 4 MiB) and sent again on the next connection of this session.
// The only errors are ErrSessionClosed and those of Encode.
func (s *Session) Push(update bin.Encoder) error { panic("soon") }

// Close forgets the session and closes its connections.
func (s *Session) Close() { panic("soon") }

// Release lets the session's next query start although this one isn't answered yet. A handler that
// waits for something calls it first. It may be called more than once.
func (r *Request) Release() { panic("soon") }

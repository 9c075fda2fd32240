package wire

import "errors"

// ErrSessionClosed is returned by Push when the session is forgotten.
var ErrSessionClosed = errors.New("session closed")

// errTorn ends a connection in the middle of a message.
var errTorn = errors.New("torn by a fault")

// ErrServerClosed is returned by Serve once Close was called.
var ErrServerClosed = errors.New("server closed")

package wire

import "errors"

// ErrSessionClosed is returned by Push when the session is forgotten.
var ErrSessionClosed = errors.New("session closed")

// ErrServerClosed is returned by Serve once Close was called.
var ErrServerClosed = errors.New("server closed")

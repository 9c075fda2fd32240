package telegram

import "time"

// SessionHeldError says that another process has the account open.
type SessionHeldError struct {
	Path    string
	PID     int
	Host    string
	Command string
	Since   time.Time
}

func (e *SessionHeldError) Error() string { return "held" }

// SessionCorruptError says that the stored session can't be read. The file is left as it is.
type SessionCorruptError struct {
	Path   string
	Backup string // a readable copy of the last signed-in session; "" if there is none
	Cause  error
}

func (e *SessionCorruptError) Error() string { return "corrupt" }
func (e *SessionCorruptError) Unwrap() error { return e.Cause }

// AccountLostError says that the session can't be used any more: retrying is of no use.
type AccountLostError struct {
	Account string
	Reason  string // "revoked", "duplicated", "banned", "unregistered", "expired", "forgotten"
	Cause   error
}

func (e *AccountLostError) Error() string { return "lost" }
func (e *AccountLostError) Unwrap() error { return e.Cause }

// WrongAccountError says that the stored session belongs to somebody else than the options want.
type WrongAccountError struct{ Want, Have string }

func (e *WrongAccountError) Error() string { return "wrong account" }

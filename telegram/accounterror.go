package telegram

import (
	"errors"
	"fmt"
	"time"
)

// Facts about an account that carry no data.
var (
	ErrNotRunning  = errors.New("account is not running")       // a call was made outside Run
	ErrRunning     = errors.New("account is running already")   // Run or ImportSession within Run
	ErrClosed      = errors.New("account is closed")            // after Close
	ErrNotSignedIn = errors.New("account is not signed in")     // nothing to export, nobody to be
	ErrNeedsLogin  = errors.New("login needed")                 // SignIn without anybody to ask
	ErrKeyChanged  = errors.New("session key would be changed") // the stored session is kept as it is
)

// SessionHeldError says that another process has the account open.
type SessionHeldError struct {
	Path    string // the lock file
	PID     int    // 0 if unknown, as all that follows
	Host    string
	Command string
	Since   time.Time
}

func (e *SessionHeldError) Error() string {
	if e.PID == 0 {
		return "the session is in use by another process (lock file " + e.Path + ")"
	}
	by := fmt.Sprintf("process %d on host %s", e.PID, e.Host)
	if e.Command != "" {
		by += " (" + e.Command + ")"
	}
	if !e.Since.IsZero() {
		by += " since " + e.Since.Format("2006-01-02 15:04:05")
	}
	return "the session is in use by " + by + ": stop that process, or give this one a data folder of its own"
}

// SessionCorruptError says that the stored session can't be read. The file is left as it is.
type SessionCorruptError struct {
	Path   string
	Backup string // a readable copy of the last signed-in session; "" if there is none
	Cause  error
}

func (e *SessionCorruptError) Error() string {
	way := "move it away and sign in again"
	if e.Backup != "" {
		way = "copy " + e.Backup + " over it to go on with the last good session, or " + way
	}
	return fmt.Sprintf("the session file %s is damaged (%v) and was left as it is: %s", e.Path, e.Cause, way)
}

func (e *SessionCorruptError) Unwrap() error { return e.Cause }

// StorageError says that the account's folder can't be used.
type StorageError struct {
	Path  string
	Hint  string // what to do about it
	Cause error
}

func (e *StorageError) Error() string {
	return fmt.Sprintf("store session in %s: %v: %s", e.Path, e.Cause, e.Hint)
}

func (e *StorageError) Unwrap() error { return e.Cause }

// LostReason is why a session can't be used any more.
type LostReason string

// The reasons of an AccountLostError.
const (
	LostRevoked      LostReason = "revoked"      // ended from another device
	LostUnregistered LostReason = "unregistered" // not signed in, as far as Telegram knows
	LostExpired      LostReason = "expired"
	LostDuplicated   LostReason = "duplicated" // used from two places at once
	LostForgotten    LostReason = "forgotten"  // the server doesn't know the key
	LostBanned       LostReason = "banned"
	LostDeleted      LostReason = "deleted"
)

// AccountLostError says that the session can't be used any more: retrying is of no use. The stored
// session is left as it is.
type AccountLostError struct {
	Account string
	Reason  LostReason
	Cause   error // Telegram's own error
}

func (e *AccountLostError) Error() string {
	return fmt.Sprintf("account %s: %s", e.Account, lostSentences[e.Reason])
}

func (e *AccountLostError) Unwrap() error { return e.Cause }

// LuaFields are the fields of the error as scripts see it.
func (e *AccountLostError) LuaFields() map[string]any {
	return map[string]any{"kind": "ACCOUNT_LOST", "message": e.Error(), "reason": string(e.Reason)}
}

var lostSentences = map[LostReason]string{
	LostRevoked:      "the session was ended from another device: sign in again",
	LostUnregistered: "Telegram does not take the session for signed in (it was ended, or the sign-in was never finished): sign in again",
	LostExpired:      "the session has expired: sign in again",
	LostDuplicated: "Telegram ended the session because it was used from two places at once (AUTH_KEY_DUPLICATED): " +
		"make sure that only one machine uses it, then sign in again",
	LostForgotten: "the server does not know the session's key any more: if this is the right server, sign in again; " +
		"the stored session was kept, in case it is not",
	LostBanned:  "Telegram has banned the account: write to recover@telegram.org, signing in again is of no use",
	LostDeleted: "the account was deleted: signing in again is of no use",
}

// lostReasons are Telegram's errors that no retry heals.
// https://core.telegram.org/api/errors#401-unauthorized
var lostReasons = map[string]LostReason{
	"SESSION_REVOKED":       LostRevoked,
	"AUTH_KEY_UNREGISTERED": LostUnregistered,
	"AUTH_KEY_INVALID":      LostUnregistered,
	"SESSION_EXPIRED":       LostExpired,
	"AUTH_KEY_DUPLICATED":   LostDuplicated,
	"USER_DEACTIVATED_BAN":  LostBanned,
	"USER_DEACTIVATED":      LostDeleted,
}

// WrongAccountError says that the stored session belongs to somebody else than the options want.
type WrongAccountError struct{ Want, Have string }

func (e *WrongAccountError) Error() string {
	return fmt.Sprintf("the stored session belongs to %s, but the configuration asks for %s: "+
		"log out first, or give this account a data folder of its own", e.Have, e.Want)
}

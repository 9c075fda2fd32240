// Package filelock locks an open file for this process, as far as the system can. The lock belongs to the opening of the
// file and ends with it, also when the process is killed.
package filelock

import "errors"

// ErrHeld says that somebody else has the lock.
var ErrHeld = errors.New("lock is held")

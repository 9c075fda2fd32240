package filelock

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// NoFollow does nothing: there is no such flag here.
const NoFollow = 0

// Take locks one byte far behind the note, since locked bytes can't be read by others.
func Take(f *os.File) error {
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	err := windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, &windows.Overlapped{OffsetHigh: 1})
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return ErrHeld
	}
	return err
}

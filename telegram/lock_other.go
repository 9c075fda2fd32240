//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package telegram

import "os"

const noFollow = 0 // there is no such flag

// lockHandle can't lock here: a note of another process is taken for a lock, so after a crash the
// lock file has to be removed by hand.
func lockHandle(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() > 0 {
		return errHeld
	}
	return nil
}

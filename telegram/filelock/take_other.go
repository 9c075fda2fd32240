//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package filelock

import "os"

// NoFollow does nothing: there is no such flag here.
const NoFollow = 0

// Take can't lock here: a note of another process is taken for a lock, so after a crash the
// lock file has to be removed by hand.
func Take(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() > 0 {
		return ErrHeld
	}
	return nil
}

//go:build unix

package tgscript

import (
	"fmt"
	"os"
	"syscall"
)

// private makes sure that a folder is one, not a link to one, and that nobody else can enter it: in a temporary folder
// others can make things before we do.
func private(dir string) error {
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	switch {
	case !info.IsDir():
		return fmt.Errorf("%s is not a folder: move it away", dir)
	case !ok || int(stat.Uid) != os.Geteuid():
		return fmt.Errorf("folder %s belongs to another user: work as that user, or with another data folder", dir)
	case info.Mode().Perm()&0o077 != 0:
		return fmt.Errorf("folder %s is open to other users: chmod 700 it", dir)
	}
	return nil
}

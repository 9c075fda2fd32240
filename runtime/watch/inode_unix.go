//go:build unix

package watch

import (
	"io/fs"
	"syscall"
)

// inode tells a file from the one that replaces it.
func inode(st fs.FileInfo) uint64 {
	if s, ok := st.Sys().(*syscall.Stat_t); ok {
		return s.Ino
	}
	return 0
}

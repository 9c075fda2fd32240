//go:build !unix

package watch

import "io/fs"

// inode is not to be had here; time and size have to do.
func inode(fs.FileInfo) uint64 { return 0 }

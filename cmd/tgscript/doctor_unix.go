//go:build linux || darwin

package main

import "syscall"

const systemWithoutModes = false

// freeSpace is how many bytes a user may still write to the disk of a path.
func freeSpace(path string) (bytes uint64, known bool) {
	var stat syscall.Statfs_t
	if err := syscall.Statfs(path, &stat); err != nil {
		return 0, false
	}
	return stat.Bavail * uint64(stat.Bsize), true
}

// openFiles is how many files the process may have open.
func openFiles() (n uint64, known bool) {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return 0, false
	}
	return limit.Cur, true
}

//go:build !linux && !darwin

package main

import "runtime"

const systemWithoutModes = runtime.GOOS == "windows"

// freeSpace is not known here.
func freeSpace(string) (bytes uint64, known bool) { return 0, false }

// openFiles is not known here.
func openFiles() (n uint64, known bool) { return 0, false }

package main

import (
	"time"

	"golang.org/x/sys/unix"
)

// monotonicMicros is CLOCK_MONOTONIC, by which systemd tells an old reload from a new one.
func monotonicMicros() int64 {
	var now unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &now); err != nil {
		return 0
	}
	return time.Duration(now.Nano()).Microseconds()
}

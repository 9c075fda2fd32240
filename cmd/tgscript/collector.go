package main

import (
	"math"
	"runtime/debug"
)

// tellCollector has the garbage collector work harder before the process has more than limits.heap, in MiB, so that no
// script is taken for large because of what it has dropped. Who sets GOMEMLIMIT knows better. back undoes it.
func tellCollector(heap int) (back func()) {
	if heap <= 0 || debug.SetMemoryLimit(-1) != math.MaxInt64 {
		return func() {}
	}
	debug.SetMemoryLimit(int64(heap) << 20)
	return func() { debug.SetMemoryLimit(math.MaxInt64) }
}

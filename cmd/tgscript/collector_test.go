package main

import (
	"math"
	"runtime/debug"
	"testing"
)

func TestTheCollectorIsTold(t *testing.T) {
	before := debug.SetMemoryLimit(math.MaxInt64)
	defer debug.SetMemoryLimit(before)
	for name, c := range map[string]struct {
		given int64 // by GOMEMLIMIT
		heap  int
		want  int64
	}{
		"of limits.heap":               {math.MaxInt64, 8192, 8192 << 20},
		"not of what GOMEMLIMIT says":  {4 << 30, 8192, 4 << 30},
		"of nothing without the limit": {math.MaxInt64, 0, math.MaxInt64},
	} {
		t.Run(name, func(t *testing.T) {
			debug.SetMemoryLimit(c.given)
			back := tellCollector(c.heap)
			if got := debug.SetMemoryLimit(-1); got != c.want {
				t.Errorf("the limit is %d, want %d", got, c.want)
			}
			back()
			if got := debug.SetMemoryLimit(-1); got != c.given {
				t.Errorf("the limit is %d afterwards, want %d", got, c.given)
			}
		})
	}
}

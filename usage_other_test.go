//go:build !unix

package tgscript_test

import "os"

// These systems have no getrusage; benchmarks report zeros.
func cpuTime() int64 { return 0 }

func peakMemory(*os.ProcessState) int64 { return 0 }

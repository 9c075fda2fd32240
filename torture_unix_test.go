//go:build unix

package tgscript_test

import (
	"os/signal"
	"syscall"
)

// fillDisk makes files that grow fail, as on a disk that is full, or lets them grow again.
func fillDisk(full bool) error {
	signal.Ignore(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	limit.Cur = limit.Max
	if full {
		limit.Cur = 4096
	}
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit)
}

// freeze stops the process, as a machine does that sleeps.
func (v *victim) freeze() { _ = v.command.Process.Signal(syscall.SIGSTOP) }

func (v *victim) thaw() { _ = v.command.Process.Signal(syscall.SIGCONT) }

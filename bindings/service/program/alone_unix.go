//go:build unix

package program

import (
	"os/exec"
	"syscall"
)

// alone makes the program the head of a group, which is killed whole: what it has started ends with it.
func alone(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

package tgscript_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

// BenchmarkRestart is a whole run of the built command with a session that is signed in: start, connect, send one
// message, end. cpu-ms/op is the CPU of its process, and peak-MiB what it had resident at most.
func BenchmarkRestart(b *testing.B) {
	dir := b.TempDir()
	binary := filepath.Join(dir, "tgscript")
	if out, err := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, "./cmd/tgscript").CombinedOutput(); err != nil {
		b.Fatalf("build: %v\n%s", err, out)
	}
	s, err := sandbox.New(sandbox.Options{Dir: filepath.Join(dir, "server")})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	writeProject(b, dir, s, "me: {phone: \""+s.Info().People[0].Phone+"\"", `client:send_message("me", "hi")`)
	run := func(arg ...string) *os.ProcessState {
		command := exec.Command(binary, arg...)
		command.Dir, command.Stdin = dir, strings.NewReader(s.Info().Code)
		if out, err := command.CombinedOutput(); err != nil {
			b.Fatalf("run: %v\n%s", err, out)
		}
		return command.ProcessState
	}
	run("login", "--code-stdin")
	var cpu time.Duration
	var peak int64
	for b.Loop() {
		state := run("run")
		cpu += state.UserTime() + state.SystemTime()
		peak = max(peak, peakMemory(state))
	}
	b.ReportMetric(float64(cpu.Microseconds())/1000/float64(b.N), "cpu-ms/op")
	b.ReportMetric(float64(peak)/(1<<20), "peak-MiB")
}

package tgscript_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// BenchmarkNeighbourOfABomb is the time between what a person says and the answer of a script, while another script
// computes without end and is stopped, again and again. p99-ms is what 99 of 100 answers took at most, and
// over-limit-ms by how much the bomb outlived its limit at worst.
func BenchmarkNeighbourOfABomb(b *testing.B) {
	const limit = 200 * time.Millisecond
	dir := b.TempDir()
	for name, text := range map[string]string{
		"echo.lua": `client:on("message", { incoming = true }, function(event) event:respond("re " .. event.raw_text) end)`,
		"bomb.lua": `tg.every(0.01, function() while true do end end)`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	heard, late := make(chan string, 1000), make(chan time.Duration, 1000)
	host, err := tgscript.Open(&tgscript.Config{
		Server: tgscript.Server{Kind: "sandbox"}, File: filepath.Join(dir, "config.yaml"),
		Limits:   tgscript.Limits{Run: tgscript.Duration(limit), Failures: 1_000_000},
		Accounts: map[string]*tgscript.Account{"me": {Phone: "+427770001", Scripts: tgscript.Strings{"*.lua"}}},
	}, tgscript.Options{
		NoReload: true,
		OnError: func(e *runtime.ScriptError) {
			var ran time.Duration
			_, after, _ := strings.Cut(e.Error(), "ran for ")
			if text, _, ok := strings.Cut(after, " "); ok {
				ran, _ = time.ParseDuration(text)
			}
			select {
			case late <- ran - limit:
			default:
			}
		},
		OnEntry: func(e sandbox.Entry) {
			if strings.HasPrefix(e.Text, "re ") {
				heard <- e.Text
			}
		},
	})
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- host.Run(ctx) }()
	if err := host.Ready(ctx); err != nil {
		b.Fatal(err)
	}
	bob := host.Sandbox().Person("bob")
	var took []time.Duration
	for b.Loop() {
		text := fmt.Sprint(len(took))
		began := time.Now()
		if _, err := bob.Send(ctx, "alice", text, sandbox.SendOptions{}); err != nil {
			b.Fatal(err)
		}
		for got := range heard {
			if got == "re "+text {
				break
			}
		}
		took = append(took, time.Since(began))
	}
	stop()
	if err := <-ended; err != nil {
		b.Error(err)
	}
	if err := host.Close(); err != nil {
		b.Error(err)
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "max-ms")
	worst := time.Duration(0)
	for len(late) > 0 {
		worst = max(worst, <-late)
	}
	b.ReportMetric(float64(worst.Microseconds())/1000, "over-limit-ms")
}

// BenchmarkManyScripts is a run of the built command with 200 scripts. peak-MiB is what its process had resident.
func BenchmarkManyScripts(b *testing.B) {
	const scripts = 200
	dir := b.TempDir()
	binary := filepath.Join(dir, "tgscript")
	if out, err := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, "./cmd/tgscript").CombinedOutput(); err != nil {
		b.Fatalf("build: %v\n%s", err, out)
	}
	for i := range scripts {
		script := fmt.Sprintf(`local seen = {}
client:on("message", { incoming = true, pattern = "^/hello%d" }, function(event) seen[event.id] = true event:reply("hello") end)`, i)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("s%d.lua", i)), []byte(script), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	config := "server: sandbox\naccounts: {me: {phone: \"+427770001\", scripts: \"s*.lua\"}}\n"
	if err := os.WriteFile(filepath.Join(dir, "config.yaml"), []byte(config), 0o600); err != nil {
		b.Fatal(err)
	}
	peak := int64(0)
	for b.Loop() {
		ctx, stop := context.WithTimeout(context.Background(), 6*time.Second)
		command := exec.CommandContext(ctx, binary, "run")
		command.Dir, command.Cancel = dir, func() error { return command.Process.Signal(os.Interrupt) }
		out, err := command.CombinedOutput()
		stop()
		if command.ProcessState == nil {
			b.Fatalf("run: %v\n%s", err, out)
		}
		peak = max(peak, peakMemory(command.ProcessState))
	}
	b.ReportMetric(float64(peak)/(1<<20), "peak-MiB")
	b.ReportMetric(float64(peak)/(1<<20)/scripts, "MiB/script")
}

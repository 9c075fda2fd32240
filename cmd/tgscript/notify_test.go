package main

import (
	"context"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestServiceManagerIsTold runs a script under a service manager that listens.
func TestServiceManagerIsTold(t *testing.T) {
	dir := t.TempDir()
	script := filepath.Join(dir, "stay.lua")
	write := func(path, text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(script, `client:on("message", function() end)`)
	write(filepath.Join(dir, "config.yaml"), "server: sandbox\naccounts: {me: {scripts: stay.lua}}\n")
	manager, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: filepath.Join(dir, "notify"), Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = manager.Close() })
	env := map[string]string{"NOTIFY_SOCKET": filepath.Join(dir, "notify"), "WATCHDOG_USEC": "40000"}
	terminal := &terminal{in: strings.NewReader(""), out: io.Discard, err: io.Discard, env: func(name string) (string, bool) { v, ok := env[name]; return v, ok }}
	ctx, stop := context.WithCancelCause(context.Background())
	code := make(chan int, 1)
	go func() { code <- run(ctx, terminal, []string{"run", "--config", filepath.Join(dir, "config.yaml")}) }()
	hear := func(want ...string) {
		t.Helper()
		buffer := make([]byte, 4096)
		if err := manager.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
			t.Fatal(err)
		}
		var heard []string
		for len(want) > 0 {
			n, err := manager.Read(buffer)
			if err != nil {
				t.Fatalf("waits for %q after %q: %v", want[0], heard, err)
			}
			message := string(buffer[:n])
			if heard = append(heard, message); strings.HasPrefix(message, want[0]) {
				want = want[1:]
			}
		}
	}
	hear("STATUS=Signing in", "READY=1\nSTATUS=1 script running", "WATCHDOG=1", "WATCHDOG=1")
	write(script, `client:on("message", function() end) -- anew`)
	hear("RELOADING=1\nMONOTONIC_USEC=", "READY=1\nSTATUS=Reloaded stay, generation 2")
	stop(errTerminated)
	hear("STOPPING=1")
	if got := <-code; got != 0 {
		t.Errorf("a service that was stopped exits with %d", got)
	}
}

func TestWithoutServiceManager(t *testing.T) {
	a := &app{terminal: &terminal{env: func(string) (string, bool) { return "", false }}}
	s, err := a.supervision()
	if err != nil {
		t.Fatal(err)
	}
	s.tell("READY=1")
	s.follow(t.Context(), nil)
	s.end()
}

func TestWatchdogOfAnotherProcess(t *testing.T) {
	dir := t.TempDir()
	manager, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: filepath.Join(dir, "n"), Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = manager.Close() })
	env := map[string]string{"NOTIFY_SOCKET": filepath.Join(dir, "n"), "WATCHDOG_USEC": "1000000", "WATCHDOG_PID": "1"}
	a := &app{terminal: &terminal{env: func(name string) (string, bool) { v, ok := env[name]; return v, ok }}}
	s, err := a.supervision()
	if err != nil || s.watchdog != 0 {
		t.Errorf("watchdog %s, %v", s.watchdog, err)
	}
	s.end()
	env["NOTIFY_SOCKET"] = filepath.Join(dir, "gone")
	if _, err := a.supervision(); err == nil {
		t.Error("a socket that isn't there is no error")
	}
}

package telegram

import (
	"bufio"
	"errors"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/telegram/filelock"
)

// childFolder names the folder that a second process, this test binary again, holds the lock of.
const childFolder = "TGSCRIPT_TEST_LOCK"

// TestHoldLock is no test but the second process.
func TestHoldLock(t *testing.T) {
	dir := os.Getenv(childFolder)
	if dir == "" {
		return
	}
	a, err := Open(Options{APIID: 1, APIHash: "x", Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	_, _ = os.Stdout.WriteString("held\n")
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n') // until the parent is done, or dead
	_ = a
	os.Exit(0) // without Close, as a crash would
}

func TestASecondProcessIsRefused(t *testing.T) {
	dir := t.TempDir()
	child := exec.Command(os.Args[0], "-test.run=^TestHoldLock$")
	child.Env = append(os.Environ(), childFolder+"="+dir)
	in, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "held\n" {
		t.Fatalf("the other process says %q, %v", line, err)
	}
	_, err = Open(Options{APIID: 1, APIHash: "x", Dir: dir})
	var held *SessionHeldError
	if !errors.As(err, &held) {
		t.Fatalf("got %v", err)
	}
	host, _ := os.Hostname()
	if held.PID != child.Process.Pid || held.Host != host || held.Since.IsZero() || held.Command == "" {
		t.Errorf("got %+v, the other is process %d on %s", held, child.Process.Pid, host)
	}
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	if err := child.Wait(); err != nil {
		t.Fatal(err)
	}
	a, err := Open(Options{APIID: 1, APIHash: "x", Dir: dir})
	if err != nil {
		t.Fatalf("a lock outlived its process: %v", err)
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
}

func TestTheSameProcessIsRefusedToo(t *testing.T) {
	opts := Options{APIID: 1, APIHash: "x", Dir: filepath.Join(t.TempDir(), "new", "folder")}
	a, err := Open(opts)
	if err != nil {
		t.Fatal(err)
	}
	var held *SessionHeldError
	if _, err := Open(opts); !errors.As(err, &held) || held.PID != os.Getpid() {
		t.Errorf("got %v", err)
	}
	info, err := os.Stat(opts.Dir)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is %v, %v", info, err)
	}
	for range 2 { // closing twice is closing once
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}
	if raw, err := os.ReadFile(filepath.Join(opts.Dir, lockFile)); err != nil || len(raw) > 0 {
		t.Errorf("the note of the last holder is still there: %s, %v", raw, err)
	}
}

func TestAnUnreadableNoteIsStillALock(t *testing.T) {
	dir := t.TempDir()
	l, err := takeLock(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := l.release(); err != nil {
			t.Error(err)
		}
	}()
	if err := l.write([]byte("{half")); err != nil {
		t.Fatal(err)
	}
	_, err = takeLock(dir)
	if err == nil || !strings.Contains(err.Error(), "another process") {
		t.Errorf("got %v", err)
	}
}

// TestALinkIsNoLock has somebody put a link to another file in the lock's place.
func TestALinkIsNoLock(t *testing.T) {
	if filelock.NoFollow == 0 {
		return // links can't be told here
	}
	dir := t.TempDir()
	precious := filepath.Join(dir, "precious")
	if err := os.WriteFile(precious, []byte("kept"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(precious, filepath.Join(dir, lockFile)); err != nil {
		t.Fatal(err)
	}
	if l, err := takeLock(dir); err == nil {
		t.Error("the link was taken for a lock", l.release())
	}
	if raw, err := os.ReadFile(precious); err != nil || string(raw) != "kept" {
		t.Errorf("the file behind the link holds %q, %v", raw, err)
	}
}

func TestAFolderThatOthersCanChangeIsTold(t *testing.T) {
	if filelock.NoFollow == 0 {
		return // modes mean nothing here
	}
	for mode, told := range map[os.FileMode]bool{0o700: false, 0o750: false, 0o770: true, 0o777: true} {
		dir := t.TempDir()
		if err := os.Chmod(dir, mode); err != nil {
			t.Fatal(err)
		}
		var log strings.Builder
		a, err := Open(Options{APIID: 1, APIHash: "x", Dir: dir, Logger: slog.New(slog.NewTextHandler(&log, nil))})
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
		if got := strings.Contains(log.String(), "chmod 700"); got != told {
			t.Errorf("mode %o: told %v, %s", mode, got, log.String())
		}
	}
}

func TestTheNoteHoldsNoArguments(t *testing.T) {
	for want, args := range map[string][]string{
		"tgscript run":   {"/usr/bin/tgscript", "run", "bot.lua"},
		"tgscript":       {"tgscript", "--token=secret"},
		"tgscript login": {"tgscript", "login", "--code", "12345"},
		"":               nil,
	} {
		if got := strings.Join(commandWords(args), " "); got != want {
			t.Errorf("%v: got %q, want %q", args, got, want)
		}
	}
}

package telegram

import (
	"os"
	"path/filepath"
	"testing"
)

func TestSessionHolder(t *testing.T) {
	dir := t.TempDir()
	holder := func() *SessionHeldError {
		t.Helper()
		held, err := SessionHolder(dir)
		if err != nil {
			t.Fatal(err)
		}
		return held
	}
	if held := holder(); held != nil {
		t.Errorf("without a lock file: %v", held)
	}
	lock, err := takeLock(dir)
	if err != nil {
		t.Fatal(err)
	}
	if held := holder(); held == nil || held.PID != os.Getpid() {
		t.Errorf("held by this process: %v", held)
	}
	if err := lock.release(); err != nil {
		t.Fatal(err)
	}
	if held := holder(); held != nil {
		t.Errorf("given up: %v", held)
	}
	if err := os.WriteFile(filepath.Join(dir, lockFile), []byte(`{"pid": 1}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if held := holder(); held != nil {
		t.Errorf("left by a process that was killed: %v", held)
	}
}

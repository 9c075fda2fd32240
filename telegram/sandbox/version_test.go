package sandbox

import (
	"bytes"
	"encoding/gob"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// folderWith is a folder whose server was closed with one message in it, and the state that it kept.
func folderWith(t *testing.T, text string) (dir string, state keptState) {
	t.Helper()
	dir = t.TempDir()
	s, err := New(Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	say(t, s, "alice", "bob", text)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, stateFile))
	if err != nil {
		t.Fatal(err)
	}
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&state); err != nil {
		t.Fatal(err)
	}
	return dir, state
}

func rewrite(t *testing.T, dir string, state keptState) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(state); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, stateFile), b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAnOlderStateIsMigratedAndACopyKept(t *testing.T) {
	if len(migrations) != stateVersion {
		t.Fatalf("%d migrations lead to version %d", len(migrations), stateVersion)
	}
	dir, state := folderWith(t, "from an older build")
	state.Version = 0
	old := rewrite(t, dir, state)
	s := serve(t, Options{Dir: dir})
	if list, err := s.Person("bob").Messages("alice"); err != nil || len(list) != 1 || list[0].Text != "from an older build" {
		t.Errorf("there is %v %v", list, err)
	}
	if kept, err := os.ReadFile(filepath.Join(dir, "state-v0.gob")); err != nil || !bytes.Equal(kept, old) {
		t.Errorf("the copy has %d bytes, want %d: %v", len(kept), len(old), err)
	}
}

func TestAStateThatCannotBeReadIsLeftAlone(t *testing.T) {
	for name, spoil := range map[string]func(dir string, state keptState) []byte{
		"of a newer build": func(dir string, state keptState) []byte {
			state.Version = stateVersion + 1
			return rewrite(t, dir, state)
		},
		"damaged": func(dir string, state keptState) []byte {
			data := rewrite(t, dir, state)
			data = data[:len(data)/2]
			if err := os.WriteFile(filepath.Join(dir, stateFile), data, 0o600); err != nil {
				t.Fatal(err)
			}
			return data
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir, state := folderWith(t, "precious")
			data := spoil(dir, state)
			_, err := New(Options{Dir: dir})
			if err == nil || !strings.Contains(err.Error(), "use the version that wrote it, or another folder") || name == "of a newer build" && !errors.Is(err, ErrNewer) {
				t.Errorf("it says %v", err)
			}
			if now, err := os.ReadFile(filepath.Join(dir, stateFile)); err != nil || !bytes.Equal(now, data) {
				t.Errorf("the file was touched: %d bytes, were %d: %v", len(now), len(data), err)
			}
		})
	}
}

// TestAKilledWriteLosesNothing leaves a folder as kill -9 does in the middle of a write.
func TestAKilledWriteLosesNothing(t *testing.T) {
	dir, _ := folderWith(t, "safe")
	left := filepath.Join(dir, stateFile+".123")
	if err := os.WriteFile(left, []byte("half of"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := serve(t, Options{Dir: dir})
	if list, err := s.Person("bob").Messages("alice"); err != nil || len(list) != 1 {
		t.Errorf("there is %v %v", list, err)
	}
	if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the half is still there: %v", err)
	}
}

func TestSnapshotsOfNewerBuildsAreRefused(t *testing.T) {
	s := serve(t, Options{})
	data, err := s.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	var kept keptWorld
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&kept); err != nil {
		t.Fatal(err)
	}
	kept.State.Version = stateVersion + 1
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(kept); err != nil {
		t.Fatal(err)
	}
	if err := s.Restore(b.Bytes()); !errors.Is(err, ErrNewer) {
		t.Errorf("it says %v", err)
	}
}

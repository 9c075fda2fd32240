package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"

	"github.com/tgscript/tgscript/telegram/store"
	"github.com/tgscript/tgscript/telegram/store/storetest"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(childStore); path != "" {
		writeOn(path) // until it is killed
	}
	goleak.VerifyTestMain(m)
}

func TestMemory(t *testing.T) {
	storetest.Run(t, func(*testing.T) store.Store { return store.Memory() })
}

func TestFile(t *testing.T) {
	storetest.Run(t, func(t *testing.T) store.Store {
		s, err := store.Open(filepath.Join(t.TempDir(), "new folder", "state.db"))
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}

func TestFileKeepsValues(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	for round, want := range []string{"", "first", "second"} {
		s, err := store.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		got, ok, err := s.Get(t.Context(), "a", "k")
		if err != nil || ok != (want != "") || string(got) != want {
			t.Errorf("round %d: got %q, %v, %v, want %q", round, got, ok, err, want)
		}
		if err := s.Put(t.Context(), "a", "k", []byte([]string{"first", "second", "third"}[round])); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has mode %v, %v", info.Mode(), err)
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	held := filepath.Join(dir, "held.db")
	s, err := store.Open(held)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := store.Open(held); !errors.Is(err, store.ErrHeld) {
		t.Errorf("a file that is open gives %v", err)
	}

	rubbish := filepath.Join(dir, "rubbish.db")
	if err := os.WriteFile(rubbish, []byte("this is no database, and long enough to be read as one"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(rubbish); err == nil {
		t.Error("a file of rubbish is taken for a store")
	}
	if got, err := os.ReadFile(rubbish); err != nil || len(got) != 54 {
		t.Errorf("the file of rubbish has %d bytes now, %v", len(got), err)
	}
	if _, err := store.Open(filepath.Join(rubbish, "state.db")); err == nil {
		t.Error("a file is taken for a folder")
	}
}

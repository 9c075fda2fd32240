package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/tgscript/tgscript/telegram/store"
)

// TestDamageIsAnError overwrites pieces of a file: whatever they were, no use of the store may panic.
func TestDamageIsAnError(t *testing.T) {
	path := filepath.Join(t.TempDir(), "whole.db")
	s, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	var ops []store.Op
	for i := range 300 {
		ops = append(ops, store.Op{Namespace: "n", Key: fmt.Sprint(i), Value: bytes.Repeat([]byte{byte(i)}, 40)})
	}
	if err := s.Batch(t.Context(), ops); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	damaged := 0
	for offset := 2 * 4096; offset < len(whole); offset += 1024 {
		broken := bytes.Clone(whole)
		for i := range 64 {
			broken[min(offset+i, len(broken)-1)] = byte(random.Uint32())
		}
		path := filepath.Join(t.TempDir(), "broken.db")
		if err := os.WriteFile(path, broken, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := store.Open(path)
		if err != nil {
			continue // refused
		}
		var damage *store.DamagedError
		for _, err := range s.Iterate(t.Context(), "n", "") {
			if errors.As(err, &damage) {
				damaged++
			}
		}
		if err := s.Put(t.Context(), "n", "1", []byte("x")); errors.As(err, &damage) {
			damaged++
		}
		_ = s.Close()
	}
	if damaged == 0 {
		t.Error("no damage was noticed: the test writes at the wrong places")
	}
}

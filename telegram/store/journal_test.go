package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func FuzzJournal(f *testing.F) {
	j, _, err := openJournal(filepath.Join(f.TempDir(), "x-"))
	if err != nil {
		f.Fatal(err)
	}
	defer j.close()
	if err := j.write([]Op{{Namespace: "n", Key: "k", Value: []byte("v")}, {Namespace: "n", Key: "l", Delete: true}}); err != nil {
		f.Fatal(err)
	}
	f.Add(j.buffer)
	f.Add(append(append([]byte{}, j.buffer...), j.buffer...))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, op := range parseJournal(data) {
			if op.check() != nil {
				t.Errorf("%v can't have been written", op)
			}
		}
	})
}

// balky is a store that refuses batches.
type balky struct {
	Store
	refuse error
}

func (b *balky) Batch(ctx context.Context, ops []Op) error {
	if b.refuse != nil && len(ops) > 0 {
		return b.refuse
	}
	return b.Store.Batch(ctx, ops)
}

func TestADiskThatIsFullForAWhile(t *testing.T) {
	ctx, full := t.Context(), errors.New("disk full")
	base := &balky{Store: Memory()}
	s, err := journaledOn(base, filepath.Join(t.TempDir(), "x-"))
	if err != nil {
		t.Fatal(err)
	}
	put := func(key string) {
		t.Helper()
		if err := s.Put(ctx, "n", key, []byte(key)); err != nil {
			t.Fatal(err)
		}
	}
	put("a")
	base.refuse = full
	for range 2 {
		if err := s.Sync(ctx); !errors.Is(err, full) {
			t.Errorf("sync gives %v", err)
		}
	}
	put("b")
	for _, key := range []string{"a", "b"} {
		if _, ok, err := s.Get(ctx, "n", key); !ok || err != nil {
			t.Errorf("meanwhile %s is %v, %v", key, ok, err)
		}
	}
	base.refuse = nil
	if err := s.Sync(ctx); err != nil {
		t.Errorf("then sync gives %v", err)
	}
	for _, key := range []string{"a", "b"} {
		if _, ok, _ := base.Get(ctx, "n", key); !ok {
			t.Errorf("%s has not come to the base", key)
		}
	}
	if numbers, err := s.journal.list(); err != nil || len(numbers) != 1 {
		t.Errorf("journals %v, %v", numbers, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// TestAJournalThatStaysKeepsThoseBehindIt: else it would be read alone, and bring back what is old.
func TestAJournalThatStaysKeepsThoseBehindIt(t *testing.T) {
	stem := filepath.Join(t.TempDir(), "x-")
	j, _, err := openJournal(stem)
	if err != nil {
		t.Fatal(err)
	}
	defer j.close()
	for range 2 {
		if err := j.next(); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.Remove(j.path(1)), os.MkdirAll(filepath.Join(j.path(1), "held"), 0o700)); err != nil {
		t.Fatal(err)
	}
	if err := j.drop(2); err == nil {
		t.Error("a file that stays is no error")
	}
	if numbers, err := j.list(); err != nil || !slices.Equal(numbers, []int{1, 2, 3}) {
		t.Errorf("left %v, %v", numbers, err)
	}
}

package store

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
)

func FuzzJournal(f *testing.F) {
	j, _, err := openBatches(filepath.Join(f.TempDir(), "x-"))
	if err != nil {
		f.Fatal(err)
	}
	defer j.Close()
	if err := j.write([]Op{{Namespace: "n", Key: "k", Value: []byte("v")}, {Namespace: "n", Key: "l", Delete: true}}); err != nil {
		f.Fatal(err)
	}
	f.Add(j.buffer)
	f.Add(append(append([]byte{}, j.buffer...), j.buffer...))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, op := range parseBatches(data) {
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
	stem := filepath.Join(t.TempDir(), "x-")
	s, err := journaledOn(base, stem)
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
	if files, err := filepath.Glob(stem + "*"); err != nil || len(files) != 1 {
		t.Errorf("journals %v, %v", files, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

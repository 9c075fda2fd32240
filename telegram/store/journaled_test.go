package store_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tgscript/tgscript/telegram/store"
	"github.com/tgscript/tgscript/telegram/store/storetest"
)

func openJournaled(t testing.TB, path string) store.Store {
	t.Helper()
	s, err := store.OpenJournaled(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestJournaled(t *testing.T) {
	storetest.Run(t, func(t *testing.T) store.Store { return openJournaled(t, filepath.Join(t.TempDir(), "scripts.db")) })
}

// crash copies what a killed process leaves behind.
func crash(t *testing.T, path string) (copied string) {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(filepath.Dir(path))); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(to, filepath.Base(path))
}

// shown is all of a namespace, as "key=value" in order.
func shown(t *testing.T, s store.Store, namespace string) string {
	t.Helper()
	var b strings.Builder
	for e, err := range s.Iterate(t.Context(), namespace, "") {
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s=%s ", e.Key, e.Value)
	}
	return strings.TrimSpace(b.String())
}

func do(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestNoKilledProcessLosesAWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "scripts.db")
	s := openJournaled(t, path)
	defer func() { do(t, s.Close()) }()
	ctx := t.Context()
	do(t, s.Put(ctx, "n", "old", []byte("1")))
	do(t, s.Put(ctx, "n", "gone", []byte("1")))
	do(t, store.Sync(ctx, s))
	do(t, s.Put(ctx, "n", "new", []byte("2")))
	do(t, s.Batch(ctx, []store.Op{{Namespace: "n", Key: "gone", Delete: true}, {Namespace: "n", Key: "empty", Value: nil}}))

	left := crash(t, path)
	again := openJournaled(t, left)
	if got := shown(t, again, "n"); got != "empty= new=2 old=1" {
		t.Errorf("after a crash there is %q", got)
	}
	do(t, again.Put(ctx, "n", "new", []byte("3")))
	third := openJournaled(t, crash(t, left)) // a crash after a crash
	if got := shown(t, third, "n"); got != "empty= new=3 old=1" {
		t.Errorf("after another crash there is %q", got)
	}
	do(t, third.Close())
	do(t, again.Close())
	logs, _ := filepath.Glob(filepath.Join(filepath.Dir(left), "*.log"))
	if len(logs) > 0 {
		t.Errorf("journals stay behind: %v", logs)
	}
}

func TestTornJournal(t *testing.T) {
	for name, harm := range map[string]func(b []byte) []byte{
		"cut in the last record":       func(b []byte) []byte { return b[:len(b)-1] },
		"with a byte that has changed": func(b []byte) []byte { b[len(b)-1] ^= 1; return b },
		"with zeros at its end":        func(b []byte) []byte { return append(b[:len(b)-1], make([]byte, 5000)...) },
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "scripts.db")
			s := openJournaled(t, path)
			do(t, s.Put(t.Context(), "n", "a", []byte("1")))
			do(t, s.Put(t.Context(), "n", "b", []byte("2")))
			left := crash(t, path)
			do(t, s.Close())
			logs, _ := filepath.Glob(filepath.Join(filepath.Dir(left), "*.log"))
			if len(logs) != 1 {
				t.Fatalf("journals: %v", logs)
			}
			data, err := os.ReadFile(logs[0])
			do(t, err)
			do(t, os.WriteFile(logs[0], harm(data), 0o600))
			again := openJournaled(t, left)
			defer func() { do(t, again.Close()) }()
			if got := shown(t, again, "n"); got != "a=1" {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestWritesReachTheDiskTogether(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(dir, "scripts.db")
		s := openJournaled(t, path)
		defer func() { do(t, s.Close()) }()
		ctx := context.Background()
		logs := func() (sizes []int64) {
			names, _ := filepath.Glob(filepath.Join(dir, "*.log"))
			for _, name := range names {
				info, err := os.Stat(name)
				do(t, err)
				sizes = append(sizes, info.Size())
			}
			return sizes
		}
		do(t, s.Put(ctx, "n", "a", []byte("1")))
		if got := logs(); len(got) != 1 || got[0] == 0 {
			t.Errorf("at once the journals are %v", got)
		}
		<-time.After(1100 * time.Millisecond)
		synctest.Wait()
		if got := logs(); len(got) != 1 || got[0] != 0 {
			t.Errorf("after a second the journals are %v", got)
		}
		large := bytes.Repeat([]byte("x"), 5<<20)
		do(t, s.Put(ctx, "n", "b", large)) // doesn't wait for others
		synctest.Wait()
		if got := logs(); len(got) != 1 || got[0] != 0 {
			t.Errorf("after much the journals are %v", got)
		}
	})
}

func TestPageMergesWhatIsPending(t *testing.T) {
	s := openJournaled(t, filepath.Join(t.TempDir(), "scripts.db"))
	defer func() { do(t, s.Close()) }()
	ctx := t.Context()
	for i := range 100 {
		do(t, s.Put(ctx, "n", fmt.Sprintf("k%03d", i), []byte("old")))
	}
	do(t, s.Put(ctx, "n", "other", nil))
	do(t, store.Sync(ctx, s))
	for i := 0; i < 90; i++ {
		do(t, s.Delete(ctx, "n", fmt.Sprintf("k%03d", i)))
	}
	do(t, s.Put(ctx, "n", "k005b", []byte("new")))
	do(t, s.Put(ctx, "n", "k095", []byte("new")))
	do(t, s.Put(ctx, "n", "k999", []byte("new")))
	var got []string
	for after := ""; ; {
		page, err := store.Page(ctx, s, "n", "k", after, 3)
		do(t, err)
		for _, e := range page {
			got = append(got, e.Key+string(e.Value[:1]))
			after = e.Key
		}
		if len(page) < 3 {
			break
		}
	}
	if want := "k005bn k090o k091o k092o k093o k094o k095n k096o k097o k098o k099o k999n"; strings.Join(got, " ") != want {
		t.Errorf("got  %v\nwant %v", strings.Join(got, " "), want)
	}
	memory, err := store.Page(ctx, store.Memory(), "n", "", "", 3)
	if err != nil || len(memory) != 0 {
		t.Errorf("an empty store has %v, %v", memory, err)
	}
}

func BenchmarkJournaled(b *testing.B) {
	s := openJournaled(b, filepath.Join(b.TempDir(), "scripts.db"))
	defer s.Close()
	ctx := b.Context()
	value := bytes.Repeat([]byte("v"), 100)
	b.Run("put", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if err := s.Put(ctx, "n", fmt.Sprint(i%10000), value); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("get", func(b *testing.B) {
		_ = store.Sync(ctx, s)
		for b.Loop() {
			if _, _, err := s.Get(ctx, "n", "77"); err != nil {
				b.Fatal(err)
			}
		}
	})
}

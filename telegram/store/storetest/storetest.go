// Package storetest holds the suite that every store passes.
package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/tgscript/tgscript/telegram/store"
)

// Run tests the stores that open makes, each empty.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	for name, test := range map[string]func(t *testing.T, s store.Store){
		"gives back what was put":               testPut,
		"keeps namespaces apart":                testNamespaces,
		"deletes, also what isn't there":        testDelete,
		"walks in order within a prefix":        testIterate,
		"walks over more than a page":           testLongWalk,
		"lets a walk write":                     testWalkWrites,
		"does a batch as a whole or not at all": testBatch,
		"gives out copies":                      testCopies,
		"serves many goroutines":                testConcurrency,
		"obeys a context that has ended":        testContext,
		"refuses everything once closed":        testClosed,
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			defer func() {
				if err := s.Close(); err != nil {
					t.Errorf("close: %v", err)
				}
			}()
			test(t, s)
		})
	}
}

func put(t *testing.T, s store.Store, namespace, key, value string) {
	t.Helper()
	if err := s.Put(t.Context(), namespace, key, []byte(value)); err != nil {
		t.Fatalf("put %s/%s: %v", namespace, key, err)
	}
}

// want checks one value; "-" stands for none.
func want(t *testing.T, s store.Store, namespace, key, value string) {
	t.Helper()
	got, ok, err := s.Get(t.Context(), namespace, key)
	switch {
	case err != nil:
		t.Fatalf("get %s/%s: %v", namespace, key, err)
	case value == "-" && ok:
		t.Errorf("%s/%s = %q, want none", namespace, key, got)
	case value != "-" && (!ok || string(got) != value):
		t.Errorf("%s/%s = %q, %v, want %q", namespace, key, got, ok, value)
	}
}

func keys(t *testing.T, s store.Store, namespace, prefix string) (keys []string) {
	t.Helper()
	for entry, err := range s.Iterate(t.Context(), namespace, prefix) {
		if err != nil {
			t.Fatalf("iterate: %v", err)
		}
		keys = append(keys, entry.Key+"="+string(entry.Value))
	}
	return keys
}

func testPut(t *testing.T, s store.Store) {
	want(t, s, "a", "k", "-")
	put(t, s, "a", "k", "one")
	want(t, s, "a", "k", "one")
	put(t, s, "a", "k", "two")
	want(t, s, "a", "k", "two")
	put(t, s, "a", "empty", "")
	want(t, s, "a", "empty", "")
	put(t, s, "a", "\x00\xff", "\xff\x00")
	want(t, s, "a", "\x00\xff", "\xff\x00")
}

func testNamespaces(t *testing.T, s store.Store) {
	put(t, s, "a", "k", "of a")
	put(t, s, "b", "k", "of b")
	want(t, s, "a", "k", "of a")
	want(t, s, "b", "k", "of b")
	if err := s.Delete(t.Context(), "a", "k"); err != nil {
		t.Fatal(err)
	}
	want(t, s, "a", "k", "-")
	want(t, s, "b", "k", "of b")
}

func testDelete(t *testing.T, s store.Store) {
	for range 2 {
		if err := s.Delete(t.Context(), "a", "k"); err != nil {
			t.Fatal(err)
		}
		put(t, s, "a", "k", "v")
		if err := s.Delete(t.Context(), "a", "k"); err != nil {
			t.Fatal(err)
		}
		want(t, s, "a", "k", "-")
	}
}

func testIterate(t *testing.T, s store.Store) {
	for _, key := range []string{"peer/2", "peer/10", "peers", "pear", "peer/", "q"} {
		put(t, s, "a", key, "v")
	}
	put(t, s, "b", "peer/1", "other namespace")
	for prefix, want := range map[string]string{
		"peer/": "[peer/=v peer/10=v peer/2=v]",
		"pe":    "[pear=v peer/=v peer/10=v peer/2=v peers=v]",
		"":      "[pear=v peer/=v peer/10=v peer/2=v peers=v q=v]",
		"x":     "[]",
	} {
		if got := fmt.Sprint(keys(t, s, "a", prefix)); got != want {
			t.Errorf("prefix %q gives %s, want %s", prefix, got, want)
		}
	}
	if got := keys(t, s, "nowhere", ""); len(got) > 0 {
		t.Errorf("a namespace without values has %s", got)
	}
}

func testLongWalk(t *testing.T, s store.Store) {
	const n = 1000
	var ops []store.Op
	for i := range n {
		ops = append(ops, store.Op{Namespace: "a", Key: fmt.Sprintf("k%04d", i), Value: []byte("v")})
	}
	if err := s.Batch(t.Context(), ops); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for entry, err := range s.Iterate(t.Context(), "a", "k") {
		if err != nil || entry.Key != ops[seen].Key {
			t.Fatalf("entry %d is %q, %v", seen, entry.Key, err)
		}
		seen++
	}
	if seen != n {
		t.Errorf("saw %d entries, want %d", seen, n)
	}
}

func testWalkWrites(t *testing.T, s store.Store) {
	for i := range 600 {
		put(t, s, "a", fmt.Sprintf("k%03d", i), "v")
	}
	for entry, err := range s.Iterate(t.Context(), "a", "k") {
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Delete(t.Context(), "a", entry.Key); err != nil {
			t.Fatal(err)
		}
		if entry.Key == "k550" {
			break
		}
	}
	if got := len(keys(t, s, "a", "")); got != 49 {
		t.Errorf("%d keys are left, want 49", got)
	}
}

func testBatch(t *testing.T, s store.Store) {
	put(t, s, "a", "old", "v")
	err := s.Batch(t.Context(), []store.Op{
		{Namespace: "a", Key: "k", Value: []byte("1")},
		{Namespace: "a", Key: "k", Value: []byte("2")},
		{Namespace: "a", Key: "old", Delete: true},
		{Namespace: "b", Key: "gone", Value: []byte("1")},
		{Namespace: "b", Key: "gone", Delete: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	want(t, s, "a", "k", "2")
	want(t, s, "a", "old", "-")
	want(t, s, "b", "gone", "-")

	err = s.Batch(t.Context(), []store.Op{{Namespace: "a", Key: "k", Value: []byte("3")}, {Namespace: "a"}})
	if !errors.Is(err, store.ErrBadName) {
		t.Errorf("an op without a key gives %v", err)
	}
	want(t, s, "a", "k", "2")
	if err := s.Batch(t.Context(), nil); err != nil {
		t.Errorf("an empty batch gives %v", err)
	}
}

func testCopies(t *testing.T, s store.Store) {
	value := []byte("kept")
	if err := s.Put(t.Context(), "a", "k", value); err != nil {
		t.Fatal(err)
	}
	copy(value, "XXXX")
	got, _, err := s.Get(t.Context(), "a", "k")
	if err != nil || !bytes.Equal(got, []byte("kept")) {
		t.Fatalf("got %q, %v", got, err)
	}
	copy(got, "YYYY")
	want(t, s, "a", "k", "kept")
}

func testConcurrency(t *testing.T, s store.Store) {
	var all sync.WaitGroup
	for worker := range 8 {
		all.Go(func() {
			for i := range 20 {
				key := fmt.Sprintf("%d/%02d", worker, i)
				if err := s.Put(t.Context(), "a", key, []byte(key)); err != nil {
					t.Error(err)
				}
				if got, ok, err := s.Get(t.Context(), "a", key); err != nil || !ok || string(got) != key {
					t.Errorf("got %q, %v, %v for %q", got, ok, err, key)
				}
			}
		})
	}
	all.Wait()
	if got := len(keys(t, s, "a", "")); got != 160 {
		t.Errorf("%d keys, want 160", got)
	}
}

func testContext(t *testing.T, s store.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Put(ctx, "a", "k", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("put gives %v", err)
	}
	if _, _, err := s.Get(ctx, "a", "k"); !errors.Is(err, context.Canceled) {
		t.Errorf("get gives %v", err)
	}
	for _, err := range s.Iterate(ctx, "a", "") {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("iterate gives %v", err)
		}
	}
	want(t, s, "a", "k", "-")
}

func testClosed(t *testing.T, s store.Store) {
	put(t, s, "a", "k", "v")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	_, _, get := s.Get(t.Context(), "a", "k")
	var walk error
	for _, err := range s.Iterate(t.Context(), "a", "") {
		walk = err
	}
	for name, err := range map[string]error{
		"get": get, "iterate": walk,
		"put":    s.Put(t.Context(), "a", "k", nil),
		"delete": s.Delete(t.Context(), "a", "k"),
		"batch":  s.Batch(t.Context(), nil),
	} {
		if !errors.Is(err, store.ErrClosed) {
			t.Errorf("%s of a closed store gives %v", name, err)
		}
	}
}

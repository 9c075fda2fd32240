package wire

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func mustReady(t testing.TB, a *AuthKeys) int64 {
	t.Helper()
	key, err := a.NewReady()
	if err != nil {
		t.Fatal(err)
	}
	return key.IntID()
}

func mustOpen(t testing.TB, dir string) *AuthKeys {
	t.Helper()
	a, err := OpenAuthKeys(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	return a
}

func mustDo(t testing.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func temporary(t testing.TB, a *AuthKeys, expires int64) *authKey {
	t.Helper()
	key := randomKey(t)
	k := &authKey{id: key.IntID(), value: key.Value, expires: expires}
	if added, err := a.add(k); !added || err != nil {
		t.Fatal(added, err)
	}
	return k
}

func TestKeysAreFoundAndOwned(t *testing.T) {
	a := NewAuthKeys()
	first, second := mustReady(t, a), mustReady(t, a)
	if key, ok := a.Key(first); !ok || key.IntID() != first {
		t.Error("a key isn't found")
	}
	if _, ok := a.Key(1); ok {
		t.Error("a key is found that isn't there")
	}
	mustDo(t, a.SetOwner(first, 7), a.SetOwner(second, 7), a.SetOwner(second, 7))
	want := []int64{first, second}
	slices.Sort(want)
	if got := a.Owned(7); !slices.Equal(got, want) {
		t.Errorf("owned: %v, want %v", got, want)
	}
	mustDo(t, a.SetOwner(first, 0))
	if a.Owner(first) != 0 || a.Owner(second) != 7 || a.Owner(1) != 0 {
		t.Error("owners are mixed up")
	}
	for name, id := range map[string]int64{"unknown": 1, "temporary": temporary(t, a, 100).id} {
		if err := a.SetOwner(id, 7); !errors.Is(err, ErrKeyUnknown) {
			t.Errorf("owner of an %s key: %v", name, err)
		}
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
}

func TestAKeyIsAddedOnce(t *testing.T) {
	a := NewAuthKeys()
	k := temporary(t, a, 100)
	if added, err := a.add(&authKey{id: k.id}); added || err != nil {
		t.Errorf("added %v, %v", added, err)
	}
}

func TestATemporaryKeyCountsForThePermanentOneItIsBoundTo(t *testing.T) {
	a := NewAuthKeys()
	perm, other := mustReady(t, a), mustReady(t, a)
	temp := temporary(t, a, 100)
	if temp.root() != 0 {
		t.Error("it counts for one before it's bound")
	}
	mustDo(t, a.bind(temp, perm), a.bind(temp, perm))
	if temp.root() != perm {
		t.Error("it doesn't count for its permanent key")
	}
	for name, id := range map[string]int64{"unknown": 1, "temporary": temp.id} {
		if err := a.bind(temp, id); !errors.Is(err, ErrKeyUnknown) {
			t.Errorf("bound to an %s key: %v", name, err)
		}
	}
	if !temp.alive(time.Unix(99, 0)) || temp.alive(time.Unix(100, 0)) {
		t.Error("it doesn't end when it should")
	}
	dropped, err := a.drop(perm)
	if err != nil || len(dropped) != 2 || temp.alive(time.Unix(0, 0)) {
		t.Errorf("dropping took %d keys with it: %v", len(dropped), err)
	}
	if _, err := a.drop(perm); !errors.Is(err, ErrKeyUnknown) {
		t.Errorf("dropped twice: %v", err)
	}
	if _, ok := a.Key(other); !ok {
		t.Error("another key went too")
	}
}

func TestEveryChangeIsOnDiskAtOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	a := mustOpen(t, dir)
	first, second, third := mustReady(t, a), mustReady(t, a), mustReady(t, a)
	temp := temporary(t, a, 1<<40)
	mustDo(t, a.SetOwner(first, 7), a.SetOwner(first, 8), a.SetOwner(second, 9), a.SetOwner(second, 0), a.bind(temp, first),
		a.say(a.find(first), peer{layer: 144}), a.say(a.find(first), peer{layer: 198}), a.say(a.find(second), peer{}))
	_, err := a.drop(third)
	mustDo(t, err)

	// a isn't closed: this is what a killed process leaves.
	b := mustOpen(t, dir)
	if b.Owner(first) != 8 || b.Owner(second) != 0 {
		t.Error("owners are lost")
	}
	if _, ok := b.Key(third); ok {
		t.Error("a dropped key came back")
	}
	if said := b.find(first).peer.Load(); said == nil || said.layer != 198 || b.find(second).peer.Load() != nil {
		t.Errorf("the layer that a client has said is lost: %+v", said)
	}
	if k := b.find(temp.id); k == nil || k.root() != first || k.expires != 1<<40 {
		t.Errorf("temporary key is %+v", k)
	}
	info, err := os.Stat(filepath.Join(dir, "auth_keys.jsonl"))
	mustDo(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("file may be read by others: %v", info.Mode())
	}
	fourth := mustReady(t, b)
	if _, ok := mustOpen(t, dir).Key(fourth); !ok {
		t.Error("a key of the second run is lost")
	}
}

func TestTheFileIsRewrittenShorter(t *testing.T) {
	dir := t.TempDir()
	a := mustOpen(t, dir)
	id := mustReady(t, a)
	for owner := range int64(50) {
		mustDo(t, a.SetOwner(id, owner))
	}
	mustDo(t, a.Close())
	mustDo(t, mustOpen(t, dir).Close())
	text, err := os.ReadFile(filepath.Join(dir, "auth_keys.jsonl"))
	mustDo(t, err)
	if n := strings.Count(string(text), "\n"); n != 1 {
		t.Errorf("%d lines for one key", n)
	}
	if mustOpen(t, dir).Owner(id) != 49 {
		t.Error("owner is lost")
	}
	files, err := os.ReadDir(dir)
	mustDo(t, err)
	if len(files) != 1 {
		t.Errorf("%d files", len(files))
	}
}

func TestACutLastLineIsDropped(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "auth_keys.jsonl")
	a := mustOpen(t, dir)
	first, second := mustReady(t, a), mustReady(t, a)
	mustDo(t, a.Close())
	text, err := os.ReadFile(path)
	mustDo(t, err)
	mustDo(t, os.WriteFile(path, text[:len(text)-5], 0o600))

	b := mustOpen(t, dir)
	_, one := b.Key(first)
	_, two := b.Key(second)
	if one == two {
		t.Errorf("first there: %v, second there: %v", one, two)
	}
	third := mustReady(t, b)
	if _, ok := mustOpen(t, dir).Key(third); !ok {
		t.Error("a key written after the cut is lost")
	}
}

func TestADamagedFileIsRefusedByLine(t *testing.T) {
	good := `{"id":1,"owner":2}` + "\n"
	for name, c := range map[string]struct{ text, want string }{
		"not JSON":          {good + "{\n", "jsonl:2: "},
		"a key cut short":   {`{"id":1,"key":"AAAA"}` + "\n", "jsonl:1: auth key 1 doesn't match its id"},
		"a key of other id": {good + `{"id":5,"key":"` + strings.Repeat("A", 340) + `AA=="}` + "\n", "jsonl:2: "},
	} {
		dir := t.TempDir()
		mustDo(t, os.WriteFile(filepath.Join(dir, "auth_keys.jsonl"), []byte(c.text), 0o600))
		if _, err := OpenAuthKeys(dir); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnUnusableFolderIsAnError(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	mustDo(t, os.WriteFile(file, nil, 0o600))
	if _, err := OpenAuthKeys(file); err == nil {
		t.Error("a file is taken for a folder")
	}
	dir := t.TempDir()
	mustDo(t, os.Mkdir(filepath.Join(dir, "auth_keys.jsonl"), 0o700))
	if _, err := OpenAuthKeys(dir); err == nil {
		t.Error("a folder is taken for the file")
	}
}

func TestAChangeThatCannotBeWrittenDoesNotHappen(t *testing.T) {
	a := mustOpen(t, t.TempDir())
	id := mustReady(t, a)
	temp := temporary(t, a, 100)
	mustDo(t, a.Close())
	if err := a.SetOwner(id, 7); err == nil || a.Owner(id) != 0 {
		t.Errorf("owner %d, %v", a.Owner(id), err)
	}
	if _, err := a.NewReady(); err == nil || len(a.keys) != 2 {
		t.Errorf("%d keys, %v", len(a.keys), err)
	}
	if err := a.bind(temp, id); err == nil || temp.root() != 0 {
		t.Errorf("bound to %d, %v", temp.root(), err)
	}
	if _, err := a.drop(id); err == nil || a.find(id) == nil {
		t.Errorf("dropped, %v", err)
	}
}

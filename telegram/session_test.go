package telegram

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/gotd/td/crypto"
	"github.com/gotd/td/session"
)

func testRecord(seed byte) *record {
	var key crypto.Key
	for i := range key {
		key[i] = seed
	}
	return newRecord(2, key.WithID(), 5)
}

// stored has a session of alice on the disk.
func stored(t *testing.T) (dir string, v *vault) {
	t.Helper()
	dir = t.TempDir()
	v, err := openVault(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := v.replace(testRecord(1)); err != nil {
		t.Fatal(err)
	}
	if err := v.own(owner{ID: 7, Name: "Alice"}); err != nil {
		t.Fatal(err)
	}
	return dir, v
}

// gotdStores saves a record the way gotd does, which knows nothing of owners.
func gotdStores(t *testing.T, v *vault, r *record) error {
	t.Helper()
	return (&session.Loader{Storage: v}).Save(t.Context(), &r.Data)
}

func TestASessionSurvives(t *testing.T) {
	dir, v := stored(t)
	if err := gotdStores(t, v, testRecord(1)); err != nil {
		t.Fatal(err)
	}
	again, err := openVault(dir, []byte("initial data is not looked at"))
	if err != nil {
		t.Fatal(err)
	}
	got := again.snapshot()
	if got == nil || got.Owner == nil || got.Owner.ID != 7 || got.Data.Salt != 5 {
		t.Fatalf("got %+v", got)
	}
	data, err := (&session.Loader{Storage: again}).Load(t.Context())
	if err != nil || !bytes.Equal(data.AuthKey, testRecord(1).Data.AuthKey) {
		t.Errorf("gotd reads %+v, %v", data, err)
	}
	for _, name := range []string{sessionFile, backupFile} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
}

func TestAKeyThatIsSignedInIsNotReplaced(t *testing.T) {
	dir, v := stored(t)
	before, _ := os.ReadFile(filepath.Join(dir, sessionFile))
	if err := gotdStores(t, v, testRecord(2)); !errors.Is(err, ErrKeyChanged) {
		t.Errorf("got %v", err)
	}
	after, _ := os.ReadFile(filepath.Join(dir, sessionFile))
	if !bytes.Equal(before, after) {
		t.Error("the file was changed")
	}
}

func TestASignInMayReplaceTheKey(t *testing.T) {
	dir, v := stored(t)
	v.setReplacing(true)
	if err := gotdStores(t, v, testRecord(2)); err != nil {
		t.Fatal(err)
	}
	if v.snapshot().Owner != nil {
		t.Error("the new key has an owner")
	}
	raw, err := os.ReadFile(filepath.Join(dir, backupFile))
	if err != nil {
		t.Fatal(err)
	}
	if backup, err := parseRecord(raw); err != nil || backup.Owner == nil || backup.Data.AuthKey[0] != 1 {
		t.Errorf("backup is %+v, %v", backup, err)
	}
}

func TestAFreshKeyMayBeReplaced(t *testing.T) {
	v, err := openVault("", nil)
	if err != nil {
		t.Fatal(err)
	}
	for seed := byte(1); seed < 3; seed++ {
		if err := gotdStores(t, v, testRecord(seed)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestARetiredSessionIsKeptAside(t *testing.T) {
	dir, v := stored(t)
	if err := os.Remove(filepath.Join(dir, backupFile)); err != nil {
		t.Fatal(err)
	}
	if err := v.retire(); err != nil {
		t.Fatal(err)
	}
	if v.snapshot() != nil {
		t.Error("it is still there")
	}
	for _, name := range []string{sessionFile, backupFile} {
		if raw, err := os.ReadFile(filepath.Join(dir, name)); err != nil || len(raw) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestInitialDataIsTakenWhileNothingIsStored(t *testing.T) {
	first, err := openVault("", nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := gotdStores(t, first, testRecord(3)); err != nil {
		t.Fatal(err)
	}
	initial, err := first.LoadSession(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	v, err := openVault(t.TempDir(), initial)
	if err != nil || v.snapshot().Data.AuthKey[0] != 3 || v.snapshot().precious() {
		t.Errorf("got %+v, %v", v, err)
	}
	if _, err := openVault("", []byte("{")); err == nil {
		t.Error("half of a session was taken")
	}
}

func TestDamagedSessionsAreRefusedAndKept(t *testing.T) {
	dir, _ := stored(t)
	whole, err := os.ReadFile(filepath.Join(dir, sessionFile))
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string]func() []byte{
		"empty":              func() []byte { return nil },
		"blank":              func() []byte { return []byte(" \n") },
		"cut":                func() []byte { return whole[:len(whole)/2] },
		"cut by one":         func() []byte { return whole[:len(whole)-1] },
		"zeros":              func() []byte { return make([]byte, len(whole)) },
		"not JSON":           func() []byte { return []byte("hello") },
		"another version":    func() []byte { return bytes.Replace(whole, []byte(`"Version":1`), []byte(`"Version":9`), 1) },
		"a flipped key":      func() []byte { return bytes.Replace(whole, []byte(`"AuthKey":"AQ`), []byte(`"AuthKey":"AR`), 1) },
		"another key id":     func() []byte { return bytes.Replace(whole, []byte(`"AuthKeyID":"`), []byte(`"AuthKeyID":"A`), 1) },
		"no key":             func() []byte { return []byte(`{"Version":1}`) },
		"somebody's picture": func() []byte { return []byte("\x89PNG\r\n\x1a\n") },
	} {
		t.Run(name, func(t *testing.T) {
			damaged := damage()
			path := filepath.Join(dir, sessionFile)
			if err := os.WriteFile(path, damaged, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := openVault(dir, nil)
			var corrupt *SessionCorruptError
			if !errors.As(err, &corrupt) || corrupt.Path != path || corrupt.Backup == "" {
				t.Fatalf("got %v", err)
			}
			if !strings.Contains(err.Error(), "sign in again") || !strings.Contains(err.Error(), corrupt.Backup) {
				t.Errorf("no way out: %v", err)
			}
			if now, _ := os.ReadFile(path); !bytes.Equal(now, damaged) {
				t.Error("the file was touched")
			}
		})
	}
}

func TestADamagedBackupIsNotRecommended(t *testing.T) {
	dir, _ := stored(t)
	for _, name := range []string{sessionFile, backupFile} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("{"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, err := openVault(dir, nil)
	var corrupt *SessionCorruptError
	if !errors.As(err, &corrupt) || corrupt.Backup != "" {
		t.Errorf("got %v", err)
	}
}

func FuzzParseRecord(f *testing.F) {
	v, err := openVault("", nil)
	if err != nil {
		f.Fatal(err)
	}
	if err := v.replace(testRecord(1)); err != nil {
		f.Fatal(err)
	}
	raw, _ := v.LoadSession(f.Context())
	f.Add(raw)
	f.Add([]byte(`{"Version":1,"Data":{"AuthKey":""}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := parseRecord(raw)
		if err == nil {
			if key := r.authKey(); !bytes.Equal(key.ID[:], r.Data.AuthKeyID) {
				t.Error("a key was taken that is not whole")
			}
		}
	})
}

// A disk that fails is played by a folder in the way: the rename fails as it does on a broken one.
func TestAFailingDiskLosesNothing(t *testing.T) {
	dir, v := stored(t)
	path := filepath.Join(dir, sessionFile)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(path, "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	var storage *StorageError
	if err := v.replace(testRecord(2)); !errors.As(err, &storage) || storage.Path != path {
		t.Errorf("a new key: got %v", err)
	}
	if v.snapshot().Data.AuthKey[0] != 1 {
		t.Error("the session was lost")
	}
	if err := gotdStores(t, v, testRecord(1)); err != nil {
		t.Errorf("the same key needs no disk: %v", err)
	}
	left, _ := filepath.Glob(filepath.Join(dir, ".*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if raw, _ := os.ReadFile(filepath.Join(dir, backupFile)); !bytes.Contains(raw, whole[:20]) {
		t.Error("the copy is gone")
	}
}

func TestHintsOfTheFileSystem(t *testing.T) {
	for want, err := range map[string]error{
		"disk is full":              syscall.ENOSPC,
		"writable for this user":    fs.ErrPermission,
		"a file is in the way":      syscall.ENOTDIR,
		"exists and can be written": errors.New("odd"),
	} {
		if got := storageError("/x/session.json", err).Error(); !strings.Contains(got, want) || !strings.Contains(got, "/x/session.json") {
			t.Errorf("%v: got %q", err, got)
		}
	}
}

func TestAFileInTheWayOfTheFolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Open(Options{APIID: 1, APIHash: "x", Dir: filepath.Join(path, "me")})
	var storage *StorageError
	if !errors.As(err, &storage) {
		t.Errorf("got %v", err)
	}
}

func TestExportAndImport(t *testing.T) {
	a := scripted(t, Options{Dir: t.TempDir()})
	if _, err := a.ExportSession(); !errors.Is(err, ErrNotSignedIn) {
		t.Errorf("got %v", err)
	}
	data := testRecord(4).Data
	data.DC, data.AuthKeyID = 0, nil
	if err := a.ImportSession(data); err != nil {
		t.Fatal(err)
	}
	got, err := a.ExportSession()
	if err != nil || got.DC != 2 || !bytes.Equal(got.AuthKey, data.AuthKey) {
		t.Errorf("got %+v, %v", got, err)
	}
	if !a.vault.snapshot().precious() {
		t.Error("an imported session is not guarded")
	}
	for name, bad := range map[string]session.Data{
		"short key":  {AuthKey: []byte{1}},
		"another id": {AuthKey: data.AuthKey, AuthKeyID: []byte{1, 2, 3, 4, 5, 6, 7, 8}},
	} {
		if err := a.ImportSession(bad); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func TestStoredSession(t *testing.T) {
	mine, _ := stored(t)
	fresh := t.TempDir()
	v, err := openVault(fresh, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := v.replace(testRecord(1)); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		dir, who string
		signedIn bool
	}{
		"one that was signed in":  {mine, "Alice", true},
		"a key nobody came in by": {fresh, "", false},
		"no session":              {t.TempDir(), "", false},
		"no folder":               {filepath.Join(t.TempDir(), "none"), "", false},
	} {
		who, signedIn, err := StoredSession(test.dir)
		if who != test.who || signedIn != test.signedIn || err != nil {
			t.Errorf("%s: got %q, %v, %v", name, who, signedIn, err)
		}
	}
	if err := os.WriteFile(filepath.Join(mine, sessionFile), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var corrupt *SessionCorruptError
	if _, _, err := StoredSession(mine); !errors.As(err, &corrupt) {
		t.Errorf("an empty file gives %v", err)
	}
}

package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/gotd/td/session"
	"github.com/gotd/td/tg"
)

const (
	sessionFile = "session.json"
	backupFile  = "session.backup.json" // the last session that was signed in
)

// owner is who a stored session is signed in as.
type owner struct {
	ID    int64
	Name  string
	Phone string `json:",omitempty"`
	Bot   bool   `json:",omitempty"`
}

// record is the session file: gotd's own format, which ignores what we add to it.
type record struct {
	Version  int
	Data     session.Data
	Owner    *owner `json:",omitempty"`
	Imported bool   `json:",omitempty"` // came from elsewhere, most likely signed in
}

// precious says that losing the key would lose a login.
func (r *record) precious() bool { return r != nil && (r.Owner != nil || r.Imported) }

// vault keeps the session: in a file that is always whole, or in memory if dir is "".
// It is gotd's session.Storage.
type vault struct {
	dir string

	mu        sync.Mutex
	current   *record       // nil while there is no session
	replacing bool          // a sign-in may change the key
	gone      bool          // logged out: what gotd still has must not come back
	told      []tg.DCOption // addresses that the server has named
}

var _ session.Storage = (*vault)(nil)

// openVault reads the stored session, or takes first for it while there is none. What is first need not
// be signed in: the sandbox gives out keys that are ready.
func openVault(dir string, first []byte) (*vault, error) {
	v := &vault{dir: dir}
	raw, err := v.read(sessionFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if len(first) == 0 {
			return v, nil
		}
		if v.current, err = parseRecord(first); err != nil {
			return nil, fmt.Errorf("read initial session: %w", err)
		}
		return v, nil
	case err != nil:
		return nil, storageError(filepath.Join(dir, sessionFile), err)
	}
	if v.current, err = parseRecord(raw); err == nil {
		v.told = v.current.Data.Config.DCOptions
	} else {
		corrupt := &SessionCorruptError{Path: filepath.Join(dir, sessionFile), Cause: err}
		if raw, err := v.read(backupFile); err == nil {
			if _, err := parseRecord(raw); err == nil {
				corrupt.Backup = filepath.Join(dir, backupFile)
			}
		}
		return nil, corrupt
	}
	return v, nil
}

func (v *vault) read(name string) ([]byte, error) {
	if v.dir == "" {
		return nil, fs.ErrNotExist
	}
	return os.ReadFile(filepath.Join(v.dir, name))
}

// LoadSession gives gotd the session.
func (v *vault) LoadSession(context.Context) ([]byte, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.current == nil {
		return nil, session.ErrNotFound
	}
	return json.Marshal(v.current)
}

// StoreSession takes gotd's session, at each new connection. A key that differs from a signed-in one is
// refused unless a sign-in is going on: gotd makes a new key when a server has forgotten ours, and
// would overwrite a login with it.
func (v *vault) StoreSession(_ context.Context, raw []byte) error {
	next, err := parseRecord(raw)
	if err != nil {
		return fmt.Errorf("store session: %w", err)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.gone {
		return nil
	}
	if v.current != nil {
		if bytes.Equal(next.Data.AuthKey, v.current.Data.AuthKey) {
			next.Owner, next.Imported = v.current.Owner, v.current.Imported
		} else if v.current.precious() && !v.replacing {
			return ErrKeyChanged
		}
	}
	return v.put(next)
}

// put makes next the session. Only a change that matters must reach the disk: a full disk is no
// reason to give up a connection whose key is stored already.
func (v *vault) put(next *record) error {
	old := v.current
	v.gone = false
	if told := next.Data.Config.DCOptions; len(told) > 0 {
		v.told = told
	}
	err := v.write(sessionFile, next)
	if err != nil && (old == nil || !bytes.Equal(old.Data.AuthKey, next.Data.AuthKey) || old.Data.DC != next.Data.DC) {
		return err
	}
	v.current = next
	return nil
}

// write replaces a file as a whole; the memory vault has none.
func (v *vault) write(name string, r *record) error {
	if v.dir == "" {
		return nil
	}
	raw, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("encode session: %w", err)
	}
	path := filepath.Join(v.dir, name)
	if err := writeWhole(path, raw); err != nil {
		return storageError(path, err)
	}
	return nil
}

// replace takes another session, after a copy of the old one if that was signed in.
func (v *vault) replace(next *record) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.current.precious() {
		if err := v.write(backupFile, v.current); err != nil {
			return err
		}
	}
	return v.put(next)
}

// own notes who the session is signed in as, and keeps a copy of it.
func (v *vault) own(who owner) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.current == nil {
		return ErrNotSignedIn
	}
	if v.current.Owner != nil && *v.current.Owner == who {
		return nil
	}
	next := *v.current
	next.Owner, next.Imported = &who, false
	if err := v.write(sessionFile, &next); err != nil {
		return err
	}
	v.current = &next
	return v.write(backupFile, &next)
}

// setReplacing lets, or no longer lets, the key of a signed-in session change.
func (v *vault) setReplacing(on bool) {
	v.mu.Lock()
	v.replacing = on
	v.mu.Unlock()
}

func (v *vault) isReplacing() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.replacing
}

// sameKey says whether two sessions have one key; none has that of none.
func (r *record) sameKey(other *record) bool {
	if r == nil || other == nil {
		return r == other
	}
	return bytes.Equal(r.Data.AuthKey, other.Data.AuthKey)
}

// outlives says that an order of what was the session is void: it has been replaced, or signed in with, since then.
func (v *vault) outlives(old *record) bool {
	now := v.snapshot()
	return now != nil && (!now.sameKey(old) || now.precious() && !old.precious())
}

// retire lets a session go whose key is not wanted any more. Its file stays until the next key is
// stored, its copy longer.
func (v *vault) retire() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.current.precious() {
		if err := v.write(backupFile, v.current); err != nil {
			return err
		}
	}
	v.current = nil
	return nil
}

// snapshot is the session as it is now; nil if there is none. It must not be changed.
func (v *vault) snapshot() *record {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.current
}

// addresses are what the server has told last of its data centers. They outlive the key that they came with: after
// an order to move, the next key is made at one of them.
func (v *vault) addresses() []tg.DCOption {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.told
}

// remove forgets the session and its copy.
func (v *vault) remove() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.current, v.gone = nil, true
	if v.dir == "" {
		return nil
	}
	var errs []error
	for _, name := range []string{sessionFile, backupFile} {
		if err := os.Remove(filepath.Join(v.dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, fmt.Errorf("remove session: %w", err))
		}
	}
	return errors.Join(errs...)
}

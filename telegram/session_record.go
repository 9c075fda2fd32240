package telegram

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/gotd/td/crypto"
)

const recordVersion = 1 // gotd's; its loader takes no other

// parseRecord reads a session and proves that its key is whole: the id of a key is a hash of it.
func parseRecord(raw []byte) (*record, error) {
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil, errors.New("it is empty")
	}
	var r record
	if err := json.Unmarshal(raw, &r); err != nil {
		return nil, fmt.Errorf("it is not a whole JSON document: %w", err)
	}
	if r.Version != recordVersion {
		return nil, fmt.Errorf("it has version %d, only %d can be read", r.Version, recordVersion)
	}
	if len(r.Data.AuthKey) != len(crypto.Key{}) {
		return nil, fmt.Errorf("its key has %d bytes instead of %d", len(r.Data.AuthKey), len(crypto.Key{}))
	}
	if key := r.authKey(); !bytes.Equal(key.ID[:], r.Data.AuthKeyID) {
		return nil, errors.New("its key does not match the key's id")
	}
	return &r, nil
}

func (r *record) authKey() crypto.AuthKey {
	var key crypto.Key
	copy(key[:], r.Data.AuthKey)
	return key.WithID()
}

// writeWhole replaces path so that a crash at any moment leaves the old file or the new one.
func writeWhole(path string, data []byte) (err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+".*") // 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = f.Close() // a second close is harmless
			_ = os.Remove(f.Name())
		}
	}()
	if _, err := f.Write(data); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncDir(dir)
}

// syncDir makes a rename survive a power cut. Some systems can't sync a folder, and don't need it.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, errors.ErrUnsupported) &&
		!errors.Is(err, fs.ErrPermission) {
		return err
	}
	return nil
}

// storageError adds what to do to an error of the file system.
func storageError(path string, err error) error {
	hint := "make sure that the folder exists and can be written to"
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		hint = "make the folder writable for this user, or choose another data folder"
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		hint = "the disk is full: free some space; what was stored before is unharmed"
	case errors.Is(err, syscall.ENOTDIR):
		hint = "a file is in the way of the folder: remove it, or choose another data folder"
	}
	return &StorageError{Path: path, Hint: hint, Cause: err}
}

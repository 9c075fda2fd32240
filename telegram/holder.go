package telegram

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/tgscript/tgscript/telegram/filelock"
)

// SessionHolder says which process has the account of a folder open; nil if none has. It disturbs nobody: the lock
// is tried only where a process has written that it is there, to tell a living one from one that was killed.
func SessionHolder(dir string) (*SessionHeldError, error) {
	path := filepath.Join(dir, lockFile)
	f, err := os.OpenFile(path, os.O_RDONLY|filelock.NoFollow, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, storageError(path, err)
	}
	defer func() { _ = f.Close() }() // which gives up the lock, too
	info, err := f.Stat()
	if err != nil {
		return nil, storageError(path, err)
	}
	if info.Size() == 0 {
		return nil, nil // given up as it should be
	}
	switch err := filelock.Take(f); {
	case err == nil:
		return nil, nil
	case !errors.Is(err, filelock.ErrHeld):
		return nil, fmt.Errorf("try lock %s: %w", path, err)
	}
	var held *SessionHeldError
	errors.As(heldBy(path, f), &held)
	return held, nil
}

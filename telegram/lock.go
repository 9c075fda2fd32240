package telegram

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/tgscript/tgscript/telegram/filelock"
)

const lockFile = "session.lock"

// holder is the note in the lock file; the lock itself is the operating system's, so it ends with
// the process however that ends.
type holder struct {
	PID     int       `json:"pid"`
	Host    string    `json:"host"`
	Command string    `json:"command"`
	Since   time.Time `json:"since"`
}

// sessionLock is held from Open to Close.
type sessionLock struct{ file *os.File }

// takeLock locks the folder for this process, and says so in the lock file.
func takeLock(dir string) (*sessionLock, error) {
	path := filepath.Join(dir, lockFile)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|filelock.NoFollow, 0o600) // it will be written over: never what somebody has put a link to
	if err != nil {
		return nil, storageError(path, err)
	}
	if err := filelock.Take(f); err != nil {
		defer f.Close()
		if errors.Is(err, filelock.ErrHeld) {
			return nil, heldBy(path, f)
		}
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	l := &sessionLock{file: f}
	host, _ := os.Hostname() // an unknown host is no reason to fail
	note, err := json.Marshal(holder{
		PID: os.Getpid(), Host: host, Command: strings.Join(commandWords(os.Args), " "), Since: time.Now().Truncate(time.Second),
	})
	if err == nil {
		err = l.write(note)
	}
	if err != nil {
		_ = l.release()
		return nil, storageError(path, err)
	}
	return l, nil
}

// commandWords are the program and its subcommand: arguments may hold secrets.
func commandWords(args []string) []string {
	if len(args) == 0 {
		return nil
	}
	words := []string{filepath.Base(args[0])}
	for _, arg := range args[1:] {
		if strings.HasPrefix(arg, "-") || len(words) == 2 {
			break
		}
		words = append(words, arg)
	}
	return words
}

func (l *sessionLock) write(note []byte) error {
	if err := l.file.Truncate(0); err != nil {
		return err
	}
	_, err := l.file.WriteAt(note, 0)
	return err
}

// release keeps the file: removing it would let a third process lock a file that nobody sees.
func (l *sessionLock) release() error {
	if l == nil || l.file == nil {
		return nil
	}
	clearErr := l.write(nil)
	err := errors.Join(clearErr, l.file.Close())
	l.file = nil
	return err
}

// heldBy reads the note of the process that has the lock.
func heldBy(path string, f *os.File) error {
	held := &SessionHeldError{Path: path}
	raw, err := io.ReadAll(io.LimitReader(f, 1<<16))
	if err != nil {
		return held
	}
	var note holder
	if json.Unmarshal(raw, &note) == nil {
		held.PID, held.Host, held.Command, held.Since = note.PID, note.Host, note.Command, note.Since
	}
	return held
}

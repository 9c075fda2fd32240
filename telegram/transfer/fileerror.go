package transfer

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
)

// Kinds of a FileError, as scripts see them.
const (
	KindNoFile   = "FILE_NOT_FOUND"
	KindChanged  = "FILE_CHANGED"    // while it was sent
	KindFull     = "DISK_FULL"       // while one was received
	KindTooLarge = "FILE_TOO_LARGE"  // for Telegram, or for what the caller wants to hold in memory
	KindStorage  = "FILE_ERROR"      // any other fault of the file system
	KindEmpty    = "FILE_EMPTY"      // Telegram takes no files without a byte
	KindShort    = "FILE_INCOMPLETE" // Telegram gave less than it said there is
)

// FileError says what was wrong with a file on this machine, or with what Telegram gave of one.
type FileError struct {
	Verb  string // "send", "save" ...
	Path  string
	Kind  string
	Cause error
}

func (e *FileError) Error() string {
	text := e.Verb + " " + e.Path
	if e.Path == "" {
		text = e.Verb + " file"
	}
	if e.Cause != nil {
		text += ": " + e.Cause.Error()
	}
	if e.Kind == KindFull {
		text += ": free some space, and try again"
	}
	return text
}

func (e *FileError) Unwrap() error { return e.Cause }

// LuaFields are the fields of the error as scripts see it.
func (e *FileError) LuaFields() map[string]any {
	return map[string]any{"kind": e.Kind, "message": e.Error(), "path": e.Path}
}

// fileError gives an error of the file system its kind.
func fileError(verb, path string, err error) error {
	var known *FileError
	if err == nil || errors.As(err, &known) {
		return err
	}
	e := &FileError{Verb: verb, Path: path, Kind: KindStorage, Cause: err}
	var place *fs.PathError
	if errors.As(err, &place) {
		e.Cause = place.Err // the path is said already
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.Kind = KindNoFile
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		e.Kind = KindFull
	}
	return e
}

func tooLarge(verb, path string, size, limit int64) error {
	return &FileError{Verb: verb, Path: path, Kind: KindTooLarge, Cause: fmt.Errorf("it has %d bytes, %d are allowed", size, limit)}
}

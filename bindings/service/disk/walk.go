// Package disk reads and writes files whose names have been checked. What was checked is what is opened: a folder
// on the way, or the file, that has become a symbolic link since then is refused.
package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Error says what could not be done with a file.
type Error struct {
	Verb, Path string
	Err        error
}

func (e *Error) Error() string {
	why := e.Err
	if inner := (*fs.PathError)(nil); errors.As(why, &inner) {
		why = inner.Err
	} else if inner := (*os.LinkError)(nil); errors.As(why, &inner) {
		why = inner.Err
	}
	return e.Verb + " " + e.Path + ": " + why.Error()
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// LuaFields are what scripts see on the caught error.
func (e *Error) LuaFields() map[string]any {
	kind := map[string]any{"kind": "FILE_ERROR", "message": e.Error(), "path": e.Path}
	switch {
	case errors.Is(e.Err, fs.ErrNotExist):
		kind["kind"] = "FILE_NOT_FOUND"
	case errors.Is(e.Err, fs.ErrExist) && e.Verb != "remove": // a folder that is not empty "exists"
		kind["kind"] = "FILE_EXISTS"
	case errors.Is(e.Err, errTooLarge):
		kind["kind"] = "FILE_TOO_LARGE"
	}
	return kind
}

var (
	errMoved    = errors.New("it was changed into a symbolic link while it was opened")
	errTooLarge = errors.New("it is larger than the call may hold in memory")
	errNoFile   = errors.New("it is no regular file")
)

// folder opens the folder of a name that has no symbolic links, one step after another, and returns the rest of
// the name.
func folder(name string) (*os.Root, string, error) {
	dir, file := filepath.Split(filepath.Clean(name))
	if file == "" {
		return nil, "", fs.ErrInvalid
	}
	root, err := inFolder(dir)
	return root, file, err
}

func inFolder(dir string) (*os.Root, error) {
	at := filepath.VolumeName(dir) + string(filepath.Separator)
	root, err := os.OpenRoot(at)
	if err != nil {
		return nil, err
	}
	for _, step := range strings.Split(strings.TrimPrefix(filepath.Clean(dir), at), string(filepath.Separator)) {
		if step == "" {
			continue
		}
		at = filepath.Join(at, step)
		next, err := enter(root, step)
		if errors.Is(err, fs.ErrPermission) { // a folder that may be passed through but not read
			next, err = os.OpenRoot(at)
		}
		_ = root.Close() // it was only read
		if err != nil {
			return nil, err
		}
		root = next
	}
	return root, nil
}

// enter opens a folder within another, and makes sure that it is the one that is there and no link to another.
func enter(root *os.Root, step string) (*os.Root, error) {
	there, err := root.Lstat(step)
	if err != nil {
		return nil, err
	}
	if there.Mode()&fs.ModeSymlink != 0 {
		return nil, errMoved
	}
	next, err := root.OpenRoot(step)
	if err != nil {
		return nil, err
	}
	if opened, err := next.Stat("."); err != nil || !os.SameFile(there, opened) {
		_ = next.Close() // it was only opened
		return nil, errors.Join(errMoved, err)
	}
	return next, nil
}

// open opens a file in its folder, and makes sure that it is the one that is there.
func open(root *os.Root, name string, flags int) (*os.File, error) {
	there, err := root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && flags&os.O_CREATE != 0:
		return root.OpenFile(name, flags|os.O_EXCL, 0o600)
	case err != nil:
		return nil, err
	case there.Mode()&fs.ModeSymlink != 0:
		return nil, errMoved
	case !there.Mode().IsRegular(): // a pipe would wait for its other end
		return nil, errNoFile
	case flags&os.O_EXCL != 0:
		return nil, fs.ErrExist
	}
	f, err := root.OpenFile(name, flags, 0o600)
	if err != nil {
		return nil, err
	}
	if opened, err := f.Stat(); err != nil || !os.SameFile(there, opened) {
		return nil, errors.Join(errMoved, err, f.Close())
	}
	return f, nil
}

// within does something in the folder of a name.
func within(verb, name string, do func(root *os.Root, file string) error) error {
	root, file, err := folder(name)
	if err == nil {
		err = errors.Join(do(root, file), root.Close())
		if joined, ok := err.(interface{ Unwrap() []error }); ok && len(joined.Unwrap()) == 1 {
			err = joined.Unwrap()[0]
		}
	}
	if err != nil {
		return &Error{Verb: verb, Path: name, Err: err}
	}
	return nil
}

// sized makes the error for a file that is larger than a limit.
func sized(limit int64) error { return fmt.Errorf("%w: %d bytes", errTooLarge, limit) }

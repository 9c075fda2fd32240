package disk

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Entry is one file or folder.
type Entry struct {
	Name     string
	IsFolder bool
	Size     int64
	Modified time.Time
}

func entryOf(info fs.FileInfo) Entry {
	return Entry{info.Name(), info.IsDir(), info.Size(), info.ModTime()}
}

// Read returns a file's bytes, of which there may be limit.
func Read(name string, limit int64) (data []byte, err error) {
	err = within("read", name, func(root *os.Root, file string) error {
		f, err := open(root, file, os.O_RDONLY)
		if err != nil {
			return err
		}
		defer f.Close() // it is only read
		if data, err = io.ReadAll(io.LimitReader(f, limit+1)); err == nil && int64(len(data)) > limit {
			err = sized(limit)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return data, nil
}

// Write writes a file whole: whoever reads it meanwhile, or after a crash, finds the old or the new one. With
// exclusive there must be none.
func Write(name string, data []byte, exclusive bool) error {
	return within("write", name, func(root *os.Root, file string) error {
		t, err := newTemporary(root, file)
		if err != nil {
			return err
		}
		if _, err := t.Write(data); err != nil {
			return errors.Join(err, t.drop())
		}
		return t.keep(exclusive)
	})
}

// Append writes to the end of a file, which is made if there is none.
func Append(name string, data []byte) error {
	return within("append to", name, func(root *os.Root, file string) error {
		f, err := open(root, file, os.O_WRONLY|os.O_APPEND|os.O_CREATE)
		if err != nil {
			return err
		}
		_, err = f.Write(data)
		return errors.Join(err, f.Close())
	})
}

// temporary is a file beside the one that it will become.
type temporary struct {
	*os.File
	root      *os.Root
	name, own string
}

func newTemporary(root *os.Root, name string) (*temporary, error) {
	var mark [8]byte
	if _, err := rand.Read(mark[:]); err != nil {
		return nil, err
	}
	own := "." + name + "." + hex.EncodeToString(mark[:])
	if len(own) > 250 {
		own = "." + hex.EncodeToString(mark[:])
	}
	f, err := root.OpenFile(own, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	return &temporary{f, root, name, own}, nil
}

func (t *temporary) drop() error { return errors.Join(t.Close(), t.root.Remove(t.own)) }

func (t *temporary) keep(exclusive bool) error {
	err := errors.Join(t.Sync(), t.Close())
	there, missing := t.root.Lstat(t.name)
	switch {
	case err != nil:
	case missing == nil && exclusive:
		err = fs.ErrExist
	case missing == nil && !there.Mode().IsRegular():
		err = errNoFile
	case exclusive:
		err = t.root.Link(t.own, t.name) // refuses a file that has come meanwhile
		return errors.Join(err, t.root.Remove(t.own))
	case missing == nil:
		err = t.root.Chmod(t.own, there.Mode().Perm())
	}
	if err == nil {
		err = t.root.Rename(t.own, t.name)
	}
	if err != nil {
		return errors.Join(err, t.root.Remove(t.own))
	}
	return nil
}

// Stream writes what fill gives as a whole file, as Write does.
func Stream(name string, fill func(to io.Writer) error) error {
	return within("write", name, func(root *os.Root, file string) error {
		t, err := newTemporary(root, file)
		if err != nil {
			return err
		}
		if err := fill(t); err != nil {
			return errors.Join(err, t.drop())
		}
		return t.keep(false)
	})
}

// Stat tells about a file or folder.
func Stat(name string) (e Entry, err error) {
	err = within("look at", name, func(root *os.Root, file string) error {
		info, err := root.Lstat(file)
		if err == nil {
			e = entryOf(info)
		}
		return err
	})
	return e, err
}

// most is how many entries of a folder are listed.
const most = 100_000

// List returns what is in a folder, by name. Symbolic links and what is neither file nor folder are left out.
func List(name string) ([]Entry, error) {
	root, err := inFolder(name)
	if err != nil {
		return nil, &Error{Verb: "list", Path: name, Err: err}
	}
	defer root.Close() // it is only read
	entries := []Entry{}
	all, err := fs.ReadDir(root.FS(), ".")
	if err == nil && len(all) > most {
		err = sized(most)
	}
	if err != nil {
		return nil, &Error{Verb: "list", Path: name, Err: err}
	}
	for _, one := range all {
		info, err := one.Info()
		if err == nil && (info.IsDir() || info.Mode().IsRegular()) {
			entries = append(entries, entryOf(info))
		}
	}
	return entries, nil
}

// Remove deletes a file or an empty folder, or with all a folder and what is in it.
func Remove(name string, all bool) error {
	return within("remove", name, func(root *os.Root, file string) error {
		if !all {
			return root.Remove(file)
		}
		if _, err := root.Lstat(file); err != nil {
			return err
		}
		return root.RemoveAll(file)
	})
}

// MakeFolder makes a folder, and those above it. One that is there is no error.
func MakeFolder(name string) error {
	err := within("make", name, func(root *os.Root, file string) error {
		err := root.Mkdir(file, 0o700)
		if info, there := root.Lstat(file); errors.Is(err, fs.ErrExist) && there == nil && info.IsDir() {
			return nil
		}
		return err
	})
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := MakeFolder(filepath.Dir(name)); err != nil {
		return err
	}
	return within("make", name, func(root *os.Root, file string) error { return root.Mkdir(file, 0o700) })
}

// Rename moves a file or folder. What has the new name is replaced, if it is a file.
func Rename(from, to string) error {
	return within("rename", from, func(root *os.Root, file string) error {
		target, name, err := folder(to)
		if err != nil {
			return err
		}
		defer target.Close() // only names are changed
		a, err := root.Stat(".")
		if err != nil {
			return err
		}
		if b, err := target.Stat("."); err == nil && os.SameFile(a, b) {
			return root.Rename(file, name)
		}
		return move(root, file, target, name)
	})
}

// move copies a file into another folder and deletes it here: there is no way to rename between two opened folders.
func move(root *os.Root, file string, target *os.Root, name string) error {
	f, err := open(root, file, os.O_RDONLY)
	if err != nil {
		return err
	}
	defer f.Close() // it is only read
	t, err := newTemporary(target, name)
	if err != nil {
		return err
	}
	if _, err := io.Copy(t, f); err != nil {
		return errors.Join(err, t.drop())
	}
	if err := t.keep(false); err != nil {
		return err
	}
	return root.Remove(file)
}

package transfer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/tgscript/tgscript/telegram/filelock"
)

// mode is that of any file that a program makes: the user's mask takes from it what they want.
const mode = 0o666

// SaveOptions say how a file is written.
type SaveOptions struct {
	DownloadOptions
	ID        string // what makes the file this one, for Resume; letters and digits
	Resume    bool   // keep what has come of a failed download, and go on from there the next time
	Overwrite bool   // replace a file of that name; else a free name is taken: "a (1).jpg"
}

// Save writes a file under a name, and returns the name it got. Until it is whole it has another one in the same
// folder: what is under the final name was never half of anything. What is wrong with this machine's files, or with what
// came, is a *FileError; all else is the error of Calls.
func (e *Engine) Save(ctx context.Context, at Location, path string, opts SaveOptions) (string, error) {
	temporary := partName(path, opts.ID)
	if !opts.Resume || opts.ID == "" || !e.saving.take(temporary) {
		return e.fresh(ctx, at, path, opts)
	}
	defer e.saving.leave(temporary)
	f, err := os.OpenFile(temporary, os.O_RDWR|os.O_CREATE|filelock.NoFollow, mode)
	if err != nil {
		return "", fileError("save", path, err)
	}
	have, err := f.Seek(0, io.SeekEnd)
	if err == nil && at.Size > 0 && have > at.Size {
		have = 0
		err = errors.Join(f.Truncate(0), rewind(f))
	}
	if err != nil {
		return "", errors.Join(fileError("save", path, err), f.Close())
	}
	opts.Offset += have
	if opts.Limit > 0 {
		if opts.Limit -= have; opts.Limit <= 0 {
			return finish(f, path, opts.Overwrite)
		}
	}
	if report := opts.Progress; report != nil {
		opts.Progress = func(done, total int64) {
			if total >= 0 {
				total += have
			}
			report(done+have, total)
		}
	}
	if err := e.fill(ctx, at, f, path, opts.DownloadOptions); err != nil {
		return "", errors.Join(err, f.Close()) // the part stays
	}
	return finish(f, path, opts.Overwrite)
}

func rewind(f *os.File) error {
	_, err := f.Seek(0, io.SeekStart)
	return err
}

// fresh writes without looking at what came earlier.
func (e *Engine) fresh(ctx context.Context, at Location, path string, opts SaveOptions) (string, error) {
	return whole(path, opts.Overwrite, func(f *os.File) error { return e.fill(ctx, at, f, path, opts.DownloadOptions) })
}

// whole has a file written under another name in the folder of path, and then gives it that name. A failure leaves
// nothing.
func whole(path string, overwrite bool, write func(f *os.File) error) (string, error) {
	f, err := os.OpenFile(partName(path, strconv.FormatUint(uint64(newID()), 16)), os.O_RDWR|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return "", fileError("save", path, err)
	}
	if err := write(f); err != nil {
		return "", errors.Join(err, f.Close(), os.Remove(f.Name()))
	}
	name, err := finish(f, path, overwrite)
	if err != nil {
		err = errors.Join(err, remove(f.Name()))
	}
	return name, err
}

func remove(name string) error {
	if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// fill downloads into a file, from where it stands.
func (e *Engine) fill(ctx context.Context, at Location, f *os.File, path string, opts DownloadOptions) error {
	_, err := e.Download(ctx, at, local{f, path}, opts)
	if known := (*FileError)(nil); errors.As(err, &known) && known.Path == "" {
		known.Path = path
	}
	return err
}

// local is a file whose faults are ours to explain: they are none of the network's.
type local struct {
	*os.File
	path string
}

func (l local) Write(p []byte) (int, error) {
	n, err := l.File.Write(p)
	return n, fileError("save", l.path, err)
}

// finish gives a whole file its name.
func finish(f *os.File, path string, overwrite bool) (string, error) {
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return "", fileError("save", path, err)
	}
	if overwrite {
		if err := os.Rename(f.Name(), path); err != nil {
			return "", fileError("save", path, err)
		}
		return path, nil
	}
	for i := 0; ; i++ {
		name := numbered(path, i)
		err := os.Link(f.Name(), name) // unlike a rename it doesn't replace
		switch {
		case err == nil:
			return name, fileError("save", path, os.Remove(f.Name()))
		case errors.Is(err, fs.ErrExist) && i < mostNames:
			continue
		case errors.Is(err, fs.ErrExist):
			return "", fileError("save", path, err)
		}
		if _, err := os.Lstat(name); err == nil { // a file system without links
			continue
		}
		if err := os.Rename(f.Name(), name); err != nil {
			return "", fileError("save", path, err)
		}
		return name, nil
	}
}

// mostNames is how many files of one name there may be.
const mostNames = 10_000

// numbered is "a (1).jpg" of "a.jpg"; the first one is the name itself.
func numbered(path string, i int) string {
	if i == 0 {
		return path
	}
	ext := filepath.Ext(path)
	return fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(path, ext), i, ext)
}

// partName is where an unfinished download lies: the same for the same file under the same name.
func partName(path, id string) string {
	dir, name := filepath.Split(path)
	return filepath.Join(dir, "."+shortened(name)+"."+id+".part")
}

// keyed keeps two from writing the same file.
type keyed struct {
	mu   sync.Mutex
	busy map[string]bool
}

func (k *keyed) take(key string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.busy[key] {
		return false
	}
	if k.busy == nil {
		k.busy = map[string]bool{}
	}
	k.busy[key] = true
	return true
}

func (k *keyed) leave(key string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.busy, key)
}

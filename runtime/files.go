package runtime

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
)

// files are what a load has read, and where it looked in vain. They tell whether another load would find anything else.
type files struct {
	limit int // bytes of one file

	mu   sync.Mutex         // guards what follows: require reads while the watch asks
	seen map[string]content // by absolute path
	kept map[string][]byte  // the sources
	old  *files             // of an earlier load, to be found again; nil reads what is there now
	data map[string]bool    // folders all of whose data files are read, those too that come later
}

// content of a file; the zero value is that of a file that isn't there.
type content [sha256.Size]byte

func newFiles(limit int) *files {
	return &files{limit: limit, seen: map[string]content{}, kept: map[string][]byte{}, data: map[string]bool{}}
}

// read reads a source file and notes what it found under key, its absolute path. path is for messages.
func (f *files) read(key, path string, open func() (*os.File, error)) ([]byte, error) {
	source, c, err, known := f.old.recall(key)
	if !known {
		source, c, err = readSource(path, int64(f.limit), open)
	}
	f.mu.Lock()
	f.seen[key] = c
	if err == nil {
		f.kept[key] = source
	}
	f.mu.Unlock()
	return source, err
}

// recall gives what an earlier load found under key.
func (f *files) recall(key string) (source []byte, c content, err error, known bool) {
	if f == nil {
		return nil, content{}, nil, false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if c, known = f.seen[key]; c == (content{}) {
		return nil, c, fs.ErrNotExist, known
	}
	source, known = f.kept[key]
	return source, c, nil, known
}

// same says whether two loads have read the same sources.
func (f *files) same(other *files) bool {
	sources := func(f *files) map[string]content {
		f.mu.Lock()
		defer f.mu.Unlock()
		all := map[string]content{}
		for key := range f.kept {
			all[key] = f.seen[key]
		}
		return all
	}
	return maps.Equal(sources(f), sources(other))
}

// readSource reads a file of at most limit bytes. A file that can't be read has a content too, which tells it from
// one that isn't there.
func readSource(path string, limit int64, open func() (*os.File, error)) ([]byte, content, error) {
	unreadable := content{1}
	file, err := open()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, content{}, err
	}
	if err != nil {
		return nil, unreadable, err
	}
	defer func() { _ = file.Close() }() // only read from
	st, err := file.Stat()
	if err != nil {
		return nil, unreadable, err
	}
	if !st.Mode().IsRegular() {
		return nil, unreadable, fmt.Errorf("read %s: %w", path, errNoFile)
	}
	large := &SourceTooLargeError{Path: path, Size: st.Size(), Limit: limit}
	sized := content(sha256.Sum256(fmt.Append(nil, "size", st.Size())))
	if st.Size() > limit {
		return nil, sized, large
	}
	source, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err != nil {
		return nil, unreadable, err
	}
	if int64(len(source)) > limit { // it grows while it is read
		large.Size = int64(len(source))
		return nil, sized, large
	}
	return source, sha256.Sum256(source), nil
}

var errNoFile = errors.New("not a regular file")

// knows says whether the load depended on a path.
func (f *files) knows(path string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, ok := f.seen[path]
	return ok || f.data[filepath.Dir(path)] && isData(filepath.Base(path))
}

// look notes that the load looks into a folder of data.
func (f *files) look(folder string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.data[folder] = true
}

// paths lists what the load depended on.
func (f *files) paths() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Sorted(maps.Keys(f.seen))
}

// stale says whether any of the paths that the load depended on has another content now. It reads them, without the lock.
func (f *files) stale(paths []string) bool {
	for _, p := range paths {
		if !f.knows(p) {
			continue
		}
		f.mu.Lock()
		then := f.seen[p] // one that has come was not there
		f.mu.Unlock()
		if _, now, _ := readSource(p, int64(f.limit), func() (*os.File, error) { return openSource(p) }); now != then {
			return true
		}
	}
	return false
}

// openSource opens a file without waiting: a named pipe would wait for a writer, and is then refused as no file.
func openSource(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
}

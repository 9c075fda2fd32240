package sandbox

import (
	"bytes"
	"crypto/md5" //nolint:gosec // clients send it as the checksum of what they upload
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/gotd/td/tgerr"
)

// blobID is the SHA-256 of a content: what is stored twice is kept once.
type blobID [sha256.Size]byte

// content is something stored, as one upload brought it.
type content struct {
	id   blobID
	size int64
	md5  [md5.Size]byte
}

// blobs keeps the contents of files and the parts of unfinished uploads, in memory or in a folder.
// It has a lock of its own: what is big is read and written without the server's.
type blobs struct {
	mu      sync.Mutex
	dir     string // "" in memory
	limit   int64
	used    int64
	sizes   map[blobID]int64
	memory  map[blobID][]byte
	uploads map[uploadKey]*upload
	clock   int64 // grows with every part
}

// Folders of a server's folder.
const (
	filesDir   = "files"
	uploadsDir = "uploads"
)

// errFull is not Telegram's: Telegram is never full.
func errFull() error { return tgerr.New(400, "STORAGE_FULL") }

func newBlobs(dir string, limit int64) *blobs {
	return &blobs{dir: dir, limit: limit, sizes: map[blobID]int64{}, memory: map[blobID][]byte{}, uploads: map[uploadKey]*upload{}}
}

// openBlobs finds what a folder holds. Uploads don't survive a restart.
func openBlobs(dir string, limit int64) (*blobs, error) {
	s := newBlobs(dir, limit)
	if err := os.RemoveAll(filepath.Join(dir, uploadsDir)); err != nil {
		return nil, fmt.Errorf("clear the uploads: %w", err)
	}
	for _, name := range []string{filesDir, uploadsDir} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o700); err != nil {
			return nil, fmt.Errorf("make the folder of the files: %w", err)
		}
	}
	entries, err := os.ReadDir(filepath.Join(dir, filesDir))
	if err != nil {
		return nil, fmt.Errorf("list the files: %w", err)
	}
	for _, e := range entries {
		var id blobID
		raw, err := hex.DecodeString(e.Name())
		info, infoErr := e.Info()
		if err != nil || infoErr != nil || len(raw) != len(id) {
			continue
		}
		copy(id[:], raw)
		s.sizes[id] = info.Size()
		s.used += info.Size()
	}
	return s, nil
}

func (s *blobs) path(id blobID) string {
	return filepath.Join(s.dir, filesDir, hex.EncodeToString(id[:]))
}

// put stores data.
func (s *blobs) put(data []byte) (content, error) {
	return s.take(bytes.NewReader(data), int64(len(data)))
}

// take stores what r gives, which is size bytes, if there is room.
func (s *blobs) take(r io.Reader, size int64) (content, error) {
	if err := s.reserve(size); err != nil {
		return content{}, err
	}
	got, err := s.write(r, size)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.used -= size
	if err == nil {
		s.count(got)
	}
	return got, err
}

// count adds a content that was written, unless it was there already.
func (s *blobs) count(c content) {
	if _, known := s.sizes[c.id]; !known {
		s.sizes[c.id] = c.size
		s.used += c.size
	}
}

func (s *blobs) write(r io.Reader, size int64) (content, error) {
	sum, check := sha256.New(), md5.New() //nolint:gosec // see above
	finish := func(n int64) content {
		got := content{size: n}
		sum.Sum(got.id[:0])
		check.Sum(got.md5[:0])
		return got
	}
	if s.dir == "" {
		b := bytes.NewBuffer(make([]byte, 0, size))
		n, err := io.Copy(io.MultiWriter(b, sum, check), r)
		if err != nil {
			return content{}, fmt.Errorf("store a file: %w", err)
		}
		got := finish(n)
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.memory[got.id] == nil {
			s.memory[got.id] = b.Bytes()
		}
		return got, nil
	}
	temporary, err := os.CreateTemp(filepath.Join(s.dir, filesDir), "new-*")
	if err != nil {
		return content{}, fmt.Errorf("store a file: %w", err)
	}
	n, err := io.Copy(io.MultiWriter(temporary, sum, check), r)
	err = errors.Join(err, temporary.Close())
	got := finish(n)
	if err == nil {
		err = os.Rename(temporary.Name(), s.path(got.id))
	}
	if err != nil {
		return content{}, fmt.Errorf("store a file: %w", errors.Join(err, os.Remove(temporary.Name())))
	}
	return got, nil
}

// reserve makes room for size bytes, if need be at the cost of the upload untouched for longest.
func (s *blobs) reserve(size int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.used+size > s.limit {
		if !s.dropOldest(nil) {
			return errFull()
		}
	}
	s.used += size
	return nil
}

// read returns up to n bytes from offset on, none past the end.
func (s *blobs) read(id blobID, offset int64, n int) ([]byte, error) {
	s.mu.Lock()
	size, known := s.sizes[id]
	data := s.memory[id]
	s.mu.Unlock()
	switch {
	case !known:
		return nil, fmt.Errorf("read file %x: %w", id[:4], ErrUnknown)
	case offset < 0 || offset >= size:
		return nil, nil
	case s.dir == "":
		return data[offset:min(offset+int64(n), size)], nil
	}
	f, err := os.Open(s.path(id))
	if err != nil {
		return nil, fmt.Errorf("read a file: %w", err)
	}
	out := make([]byte, min(int64(n), size-offset))
	_, err = f.ReadAt(out, offset)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("read a file: %w", err)
	}
	return out, nil
}

// sweep removes what nothing refers to.
func (s *blobs) sweep(used map[blobID]bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, size := range s.sizes {
		if used[id] {
			continue
		}
		if s.dir != "" {
			if err := os.Remove(s.path(id)); err != nil {
				return fmt.Errorf("remove a file nobody has: %w", err)
			}
		}
		delete(s.sizes, id)
		delete(s.memory, id)
		s.used -= size
	}
	return nil
}

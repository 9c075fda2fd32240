package sandbox

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"sync"
)

// The limits of https://core.telegram.org/api/files#uploading-files.
const (
	partAtMost    = 512 << 10
	partsAtMost   = 4000
	smallAtMost   = 10 << 20 // bytes of a file that is sent as a small one
	uploadsAtMost = 64       // of one account, beside each other
)

// uploadKey names an upload: the client chooses the id.
type uploadKey struct{ owner, id int64 }

// upload is a file that comes in parts, in any order. Everything in it is guarded by the lock of
// blobs, but assembling keeps others from assembling the same.
type upload struct {
	key        uploadKey
	parts      map[int]part
	total      int // 0 if it isn't known yet
	last       int // the greatest number seen
	size       int // of each part but the last; 0 as long as it isn't known
	bytes      int64
	touched    int64
	assembling sync.Mutex
	busy       bool     // being assembled: its parts must stay
	whole      *content // once assembled; the parts are gone then
	count      int      // parts of the whole
}

// part is one piece. Its data is nil if it lies in the folder.
type part struct {
	size int
	data []byte
}

func (s *blobs) partPath(key uploadKey, n int) string {
	return filepath.Join(s.dir, uploadsDir, strconv.FormatInt(key.owner, 10)+"_"+strconv.FormatUint(uint64(key.id), 16)+"_"+strconv.Itoa(n))
}

// add keeps part n of an upload. total is 0 if the client doesn't say how many there will be.
func (s *blobs) add(key uploadKey, n, total int, data []byte) error {
	switch {
	case len(data) == 0:
		return bad("FILE_PART_EMPTY")
	case len(data) > partAtMost:
		return bad("FILE_PART_TOO_BIG")
	case total < 0 || total > partsAtMost:
		return bad("FILE_PARTS_INVALID")
	case n < 0 || n >= partsAtMost || total > 0 && n >= total:
		return bad("FILE_PART_INVALID")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.uploads[key]
	if u == nil || u.whole != nil {
		u = s.begin(key)
	}
	if err := u.fits(n, total, len(data)); err != nil {
		return err
	}
	old := u.parts[n].size
	for s.used+int64(len(data)-old) > s.limit {
		if !s.dropOldest(u) {
			return errFull()
		}
	}
	p := part{size: len(data), data: data}
	if s.dir != "" {
		if err := os.WriteFile(s.partPath(key, n), data, 0o600); err != nil {
			return fmt.Errorf("keep a part: %w", err)
		}
		p.data = nil
	}
	s.clock++
	u.parts[n], u.touched = p, s.clock
	u.bytes += int64(len(data) - old)
	s.used += int64(len(data) - old)
	return nil
}

// begin makes room for one more upload of an account.
func (s *blobs) begin(key uploadKey) *upload {
	s.discard(s.uploads[key])
	mine := 0
	var oldest *upload
	for _, u := range s.uploads {
		if u.key.owner == key.owner {
			mine++
			if !u.busy && (oldest == nil || u.touched < oldest.touched) {
				oldest = u
			}
		}
	}
	if mine >= uploadsAtMost {
		s.discard(oldest)
	}
	u := &upload{key: key, parts: map[int]part{}, last: -1}
	s.uploads[key] = u
	return u
}

// fits checks the size of a part against what is known of the others: all but the last are of one
// size, which divides 512 KB and is a multiple of 1 KB.
func (u *upload) fits(n, total, size int) error {
	inner := total > 0 && n < total-1 || n < u.last
	if inner && !regular(size) {
		return bad("FILE_PART_SIZE_INVALID")
	}
	if inner && u.size != 0 && size != u.size {
		return bad("FILE_PART_SIZE_CHANGED")
	}
	if n > u.last && u.last >= 0 { // what was the last part so far is none
		before := u.parts[u.last].size
		if !regular(before) || u.size != 0 && before != u.size {
			return bad("FILE_PART_SIZE_INVALID")
		}
		u.size = before
	}
	if inner {
		u.size = size
	}
	u.last = max(u.last, n)
	if total > 0 {
		u.total = total
	}
	return nil
}

func regular(size int) bool { return size > 0 && size%1024 == 0 && partAtMost%size == 0 }

// dropOldest gives up the unfinished upload that was untouched for longest, but not keep.
func (s *blobs) dropOldest(keep *upload) bool {
	var oldest *upload
	for _, u := range s.uploads {
		if u != keep && !u.busy && u.bytes > 0 && (oldest == nil || u.touched < oldest.touched) {
			oldest = u
		}
	}
	s.discard(oldest)
	return oldest != nil
}

func (s *blobs) discard(u *upload) {
	if u == nil {
		return
	}
	s.free(u)
	delete(s.uploads, u.key)
}

// free lets the parts go.
func (s *blobs) free(u *upload) {
	if s.dir != "" {
		for n := range u.parts {
			_ = os.Remove(s.partPath(u.key, n)) // the next start clears what is left
		}
	}
	s.used -= u.bytes
	u.parts, u.bytes = nil, 0
}

// assemble makes one content of the parts of an upload. It may be asked again: a client whose
// request failed after that repeats it.
func (s *blobs) assemble(key uploadKey, count int, small bool) (content, error) {
	if count < 1 || count > partsAtMost {
		return content{}, bad("FILE_PARTS_INVALID")
	}
	s.mu.Lock()
	u := s.uploads[key]
	s.mu.Unlock()
	if u == nil {
		return content{}, bad("FILE_PART_0_MISSING")
	}
	u.assembling.Lock()
	defer u.assembling.Unlock()
	s.mu.Lock()
	whole, known := u.whole, u.count
	parts, size, err := u.list(count, small)
	u.busy = true
	s.mu.Unlock()
	defer s.rest(u)
	if whole != nil {
		if known != count {
			return content{}, bad("FILE_PARTS_INVALID")
		}
		return *whole, nil
	}
	if err != nil {
		return content{}, err
	}
	got, err := s.write(s.join(key, parts), size)
	if err != nil {
		return content{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.free(u) // the whole takes the place of the parts
	s.count(got)
	u.whole, u.count = &got, count
	return got, nil
}

func (s *blobs) rest(u *upload) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u.busy = false
}

// list returns the parts in order, if they are all there.
func (u *upload) list(count int, small bool) ([]part, int64, error) {
	if u.total > 0 && u.total != count || u.last >= count {
		return nil, 0, bad("FILE_PARTS_INVALID")
	}
	parts := make([]part, count)
	var size int64
	for n := range parts {
		p, there := u.parts[n]
		if !there {
			return nil, 0, bad("FILE_PART_" + strconv.Itoa(n) + "_MISSING")
		}
		parts[n] = p
		size += int64(p.size)
	}
	switch {
	case u.size != 0 && parts[count-1].size > u.size:
		return nil, 0, bad("FILE_PART_SIZE_INVALID")
	case small && size > smallAtMost:
		return nil, 0, bad("FILE_PARTS_INVALID")
	}
	return parts, size, nil
}

func (s *blobs) join(key uploadKey, parts []part) io.Reader {
	readers := make([]io.Reader, len(parts))
	for n, p := range parts {
		readers[n] = bytes.NewReader(p.data)
		if s.dir != "" {
			readers[n] = &partReader{path: s.partPath(key, n)}
		}
	}
	return io.MultiReader(readers...)
}

// partReader opens its file when it is read first: there may be thousands.
type partReader struct {
	path string
	rest io.Reader
}

func (r *partReader) Read(p []byte) (int, error) {
	if r.rest == nil {
		data, err := os.ReadFile(r.path)
		if err != nil {
			return 0, fmt.Errorf("read a part: %w", err)
		}
		r.rest = bytes.NewReader(data)
	}
	return r.rest.Read(p)
}

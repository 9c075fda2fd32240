package watch

import (
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"time"
)

// identity changes when a file is written or replaced.
type identity struct {
	modified time.Time
	size     int64
	inode    uint64
}

func identify(st fs.FileInfo) identity { return identity{st.ModTime(), st.Size(), inode(st)} }

type sum [sha256.Size]byte

// errMoving says that a file changed while it was read.
var errMoving = errors.New("file is being written")

// maxHashed bounds what is read of a file; of a larger one, identity has to do.
const maxHashed = 8 << 20

// read sums up a file that has the given identity, before and after.
func read(path string, id identity) (s sum, err error) {
	f, err := os.Open(path)
	if err != nil {
		return s, err
	}
	defer func() { _ = f.Close() }() // only read from
	h := sha256.New()
	if id.size > maxHashed {
		stamp, err := id.modified.MarshalBinary()
		if err != nil {
			return s, err
		}
		h.Write(stamp)
	} else if _, err := io.Copy(h, f); err != nil {
		return s, err
	}
	st, err := os.Stat(path)
	if err != nil {
		return s, err
	}
	if identify(st) != id {
		return s, errMoving
	}
	return sum(h.Sum(nil)), nil
}

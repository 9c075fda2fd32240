package transfer

import (
	"errors"
	"io"
	"os"
	"strconv"
)

// Limited writes to W, up to Limit bytes; 0 is any number.
type Limited struct {
	W       io.Writer
	Limit   int64
	written int64
}

// Write writes p, or nothing of it if it would be too much.
func (l *Limited) Write(p []byte) (int, error) {
	if l.written += int64(len(p)); l.Limit > 0 && l.written > l.Limit {
		return 0, tooLarge("download", "", l.written, l.Limit)
	}
	return l.W.Write(p)
}

// Put writes a file that is here already, as Save does.
func Put(path string, data []byte, overwrite bool) (string, error) {
	f, err := os.OpenFile(partName(path, strconv.FormatUint(uint64(newID()), 16)), os.O_RDWR|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return "", fileError("save", path, err)
	}
	if _, err := f.Write(data); err != nil {
		return "", errors.Join(fileError("save", path, err), f.Close(), os.Remove(f.Name()))
	}
	name, err := finish(f, path, overwrite)
	if err != nil {
		err = errors.Join(err, remove(f.Name()))
	}
	return name, err
}

// ReaderOf reads what is here already.
func ReaderOf(data []byte) *Reader {
	ready := make(chan piece, 1)
	ready <- piece{data: data}
	return &Reader{
		from: &remote{}, end: 0, total: int64(len(data)),
		ahead: []asked{{want: len(data), answer: ready, cancel: func() {}}},
	}
}

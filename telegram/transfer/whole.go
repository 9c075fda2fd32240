package transfer

import (
	"io"
	"os"
)

// Limited writes to W, up to Limit bytes; 0 is any number.
type Limited struct {
	W       io.Writer
	Limit   int64
	written int64
}

// Write writes p, or nothing of it if it would be too much: that is a *FileError of KindTooLarge.
func (l *Limited) Write(p []byte) (int, error) {
	if l.written += int64(len(p)); l.Limit > 0 && l.written > l.Limit {
		return 0, tooLarge("download", "", l.written, l.Limit)
	}
	return l.W.Write(p)
}

// Put writes a file that is here already, as Save does. It fails with *FileError.
func Put(path string, data []byte, overwrite bool) (string, error) {
	return whole(path, overwrite, func(f *os.File) error {
		_, err := f.Write(data)
		return fileError("save", path, err)
	})
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

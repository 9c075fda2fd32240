package transfer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Source is what is uploaded. File, Bytes and Stream make one; whoever made it closes it.
type Source struct {
	Name string // for Telegram and for guesses of the kind; may be empty
	Size int64  // -1 if it isn't known

	reader io.Reader   // read once, from where it stands
	at     io.ReaderAt // nil for a stream
	path   string      // of a file
	info   fs.FileInfo // of the file when it was opened
	file   *os.File
}

// File opens a file. What others do to it until it is sent is noticed. It fails with *FileError.
func File(path string) (*Source, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fileError("open", path, err)
	}
	info, err := f.Stat()
	switch {
	case err != nil:
		_ = f.Close()
		return nil, fileError("open", path, err)
	case !info.Mode().IsRegular():
		_ = f.Close()
		return nil, &FileError{Verb: "send", Path: path, Kind: KindNoFile, Cause: errors.New("it is no regular file")}
	}
	return &Source{Name: filepath.Base(path), Size: info.Size(), at: f, path: path, info: info, file: f}, nil
}

// Bytes are sent from memory.
func Bytes(name string, data []byte) *Source {
	return &Source{Name: name, Size: int64(len(data)), at: bytes.NewReader(data)}
}

// Stream is read as it is sent, once. size is -1 if it isn't known.
func Stream(name string, r io.Reader, size int64) *Source {
	return &Source{Name: name, Size: size, reader: r}
}

// Close closes the file, if it is one.
func (s *Source) Close() error {
	if s == nil || s.file == nil {
		return nil
	}
	return s.file.Close()
}

// ReaderAt gives access to all of it, for looking at its head; nil for a stream.
func (s *Source) ReaderAt() io.ReaderAt { return s.at }

// Rest gives what a stream has left, for those who have looked at its head: it is read again first.
func (s *Source) Rest(head []byte) {
	if s.reader != nil {
		s.reader = io.MultiReader(bytes.NewReader(head), s.reader)
	}
}

// Read reads on; uploading begins there.
func (s *Source) Read(p []byte) (int, error) {
	if s.reader == nil {
		s.reader = io.NewSectionReader(s.at, 0, 1<<62)
	}
	return s.reader.Read(p)
}

// Rewind starts from the beginning again, for a second upload; false for a stream.
func (s *Source) Rewind() bool {
	if s.at == nil {
		return false
	}
	s.reader = nil
	return true
}

// check says whether the file is still the one that was opened.
func (s *Source) check() error {
	if s.path == "" {
		return nil
	}
	now, err := os.Stat(s.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &FileError{Verb: "send", Path: s.path, Kind: KindChanged, Cause: errors.New("it vanished while it was sent")}
	case err != nil:
		return fileError("send", s.path, err)
	case !os.SameFile(now, s.info):
		return &FileError{Verb: "send", Path: s.path, Kind: KindChanged, Cause: errors.New("another file took its place while it was sent")}
	case now.Size() != s.info.Size() || !now.ModTime().Equal(s.info.ModTime()):
		return &FileError{Verb: "send", Path: s.path, Kind: KindChanged, Cause: errors.New("it changed while it was sent")}
	}
	return nil
}

// short is the error of a source that ended too early.
func (s *Source) short(read int64) error {
	path := s.path
	if path == "" {
		path = s.Name
	}
	return &FileError{Verb: "send", Path: path, Kind: KindChanged, Cause: fmt.Errorf("it ended after %d of %d bytes", read, s.Size)}
}

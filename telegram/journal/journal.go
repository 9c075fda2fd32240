// Package journal is what stands on the disk before a store knows it: a row of numbered files, of which the last is
// written, and records that say by their checksum where a crash has cut them. It doesn't know what records say.
//
// A record is written with one call of the operating system, so a killed process loses none. Nothing is flushed to
// the disk: a power failure may take what the system had not written yet.
package journal

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Journal is a row of files. It is not safe for concurrent use.
type Journal struct {
	stem   string // "dir/handled-" of "dir/handled-12.log"
	number int
	file   *os.File
	size   int64
}

const (
	end      = ".log"
	headSize = 4 + 4 // length and checksum of a record
)

// Open reads the files that the last process left, the oldest first, and begins a new one. stem is the path of a file
// without its number and ending.
func Open(stem string) (*Journal, [][]byte, error) {
	j := &Journal{stem: stem}
	numbers, err := j.list()
	if err != nil {
		return nil, nil, err
	}
	var left [][]byte
	for _, n := range numbers {
		data, err := j.Read(n)
		if err != nil {
			return nil, nil, err
		}
		left = append(left, data)
		j.number = n
	}
	return j, left, j.Next()
}

// Remove removes all files of a journal that nobody has open.
func Remove(stem string) error { return (&Journal{stem: stem}).Drop(math.MaxInt) }

// Number is that of the file that is written.
func (j *Journal) Number() int { return j.number }

// Size is how many bytes the file that is written has.
func (j *Journal) Size() int64 { return j.size }

func (j *Journal) path(number int) string { return j.stem + strconv.Itoa(number) + end }

// list gives the numbers of the files that are there, in order.
func (j *Journal) list() ([]int, error) {
	entries, err := os.ReadDir(filepath.Dir(j.stem))
	if err != nil {
		return nil, fmt.Errorf("list journals: %w", err)
	}
	var numbers []int
	for _, e := range entries {
		middle, ours := strings.CutPrefix(e.Name(), filepath.Base(j.stem))
		if middle, ends := strings.CutSuffix(middle, end); ours && ends {
			if n, err := strconv.Atoi(middle); err == nil {
				numbers = append(numbers, n)
			}
		}
	}
	slices.Sort(numbers)
	return numbers, nil
}

// Read reads a file as far as it is written.
func (j *Journal) Read(number int) ([]byte, error) {
	data, err := os.ReadFile(j.path(number))
	if err != nil {
		return nil, fmt.Errorf("read journal: %w", err)
	}
	return data, nil
}

// Next goes on in a new file. The one before stays until Drop.
func (j *Journal) Next() error {
	file, err := os.OpenFile(j.path(j.number+1), os.O_WRONLY|os.O_CREATE|os.O_TRUNC|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("begin a journal: %w", err)
	}
	err = j.Close()
	j.file, j.size, j.number = file, 0, j.number+1
	return err
}

// Close closes the file that is written. All files stay.
func (j *Journal) Close() error {
	if j.file == nil {
		return nil
	}
	err := j.file.Close()
	j.file = nil
	return err
}

// Drop removes the files up to a number, the oldest first. It stops at one that can't be removed: read again without
// those behind it, that would bring back what they have changed.
func (j *Journal) Drop(upTo int) error {
	numbers, err := j.list()
	for _, n := range numbers {
		if n > upTo {
			break
		}
		if err := os.Remove(j.path(n)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return err
}

// Write appends records. A piece of them, as a full disk leaves it, is taken back.
func (j *Journal) Write(records []byte) error {
	n, err := j.file.Write(records)
	if err != nil && n > 0 {
		err = errors.Join(err, j.file.Truncate(j.size))
		n = 0
	}
	j.size += int64(n)
	if err != nil {
		return fmt.Errorf("write journal: %w", err)
	}
	return nil
}

// Begin makes room for the head of a record whose content is appended next; Seal writes the head.
func Begin(b []byte) []byte { return append(b, make([]byte, headSize)...) }

// Seal ends the record that Begin began at the start of b, and returns its content.
func Seal(b []byte) (content []byte) {
	content = b[headSize:]
	binary.LittleEndian.PutUint32(b, uint32(len(content)))
	binary.LittleEndian.PutUint32(b[4:], crc32.ChecksumIEEE(content))
	return content
}

// Cut takes the first record off what a file holds. ok is false at the end, and where a crash of the machine has cut.
func Cut(data []byte) (content, rest []byte, ok bool) {
	if len(data) < headSize {
		return nil, nil, false
	}
	length, sum := uint64(binary.LittleEndian.Uint32(data)), binary.LittleEndian.Uint32(data[4:])
	if data = data[headSize:]; length > uint64(len(data)) {
		return nil, nil, false
	}
	content, rest = data[:length], data[length:]
	return content, rest, crc32.ChecksumIEEE(content) == sum
}

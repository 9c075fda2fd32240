package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// journal holds the batches that have not reached the store beneath: a row of files, of which the last is written. A
// record is one batch: its length, its checksum, and its operations.
type journal struct {
	stem   string // "dir/scripts-" of "dir/scripts-12.log"
	number int    // of the file that is written
	file   *os.File
	size   int64
	buffer []byte
}

const (
	journalEnd    = ".log"
	recordHead    = 4 + 4
	longestRecord = 1 << 28
)

// openJournal reads what the last process left and begins a new file.
func openJournal(stem string) (*journal, []Op, error) {
	j := &journal{stem: stem}
	numbers, err := j.list()
	if err != nil {
		return nil, nil, err
	}
	var left []Op
	for _, n := range numbers {
		data, err := os.ReadFile(j.path(n))
		if err != nil {
			return nil, nil, fmt.Errorf("read journal: %w", err)
		}
		left = append(left, parseJournal(data)...)
		j.number = n
	}
	return j, left, j.next()
}

func (j *journal) path(number int) string { return j.stem + strconv.Itoa(number) + journalEnd }

// list gives the numbers of the files that are there, in order.
func (j *journal) list() ([]int, error) {
	entries, err := os.ReadDir(filepath.Dir(j.stem))
	if err != nil {
		return nil, fmt.Errorf("list journals: %w", err)
	}
	var numbers []int
	for _, e := range entries {
		middle, ours := strings.CutPrefix(e.Name(), filepath.Base(j.stem))
		if middle, ends := strings.CutSuffix(middle, journalEnd); ours && ends {
			if n, err := strconv.Atoi(middle); err == nil {
				numbers = append(numbers, n)
			}
		}
	}
	slices.Sort(numbers)
	return numbers, nil
}

// next goes on in a new file. The one before stays until drop.
func (j *journal) next() error {
	file, err := os.OpenFile(j.path(j.number+1), os.O_WRONLY|os.O_CREATE|os.O_TRUNC|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("begin a journal: %w", err)
	}
	err = j.close()
	j.file, j.size, j.number = file, 0, j.number+1
	return err
}

func (j *journal) close() error {
	if j.file == nil {
		return nil
	}
	err := j.file.Close()
	j.file = nil
	return err
}

// drop removes the files up to a number, the oldest first. It stops at one that can't be removed: read again without
// those behind it, that would bring back what they have changed.
func (j *journal) drop(upTo int) error {
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

// write appends a batch. A piece of one, as a full disk leaves it, is taken back.
func (j *journal) write(ops []Op) error {
	b := append(j.buffer[:0], make([]byte, recordHead)...)
	for _, op := range ops {
		b = appendOp(b, op)
	}
	content := b[recordHead:]
	binary.LittleEndian.PutUint32(b, uint32(len(content)))
	binary.LittleEndian.PutUint32(b[4:], crc32.ChecksumIEEE(content))
	if j.buffer = b; cap(b) > 1<<20 {
		j.buffer = nil // one large value doesn't stay
	}
	if len(content) > longestRecord {
		return fmt.Errorf("write journal: a batch of %d bytes is too large", len(content))
	}
	n, err := j.file.Write(b)
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

func appendOp(b []byte, op Op) []byte {
	b = appendBytes(appendBytes(b, op.Namespace), op.Key)
	if op.Delete {
		return append(b, 0)
	}
	return appendBytes(append(b, 1), op.Value)
}

func appendBytes[T string | []byte](b []byte, s T) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// parseJournal reads until the end, or to the record that a crash of the machine cut.
func parseJournal(data []byte) (ops []Op) {
	for len(data) >= recordHead {
		length := uint64(binary.LittleEndian.Uint32(data))
		sum := binary.LittleEndian.Uint32(data[4:])
		if length > uint64(len(data)-recordHead) {
			return ops
		}
		content := data[recordHead : recordHead+length]
		if crc32.ChecksumIEEE(content) != sum {
			return ops
		}
		batch, ok := parseBatch(content)
		if !ok {
			return ops
		}
		ops, data = append(ops, batch...), data[recordHead+length:]
	}
	return ops
}

func parseBatch(content []byte) (ops []Op, ok bool) {
	for len(content) > 0 {
		var op Op
		var namespace, key []byte
		if namespace, content, ok = cutBytes(content); !ok {
			return nil, false
		}
		if key, content, ok = cutBytes(content); !ok || len(content) == 0 {
			return nil, false
		}
		op.Namespace, op.Key, op.Delete = string(namespace), string(key), content[0] == 0
		if content = content[1:]; !op.Delete {
			if op.Value, content, ok = cutBytes(content); !ok {
				return nil, false
			}
		}
		if op.check() != nil {
			return nil, false
		}
		ops = append(ops, op)
	}
	return ops, true
}

func cutBytes(b []byte) (head, rest []byte, ok bool) {
	n, size := binary.Uvarint(b)
	if size <= 0 || n > uint64(len(b)-size) {
		return nil, nil, false
	}
	return b[size : size+int(n)], b[size+int(n):], true
}

package wire

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// record is one change of the registry: a JSON line. What isn't in it stays as it is.
type record struct {
	ID      int64  `json:"id"`
	Key     []byte `json:"key,omitempty"`
	Expires int64  `json:"expires,omitempty"`
	Owner   *int64 `json:"owner,omitempty"`
	Perm    int64  `json:"perm,omitempty"`
	Layer   int    `json:"layer,omitempty"`
	Gone    bool   `json:"gone,omitempty"`
}

// journal is a file of records that only grows while it's open.
type journal struct {
	file *os.File
	path string
	size int64 // of whole records
}

// openJournal hands each record of dir/auth_keys.jsonl to replay. A last line without its end is what a
// killed process or a full disk leaves behind: it's cut off, since its change was never confirmed.
func openJournal(dir string, replay func(record) error) (*journal, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	j := &journal{path: filepath.Join(dir, "auth_keys.jsonl")}
	var err error
	if j.file, err = os.OpenFile(j.path, os.O_RDWR|os.O_CREATE, 0o600); err != nil {
		return nil, err
	}
	if err := j.load(replay); err != nil {
		return nil, errors.Join(err, j.file.Close())
	}
	return j, nil
}

func (j *journal) load(replay func(record) error) error {
	lines := bufio.NewReader(j.file)
	for number := 1; ; number++ {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		var r record
		if err := json.Unmarshal(line, &r); err != nil {
			return fmt.Errorf("%s:%d: %w", j.path, number, err)
		}
		if err := replay(r); err != nil {
			return fmt.Errorf("%s:%d: %w", j.path, number, err)
		}
		j.size += int64(len(line))
	}
}

// append writes one record. If that fails, the next one is written over what this one left.
func (j *journal) append(r record) error {
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if _, err := j.file.WriteAt(append(line, '\n'), j.size); err != nil {
		return errors.Join(err, j.file.Truncate(j.size))
	}
	j.size += int64(len(line)) + 1
	return nil
}

// rewrite replaces the file by one that holds only these records, if that is shorter.
func (j *journal) rewrite(records []record) error {
	var all bytes.Buffer
	lines := json.NewEncoder(&all)
	for _, r := range records {
		if err := lines.Encode(r); err != nil {
			return err
		}
	}
	if int64(all.Len()) == j.size {
		return j.file.Truncate(j.size)
	}
	fresh, err := os.CreateTemp(filepath.Dir(j.path), filepath.Base(j.path)+".*")
	if err != nil {
		return err
	}
	_, err = fresh.Write(all.Bytes())
	if err == nil {
		err = fresh.Sync()
	}
	if err == nil {
		err = os.Rename(fresh.Name(), j.path)
	}
	if err != nil {
		return errors.Join(err, fresh.Close(), os.Remove(fresh.Name()))
	}
	err = j.file.Close()
	j.file, j.size = fresh, int64(all.Len())
	return err
}

// Close closes the file.
func (j *journal) Close() error { return j.file.Close() }

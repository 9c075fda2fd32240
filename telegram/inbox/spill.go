package inbox

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/journal"
)

const (
	spillFile = 256 << 10 // bytes, after which a new file is begun
	spillMost = 256 << 20 // bytes of all files; some millions of presses
)

var (
	errNoDisk    = errors.New("the account has no folder")
	errSpillFull = errors.New("too much waits on the disk already")
)

// spill keeps on the disk what Telegram tells only once and there is no room for in memory, in order. A file is read as
// a whole once its turn has come. The zero value has no disk.
type spill struct {
	stem  string // of the files; empty without a folder
	files *journal.Journal
	first int // the file that is read next
	born  int // files before this one are of an earlier process
	bytes int64
	count int // updates of this process that wait there
	taken int // that have been read
}

// start finds what an earlier process has left there, and gives the last slot of it. What has arrived, by its slot, is
// not read again.
func (s *spill) start(dir string, arrived func(slot uint64) bool) (last uint64, err error) {
	if dir == "" {
		return 0, nil
	}
	s.stem = spillIn(dir)
	files, err := filepath.Glob(s.stem + "*")
	if err != nil || len(files) == 0 {
		return 0, err
	}
	left, err := s.open()
	if err != nil {
		return 0, err
	}
	for i, data := range left {
		records := wholeRecords(data)
		if i == 0 && (len(records) == 0 || arrived(records[0].slot)) {
			s.first++
			err = s.files.Drop(s.first - 1)
		}
		for _, r := range records {
			last = max(last, r.slot)
		}
	}
	return last, err
}

func spillIn(dir string) string { return filepath.Join(dir, "waiting-") }

func (s *spill) open() (left [][]byte, err error) {
	if s.files, left, err = journal.Open(s.stem); err != nil {
		return nil, err
	}
	s.first, s.born = s.files.Number()-len(left), s.files.Number()
	for _, data := range left {
		s.bytes += int64(len(data))
	}
	return left, nil
}

// waits says whether there is something to read.
func (s *spill) waits() bool {
	return s.files != nil && (s.first < s.files.Number() || s.files.Size() > 0)
}

// put writes an update down.
func (s *spill) put(u tg.UpdateClass, slot uint64) error {
	switch {
	case s.stem == "":
		return errNoDisk
	case s.bytes > spillMost:
		return errSpillFull
	}
	body, err := encode(u)
	if err != nil {
		return err
	}
	if s.files == nil {
		if _, err := s.open(); err != nil {
			return err
		}
	}
	if s.files.Size() >= spillFile {
		if err := s.files.Next(); err != nil {
			return err
		}
	}
	written := record{key: keyOf(u, slot), slot: slot, body: body}.append(nil)
	if err := s.files.Write(written); err != nil {
		return err
	}
	s.bytes += int64(len(written))
	s.count++
	return nil
}

// take reads the oldest file, has its updates arrive, and removes it; late says that an earlier process has left it.
func (s *spill) take(arrive func(records []record) []*Receipt) (all []*Receipt, late bool, err error) {
	if s.first == s.files.Number() {
		if err := s.files.Next(); err != nil {
			return nil, false, err
		}
	}
	data, err := s.files.Read(s.first)
	if err != nil {
		s.first++
		return nil, false, err
	}
	all, late = arrive(wholeRecords(data)), s.first < s.born
	s.first++
	s.taken += len(all)
	s.bytes -= int64(len(data))
	if !late {
		s.count -= len(all)
	}
	if err := s.files.Drop(s.first - 1); err != nil {
		return all, late, fmt.Errorf("remove what has arrived: %w", err)
	}
	return all, late, nil
}

// end closes the files. They stay if something waits in them.
func (s *spill) end() error {
	if s.files == nil {
		return nil
	}
	err := s.files.Close()
	if !s.waits() {
		err = errors.Join(err, journal.Remove(s.stem))
	}
	s.files = nil
	return err
}

package inbox

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

// journal says what has been handled since the state was last stored. It is a row of files: the state
// is stored together with the begin of a new one, and makes those before it needless.
//
// A record is written with one call of the operating system before the handler's end counts as such,
// so a killed process loses none. They are not flushed to the disk: after a power failure some updates
// are handled twice.
type journal struct {
	dir    string
	number int // of the file that is written
	file   *os.File
	size   int64
	buffer []byte
}

const (
	journalPrefix = "handled-"
	journalSuffix = ".log"
	headSize      = 4 + 4 // length and checksum of a record
	longestRecord = 1 << 24
)

// record is one entry of a journal: who has handled an update, an update that may not come again, or a bundle of such.
type record struct {
	key   key
	party party
	slot  uint64
	body  []byte // nil if it says that the update was handled
}

const recordSize = keySize + 4 + 8 // without the body

// openJournal reads what the last process left and begins a new file.
func openJournal(dir string) (*journal, []record, error) {
	j := &journal{dir: dir}
	numbers, err := j.list()
	if err != nil {
		return nil, nil, err
	}
	var records []record
	for _, n := range numbers {
		data, err := os.ReadFile(j.path(n))
		if err != nil {
			return nil, nil, fmt.Errorf("read journal: %w", err)
		}
		records = append(records, parseRecords(data)...)
		j.number = n
	}
	return j, records, j.next()
}

func (j *journal) path(number int) string {
	return filepath.Join(j.dir, journalPrefix+strconv.Itoa(number)+journalSuffix)
}

// list gives the numbers of the files that are there, in order.
func (j *journal) list() ([]int, error) {
	entries, err := os.ReadDir(j.dir)
	if err != nil {
		return nil, fmt.Errorf("list journals: %w", err)
	}
	var numbers []int
	for _, e := range entries {
		middle, ok := strings.CutPrefix(e.Name(), journalPrefix)
		if middle, ok2 := strings.CutSuffix(middle, journalSuffix); ok && ok2 {
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

// drop removes the files up to a number.
func (j *journal) drop(upTo int) error {
	numbers, err := j.list()
	for _, n := range numbers {
		if n > upTo {
			break
		}
		if e := os.Remove(j.path(n)); e != nil && !errors.Is(e, fs.ErrNotExist) {
			err = errors.Join(err, e)
		}
	}
	return err
}

// write appends a record. A piece of one, as a full disk leaves it, is taken back.
func (j *journal) write(r record) error {
	j.buffer = r.append(j.buffer[:0])
	n, err := j.file.Write(j.buffer)
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

func (r record) append(b []byte) []byte {
	start := len(b)
	b = append(b, make([]byte, headSize)...)
	b = r.key.append(b)
	b = binary.LittleEndian.AppendUint32(b, uint32(r.party))
	b = binary.LittleEndian.AppendUint64(b, r.slot)
	b = append(b, r.body...)
	content := b[start+headSize:]
	binary.LittleEndian.PutUint32(b[start:], uint32(len(content)))
	binary.LittleEndian.PutUint32(b[start+4:], crc32.ChecksumIEEE(content))
	return b
}

// bundled is records in one: of what belongs together, a cut leaves nothing.
func bundled(records []record) record {
	if len(records) == 1 {
		return records[0]
	}
	var body []byte
	for _, r := range records {
		body = r.append(body)
	}
	return record{key: key{kind: keyTogether}, body: body}
}

// parseRecords reads until the end, or to the record that a crash of the machine cut.
func parseRecords(data []byte) (records []record) {
	for _, r := range wholeRecords(data) {
		if r.key.kind == keyTogether {
			records = append(records, wholeRecords(r.body)...)
		} else {
			records = append(records, r)
		}
	}
	return records
}

// wholeRecords leaves bundles as they are.
func wholeRecords(data []byte) []record {
	var records []record
	for len(data) >= headSize {
		length := int(binary.LittleEndian.Uint32(data))
		sum := binary.LittleEndian.Uint32(data[4:])
		if length < recordSize || length > longestRecord || length > len(data)-headSize {
			break
		}
		content := data[headSize : headSize+length]
		if crc32.ChecksumIEEE(content) != sum {
			break
		}
		r := record{
			key: readKey(content), party: party(binary.LittleEndian.Uint32(content[keySize:])),
			slot: binary.LittleEndian.Uint64(content[keySize+4:]),
		}
		if body := content[recordSize:]; len(body) > 0 {
			r.body = body
		}
		records = append(records, r)
		data = data[headSize+length:]
	}
	return records
}

// RemoveJournal removes the files of a journal from a folder.
func RemoveJournal(dir string) error {
	if dir == "" {
		return nil
	}
	j := &journal{dir: dir}
	if err := j.drop(math.MaxInt); err != nil {
		return fmt.Errorf("remove journal: %w", err)
	}
	return nil
}

package inbox

import (
	"encoding/binary"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/tgscript/tgscript/telegram/journal"
)

// notes say what has been handled since the state was last stored. The state is stored together with the begin of a
// new file of the journal, and makes those before it needless.
//
// A record is written before the handler's end counts as such. After a power failure some updates are handled twice.
type notes struct {
	*journal.Journal
	buffer []byte
}

const longestRecord = 1 << 24

// record is one entry of a journal: who has handled an update, an update that may not come again, or a bundle of such.
type record struct {
	key   key
	party party
	slot  uint64
	body  []byte // nil if it says that the update was handled
}

const recordSize = keySize + 4 + 8 // without the body

// openNotes reads what the last process left and begins a new file.
func openNotes(dir string) (*notes, []record, error) {
	j, left, err := journal.Open(notesIn(dir))
	if err != nil {
		return nil, nil, err
	}
	var records []record
	for _, data := range left {
		records = append(records, parseRecords(data)...)
	}
	return &notes{Journal: j}, records, nil
}

func notesIn(dir string) string { return filepath.Join(dir, "handled-") }

func (n *notes) write(r record) error {
	n.buffer = r.append(n.buffer[:0])
	return n.Write(n.buffer)
}

func (r record) append(b []byte) []byte {
	start := len(b)
	b = r.key.append(journal.Begin(b))
	b = binary.LittleEndian.AppendUint32(b, uint32(r.party))
	b = binary.LittleEndian.AppendUint64(b, r.slot)
	b = append(b, r.body...)
	journal.Seal(b[start:])
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
	for content, rest, ok := journal.Cut(data); ok && len(content) >= recordSize && len(content) <= longestRecord; content, rest, ok = journal.Cut(rest) {
		r := record{
			key: readKey(content), party: party(binary.LittleEndian.Uint32(content[keySize:])),
			slot: binary.LittleEndian.Uint64(content[keySize+4:]),
		}
		if body := content[recordSize:]; len(body) > 0 {
			r.body = body
		}
		records = append(records, r)
	}
	return records
}

// RemoveJournal removes the files of a journal, and what waits on the disk, from a folder.
func RemoveJournal(dir string) error {
	if dir == "" {
		return nil
	}
	if err := errors.Join(journal.Remove(notesIn(dir)), journal.Remove(spillIn(dir))); err != nil {
		return fmt.Errorf("remove journal: %w", err)
	}
	return nil
}

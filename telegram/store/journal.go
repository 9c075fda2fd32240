package store

import (
	"encoding/binary"
	"fmt"

	"github.com/tgscript/tgscript/telegram/journal"
)

// batches are those that have not reached the store beneath: a record of the journal is one batch, its operations.
type batches struct {
	*journal.Journal
	buffer []byte
}

const longestRecord = 1 << 28

// openBatches reads what the last process left and begins a new file.
func openBatches(stem string) (*batches, []Op, error) {
	j, files, err := journal.Open(stem)
	if err != nil {
		return nil, nil, err
	}
	var left []Op
	for _, data := range files {
		left = append(left, parseBatches(data)...)
	}
	return &batches{Journal: j}, left, nil
}

func (j *batches) write(ops []Op) error {
	b := journal.Begin(j.buffer[:0])
	for _, op := range ops {
		b = appendOp(b, op)
	}
	content := journal.Seal(b)
	if j.buffer = b; cap(b) > 1<<20 {
		j.buffer = nil // one large value doesn't stay
	}
	if len(content) > longestRecord {
		return fmt.Errorf("write journal: a batch of %d bytes is too large", len(content))
	}
	return j.Write(b)
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

// parseBatches reads until the end, or to the record that a crash of the machine cut.
func parseBatches(data []byte) (ops []Op) {
	for content, rest, ok := journal.Cut(data); ok; content, rest, ok = journal.Cut(rest) {
		batch, ok := parseBatch(content)
		if !ok {
			break
		}
		ops = append(ops, batch...)
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

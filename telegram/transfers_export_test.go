package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"strconv"
	"time"
)

// PlantKey stores a key for a data center that was never made there.
func (a *Account) PlantKey(ctx context.Context, dc int, owner int64) error {
	raw, err := json.Marshal(foreignKey{Key: bytes.Repeat([]byte{7}, 256), Owner: owner})
	if err != nil {
		return err
	}
	return a.peers.store.Put(ctx, keySpace, strconv.Itoa(dc), raw)
}

// CloseIdleFiles sets how long connections for files may be idle. It comes before the first file.
func (a *Account) CloseIdleFiles(after time.Duration) { a.tune.fileIdle = after }

// FileLines counts the connections for files.
func (a *Account) FileLines() int {
	t, err := a.files()
	if err != nil {
		return 0
	}
	return t.pool.Count(0)
}

// LimitFiles sets how long the answer with a part of a file may take. It comes before the first file.
func (a *Account) LimitFiles(to time.Duration) { a.tune.fileLimit = to }

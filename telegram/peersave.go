package telegram

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tgscript/tgscript/telegram/store"
)

const (
	countKey    = "count" // how many records are stored
	pruneChunk  = 1000    // peers that are removed in one batch
	pruneTenths = 9       // what is left of the limit when there were too many: else every save would prune
)

// save writes what was learned, in one batch.
func (b *peerBook) save() {
	b.writing.Lock()
	defer b.writing.Unlock()
	b.mu.Lock()
	b.timer = nil
	changes := make([]peerChange, 0, len(b.dirty))
	for id, k := range b.dirty {
		changes = append(changes, peerChange{id, k.record})
	}
	b.leaving, b.dirty = b.dirty, make(map[int64]*knownPeer)
	b.mu.Unlock()
	if len(changes) == 0 {
		return
	}
	ctx := context.Background()
	count, err := b.write(ctx, changes)
	b.mu.Lock()
	b.leaving = nil
	b.mu.Unlock()
	if err != nil {
		b.log.Error("peers can't be stored", "count", len(changes), "error", err)
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, c := range changes { // they go with the next ones
			if k := b.byID[c.id]; k != nil {
				b.dirty[c.id] = k
			}
		}
		return
	}
	if count > b.limits.Disk {
		if err := b.prune(ctx, count); err != nil {
			b.log.Error("old peers can't be removed", "error", err)
		}
	}
}

// peerChange is a record that is to be stored.
type peerChange struct {
	id     int64
	record peerRecord
}

// write stores records, and what leads to them, and says how many there are then.
func (b *peerBook) write(ctx context.Context, changes []peerChange) (count int, err error) {
	count = b.stored(ctx)
	var removed, added []store.Op
	for _, c := range changes {
		value, err := json.Marshal(c.record)
		if err != nil {
			continue // of strings and numbers: can't be
		}
		var old peerRecord
		before, ok, err := b.store.Get(ctx, peerSpace, idKey(c.id))
		if err == nil && ok {
			old, _ = readRecord(before)
		} else {
			count++
		}
		now := c.record.leads(c.id)
		for _, key := range old.leads(c.id) {
			if !slices.Contains(now, key) && b.leadsTo(ctx, key, c.id) {
				removed = append(removed, store.Op{Namespace: peerSpace, Key: key, Delete: true})
			}
		}
		if old.Seen != c.record.Seen || !slices.Equal(now, old.leads(c.id)) {
			for _, key := range now {
				added = append(added, store.Op{Namespace: peerSpace, Key: key, Value: idText(c.id)})
			}
		}
		added = append(added, store.Op{Namespace: peerSpace, Key: idKey(c.id), Value: value})
	}
	added = append(added, store.Op{Namespace: peerSpace, Key: countKey, Value: []byte(strconv.Itoa(count))})
	return count, b.store.Batch(ctx, append(removed, added...)) // a name may go from one to another
}

// stored is how many records the store has.
func (b *peerBook) stored(ctx context.Context) int {
	if value, ok, err := b.store.Get(ctx, peerSpace, countKey); err == nil && ok {
		if n, err := strconv.Atoi(string(value)); err == nil {
			return n
		}
	}
	n := 0
	for _, err := range b.store.Iterate(ctx, peerSpace, idPrefix) {
		if err != nil {
			break
		}
		n++
	}
	return n
}

// leadsTo says whether an entry of the index is about a peer still: another one may have taken the name.
func (b *peerBook) leadsTo(ctx context.Context, key string, id int64) bool {
	value, ok, err := b.store.Get(ctx, peerSpace, key)
	return err == nil && ok && string(value) == string(idText(id))
}

// prune removes the records that haven't been used for the longest time.
func (b *peerBook) prune(ctx context.Context, count int) error {
	type used struct {
		id  int64
		day int32
	}
	all := make([]used, 0, count)
	for entry, err := range b.store.Iterate(ctx, peerSpace, idPrefix) {
		if err != nil {
			return fmt.Errorf("list peers: %w", err)
		}
		id, err := strconv.ParseInt(strings.TrimPrefix(entry.Key, idPrefix), 10, 64)
		record, ok := readRecord(entry.Value)
		if err == nil && (ok || len(entry.Value) == 0) && id != b.self.Load() {
			all = append(all, used{id, record.Used})
		}
	}
	// Of the same day the chats that the account is in stay longest; they come last, having the lowest ids.
	slices.SortFunc(all, func(x, y used) int { return cmp.Or(cmp.Compare(x.day, y.day), cmp.Compare(y.id, x.id)) })
	excess := min(len(all), count-b.limits.Disk*pruneTenths/10)
	for some := range slices.Chunk(all[:excess], pruneChunk) {
		var ops []store.Op
		for _, one := range some {
			value, _, err := b.store.Get(ctx, peerSpace, idKey(one.id))
			if err != nil {
				return fmt.Errorf("read peer: %w", err)
			}
			record, _ := readRecord(value)
			for _, key := range record.leads(one.id) {
				if b.leadsTo(ctx, key, one.id) {
					ops = append(ops, store.Op{Namespace: peerSpace, Key: key, Delete: true})
				}
			}
			ops = append(ops, store.Op{Namespace: peerSpace, Key: idKey(one.id), Delete: true})
		}
		count -= len(some)
		ops = append(ops, store.Op{Namespace: peerSpace, Key: countKey, Value: []byte(strconv.Itoa(count))})
		if err := b.store.Batch(ctx, ops); err != nil {
			return fmt.Errorf("remove peers: %w", err)
		}
		b.mu.Lock()
		for _, one := range some { // else they would never be stored again
			if k := b.byID[one.id]; k != nil && b.dirty[one.id] == nil {
				b.drop(k)
			}
		}
		b.mu.Unlock()
	}
	return nil
}

// leads are the keys that lead to a record.
func (r peerRecord) leads(id int64) (keys []string) {
	for _, name := range r.Names {
		keys = append(keys, nameKey+name)
	}
	if r.Phone != "" {
		keys = append(keys, phoneKey+r.Phone)
	}
	if r.Near && r.Title != "" {
		keys = append(keys, titlePrefix(r.Title)+string(idText(id)))
	}
	return keys
}

func idText(id int64) []byte { return strconv.AppendInt(nil, id, 10) }

func titlePrefix(title string) string { return titleKey + strings.ToLower(title) + "/" }

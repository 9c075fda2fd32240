package kv

import (
	"context"

	"github.com/tgscript/tgscript/telegram/store"
)

const (
	pageSize    = 100
	sweepAtOnce = 100 // values that one change takes away beside
	all         = 1 << 30
)

// Entry is a value by its key.
type Entry struct {
	Key string
	Item
}

// Page reads the next values with the prefix, in the order of their keys: those behind the key after. There are no more
// where last says so.
func (s *Space) Page(ctx context.Context, prefix, after string, limit int) (entries []Entry, last bool, err error) {
	now := s.now().UnixMilli()
	for len(entries) < limit && !last {
		stored, err := store.Page(ctx, s.store, s.name, prefix, after, limit-len(entries))
		if err != nil {
			return nil, false, err
		}
		last = len(stored) < limit-len(entries)
		for _, e := range stored {
			after = e.Key
			value, over, err := unwrap(e.Value)
			if err != nil {
				return nil, false, err
			}
			if over > now {
				entries = append(entries, Entry{e.Key, itemOf(value, over)})
			}
		}
	}
	return entries, last, nil
}

// Clear removes all values with the prefix, and says how many there were. Others may change values meanwhile.
func (s *Space) Clear(ctx context.Context, prefix string) (removed int, err error) {
	for after, last := "", false; !last; {
		var entries []Entry
		if entries, last, err = s.Page(ctx, prefix, after, pageSize); err != nil {
			return removed, err
		}
		for _, e := range entries {
			gone := false
			err := s.Update(ctx, e.Key, func(_ Item, found bool) (Change, error) {
				gone = found
				return Change{Delete: true}, nil
			})
			if err != nil {
				return removed, err
			}
			if gone {
				removed++
			}
			after = e.Key
		}
	}
	return removed, nil
}

// sweep takes away values that are over: it looks at no others. It is called with the lock.
func (s *Space) sweep(ctx context.Context, most int) error {
	now := s.now().UnixMilli()
	for most > 0 && s.next <= now {
		limit := min(most, pageSize)
		due, err := store.Page(ctx, s.store, overSpace+s.name, "", "", limit)
		if err != nil {
			return err
		}
		var ops []store.Op
		usage, next := s.usage, int64(never)
		for _, e := range due {
			over, key, ok := parseOver(e.Key)
			if ok && over > now {
				next = over
				break
			}
			b, found, err := s.store.Get(ctx, s.name, key)
			if err != nil {
				return err
			}
			if _, at, err := unwrap(b); found && err == nil && at == over {
				ops = s.remove(ops, &usage, held{key, len(b), over})
			} else {
				ops = append(ops, store.Op{Namespace: overSpace + s.name, Key: e.Key, Delete: true})
			}
		}
		if next == never && len(due) == limit {
			next = now // there may be more
		}
		if len(ops) > 0 {
			if err := s.write(ctx, ops, usage); err != nil {
				return err
			}
		}
		s.next = next
		most -= limit
	}
	return nil
}

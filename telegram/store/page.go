package store

import (
	"context"
	"fmt"
)

// pager is a store that can begin a walk in the middle.
type pager interface {
	page(ctx context.Context, namespace, prefix, after string, limit int) ([]Entry, error)
}

// Page reads the next entries with the prefix, in byte order: those behind the key after, or the first for "". There
// are no more where it gives fewer than limit. Unlike a walk it may be left at any time, and taken up again.
func Page(ctx context.Context, s Store, namespace, prefix, after string, limit int) ([]Entry, error) {
	if p, ok := s.(pager); ok {
		return p.page(ctx, namespace, prefix, after, limit)
	}
	var entries []Entry
	for entry, err := range s.Iterate(ctx, namespace, prefix) {
		if err != nil {
			return nil, err
		}
		if entry.Key <= after {
			continue
		}
		if entries = append(entries, entry); len(entries) >= limit {
			break
		}
	}
	return entries, nil
}

func (f *file) page(ctx context.Context, namespace, prefix, after string, limit int) ([]Entry, error) {
	from := []byte(prefix)
	if after >= prefix {
		from = append([]byte(after), 0) // the next key there can be
	}
	return f.read(ctx, namespace, []byte(prefix), from, limit)
}

// Syncer is a store that can be asked to bring to the disk what is on its way there.
type Syncer interface {
	Sync(ctx context.Context) error
}

// Sync returns when all that was written can't be lost by a power failure either.
func Sync(ctx context.Context, s Store) error {
	if on, ok := s.(Syncer); ok {
		if err := on.Sync(ctx); err != nil {
			return fmt.Errorf("sync store: %w", err)
		}
	}
	return nil
}

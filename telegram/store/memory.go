package store

import (
	"bytes"
	"context"
	"iter"
	"slices"
	"strings"
	"sync"
)

// Memory is a store that forgets everything when it is closed.
func Memory() Store { return &memory{spaces: make(map[string]map[string][]byte)} }

type memory struct {
	mu     sync.RWMutex
	spaces map[string]map[string][]byte // nil once closed
}

func (m *memory) Get(ctx context.Context, namespace, key string) ([]byte, bool, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if err := m.usable(ctx); err != nil {
		return nil, false, err
	}
	value, ok := m.spaces[namespace][key]
	return bytes.Clone(value), ok, nil
}

func (m *memory) Put(ctx context.Context, namespace, key string, value []byte) error {
	return m.Batch(ctx, []Op{{Namespace: namespace, Key: key, Value: value}})
}

func (m *memory) Delete(ctx context.Context, namespace, key string) error {
	return m.Batch(ctx, []Op{{Namespace: namespace, Key: key, Delete: true}})
}

func (m *memory) Iterate(ctx context.Context, namespace, prefix string) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		entries, err := m.list(ctx, namespace, prefix)
		if err != nil {
			yield(Entry{}, err)
			return
		}
		for _, entry := range entries {
			if !yield(entry, nil) {
				return
			}
		}
	}
}

func (m *memory) list(ctx context.Context, namespace, prefix string) ([]Entry, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if err := m.usable(ctx); err != nil {
		return nil, err
	}
	var entries []Entry
	for key, value := range m.spaces[namespace] {
		if strings.HasPrefix(key, prefix) {
			entries = append(entries, Entry{key, bytes.Clone(value)})
		}
	}
	slices.SortFunc(entries, func(a, b Entry) int { return strings.Compare(a.Key, b.Key) })
	return entries, nil
}

func (m *memory) Batch(ctx context.Context, ops []Op) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.usable(ctx); err != nil {
		return err
	}
	for _, op := range ops { // all are looked at before any is done
		if err := op.check(); err != nil {
			return err
		}
	}
	for _, op := range ops {
		space := m.spaces[op.Namespace]
		if space == nil {
			space = make(map[string][]byte)
			m.spaces[op.Namespace] = space
		}
		if op.Delete {
			delete(space, op.Key)
		} else {
			space[op.Key] = append([]byte{}, op.Value...)
		}
	}
	return nil
}

func (m *memory) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.spaces = nil
	return nil
}

func (m *memory) usable(ctx context.Context) error {
	if m.spaces == nil {
		return ErrClosed
	}
	return ctx.Err()
}

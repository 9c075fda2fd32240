// Package kv is the storage of scripts: values by key in spaces, with a time to live, quotas, and changes that happen
// as a whole. It stands on a store, whose writes it makes one batch each.
package kv

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"
	"time"

	"github.com/tgscript/tgscript/telegram/store"
)

// Quota is how much a space may hold. What is 0 is as in [DefaultQuota].
type Quota struct {
	Key, Value int   // bytes of one
	Total      int64 // bytes of all keys and values
	Keys       int64
}

// DefaultQuota is what scripts get.
func DefaultQuota() Quota { return Quota{Key: 512, Value: 1 << 20, Total: 64 << 20, Keys: 1_000_000} }

// Item is a value and the time at which it is gone; the zero time is never.
type Item struct {
	Value   []byte
	Expires time.Time
}

// Usage is how much a space holds. Values that are over count until they are swept.
type Usage struct{ Keys, Bytes int64 }

// Space is the values of one script, or of several that share them. Whoever makes two of one name gets wrong totals.
type Space struct {
	store store.Store
	name  string
	now   func() time.Time
	quota Quota

	mu     sync.Mutex // one change at a time
	loaded bool
	usage  Usage
	next   int64 // when to look for values that are over: milliseconds since 1970
}

// New makes the space of a name. now is the clock of times to live.
func New(s store.Store, name string, now func() time.Time, quota Quota) *Space {
	usual := DefaultQuota()
	return &Space{store: s, name: name, now: now, quota: Quota{
		Key: cmp.Or(quota.Key, usual.Key), Value: cmp.Or(quota.Value, usual.Value), Total: cmp.Or(quota.Total, usual.Total), Keys: cmp.Or(quota.Keys, usual.Keys),
	}}
}

// Namespaces of a store, beside that of each space's values.
const (
	usageSpace = "kv.usage"   // by name of the space: keys and bytes
	overSpace  = "kv.expiry/" // + name of the space: values that will be over, by time and key
)

const never = math.MaxInt64

// What a stored value begins with.
const (
	forever = 0
	limited = 1 // 8 bytes follow: milliseconds since 1970
)

func wrap(item Item) []byte {
	if item.Expires.IsZero() {
		return append([]byte{forever}, item.Value...)
	}
	b := binary.BigEndian.AppendUint64([]byte{limited}, uint64(item.Expires.UnixMilli()))
	return append(b, item.Value...)
}

// unwrap reads a stored value, and when it is over.
func unwrap(b []byte) (value []byte, over int64, err error) {
	switch {
	case len(b) > 0 && b[0] == forever:
		return b[1:], never, nil
	case len(b) >= 9 && b[0] == limited:
		return b[9:], int64(binary.BigEndian.Uint64(b[1:])), nil
	}
	return nil, 0, fmt.Errorf("read value: of an unknown version of tgscript")
}

func itemOf(value []byte, over int64) Item {
	if over == never {
		return Item{Value: value}
	}
	return Item{Value: value, Expires: time.UnixMilli(over)}
}

// Get finds a value.
func (s *Space) Get(ctx context.Context, key string) (Item, bool, error) {
	b, found, err := s.store.Get(ctx, s.name, key)
	if err != nil || !found {
		return Item{}, false, err
	}
	value, over, err := unwrap(b)
	if err != nil || over <= s.now().UnixMilli() {
		return Item{}, false, err
	}
	return itemOf(value, over), true, nil
}

// Change is what becomes of a value.
type Change struct {
	Item   Item
	Delete bool
	Keep   bool // leave it as it is
}

// Update changes a value, depending on what it was, while nobody else does.
func (s *Space) Update(ctx context.Context, key string, decide func(old Item, found bool) (Change, error)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.load(ctx); err != nil {
		return err
	}
	if err := s.sweep(ctx, sweepAtOnce); err != nil {
		return err
	}
	err := s.change(ctx, key, decide)
	if full := (*QuotaError)(nil); errors.As(err, &full) && s.next <= s.now().UnixMilli() {
		if err := s.sweep(ctx, all); err != nil { // what is over makes room
			return err
		}
		return s.change(ctx, key, decide)
	}
	return err
}

func (s *Space) change(ctx context.Context, key string, decide func(old Item, found bool) (Change, error)) error {
	b, stored, err := s.store.Get(ctx, s.name, key)
	if err != nil {
		return err
	}
	before := held{key: key, size: len(b), over: never}
	var old Item
	found := stored
	if stored {
		var value []byte
		if value, before.over, err = unwrap(b); err != nil {
			return err
		}
		if found = before.over > s.now().UnixMilli(); found {
			old = itemOf(value, before.over)
		}
	}
	change, err := decide(old, found)
	if err != nil || change.Keep || change.Delete && !stored {
		return err
	}
	var ops []store.Op
	usage := s.usage
	if stored {
		ops = s.remove(ops, &usage, before)
	}
	if !change.Delete {
		if ops, err = s.put(ops, &usage, key, change.Item); err != nil {
			return err
		}
	}
	return s.write(ctx, ops, usage)
}

// held is a stored value: what it takes, and when it is over.
type held struct {
	key  string
	size int
	over int64
}

func (s *Space) remove(ops []store.Op, usage *Usage, h held) []store.Op {
	usage.Keys--
	usage.Bytes -= int64(len(h.key) + h.size)
	ops = append(ops, store.Op{Namespace: s.name, Key: h.key, Delete: true})
	if h.over != never {
		ops = append(ops, store.Op{Namespace: overSpace + s.name, Key: overKey(h.over, h.key), Delete: true})
	}
	return ops
}

func (s *Space) put(ops []store.Op, usage *Usage, key string, item Item) ([]store.Op, error) {
	switch {
	case len(key) > s.quota.Key:
		return nil, &QuotaError{"key", int64(len(key)), int64(s.quota.Key)}
	case len(item.Value) > s.quota.Value:
		return nil, &QuotaError{"value", int64(len(item.Value)), int64(s.quota.Value)}
	}
	b := wrap(item)
	switch size := usage.Bytes + int64(len(key)+len(b)); {
	case size > max(s.quota.Total, s.usage.Bytes): // one that holds too much, by a quota of before, may hold less
		return nil, &QuotaError{"store", size, s.quota.Total}
	case usage.Keys+1 > max(s.quota.Keys, s.usage.Keys):
		return nil, &QuotaError{"keys", usage.Keys + 1, s.quota.Keys}
	}
	usage.Keys++
	usage.Bytes += int64(len(key) + len(b))
	ops = append(ops, store.Op{Namespace: s.name, Key: key, Value: b})
	if !item.Expires.IsZero() {
		over := item.Expires.UnixMilli()
		ops = append(ops, store.Op{Namespace: overSpace + s.name, Key: overKey(over, key), Value: []byte{1}})
		s.next = min(s.next, over)
	}
	return ops, nil
}

func (s *Space) write(ctx context.Context, ops []store.Op, usage Usage) error {
	total := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, uint64(usage.Keys)), uint64(usage.Bytes))
	ops = append(ops, store.Op{Namespace: usageSpace, Key: s.name, Value: total})
	if err := s.store.Batch(ctx, ops); err != nil {
		return err
	}
	s.usage = usage
	return nil
}

// load finds out how much there is when the space is first changed.
func (s *Space) load(ctx context.Context) error {
	if s.loaded {
		return nil
	}
	b, found, err := s.store.Get(ctx, usageSpace, s.name)
	if err != nil {
		return err
	}
	if found && len(b) == 16 {
		s.usage = Usage{int64(binary.BigEndian.Uint64(b)), int64(binary.BigEndian.Uint64(b[8:]))}
	}
	s.loaded = true // next is 0: what is over is swept with the first change
	return nil
}

// Usage is how much the space holds.
func (s *Space) Usage(ctx context.Context) (Usage, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.load(ctx); err != nil {
		return Usage{}, err
	}
	err := s.sweep(ctx, all)
	return s.usage, err
}

// Quota is how much it may hold.
func (s *Space) Quota() Quota { return s.quota }

// overKey sorts by time.
func overKey(over int64, key string) string { return fmt.Sprintf("%016x/%s", uint64(over), key) }

func parseOver(k string) (over int64, key string, ok bool) {
	at, key, ok := strings.Cut(k, "/")
	if _, err := fmt.Sscanf(at, "%016x", &over); err != nil {
		return 0, "", false
	}
	return over, key, ok
}

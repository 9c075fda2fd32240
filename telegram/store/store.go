// Package store is durable key-value storage in namespaces: what an account must find again after a
// restart. Open keeps it in a file, OpenJournaled in a file with a journal before it, Memory in RAM; storetest holds
// the suite that each passes.
package store

import (
	"context"
	"errors"
	"iter"
)

// What a store refuses to do.
var (
	ErrClosed  = errors.New("store closed")
	ErrBadName = errors.New("namespace and key must not be empty")
)

// Store keeps values by namespace and key. All methods may be called from any goroutine. A write outlives a killed
// process once it has returned; those of Open are on the disk by then, those of OpenJournaled after [Sync]. Methods
// fail with ErrClosed after Close, with ErrBadName for empty names, and with the context's error.
type Store interface {
	// Get returns a copy of the value; false if there is none.
	Get(ctx context.Context, namespace, key string) ([]byte, bool, error)

	// Put writes one value. A batch of many is much cheaper than many Puts.
	Put(ctx context.Context, namespace, key string, value []byte) error

	// Delete removes one value; removing what isn't there is fine.
	Delete(ctx context.Context, namespace, key string) error

	// Iterate walks over the keys with the prefix in byte order. The loop may write to the store: it
	// sees what was there when its page was read. An error ends the walk.
	Iterate(ctx context.Context, namespace, prefix string) iter.Seq2[Entry, error]

	// Batch does all operations, in order, or none.
	Batch(ctx context.Context, ops []Op) error

	// Close waits for running operations and gives the storage up.
	Close() error
}

// Entry is one stored value.
type Entry struct {
	Key   string
	Value []byte
}

// Op is one step of a batch: it writes Value, or removes the key if Delete is set.
type Op struct {
	Namespace, Key string
	Value          []byte
	Delete         bool
}

func (op Op) check() error {
	if op.Namespace == "" || op.Key == "" {
		return ErrBadName
	}
	return nil
}

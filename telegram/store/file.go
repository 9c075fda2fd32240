package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

const (
	lockWait = time.Second // for another process to let go of the file
	pageSize = 256         // entries read in one transaction of a walk
)

// ErrHeld says that another process has the file open.
var ErrHeld = errors.New("store is held by another process")

// DamagedError says that the file holds what no store has written. What an account keeps can be learned again; what
// scripts keep can't.
type DamagedError struct {
	Path  string
	Cause error
}

func (e *DamagedError) Error() string {
	return fmt.Sprintf("the store %s is damaged (%v): put a copy of it in its place, or move it away: what Telegram knows is learned anew", e.Path, e.Cause)
}

func (e *DamagedError) Unwrap() error { return e.Cause }

// Open opens the store in a file of its own, and makes the file and its folder if they are missing.
func Open(path string) (Store, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	var db *bbolt.DB
	err := guarded(path, func() (err error) {
		db, err = bbolt.Open(path, 0o600, &bbolt.Options{
			Timeout: lockWait,
			// The list of free pages is kept in the file: to rebuild it, bbolt walks all pages on a goroutine of
			// its own, whose panic at a damaged one nobody can catch.
			NoFreelistSync: false,
			FreelistType:   bbolt.FreelistMapType,
		})
		return err
	})
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, fmt.Errorf("open store %s: %w", path, ErrHeld)
	case err != nil:
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	return &file{db: db}, nil
}

// file keeps each namespace in a bucket of a bbolt database.
type file struct{ db *bbolt.DB }

func (f *file) Get(ctx context.Context, namespace, key string) (value []byte, found bool, err error) {
	err = f.view(ctx, func(tx *bbolt.Tx) error {
		bucket := tx.Bucket([]byte(namespace))
		if bucket == nil {
			return nil
		}
		if v := bucket.Get([]byte(key)); v != nil { // valid within the transaction only
			value, found = append([]byte{}, v...), true
		}
		return nil
	})
	return value, found, err
}

func (f *file) Put(ctx context.Context, namespace, key string, value []byte) error {
	return f.Batch(ctx, []Op{{Namespace: namespace, Key: key, Value: value}})
}

func (f *file) Delete(ctx context.Context, namespace, key string) error {
	return f.Batch(ctx, []Op{{Namespace: namespace, Key: key, Delete: true}})
}

func (f *file) Iterate(ctx context.Context, namespace, prefix string) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		from := []byte(prefix)
		for {
			entries, err := f.read(ctx, namespace, []byte(prefix), from, pageSize)
			if err != nil {
				yield(Entry{}, err)
				return
			}
			for _, entry := range entries {
				if !yield(entry, nil) {
					return
				}
			}
			if len(entries) < pageSize {
				return
			}
			from = append([]byte(entries[len(entries)-1].Key), 0) // the next key there can be
		}
	}
}

// read reads ahead, so that no transaction is open while the caller's loop runs: a read transaction
// of a goroutine that writes meanwhile can block that write for ever.
func (f *file) read(ctx context.Context, namespace string, prefix, from []byte, limit int) (entries []Entry, err error) {
	err = f.view(ctx, func(tx *bbolt.Tx) error {
		bucket := tx.Bucket([]byte(namespace))
		if bucket == nil {
			return nil
		}
		cursor := bucket.Cursor()
		for k, v := cursor.Seek(from); k != nil && bytes.HasPrefix(k, prefix) && len(entries) < limit; k, v = cursor.Next() {
			entries = append(entries, Entry{string(k), append([]byte{}, v...)})
		}
		return nil
	})
	return entries, err
}

func (f *file) Batch(ctx context.Context, ops []Op) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(ops) == 0 {
		return f.view(ctx, func(*bbolt.Tx) error { return nil })
	}
	err := guarded(f.db.Path(), func() error {
		return f.db.Update(func(tx *bbolt.Tx) error {
			for _, op := range ops {
				if err := apply(tx, op); err != nil {
					return err
				}
			}
			return nil
		})
	})
	return named("write store", err)
}

func apply(tx *bbolt.Tx, op Op) error {
	if err := op.check(); err != nil {
		return err
	}
	if op.Delete {
		if bucket := tx.Bucket([]byte(op.Namespace)); bucket != nil {
			return bucket.Delete([]byte(op.Key))
		}
		return nil
	}
	bucket, err := tx.CreateBucketIfNotExists([]byte(op.Namespace))
	if err != nil {
		return err
	}
	return bucket.Put([]byte(op.Key), op.Value)
}

func (f *file) Close() error { return named("close store", f.db.Close()) }

func (f *file) view(ctx context.Context, read func(*bbolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return named("read store", guarded(f.db.Path(), func() error { return f.db.View(read) }))
}

// guarded makes an error of the panic, or of the access outside the mapped file, with which bbolt meets a damaged
// page. SetPanicOnFault is of this goroutine alone, and is put back: elsewhere a fault has to end the process.
func guarded(path string, do func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = &DamagedError{Path: path, Cause: fmt.Errorf("%v", p)}
		}
	}()
	return do()
}

func named(doing string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, bolterrors.ErrDatabaseNotOpen):
		return ErrClosed
	}
	return fmt.Errorf("%s: %w", doing, err)
}

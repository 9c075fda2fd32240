package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	writeBehind = time.Second // how long a write waits for others before all go to the disk together
	mostPending = 4 << 20     // bytes that don't wait that long
	fullPending = 16 << 20    // bytes with which writers wait for the disk
)

// OpenJournaled is Open for what is written often. A write is done once the operating system has it in a journal beside
// the file, so that no killed process loses it, and costs microseconds. It reaches the disk within about a second,
// together with all others of that time: a power failure may take the last ones, in order. [Sync] waits for the disk.
func OpenJournaled(path string) (Store, error) {
	base, err := Open(path)
	if err != nil {
		return nil, err
	}
	s, err := journaledOn(base, strings.TrimSuffix(path, filepath.Ext(path))+"-")
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open store %s: %w", path, err), base.Close())
	}
	return s, nil
}

// change is what will become of a key: nil removes it.
type change []byte

// overlay are the changes that the store beneath doesn't have yet.
type overlay map[string]map[string]change

// journaled puts a journal, and what it says, before a store.
//
// A write goes into the journal and into pending. About a second later pending becomes moving, and a new file of the
// journal is begun; moving is brought to the base in one batch, and only then are the files before the new one removed.
// A crash at any moment leaves each change in the base or in a file, or in both, where bringing it home once more changes
// nothing. Reads look into pending, moving and the base, in this order: moving stays until the base has it, so that
// nothing is out of sight on its way.
type journaled struct {
	base    Store
	flushes sync.Mutex // one at a time; taken before mu, and held while the base is written

	mu      sync.RWMutex // guards what follows; not held while the base is read or written
	journal *batches
	pending overlay // in the file that is written
	moving  overlay // on its way to the base, in the files up to cut; nil for nothing
	cut     int
	size    int // of pending
	closed  bool

	trouble trouble

	wake chan struct{} // has room for one: something is pending
	full chan struct{} // has room for one: too much is
	quit chan struct{}
	done chan struct{}
}

func journaledOn(base Store, stem string) (*journaled, error) {
	j, left, err := openBatches(stem)
	if err != nil {
		return nil, err
	}
	// Before any file goes, and before anybody reads: what the last process was told is done.
	if err := base.Batch(context.Background(), left); err != nil {
		return nil, errors.Join(fmt.Errorf("bring journals home: %w", err), j.Close())
	}
	if err := j.Drop(j.Number() - 1); err != nil {
		return nil, errors.Join(fmt.Errorf("remove journals: %w", err), j.Close())
	}
	s := &journaled{
		base: base, journal: j, pending: overlay{},
		wake: make(chan struct{}, 1), full: make(chan struct{}, 1), quit: make(chan struct{}), done: make(chan struct{}),
	}
	go s.write()
	return s, nil
}

// write brings what is pending home, on a goroutine of its own: from journaledOn to Close, which waits for it.
func (s *journaled) write() {
	defer close(s.done)
	for {
		select {
		case <-s.wake:
		case <-s.quit:
			return
		}
		wait := time.NewTimer(writeBehind)
		select {
		case <-wait.C:
		case <-s.full:
		case <-s.quit:
		}
		wait.Stop()
		err := s.flush(context.Background())
		if err != nil {
			nudge(s.wake) // again in a second; writers are told once there is too much
		}
		s.trouble.tell(err)
	}
}

func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// flush brings what is pending to the base.
func (s *journaled) flush(ctx context.Context) error {
	s.flushes.Lock()
	defer s.flushes.Unlock()
	for {
		more, err := s.move()
		if !more || err != nil {
			return err
		}
		var ops []Op
		for namespace, changes := range s.moving { // nobody changes it
			for key, value := range changes {
				ops = append(ops, Op{Namespace: namespace, Key: key, Value: value, Delete: value == nil})
			}
		}
		slices.SortFunc(ops, func(a, b Op) int { // neighbours are written together
			if c := strings.Compare(a.Namespace, b.Namespace); c != 0 {
				return c
			}
			return strings.Compare(a.Key, b.Key)
		})
		if err := s.base.Batch(ctx, ops); err != nil {
			return err
		}
		s.mu.Lock()
		s.moving = nil
		err = s.journal.Drop(s.cut)
		s.mu.Unlock()
		if err != nil {
			return fmt.Errorf("remove journals: %w", err)
		}
	}
}

// move takes what is pending away from the writers. It says false when nothing is.
func (s *journaled) move() (more bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.moving != nil { // it could not be written the last time
		return true, nil
	}
	if len(s.pending) == 0 {
		return false, nil
	}
	cut := s.journal.Number()
	if err := s.journal.Next(); err != nil {
		return false, err
	}
	s.moving, s.pending, s.cut, s.size = s.pending, overlay{}, cut, 0
	return true, nil
}

// changed finds a key among what the base doesn't have. It is called with the lock.
func (s *journaled) changed(namespace, key string) (value change, known bool) {
	if value, known = s.pending[namespace][key]; known {
		return value, true
	}
	value, known = s.moving[namespace][key]
	return value, known
}

func (s *journaled) usable(ctx context.Context) error {
	if s.closed {
		return ErrClosed
	}
	return ctx.Err()
}

func (s *journaled) Get(ctx context.Context, namespace, key string) ([]byte, bool, error) {
	s.mu.RLock()
	err := s.usable(ctx)
	value, known := s.changed(namespace, key)
	s.mu.RUnlock()
	switch {
	case err != nil:
		return nil, false, err
	case known:
		return bytes.Clone(value), value != nil, nil
	}
	return s.base.Get(ctx, namespace, key)
}

func (s *journaled) Put(ctx context.Context, namespace, key string, value []byte) error {
	return s.Batch(ctx, []Op{{Namespace: namespace, Key: key, Value: value}})
}

func (s *journaled) Delete(ctx context.Context, namespace, key string) error {
	return s.Batch(ctx, []Op{{Namespace: namespace, Key: key, Delete: true}})
}

func (s *journaled) Batch(ctx context.Context, ops []Op) error {
	for _, op := range ops {
		if err := op.check(); err != nil {
			return err
		}
	}
	size, err := s.append(ctx, ops)
	switch {
	case err != nil:
		return err
	case size >= fullPending:
		return s.flush(context.WithoutCancel(ctx))
	case size >= mostPending:
		nudge(s.full)
	}
	return nil
}

// append writes a batch to the journal, and says how much waits there now.
func (s *journaled) append(ctx context.Context, ops []Op) (size int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.usable(ctx); err != nil || len(ops) == 0 {
		return 0, err
	}
	if err := s.journal.write(ops); err != nil {
		return 0, err
	}
	for _, op := range ops {
		changes := s.pending[op.Namespace]
		if changes == nil {
			changes = map[string]change{}
			s.pending[op.Namespace] = changes
		}
		value := change(nil)
		if !op.Delete {
			value = append(change{}, op.Value...)
		}
		s.size += len(op.Key) + len(value)
		changes[op.Key] = value
	}
	nudge(s.wake)
	return s.size, nil
}

func (s *journaled) Iterate(ctx context.Context, namespace, prefix string) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for after := ""; ; {
			entries, err := s.page(ctx, namespace, prefix, after, pageSize)
			if err != nil {
				yield(Entry{}, err)
				return
			}
			for _, entry := range entries {
				if !yield(entry, nil) {
					return
				}
				after = entry.Key
			}
			if len(entries) < pageSize {
				return
			}
		}
	}
}

// page merges what is pending with what the base has.
func (s *journaled) page(ctx context.Context, namespace, prefix, after string, limit int) (entries []Entry, err error) {
	fresh, err := s.fresh(ctx, namespace, prefix, after)
	if err != nil {
		return nil, err
	}
	for {
		old, err := Page(ctx, s.base, namespace, prefix, after, limit)
		if err != nil {
			return nil, err
		}
		for _, entry := range old {
			for len(fresh) > 0 && fresh[0].Key < entry.Key {
				entries, fresh = appendKept(entries, fresh[0]), fresh[1:]
			}
			if len(fresh) > 0 && fresh[0].Key == entry.Key {
				entry, fresh = fresh[0], fresh[1:]
			}
			if entries = appendKept(entries, entry); len(entries) >= limit {
				return entries[:limit], nil
			}
			after = entry.Key
		}
		if len(old) < limit {
			break
		}
	}
	for _, entry := range fresh {
		entries = appendKept(entries, entry)
	}
	return entries[:min(len(entries), limit)], nil
}

func appendKept(entries []Entry, e Entry) []Entry {
	if e.Value == nil { // removed
		return entries
	}
	return append(entries, e)
}

// fresh are the changes behind a key, in order.
func (s *journaled) fresh(ctx context.Context, namespace, prefix, after string) ([]Entry, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.usable(ctx); err != nil {
		return nil, err
	}
	all := s.pending[namespace]
	if older := s.moving[namespace]; len(older) > 0 {
		all = maps.Clone(older)
		maps.Copy(all, s.pending[namespace])
	}
	var entries []Entry
	for key, value := range all {
		if key > after && strings.HasPrefix(key, prefix) {
			entries = append(entries, Entry{key, bytes.Clone(value)})
		}
	}
	slices.SortFunc(entries, func(a, b Entry) int { return strings.Compare(a.Key, b.Key) })
	return entries, nil
}

// Sync brings everything to the disk.
func (s *journaled) Sync(ctx context.Context) error {
	s.mu.RLock()
	err := s.usable(ctx)
	s.mu.RUnlock()
	if err != nil {
		return err
	}
	return s.flush(ctx)
}

func (s *journaled) Close() error {
	s.mu.Lock()
	first := !s.closed
	s.closed = true
	s.mu.Unlock()
	if !first {
		<-s.done
		return nil
	}
	close(s.quit)
	<-s.done
	err := s.flush(context.Background())
	s.mu.Lock()
	err = errors.Join(err, s.journal.Close())
	if err == nil { // the last file is empty
		err = s.journal.Drop(s.journal.Number())
	}
	s.mu.Unlock()
	return errors.Join(err, s.base.Close())
}

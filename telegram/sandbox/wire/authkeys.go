package wire

import (
	"cmp"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gotd/td/crypto"
)

// ErrKeyUnknown is returned for keys that the registry doesn't have.
var ErrKeyUnknown = errors.New("auth key unknown")

// authKey is one key. What changes is atomic, so that the hot path needs no lock.
type authKey struct {
	id      int64
	value   crypto.Key
	expires int64 // unix time at which a temporary key ends; 0 for a permanent one

	salt  atomic.Int64            // agreed in the exchange, taken until saltUntil
	until atomic.Int64            // unix time
	owner atomic.Int64            // of a permanent key
	perm  atomic.Pointer[authKey] // what a temporary key is bound to
	gone  atomic.Bool
	peer  atomic.Pointer[peer] // what the client said last, for its next session
}

// peer is what invokeWithLayer and initConnection have said.
type peer struct {
	layer int
	init  *Init
}

func (k *authKey) temporary() bool { return k.expires != 0 }

// root is the id of the permanent key that k counts for, 0 if there's none yet.
func (k *authKey) root() int64 {
	if !k.temporary() {
		return k.id
	}
	if perm := k.perm.Load(); perm != nil {
		return perm.id
	}
	return 0
}

func (k *authKey) alive(now time.Time) bool {
	if k.gone.Load() || k.temporary() && now.Unix() >= k.expires {
		return false
	}
	perm := k.perm.Load()
	return perm == nil || !perm.gone.Load()
}

// AuthKeys is a registry of auth keys, each with the user that it's signed in as. It may be shared by
// several Servers.
type AuthKeys struct {
	mu   sync.RWMutex
	keys map[int64]*authKey
	file *journal // nil in memory
}

// NewAuthKeys makes a registry in memory.
func NewAuthKeys() *AuthKeys { return &AuthKeys{keys: map[int64]*authKey{}} }

// OpenAuthKeys reads the registry that is kept in the folder dir, or begins one. Each change is
// written before the call that makes it returns, so a killed process loses none.
func OpenAuthKeys(dir string) (*AuthKeys, error) {
	a := NewAuthKeys()
	file, err := openJournal(dir, a.replay)
	if err != nil {
		return nil, fmt.Errorf("open auth keys: %w", err)
	}
	a.file = file
	if err := file.rewrite(a.records()); err != nil {
		return nil, errors.Join(fmt.Errorf("open auth keys: %w", err), file.Close())
	}
	return a, nil
}

// Close closes the file, if there is one.
func (a *AuthKeys) Close() error {
	if a.file == nil {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.file.Close()
}

// NewReady makes a key that both sides know at once, without the key exchange and its second of CPU.
func (a *AuthKeys) NewReady() (crypto.AuthKey, error) {
	for {
		var value crypto.Key
		if _, err := rand.Read(value[:]); err != nil {
			return crypto.AuthKey{}, fmt.Errorf("make auth key: %w", err)
		}
		key := value.WithID()
		added, err := a.add(&authKey{id: key.IntID(), value: value})
		if err != nil || added {
			return key, err
		}
	}
}

// Key finds a key that hasn't been dropped.
func (a *AuthKeys) Key(id int64) (crypto.AuthKey, bool) {
	k := a.find(id)
	if k == nil {
		return crypto.AuthKey{}, false
	}
	return k.value.WithID(), true
}

// Owner is what SetOwner has bound to a permanent key last: 0 at first, and for unknown keys.
func (a *AuthKeys) Owner(id int64) int64 {
	if k := a.find(id); k != nil {
		return k.owner.Load()
	}
	return 0
}

// SetOwner binds a number of the caller's choice, as a user id, to a permanent key; 0 unbinds.
func (a *AuthKeys) SetOwner(id, owner int64) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	k := a.keys[id]
	if k == nil || k.temporary() {
		return fmt.Errorf("set owner: %w", ErrKeyUnknown)
	}
	if k.owner.Load() == owner {
		return nil
	}
	if err := a.write(record{ID: id, Owner: &owner}); err != nil {
		return fmt.Errorf("set owner: %w", err)
	}
	k.owner.Store(owner)
	return nil
}

// Owned lists the permanent keys bound to an owner, by id.
func (a *AuthKeys) Owned(owner int64) []int64 {
	a.mu.RLock()
	defer a.mu.RUnlock()
	var ids []int64
	for id, k := range a.keys {
		if !k.temporary() && k.owner.Load() == owner {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

func (a *AuthKeys) find(id int64) *authKey {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.keys[id]
}

// add is false if there is a key of this id already.
func (a *AuthKeys) add(k *authKey) (bool, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.keys[k.id] != nil {
		return false, nil
	}
	if err := a.write(record{ID: k.id, Key: k.value[:], Expires: k.expires}); err != nil {
		return false, fmt.Errorf("keep auth key: %w", err)
	}
	a.keys[k.id] = k
	return true, nil
}

// drop forgets a key and the temporary ones bound to it, and returns what it has forgotten.
func (a *AuthKeys) drop(id int64) ([]*authKey, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	k := a.keys[id]
	if k == nil {
		return nil, ErrKeyUnknown
	}
	dropped := []*authKey{k}
	for _, other := range a.keys {
		if other.perm.Load() == k {
			dropped = append(dropped, other)
		}
	}
	for _, k := range dropped {
		if err := a.write(record{ID: k.id, Gone: true}); err != nil {
			return nil, fmt.Errorf("drop auth key: %w", err)
		}
		k.gone.Store(true)
		delete(a.keys, k.id)
	}
	return dropped, nil
}

// bind binds a temporary key to a permanent one. It may be done again, to the same one.
//
// See https://core.telegram.org/method/auth.bindTempAuthKey
func (a *AuthKeys) bind(temp *authKey, perm int64) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	k := a.keys[perm]
	if k == nil || k.temporary() {
		return ErrKeyUnknown
	}
	if temp.perm.Load() == k {
		return nil
	}
	if err := a.write(record{ID: temp.id, Perm: perm}); err != nil {
		return fmt.Errorf("bind auth key: %w", err)
	}
	temp.perm.Store(k)
	return nil
}

// say keeps what the client has said last with a key. Its layer outlives the server, since clients that
// only connect again don't repeat it.
func (a *AuthKeys) say(k *authKey, said peer) error {
	before := k.peer.Swap(&said)
	if said.layer == 0 || before != nil && before.layer == said.layer {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.keys[k.id] != k {
		return nil
	}
	if err := a.write(record{ID: k.id, Layer: said.layer}); err != nil {
		return fmt.Errorf("keep the layer of an auth key: %w", err)
	}
	return nil
}

func (a *AuthKeys) write(r record) error {
	if a.file == nil {
		return nil
	}
	return a.file.append(r)
}

// replay takes one record of the file. A record of an unknown key is of no use and harms nobody.
func (a *AuthKeys) replay(r record) error {
	if len(r.Key) != 0 {
		k := &authKey{id: r.ID, expires: r.Expires}
		if copy(k.value[:], r.Key) != len(k.value) || k.value.WithID().IntID() != r.ID {
			return fmt.Errorf("auth key %d doesn't match its id", r.ID)
		}
		a.keys[r.ID] = k
	}
	k := a.keys[r.ID]
	if k == nil {
		return nil
	}
	if r.Owner != nil {
		k.owner.Store(*r.Owner)
	}
	if r.Layer != 0 {
		k.peer.Store(&peer{layer: r.Layer})
	}
	if r.Perm != 0 {
		k.perm.Store(a.keys[r.Perm])
	}
	if r.Gone {
		delete(a.keys, r.ID)
	}
	return nil
}

// records is the registry in as few records as can be, permanent keys first.
func (a *AuthKeys) records() []record {
	records := make([]record, 0, len(a.keys))
	for _, k := range a.keys {
		r := record{ID: k.id, Key: k.value[:], Expires: k.expires}
		if owner := k.owner.Load(); owner != 0 {
			r.Owner = &owner
		}
		if perm := k.perm.Load(); perm != nil {
			r.Perm = perm.id
		}
		if said := k.peer.Load(); said != nil {
			r.Layer = said.layer
		}
		records = append(records, r)
	}
	slices.SortFunc(records, func(x, y record) int {
		return cmp.Or(cmp.Compare(x.Expires, y.Expires), cmp.Compare(x.ID, y.ID))
	})
	return records
}

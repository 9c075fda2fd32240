package bindings

import (
	"fmt"
	"sync"

	"github.com/tgscript/tgscript/bindings/service/agenda"
	"github.com/tgscript/tgscript/bindings/service/kv"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram/store"
)

// Storage is what the scripts of an account keep beyond the process. It is opened when the first of them needs it: most
// keep nothing, and an open file is locked. An error is no last word, the next to need it tries again.
type Storage struct {
	open  func() (store.Store, error)
	quota kv.Quota // of a space

	mu     sync.Mutex // held while the store is opened: nobody could go on without it
	opened store.Store
	spaces map[string]*kv.Space // one of each name, for two would count wrongly
}

// NewStorage makes the storage of an account. Whoever opens the store closes it. Zero quotas are the usual ones.
func NewStorage(open func() (store.Store, error), quota kv.Quota) *Storage {
	return &Storage{open: open, quota: quota}
}

// Store opens the store, once it can be.
func (s *Storage) Store() (store.Store, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.store()
}

func (s *Storage) store() (store.Store, error) {
	if s.opened == nil {
		opened, err := s.open()
		if err != nil {
			return nil, fmt.Errorf("open the store of scripts: %w", err)
		}
		s.opened = opened
	}
	return s.opened, nil
}

// Space is one of the parts that tg.store knows: see ScriptSpace and SharedSpace.
func (s *Storage) Space(name string, clock runtime.Clock) (*kv.Space, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if space := s.spaces[name]; space != nil {
		return space, nil
	}
	opened, err := s.store()
	if err != nil {
		return nil, err
	}
	space := kv.New(opened, name, clock.Now, s.quota)
	if s.spaces == nil {
		s.spaces = map[string]*kv.Space{}
	}
	s.spaces[name] = space
	return space, nil
}

// ScriptSpace and SharedSpace are the names of what a script keeps for itself, and of what scripts of an account
// share.
func ScriptSpace(script string) string { return "store/" + script }

// SharedSpace is what several scripts share under a name.
func SharedSpace(name string) string { return "shared/" + name }

// keep is what a script has beyond its versions: durable storage, and the dialogs that go on.
type keep struct {
	once    sync.Once
	alone   *Storage // where the host gives none
	bus     Bus      // where the host gives none
	mu      sync.Mutex
	dialogs map[string]*dialogBook
	shared  map[string]bool // names of what it shares with others
	agenda  *agenda.Agenda

	versions sync.Map // *runtime.Generation to *jobs
}

// mostShared is how many shared parts of the store a script uses: each of them has a quota of its own.
const mostShared = 16

// mayShare says whether a script may use another shared part; the error is a *kv.QuotaError.
func (k *keep) mayShare(name string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.shared[name] && len(k.shared) >= mostShared {
		return &kv.QuotaError{What: "names", Size: mostShared + 1, Limit: mostShared}
	}
	if k.shared == nil {
		k.shared = map[string]bool{}
	}
	k.shared[name] = true
	return nil
}

// storage is the account's. Without one from the host it lives as long as the script.
func (e *Env) storage() *Storage {
	if e.Storage != nil {
		return e.Storage
	}
	e.keep.once.Do(func() {
		e.keep.alone = NewStorage(func() (store.Store, error) { return store.Memory(), nil }, kv.Quota{})
	})
	return e.keep.alone
}

// kept is the store for what outlives the process.
func (e *Env) kept() (store.Store, error) { return e.storage().Store() }

// namespace is the script's own for one purpose.
func (e *Env) namespace(purpose string) string { return purpose + "/" + e.Space }

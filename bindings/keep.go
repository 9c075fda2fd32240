package bindings

import (
	"fmt"
	"sync"

	"github.com/tgscript/tgscript/telegram/store"
)

// keep is what a script has beyond its versions: durable storage, and the dialogs that go on.
type keep struct {
	once    sync.Once
	store   store.Store
	err     error
	mu      sync.Mutex
	dialogs map[string]*dialogBook
}

// kept is the store for what outlives the process. Without one from the host it lives as long as the script.
func (e *Env) kept() (store.Store, error) {
	e.keep.once.Do(func() {
		if e.Store == nil {
			e.keep.store = store.Memory()
			return
		}
		if e.keep.store, e.keep.err = e.Store(); e.keep.err != nil {
			e.keep.err = fmt.Errorf("open the store of scripts: %w", e.keep.err)
		}
	})
	return e.keep.store, e.keep.err
}

// namespace is the script's own for one purpose.
func (e *Env) namespace(purpose string) string { return purpose + "/" + e.Space }

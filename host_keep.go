package tgscript

import (
	"path/filepath"
	"sync"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/telegram/store"
)

// scriptsFile is what scripts keep, in the folder of their account.
const scriptsFile = "scripts.db"

// shared is what the scripts of an account have in common: who talks with whom, and storage that outlives them.
type shared struct {
	claims  bindings.Claims
	storage *bindings.Storage

	dir    string // of the account; empty keeps everything in memory
	mu     sync.Mutex
	opened store.Store // with mu; nil until the first script needs it
}

// open opens the store of the account's scripts when the first of them needs it.
func (s *shared) open() (store.Store, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.opened != nil {
		return s.opened, nil
	}
	if s.dir == "" {
		s.opened = store.Memory()
		return s.opened, nil
	}
	opened, err := store.OpenJournaled(filepath.Join(s.dir, scriptsFile))
	if err == nil {
		s.opened = opened
	}
	return opened, err
}

// Close gives the store up. The scripts have ended before it: what they wrote is on the disk when it returns.
func (s *shared) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.opened == nil {
		return nil
	}
	return s.opened.Close()
}

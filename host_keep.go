package tgscript

import (
	"path/filepath"
	"sync"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/telegram/store"
)

// shared is what the scripts of an account have in common: who talks with whom, and storage that outlives them.
type shared struct {
	claims bindings.Claims

	dir    string // of the account; empty keeps everything in memory
	mu     sync.Mutex
	opened store.Store
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
	opened, err := store.Open(filepath.Join(s.dir, "scripts.db"))
	if err == nil {
		s.opened = opened
	}
	return opened, err
}

// Close gives the store up.
func (s *shared) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.opened == nil {
		return nil
	}
	return s.opened.Close()
}

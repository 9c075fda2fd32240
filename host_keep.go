package tgscript

import (
	"log/slog"
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
	log    *slog.Logger
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
		store.OnTrouble(opened, s.trouble)
	}
	return opened, err
}

// trouble is told when what scripts keep doesn't reach the disk; it is safe in a journal meanwhile. nil is its end.
func (s *shared) trouble(err error) {
	if err != nil {
		s.log.Error("what scripts keep does not reach the disk", "file", filepath.Join(s.dir, scriptsFile), "error", err)
		return
	}
	s.log.Info("what scripts keep reaches the disk again", "file", filepath.Join(s.dir, scriptsFile))
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

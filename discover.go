package tgscript

import (
	"path/filepath"
	"slices"
	"sync"
)

// found are files that have appeared and wait until their account has time for them. Whoever finds one watches the
// files of all accounts, and must not wait for an account that is not even connected.
type found struct {
	news chan struct{} // tells once of however many

	mu    sync.Mutex
	paths []string
}

func newFound() found { return found{news: make(chan struct{}, 1)} }

func (f *found) add(path string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !slices.Contains(f.paths, path) { // it may be saved again before anybody looks
		f.paths = append(f.paths, path)
	}
	select {
	case f.news <- struct{}{}:
	default:
	}
}

// look makes the account look at its scripts, found or not.
func (f *found) look() {
	select {
	case f.news <- struct{}{}:
	default:
	}
}

func (f *found) take() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	paths := f.paths
	f.paths = nil
	return paths
}

// discover hands a file that has appeared to the accounts whose globs match it.
func (h *Host) discover(path string) {
	if len(h.opts.Scripts) > 0 || h.opts.Interactive || IsTest(path) || isPart(path) {
		return
	}
	for _, t := range h.tenants {
		wanted := slices.ContainsFunc(t.config.Scripts, func(pattern string) bool {
			ok, _ := filepath.Match(h.config.Path(pattern), path) // the patterns have matched before
			return ok
		})
		if wanted {
			t.found.add(path)
		}
	}
}

package tgscript

import (
	"path/filepath"
	"slices"
	"sync"
)

// bell wakes one goroutine, which waits for it or will. However often it is rung before that, it wakes it once.
type bell chan struct{}

func newBell() bell { return make(bell, 1) }

// ring never waits.
func (b bell) ring() {
	select {
	case b <- struct{}{}:
	default:
	}
}

// found are files that have appeared and wait until their account has time for them. Whoever finds one watches the
// files of all accounts, and must not wait for an account that is not even connected.
type found struct {
	news bell // rung also when nothing was found, but the account is to look at its scripts again

	mu    sync.Mutex
	paths []string
}

func newFound() found { return found{news: newBell()} }

func (f *found) add(path string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !slices.Contains(f.paths, path) { // it may be saved again before anybody looks
		f.paths = append(f.paths, path)
	}
	f.news.ring()
}

// take gives what was found since the last time.
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

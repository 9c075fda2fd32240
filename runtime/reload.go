package runtime

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/tgscript/tgscript/runtime/watch"
)

// Watch reloads scripts as their files change, until ctx ends. One watch at a time.
func (h *Host) Watch(ctx context.Context) error {
	w := watch.New(watch.Options{Dirs: h.folders(), Match: isWatched, Logger: h.opts.Logger})
	h.mu.Lock()
	h.watcher = w
	h.mu.Unlock()
	var loads sync.WaitGroup
	defer loads.Wait()
	defer func() {
		h.mu.Lock()
		h.watcher = nil
		h.mu.Unlock()
	}()
	first := true
	return w.Run(ctx, func(paths []string) {
		if first { // what is there: news are files saved between a script's load and now
			paths = append(paths, h.missing()...)
		}
		h.changed(ctx, &loads, paths, !first)
		first = false
	})
}

// isWatched tells the files that a load may read.
func isWatched(name string) bool { return isSource(name) || isData(name) && !watch.Hidden(name) }

func isSource(name string) bool { return strings.HasSuffix(name, ".lua") && !watch.Hidden(name) }

// folders are those to watch: the roots, the modules of others, and where the scripts are.
func (h *Host) folders() []string {
	dirs := append(slices.Clone(h.opts.Roots), h.opts.Modules...)
	for _, s := range h.Scripts() {
		dirs = append(dirs, s.folder())
	}
	slices.Sort(dirs)
	return slices.Compact(dirs)
}

// missing are the files of scripts, and those required, that aren't there.
func (h *Host) missing() (paths []string) {
	for _, s := range h.Scripts() {
		if f := s.tried.Load(); f != nil {
			paths = append(paths, slices.DeleteFunc(f.paths(), func(p string) bool { return !gone(p) })...)
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// changed takes up files that have changed.
func (h *Host) changed(ctx context.Context, loads *sync.WaitGroup, paths []string, discover bool) {
	known := map[string]bool{}
	for _, s := range h.Scripts() {
		affected := s.affected(paths, known)
		if len(affected) == 0 {
			continue
		}
		if slices.Contains(affected, s.path) && gone(s.path) {
			loads.Go(s.unload)
			continue
		}
		if g := s.staging.Load(); g != nil && g.files.stale(affected) {
			g.kill(errSuperseded)
		}
		loads.Go(func() { s.refresh(ctx, affected) })
	}
	if h.opts.Discover == nil || !discover {
		return
	}
	for _, p := range paths {
		if !known[p] && isSource(filepath.Base(p)) && !gone(p) {
			h.opts.Discover(p)
		}
	}
}

func gone(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, fs.ErrNotExist)
}

// affected picks the paths that matter to the script, and notes them in known.
func (s *Script) affected(paths []string, known map[string]bool) (mine []string) {
	f := s.tried.Load()
	for _, p := range paths {
		if p == s.path || (f != nil && f.knows(p)) {
			mine = append(mine, p)
			known[p] = true
		}
	}
	return mine
}

// refresh loads the script anew if what has changed is news to it. Bytes that were tried aren't tried again.
func (s *Script) refresh(ctx context.Context, paths []string) {
	err := s.reloadChanged(ctx, paths)
	var failure *ScriptError
	switch {
	case err == nil, errors.Is(err, errSuperseded), errors.Is(err, ErrStopped), ctx.Err() != nil:
	case errors.As(err, &failure):
		s.tell(failure)
	}
}

func (s *Script) reloadChanged(ctx context.Context, paths []string) error {
	s.loads.Lock()
	f := s.tried.Load()
	news := f != nil && (f.stale(paths) || (slices.Contains(paths, s.path) && !f.knows(s.path)))
	if !news || gone(s.path) { // a file that is gone may be amid a save: the watch tells when it isn't
		s.loads.Unlock()
		return nil
	}
	return s.loadAndTell(ctx, nil)
}

// absolute is a path as the watch tells it.
func absolute(path string) string {
	if a, err := filepath.Abs(path); err == nil {
		return a
	}
	return filepath.Clean(path)
}

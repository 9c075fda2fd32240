package watch

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// tree is what is known of the watched folders. Only the goroutine of Run uses it.
type tree struct {
	opts     Options
	notifier *notifier
	dirs     []string          // absolute
	files    map[string]*file  // as they were when they were last told of, by absolute path
	places   map[string]*place // by real path: what the latest scan has found
	marks    *marks            // what is to be looked at, and when
}

// file is a file as it was last read.
type file struct {
	id  identity
	sum sum
}

// place is a folder to be notified of. The system knows it by its real path only, and by one name; a script's path may
// lead there by several ways.
type place struct {
	logical []string        // names of the folder within the tree
	names   map[string]bool // links and linked files in it that the tree depends on
}

func newTree(opts Options, n *notifier) *tree {
	return &tree{opts: opts, notifier: n, files: map[string]*file{}, marks: newMarks(opts.Quiet)}
}

// hint takes a notification.
func (t *tree) hint(e fsnotify.Event, now time.Time) {
	if e.Op == fsnotify.Chmod {
		return // indexers and backups
	}
	dir, name := filepath.Split(e.Name)
	p := t.places[filepath.Clean(dir)]
	if p == nil {
		return
	}
	if p.names[name] || t.places[e.Name] != nil || (len(p.logical) > 0 && leadsOn(e.Name)) {
		t.marks.touch(everything, now, t.opts.Quiet)
	}
	if t.opts.Match(name) {
		for _, l := range p.logical {
			t.marks.touch(filepath.Join(l, name), now, t.opts.Quiet)
		}
	}
}

// leadsOn says whether there may be files behind a path: it is a folder or a link.
func leadsOn(path string) bool {
	st, err := os.Lstat(path)
	return err == nil && (st.IsDir() || st.Mode()&fs.ModeSymlink != 0)
}

// takeStock reads what is there and at rest, and leaves the rest marked.
func (t *tree) takeStock(now time.Time) (found []string) {
	t.scan(now)
	for path, k := range t.marks.paths {
		if k.last.Add(k.wait).After(now) {
			continue
		}
		delete(t.marks.paths, path)
		k.wait = t.opts.Absent // what is empty has been so for long
		if t.look(path, k, now) {
			found = append(found, path)
		}
	}
	slices.Sort(found)
	return found
}

// settled looks at what has come to rest and returns the paths that have changed.
func (t *tree) settled(now time.Time) (changed []string) {
	taken := t.marks.take(now)
	if taken[everything] != nil {
		delete(taken, everything)
		t.scan(now)
		for path, k := range t.marks.take(now) { // those the scan found to be at rest already
			taken[path] = k
		}
	}
	for path, k := range taken {
		if t.look(path, k, now) {
			changed = append(changed, path)
		}
	}
	slices.Sort(changed)
	return changed
}

// look says whether a path that has rested has another content than before. A file that is empty or gone is given more
// time, once: many editors save by truncating or renaming first.
func (t *tree) look(path string, k *mark, now time.Time) bool {
	old := t.files[path]
	st, err := os.Stat(path)
	if err == nil && !st.Mode().IsRegular() {
		err = fs.ErrNotExist
	}
	if errors.Is(err, fs.ErrNotExist) || (err == nil && st.Size() == 0 && (old == nil || old.id != identify(st))) {
		if k.wait < t.opts.Absent {
			t.marks.longer(path, k, t.opts.Absent)
			return false
		}
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		delete(t.files, path)
		return old != nil
	case err != nil:
		return false // the poll comes back to it
	}
	id := identify(st)
	if old != nil && old.id == id {
		return false
	}
	s, err := read(path, id)
	if err != nil { // it changes again, or vanishes
		t.marks.touch(path, now, t.opts.Quiet)
		return false
	}
	t.files[path] = &file{id, s}
	return old == nil || old.sum != s
}

// scan walks the tree, marks the files that aren't as they were, and sets what is to be notified of.
func (t *tree) scan(now time.Time) {
	s := &scanner{match: t.opts.Match, files: map[string]identity{}, places: map[string]*place{}}
	for _, d := range t.dirs {
		s.walk(d, nil)
	}
	t.places = s.places
	t.notifier.set(t.places)
	for path, id := range s.files {
		switch old := t.files[path]; {
		case old == nil:
			t.files[path] = &file{} // seen, not read: it is told of also when it vanishes before that
		case old.id == id:
			continue
		}
		if t.marks.paths[path] == nil {
			// It may have rested already: then this look is as good as one after a hint.
			touched := now
			if age := now.Sub(id.modified); age >= t.opts.Quiet {
				touched = now.Add(-t.opts.Quiet)
			}
			t.marks.touch(path, touched, t.opts.Quiet)
		}
	}
	for path := range t.files {
		_, found := s.files[path]
		if !found && t.marks.paths[path] == nil && !s.blind(path) {
			t.marks.touch(path, now, t.opts.Quiet)
		}
	}
}

// scanner walks the watched folders once.
type scanner struct {
	match  func(string) bool
	files  map[string]identity
	places map[string]*place
	unseen []string // folders that couldn't be read: nothing is known of what is in them
}

// walk visits a folder; above are the real paths of the folders that it lies in, which no link may lead back to.
func (s *scanner) walk(dir string, above []string) {
	real, ok := s.follow(dir)
	if !ok || slices.Contains(above, real) {
		return
	}
	p := s.place(real)
	if slices.Contains(p.logical, dir) {
		return
	}
	p.logical = append(p.logical, dir)
	entries, err := os.ReadDir(dir)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			s.unseen = append(s.unseen, dir+string(filepath.Separator))
		}
		return
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		link := e.Type()&fs.ModeSymlink != 0
		switch {
		case e.IsDir() || (link && isDir(path)):
			if !Hidden(e.Name()) {
				s.walk(path, append(slices.Clip(above), real))
			}
		case s.match(e.Name()):
			if link {
				s.follow(path)
			}
			if st, err := os.Stat(path); err == nil && st.Mode().IsRegular() {
				s.files[path] = identify(st)
			}
		}
	}
}

// place is the folder with a real path, noted.
func (s *scanner) place(real string) *place {
	p := s.places[real]
	if p == nil {
		p = &place{names: map[string]bool{}}
		s.places[real] = p
	}
	return p
}

// blind says whether a path may be there though the scan hasn't found it.
func (s *scanner) blind(path string) bool {
	return slices.ContainsFunc(s.unseen, func(dir string) bool { return strings.HasPrefix(path, dir) })
}

// follow resolves a path and asks to be notified of each link on the way and of where it ends.
func (s *scanner) follow(path string) (real string, ok bool) {
	real = string(filepath.Separator)
	rest := strings.Split(filepath.ToSlash(path[len(filepath.VolumeName(path)):]), "/")
	real = filepath.VolumeName(path) + real
	linked := false
	for hops := 0; len(rest) > 0; {
		name := rest[0]
		rest = rest[1:]
		next := filepath.Join(real, name)
		target, err := os.Readlink(next)
		if err != nil { // no link
			real = next
			continue
		}
		if hops++; hops > 40 {
			return "", false
		}
		linked = true
		s.place(real).names[name] = true
		if filepath.IsAbs(target) {
			real = filepath.VolumeName(target) + string(filepath.Separator)
			target = target[len(filepath.VolumeName(target)):]
		}
		rest = append(strings.Split(filepath.ToSlash(target), "/"), rest...)
	}
	if _, err := os.Stat(real); err != nil {
		return "", false
	}
	if linked && !isDir(real) {
		s.place(filepath.Dir(real)).names[filepath.Base(real)] = true
	}
	return real, true
}

func isDir(path string) bool {
	st, err := os.Stat(path)
	return err == nil && st.IsDir()
}

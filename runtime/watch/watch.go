// Package watch tells which files have changed, once they have come to rest.
//
// It watches folders, never files: editors replace files, and a watch on a replaced file is dead. What the operating
// system reports is taken as a hint to look; what counts is the content. A slow poll finds what no hint tells of:
// network file systems, some bind mounts, an overflown queue.
package watch

import (
	"cmp"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Options of a watcher. Zero values take the default.
type Options struct {
	Dirs   []string               // watched with all that is in them
	Match  func(name string) bool // which files count, by base name; nil takes all but those of [Hidden]
	Quiet  time.Duration          // a file is read when it has rested this long: 50 ms
	Absent time.Duration          // ... or this long when it is empty or gone, as it is amid some saves: 150 ms
	Poll   time.Duration          // pause between looks at everything: 2 s
	Logger *slog.Logger           // nil logs nothing
}

// Watcher watches folders. Make it with [New].
type Watcher struct {
	opts  Options
	ready chan struct{}
	wake  chan struct{}

	mu    sync.Mutex
	added []string // with mu: folders that Run hasn't taken up yet
}

// New makes a watcher; [Watcher.Run] does the work.
func New(opts Options) *Watcher {
	if opts.Match == nil {
		opts.Match = func(name string) bool { return !Hidden(name) }
	}
	opts.Quiet = cmp.Or(opts.Quiet, 50*time.Millisecond)
	opts.Absent = cmp.Or(opts.Absent, 150*time.Millisecond)
	opts.Poll = cmp.Or(opts.Poll, 2*time.Second)
	if opts.Logger == nil {
		opts.Logger = slog.New(slog.DiscardHandler)
	}
	return &Watcher{opts: opts, ready: make(chan struct{}), wake: make(chan struct{}, 1)}
}

// Hidden says whether a file is one that editors and tools make for themselves.
func Hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "#") || strings.HasSuffix(name, "~")
}

// Ready is closed once Run has told what is there.
func (w *Watcher) Ready() <-chan struct{} { return w.ready }

// Add watches more folders. Everything found in them is told as changed, since it may have changed before.
func (w *Watcher) Add(dirs ...string) {
	w.mu.Lock()
	w.added = append(w.added, dirs...)
	w.mu.Unlock()
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// takeAdded gives the folders added since the last time, as absolute paths.
func (w *Watcher) takeAdded() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	dirs := absolute(w.added)
	w.added = nil
	return dirs
}

// Run watches until ctx ends, and tells the absolute paths of files that are new, changed or gone; a file whose bytes
// are the same as before isn't told. The first telling is of what is there, apart from files that are being written.
// It may be called once.
func (w *Watcher) Run(ctx context.Context, changed func(paths []string)) error {
	n := newNotifier(w.opts.Logger)
	defer n.close()
	t := newTree(w.opts, n)
	t.dirs = absolute(w.opts.Dirs)
	changed(t.takeStock(time.Now()))
	close(w.ready)

	poll := time.NewTicker(w.opts.Poll)
	defer poll.Stop()
	look := time.NewTimer(0)
	defer look.Stop()
	for {
		if at, ok := t.marks.next(); ok {
			look.Reset(max(0, time.Until(at)))
		}
		select {
		case <-ctx.Done():
			return nil
		case e := <-n.events:
			t.hint(e, time.Now())
		case err := <-n.errors:
			w.opts.Logger.DebugContext(ctx, "file notifications were lost", "error", err)
			t.marks.touch(everything, time.Now(), w.opts.Quiet) // nobody knows of what
		case <-w.wake:
			t.dirs = append(t.dirs, w.takeAdded()...)
			slices.Sort(t.dirs)
			t.dirs = slices.Compact(t.dirs)
			t.scan(time.Now())
		case <-poll.C:
			t.scan(time.Now())
		case <-look.C:
		}
		if paths := t.settled(time.Now()); len(paths) > 0 {
			changed(paths)
		}
	}
}

func absolute(dirs []string) []string {
	var out []string
	for _, d := range dirs {
		if a, err := filepath.Abs(d); err == nil {
			out = append(out, a)
		}
	}
	return out
}

// notifier is fsnotify, or nothing where the system has no more of it to give: then the poll has to do.
type notifier struct {
	fs      *fsnotify.Watcher
	events  <-chan fsnotify.Event
	errors  <-chan error
	watched map[string]bool
	log     *slog.Logger
	refused bool // said once
}

func newNotifier(log *slog.Logger) *notifier {
	n := &notifier{watched: map[string]bool{}, log: log}
	fs, err := fsnotify.NewWatcher()
	if err != nil {
		n.refuse(err)
		return n
	}
	n.fs, n.events, n.errors = fs, fs.Events, fs.Errors
	return n
}

// refuse says, once, that there are no notifications.
func (n *notifier) refuse(err error) {
	if !n.refused {
		n.log.Warn("files are polled, since the system gives no notifications", "error", err)
	}
	n.refused = true
}

// set makes dirs, which are real paths, the watched ones.
func (n *notifier) set(dirs map[string]*place) {
	if n.fs == nil {
		return
	}
	for d := range n.watched {
		if dirs[d] == nil {
			_ = n.fs.Remove(d) // it is gone already when the folder is
			delete(n.watched, d)
		}
	}
	for d := range dirs {
		// Again for those already watched: the folder may have been replaced by another of its name.
		if err := n.fs.Add(d); err == nil {
			n.watched[d] = true
		} else if !os.IsNotExist(err) && !os.IsPermission(err) {
			n.refuse(err)
		}
	}
}

func (n *notifier) close() {
	if n.fs != nil {
		_ = n.fs.Close() // nothing is written through it
	}
}

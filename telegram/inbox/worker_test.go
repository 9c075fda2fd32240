package inbox

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/store"
)

// mortal is a store whose process can be killed: after that nothing is written any more.
type mortal struct {
	store.Store
	dead atomic.Bool
}

func (m *mortal) Batch(ctx context.Context, ops []store.Op) error {
	if m.dead.Load() {
		return context.Canceled
	}
	return m.Store.Batch(ctx, ops)
}

// worker is a client whose handlers end when the test says so, and whose process can be killed.
type worker struct {
	*client
	disk    store.Store
	mortal  *mortal
	parties []string // who handles each update
	open    map[string]*Receipt
	began   []string // updates and parties whose handling began
	refuse  string   // an update that the sink does not take
	quick   bool     // handlers end at once
}

// worked runs a story with a worker that has started.
func worked(t *testing.T, story func(s *server, w *worker)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := newServer()
		w := &worker{client: newClient(t, s), parties: []string{"a"}}
		s.channel(9)
		w.disk = w.store
		if err := w.store.Put(t.Context(), namespace, channelKey+"9", pack(50, 0)); err != nil {
			t.Fatal(err)
		}
		w.opts.Journal = t.TempDir()
		w.through(w.handle)
		w.begin()
		story(s, w)
		if err := w.stop(); err != nil && w.refuse == "" {
			t.Errorf("run ended with %v", err)
		}
	})
}

func (w *worker) begin() {
	w.mortal = &mortal{Store: w.disk}
	w.store = w.mortal
	w.open = map[string]*Receipt{}
	w.start()
}

// kill ends the process at once and starts another one: with what the store and the journal hold now.
func (w *worker) kill() {
	w.t.Helper()
	w.mortal.dead.Store(true)
	dir := w.t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(w.opts.Journal)); err != nil {
		w.t.Fatal(err)
	}
	if err := w.stop(); err != nil {
		w.t.Errorf("run ended with %v", err)
	}
	w.opts.Journal = dir
	w.begin()
}

func (w *worker) handle(_ context.Context, items []Item) (int, error) {
	for i := range items {
		item := &items[i]
		if item.Update == nil || item.Own {
			continue
		}
		name, r := short(Item{Update: item.Update}), &Receipt{}
		item.Track(r)
		if name == w.refuse {
			r.Void()
			return i, context.Canceled
		}
		for _, p := range w.parties {
			if r.HandledBy("k", p) {
				continue
			}
			r.Take()
			began := name + " " + p
			if item.Late {
				began += " late"
			}
			w.began = append(w.began, began)
		}
		w.open[name] = r
		if w.quick {
			r.Done("k", w.parties[0])
		}
		r.End()
	}
	return len(items), nil
}

// done ends the handling of updates by a party.
func (w *worker) done(party string, names ...string) {
	w.t.Helper()
	synctest.Wait()
	for _, name := range names {
		if w.open[name] == nil {
			w.t.Fatalf("%s was not handed over", name)
		}
		w.open[name].Done("k", party)
	}
}

// handles checks whose handling began since the last time.
func (w *worker) handles(want ...string) {
	w.t.Helper()
	synctest.Wait()
	w.mu.Lock()
	defer w.mu.Unlock()
	if !slices.Equal(w.began, want) {
		w.t.Errorf("began %q, want %q", w.began, want)
	}
	w.began = nil
}

// breakJournal lets the journal fail until a new file is begun.
func (w *worker) breakJournal() {
	synctest.Wait()
	l := w.inbox.engine.ledger
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.journal.Close(); err != nil {
		w.t.Error(err)
	}
}

func typing() tg.UpdateClass {
	return &tg.UpdateUserTyping{UserID: 3, Action: &tg.SendMessageTypingAction{}}
}

func (w *worker) files() int {
	files, err := filepath.Glob(filepath.Join(w.opts.Journal, "*"))
	if err != nil {
		w.t.Fatal(err)
	}
	return len(files)
}

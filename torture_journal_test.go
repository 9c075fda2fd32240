package tgscript_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/inbox"
)

// witness keeps all journals of the tortured process: it links them before they are removed, which is a second after
// they were begun at the earliest.
type witness struct {
	t    *testing.T
	data string // where the accounts have their folders
	keep string
	stop chan struct{}
	done sync.WaitGroup

	mu      sync.Mutex
	kept    map[string]string // linked files: from where
	read    map[string]bool   // those that won't grow any more
	handled map[string]map[inbox.Handled]bool
}

func newWitness(t *testing.T, dir string) *witness {
	t.Helper()
	w := &witness{t: t, data: filepath.Join(dir, "data"), keep: filepath.Join(dir, "journals"), stop: make(chan struct{}),
		kept: map[string]string{}, read: map[string]bool{}, handled: map[string]map[inbox.Handled]bool{}}
	if err := os.MkdirAll(w.keep, 0o700); err != nil {
		t.Fatal(err)
	}
	w.done.Go(func() {
		for {
			select {
			case <-w.stop:
				return
			case <-time.After(50 * time.Millisecond):
				w.link()
			}
		}
	})
	return w
}

func (w *witness) close() {
	close(w.stop)
	w.done.Wait()
}

// link keeps the files that are there.
func (w *witness) link() {
	w.mu.Lock()
	defer w.mu.Unlock()
	there, _ := filepath.Glob(filepath.Join(w.data, "*", "handled-*.log"))
	for _, path := range there {
		account, _, _ := strings.Cut(filepath.Base(filepath.Dir(path)), "@")
		to := filepath.Join(w.keep, account+"-"+filepath.Base(path))
		if w.kept[to] != "" {
			continue
		}
		switch err := os.Link(path, to); {
		case err == nil:
			w.kept[to] = account
		case !errors.Is(err, fs.ErrNotExist):
			w.t.Errorf("keep a journal: %v", err)
		}
	}
}

// look reads what has been written. No process runs.
func (w *witness) look() {
	w.link()
	w.mu.Lock()
	defer w.mu.Unlock()
	for path, account := range w.kept {
		if w.read[path] {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			w.t.Errorf("read a journal: %v", err)
		}
		set := w.handled[account]
		if set == nil {
			set = map[inbox.Handled]bool{}
			w.handled[account] = set
		}
		for _, h := range inbox.HandledIn(data) {
			set[h] = true
		}
		w.read[path] = true // the next process begins another
	}
}

// wrote says whether it is written that an update was handled. Ref is what the script calls it: see tortureScript.
func (w *witness) wrote(account, ref string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, u := range updatesOf(ref) {
		if !w.handled[account][inbox.HandledAs(u)] {
			return false
		}
	}
	return true
}

// missing counts the journals that were removed before they could be kept.
func (w *witness) missing() (n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	first, last := map[string]int{}, map[string]int{}
	for path, account := range w.kept {
		number, _ := strconv.Atoi(strings.TrimSuffix(path[strings.LastIndex(path, "-")+1:], ".log"))
		if first[account] == 0 || number < first[account] {
			first[account] = number
		}
		last[account] = max(last[account], number)
		n--
	}
	for account := range first {
		n += last[account] - first[account] + 1
	}
	return n
}

func (w *witness) size() (n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, set := range w.handled {
		n += len(set)
	}
	return n
}

// updatesOf are the updates that a script has called by a ref: m for a message, e for an edit, a for the parts of an
// album, q for a press.
func updatesOf(ref string) (updates []tg.UpdateClass) {
	parts := strings.SplitN(ref, ":", 5)
	number := func(s string) int64 {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			panic(fmt.Sprintf("%q in %q is no number", s, ref))
		}
		return n
	}
	if parts[0] == "q" {
		return []tg.UpdateClass{&tg.UpdateBotCallbackQuery{QueryID: number(parts[1]), Peer: &tg.PeerUser{}}}
	}
	peer := tg.PeerClass(&tg.PeerUser{UserID: 1})
	if chat := number(parts[1]); chat < -1_000_000_000_000 {
		peer = &tg.PeerChannel{ChannelID: -chat - 1_000_000_000_000}
	}
	for id := range strings.SplitSeq(parts[2], ",") {
		m := &tg.Message{ID: int(number(id)), PeerID: peer}
		if parts[0] == "e" {
			m.EditDate, m.Message = int(number(parts[3])), strings.ReplaceAll(parts[4], "_", " ")
			updates = append(updates, &tg.UpdateEditMessage{Message: m})
			continue
		}
		updates = append(updates, &tg.UpdateNewMessage{Message: m})
	}
	return updates
}

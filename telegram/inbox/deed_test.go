package inbox

import (
	"cmp"
	"slices"
	"testing"
	"time"
)

func TestDeeds(t *testing.T) {
	hello, again, edit := Deed{Chat: 7, Says: 10, At: 500}, Deed{Chat: 7, Says: 10, At: 501}, Deed{Chat: -8, Says: 12, ID: 33, At: 502}
	named := func(d Deed, id int) Deed { d.ID = id; return d }
	for sentence, row := range map[string]struct {
		do   func(s *server, w *worker)
		left []Deed
	}{
		"a call that was going on": {func(_ *server, w *worker) {
			w.inbox.Doing(hello, again)
		}, []Deed{hello, again}},
		"however long": {func(s *server, w *worker) {
			w.inbox.Doing(hello)
			w.storedAnew(s, 5)
		}, []Deed{hello}},
		"one that was through, shortly before the kill": {func(_ *server, w *worker) {
			w.inbox.Doing(hello)(91)
			w.inbox.Doing(edit)(33)
		}, []Deed{hello, edit}},
		"and when the state was stored since then": {func(s *server, w *worker) {
			done := w.inbox.Doing(hello, again)
			w.storedAnew(s, 1)
			done(91, 92)
			w.storedAnew(s, 2)
		}, []Deed{named(hello, 91), named(again, 92)}},
		"not when that is long ago": {func(s *server, w *worker) {
			w.inbox.Doing(hello)(91)
			w.storedAnew(s, 5)
		}, nil},
		"not one that did nothing": {func(s *server, w *worker) {
			w.inbox.Doing(hello, again)(0)
			w.storedAnew(s, 2)
		}, nil},
	} {
		t.Run(sentence, func(t *testing.T) {
			worked(t, func(s *server, w *worker) {
				row.do(s, w)
				w.kill()
				left := w.inbox.Left()
				slices.SortFunc(left, func(a, b Deed) int { return cmp.Compare(a.At, b.At) })
				if !slices.Equal(left, row.left) {
					t.Errorf("left %v, want %v", left, row.left)
				}
			})
		})
	}
}

// storedAnew has something happen n times that makes the state be stored.
func (w *worker) storedAnew(s *server, n int) {
	for range n {
		u := s.message(0)
		w.push(u)
		w.done("a", short(Item{Update: u}))
		pass(saveEvery + 100*time.Millisecond)
	}
}

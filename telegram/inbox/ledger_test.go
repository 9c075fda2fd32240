package inbox

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

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
	if !slices.Equal(w.began, want) {
		w.t.Errorf("began %q, want %q", w.began, want)
	}
	w.began = nil
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

func TestKill(t *testing.T) {
	for sentence, story := range map[string]func(s *server, w *worker){
		"what was handled does not come again, what was not does": func(s *server, w *worker) {
			w.push(s.message(0), s.message(0), s.message(9))
			w.handles("m1 a", "m2 a", "c3 a")
			w.done("a", "m1", "c3")
			w.kill()
			w.handles("m2 a late")
		},
		"the same after the state was stored": func(s *server, w *worker) {
			w.push(s.message(0), s.message(0), s.message(9), s.stop())
			w.handles("m1 a", "m2 a", "c3 a", "q4 a")
			pass(2 * time.Second)
			w.done("a", "m1", "q4")
			w.kill()
			w.handles("m2 a late", "c3 a late")
			w.done("a", "m2", "c3")
			pass(2 * time.Second)
			w.kill()
			w.handles()
		},
		"killed again before it was done": func(s *server, w *worker) {
			w.push(s.message(0), s.message(9))
			pass(2 * time.Second)
			w.handles("m1 a", "c2 a")
			w.kill()
			w.handles("m1 a late", "c2 a late")
			w.kill()
			w.handles("m1 a late", "c2 a late")
			w.done("a", "m1")
			w.kill()
			w.handles("c2 a late")
		},
		"what came while it was down comes after what was left": func(s *server, w *worker) {
			w.push(s.message(0), s.message(0))
			w.done("a", "m2")
			w.handles("m1 a", "m2 a")
			pass(2 * time.Second)
			s.message(0)
			w.kill()
			w.handles("m1 a late", "m3 a late")
		},
		"each party is told apart": func(s *server, w *worker) {
			w.parties = []string{"a", "b"}
			w.push(s.message(0), s.message(0))
			w.done("a", "m1", "m2")
			w.done("b", "m2")
			w.handles("m1 a", "m1 b", "m2 a", "m2 b")
			w.kill()
			w.handles("m1 b late")
			pass(2 * time.Second)
			w.kill()
			w.handles("m1 b late")
			w.done("b", "m1")
			w.kill()
			w.handles()
		},
		"a channel that was never heard of": func(s *server, w *worker) {
			w.push(s.message(8), s.message(8))
			pass(freshWait)
			w.done("a", "c2")
			w.handles("c1 a", "c2 a")
			w.kill()
			w.handles("c1 a late")
		},
		"what nobody takes is not held": func(s *server, w *worker) {
			w.parties = nil
			w.push(s.message(0), s.message(9))
			pass(2 * time.Second)
			w.parties = []string{"a"}
			w.kill()
			w.handles()
		},
		"what Telegram tells only once": func(s *server, w *worker) {
			w.push(typing())
			w.handles("typing a")
			w.kill()
			w.handles("typing a late")
			pass(2 * time.Second)
			w.kill()
			w.handles("typing a late")
			w.done("a", "typing")
			w.kill()
			w.handles()
		},
		"a message that was changed meanwhile comes as a change": func(s *server, w *worker) {
			u := s.message(0)
			w.push(u)
			w.done("a", "m1")
			w.handles("m1 a")
			m := *u.(*tg.UpdateNewMessage).Message.(*tg.Message)
			m.EditDate, m.Message = m.Date+1, "changed"
			s.common.facts[0].message = &m
			w.kill()
			w.handles("e1 a late")
			w.done("a", "e1")
			w.kill()
			w.handles()
		},
		"two edits of the same second are two": func(s *server, w *worker) {
			edit := func(text string) tg.UpdateClass {
				s.common.pts++
				m := &tg.Message{ID: 70, PeerID: &tg.PeerUser{UserID: 7}, Date: s.date, EditDate: s.date, Message: text}
				u := &tg.UpdateEditMessage{Message: m, Pts: s.common.pts, PtsCount: 1}
				s.common.facts = append(s.common.facts, fact{update: u, pts: u.Pts, count: 1, date: s.date})
				return u
			}
			w.push(edit("one"))
			w.done("a", "e70")
			w.handles("e70 a")
			edit("two")
			w.kill()
			w.handles("e70 a late")
		},
		"a kill while it catches up": func(s *server, w *worker) {
			w.push(s.message(0), s.message(9))
			w.done("a", "m1", "c2")
			w.handles("m1 a", "c2 a")
			s.failing(func(method string) error {
				if method == "channel" {
					return context.DeadlineExceeded
				}
				return nil
			})
			s.message(0)
			w.kill()
			pass(3 * time.Second) // the state of the account is stored, that of the channel is not
			w.done("a", "m3")
			w.handles("m3 a late")
			s.failing(nil)
			w.kill()
			pass(3 * time.Second)
			w.handles()
		},
		"journals don't pile up": func(s *server, w *worker) {
			for range 5 {
				u := s.message(0)
				w.push(u)
				w.done("a", short(Item{Update: u}))
				pass(2 * time.Second)
			}
			if n := w.files(); n > 2 {
				w.t.Errorf("%d files", n)
			}
			w.push(typing())
			w.done("a", "typing")
			pass(2 * time.Second)
			if n := w.files(); n > 2 {
				w.t.Errorf("%d files after an update that nothing counts", n)
			}
		},
		"a cut journal is read up to the cut": func(s *server, w *worker) {
			w.push(s.message(0), s.message(0))
			w.done("a", "m1", "m2")
			w.handles("m1 a", "m2 a")
			files, _ := filepath.Glob(filepath.Join(w.opts.Journal, "*"))
			last := files[len(files)-1]
			info, err := os.Stat(last)
			if err != nil {
				w.t.Fatal(err)
			}
			if err := os.Truncate(last, info.Size()-3); err != nil {
				w.t.Fatal(err)
			}
			w.kill()
			w.handles("m2 a late")
		},
	} {
		t.Run(sentence, func(t *testing.T) { worked(t, story) })
	}
}

func TestEndWithoutKill(t *testing.T) {
	for sentence, story := range map[string]func(s *server, w *worker){
		"what is not handled at the end comes at the next start": func(s *server, w *worker) {
			w.push(s.message(0), s.message(9))
			w.done("a", "c2")
			w.handles("m1 a", "c2 a")
			if err := w.stop(); err != nil {
				w.t.Error(err)
			}
			w.begin()
			w.handles("m1 a late")
		},
		"after a refusal, what was handled does not come again": func(s *server, w *worker) {
			w.refuse, w.quick = "m2", true
			w.push(s.message(0), s.message(0), s.message(0))
			synctest.Wait()
			if err := w.stop(); err == nil {
				w.t.Error("a refusal has no error")
			}
			w.refuse = ""
			w.handles("m1 a")
			w.begin()
			w.handles("m2 a late", "m3 a late")
		},
	} {
		t.Run(sentence, func(t *testing.T) { worked(t, story) })
	}
}

func TestCatchUp(t *testing.T) {
	for sentence, row := range map[string]struct {
		policy CatchUp
		want   []string
	}{
		"all":                    {CatchUp{}, []string{"m1 late", "m2 late"}},
		"none":                   {CatchUp{None: true}, nil},
		"those of the last hour": {CatchUp{Max: time.Hour}, []string{"m2 late"}},
	} {
		t.Run(sentence, func(t *testing.T) {
			told(t, func(s *server, c *client) {
				if err := c.stop(); err != nil {
					t.Error(err)
				}
				now := int(time.Now().Unix())
				s.date = now - 7200
				s.message(0)
				s.date = now - 60
				s.message(0)
				c.opts.CatchUp = row.policy
				c.start()
				c.wants(row.want...)
				s.date = now
				c.push(s.message(0))
				c.wants("m3")
			})
		})
	}
}

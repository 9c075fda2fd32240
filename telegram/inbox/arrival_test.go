package inbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/gotd/td/tg"
)

// narrow leaves room for few containers.
func (b *Inbox) narrow(limit int) {
	b.queue.mu.Lock()
	defer b.queue.mu.Unlock()
	b.queue.limit = limit
}

func press(id int) *tg.UpdateInlineBotCallbackQuery {
	return &tg.UpdateInlineBotCallbackQuery{QueryID: int64(id), MsgID: &tg.InputBotInlineMessageID{}}
}

// presses are what a party begins with.
func presses(from, to int, after string) (all []string) {
	for i := from; i <= to; i++ {
		all = append(all, fmt.Sprintf("p%d a%s", i, after))
	}
	return all
}

// busy has the sink take nothing until the process ends, or free is called.
func (w *worker) busy() (free func()) {
	freed := make(chan struct{})
	w.through(func(ctx context.Context, items []Item) (int, error) {
		select {
		case <-freed:
			return w.handle(ctx, items)
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	})
	w.push(typing()) // what it is at
	synctest.Wait()
	return func() {
		close(freed)
		synctest.Wait()
		w.through(w.handle)
	}
}

// killBusy kills a process whose sink takes nothing.
func (w *worker) killBusy() {
	w.t.Helper()
	w.mortal.dead.Store(true)
	dir := w.t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(w.opts.Journal)); err != nil {
		w.t.Fatal(err)
	}
	_ = w.stop() // the sink has refused
	w.opts.Journal = dir
	w.through(w.handle)
	w.begin()
}

func TestWhatIsToldOnce(t *testing.T) {
	for sentence, story := range map[string]func(s *server, w *worker){
		"a question that waits for its turn outlives a kill": func(s *server, w *worker) {
			w.busy()
			w.push(press(1), &tg.UpdateBotInlineSend{ID: "2"}, press(3))
			w.killBusy()
			w.handles("p1 a late", "j2 a late", "p3 a late")
			w.done("a", "p1", "j2")
			w.push(press(1), press(3)) // Telegram doesn't know that they came
			pass(saveEvery * 2)
			w.kill()
			w.handles("p3 a late")
		},
		"and the end of the process": func(s *server, w *worker) {
			w.busy()
			w.push(press(1), press(2))
			_ = w.stop()
			w.through(w.handle)
			w.begin()
			w.handles("p1 a late", "p2 a late")
			w.done("a", "p1", "p2")
			w.kill()
			w.handles()
		},
		"what comes beside it in its container is counted": func(s *server, w *worker) {
			m := s.message(0)
			w.inbox.Push(&tg.Updates{Updates: []tg.UpdateClass{press(1), m}, Date: s.date, Seq: s.seq + 1})
			w.inbox.Push(&tg.UpdatesCombined{Updates: []tg.UpdateClass{press(2)}, Date: s.date, SeqStart: s.seq + 2, Seq: s.seq + 2})
			w.inbox.Push(&tg.UpdateShort{Update: press(3), Date: s.date + 7})
			w.handles("p1 a", "m1 a", "p2 a", "p3 a")
			if e := w.inbox.engine; e.common != (common{seq: s.seq + 2, date: s.date + 7}) {
				w.t.Errorf("came to %+v", e.common)
			}
		},
		"one that comes again is known, also while the first waits": func(s *server, w *worker) {
			free := w.busy()
			w.push(press(1), press(1))
			free()
			w.handles("typing a", "p1 a")
			w.push(press(1))
			w.handles()
		},
		"what has no room in memory waits on the disk, in order": func(s *server, w *worker) {
			w.inbox.narrow(2)
			free := w.busy()
			for i := range 40 {
				w.push(press(i + 1))
			}
			if n := w.inbox.Waiting(); n != 40 {
				w.t.Errorf("%d wait", n)
			}
			poll := &tg.UpdateMessagePoll{PollID: 5}
			w.push(poll, press(1))
			free()
			w.handles(slices.Concat([]string{"typing a"}, presses(1, 40, ""), []string{"*tg.UpdateMessagePoll a"})...)
			w.push(press(41))
			w.handles("p41 a")
			if files, _ := filepath.Glob(filepath.Join(w.opts.Journal, "waiting-*")); len(files) > 1 || w.inbox.Waiting() > 0 {
				w.t.Errorf("left %v, %d wait", files, w.inbox.Waiting())
			}
		},
		"and outlives a kill, and the next one": func(s *server, w *worker) {
			w.inbox.narrow(2)
			w.busy()
			for i := range 20 {
				w.push(press(i + 1))
			}
			w.killBusy()
			want := presses(1, 20, " late")
			w.handles(want...)
			for i := range 10 {
				w.done("a", fmt.Sprint("p", i+1))
			}
			w.kill()
			w.handles(presses(11, 20, " late")...)
			w.push(press(21))
			w.handles("p21 a")
		},
		"and the end of the process, in several files": func(s *server, w *worker) {
			w.busy()
			w.inbox.narrow(0)
			long := strings.Repeat("x", spillFile/3)
			for i := range 10 {
				u := press(i + 1)
				u.Data = []byte(long)
				w.push(u)
			}
			_ = w.stop()
			if files, _ := filepath.Glob(filepath.Join(w.opts.Journal, "waiting-*")); len(files) < 3 {
				w.t.Errorf("it is in %v", files)
			}
			w.through(w.handle)
			w.begin()
			w.handles(presses(1, 10, " late")...)
		},
		"a kill between two files": func(s *server, w *worker) {
			free := w.busy()
			w.inbox.narrow(0)
			w.push(press(1), press(2))
			waiting := filepath.Join(w.opts.Journal, "waiting-1.log")
			data, err := os.ReadFile(waiting)
			if err != nil {
				w.t.Fatal(err)
			}
			free()
			w.handles("typing a", "p1 a", "p2 a")
			w.done("a", "typing", "p1")
			if err := os.WriteFile(waiting, data, 0o600); err != nil { // it was not removed yet
				w.t.Fatal(err)
			}
			w.kill()
			w.handles("p2 a late")
		},
		"a disk that is full for a while": func(s *server, w *worker) {
			free := w.busy()
			w.inbox.narrow(0)
			w.push(press(1), press(2))
			q := &w.inbox.queue
			q.mu.Lock()
			dir := q.spill.stem
			q.mu.Unlock()
			hurdle := dir + "2.log"
			if err := os.Mkdir(hurdle, 0o700); err != nil {
				w.t.Fatal(err)
			}
			free()
			w.handles("typing a")
			if err := os.Remove(hurdle); err != nil {
				w.t.Fatal(err)
			}
			pass(saveEvery * 2)
			w.handles("p1 a", "p2 a")
		},
		"a state that can't be stored just then": func(s *server, w *worker) {
			w.inbox.narrow(2)
			free := w.busy()
			w.push(press(1))
			r := w.inbox.queue.items[0].waited
			l := w.inbox.engine.ledger
			ops, receipts, journal := l.collect() // as the state is stored
			free()
			w.handles("typing a", "p1 a")
			l.stored(ops, receipts, journal, errors.New("disk full"))
			l.mu.Lock()
			if r.became == nil || r.became.noted != notNoted {
				w.t.Error("who handles it does not know")
			}
			l.mu.Unlock()
			pass(saveEvery * 2)
			w.kill()
			w.handles("typing a late", "p1 a late")
		},
	} {
		t.Run(sentence, func(t *testing.T) { worked(t, story) })
	}
}

func TestWhatIsLost(t *testing.T) {
	for sentence, row := range map[string]struct {
		folder bool
		push   func(w *worker)
		want   []string
		log    string
	}{
		"what is so at the moment": {true, func(w *worker) {
			status := &tg.UpdateUserStatus{UserID: 3, Status: &tg.UserStatusRecently{}}
			w.push(press(1), press(2), typing(), status, press(3))
		}, []string{"typing a", "p1 a", "p2 a", "p3 a"}, "who is typing or online was not told\" count=2"},
		"questions, without a folder, where nobody has so much memory": {false, func(w *worker) {
			for i := range 12 {
				w.push(press(i + 1))
			}
		}, slices.Concat([]string{"typing a"}, presses(1, 8, "")), "updates are lost that Telegram tells only once\" count=4"},
		"nothing, of what is counted": {true, func(w *worker) {
			for range 20 {
				w.push(w.server.message(0))
			}
		}, []string{"typing a", "m1 a", "m2 a", "m3 a", "m4 a", "m5 a", "m6 a", "m7 a", "m8 a", "m9 a", "m10 a", "m11 a", "m12 a", "m13 a", "m14 a",
			"m15 a", "m16 a", "m17 a", "m18 a", "m19 a", "m20 a"}, ""},
	} {
		t.Run(sentence, func(t *testing.T) {
			worked(t, func(_ *server, w *worker) {
				var log bytes.Buffer
				w.inbox.engine.log = slog.New(slog.NewTextHandler(&log, nil))
				if !row.folder {
					w.inbox.queue.spill.stem = ""
				}
				w.inbox.narrow(2)
				free := w.busy()
				row.push(w)
				free()
				pass(saveEvery)
				w.handles(row.want...)
				if row.log == "" && log.Len() > 0 || !strings.Contains(log.String(), row.log) {
					t.Errorf("logged %q", log.String())
				}
			})
		})
	}
}

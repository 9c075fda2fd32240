package inbox

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gotd/td/tg"
)

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
		"who was done after the update was stored is not asked again, however often the state is stored after that": func(s *server, w *worker) {
			w.parties = []string{"a", "b"}
			w.push(s.message(0))
			w.handles("m1 a", "m1 b")
			pass(2 * time.Second)
			w.done("a", "m1")
			for range 3 {
				w.push(s.message(0))
				w.done("a", fmt.Sprint("m", s.nextID))
				w.done("b", fmt.Sprint("m", s.nextID))
				pass(2 * time.Second)
			}
			w.began = nil
			w.kill()
			w.handles("m1 b late")
		},
		"who was done within the sink with what Telegram tells only once": func(s *server, w *worker) {
			w.parties, w.quick = []string{"a", "b"}, true
			w.push(typing())
			w.handles("typing a", "typing b")
			w.kill()
			w.quick = false
			w.handles("typing b late")
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
		"a message that came changed does not come again as a change": func(s *server, w *worker) {
			u := s.message(0)
			m := u.(*tg.UpdateNewMessage).Message.(*tg.Message)
			m.EditDate, m.Message = m.Date+1, "changed"
			w.push(u)
			w.handles("m1 a")
			w.done("a", "m1")
			w.kill()
			w.handles()
		},
		"the same for one that was left unhandled": func(s *server, w *worker) {
			u := s.message(0)
			m := u.(*tg.UpdateNewMessage).Message.(*tg.Message)
			m.EditDate, m.Message = m.Date+1, "changed"
			w.push(u)
			w.handles("m1 a")
			w.kill()
			w.handles("m1 a late")
		},
		"what could not be noted is noted later": func(s *server, w *worker) {
			w.push(s.message(9))
			w.done("a", "c1")
			w.handles("c1 a")
			s.failing(func(method string) error {
				if method == "channel" {
					return context.DeadlineExceeded // what is noted stays needed
				}
				return nil
			})
			w.kill()
			w.push(typing())
			w.handles("typing a")
			w.breakJournal()
			w.done("a", "typing")
			pass(2 * time.Second)
			w.kill()
			w.handles()
			s.failing(nil)
		},
		"a question that comes twice": func(s *server, w *worker) {
			press := &tg.UpdateBotCallbackQuery{QueryID: 5, Peer: &tg.PeerUser{UserID: 7}}
			w.push(press, press)
			w.handles("*tg.UpdateBotCallbackQuery a")
			for i := range int64(2 * questions) {
				w.push(&tg.UpdateBotCallbackQuery{QueryID: 6 + i, Peer: &tg.PeerUser{UserID: 7}})
			}
			synctest.Wait()
			w.began = nil
			w.push(&tg.UpdateBotCallbackQuery{QueryID: 6 + questions, Peer: &tg.PeerUser{UserID: 7}})
			w.handles()
		},
		"a question that was handled, and comes again to the next process": func(s *server, w *worker) {
			press := &tg.UpdateBotCallbackQuery{QueryID: 5, Peer: &tg.PeerUser{UserID: 7}}
			other := &tg.UpdateBotCallbackQuery{QueryID: 6, Peer: &tg.PeerUser{UserID: 7}}
			w.push(press)
			w.done("a", "*tg.UpdateBotCallbackQuery")
			w.handles("*tg.UpdateBotCallbackQuery a")
			w.kill() // at once: the journal knows
			w.push(press)
			w.handles()
			pass(2 * time.Second)
			w.kill() // the store knows
			w.push(press, other)
			w.handles("*tg.UpdateBotCallbackQuery a")
			pass(2 * time.Second)
			w.kill()
			w.handles("*tg.UpdateBotCallbackQuery a late")
			w.push(press, other)
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
		"what was done together is done, or, of a cut journal, is not": func(s *server, w *worker) {
			w.parties = []string{"a", "b"}
			w.push(s.message(0), s.message(0), s.message(0))
			synctest.Wait()
			w.done("b", "m1", "m2")
			DoneTogether("k", "a", []*Receipt{w.open["m1"], w.open["m2"], {}})
			w.done("b", "m3")
			whole := w.opts.Journal
			w.began = nil
			w.kill()
			w.handles("m3 a late")
			files, _ := filepath.Glob(filepath.Join(whole, "*"))
			info, err := os.Stat(files[0])
			if err != nil {
				w.t.Fatal(err)
			}
			b := len(record{}.append(nil)) // the last record
			if err := os.Truncate(files[0], info.Size()-int64(b)-1); err != nil {
				w.t.Fatal(err)
			}
			w.opts.Journal = whole
			w.kill()
			w.handles("m1 a late", "m2 a late", "m3 a late", "m3 b late")
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
		ahead  time.Duration // of Options.Now to the machine's clock
		want   []string
	}{
		"all":                                   {CatchUp{}, 0, []string{"m1 late", "m2 late"}},
		"none":                                  {CatchUp{None: true}, 0, nil},
		"those of the last hour":                {CatchUp{Max: time.Hour}, 0, []string{"m2 late"}},
		"an hour later, by the clock of a test": {CatchUp{Max: time.Hour}, time.Hour, nil},
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
				c.opts.Now = func() time.Time { return time.Now().Add(row.ahead) }
				c.start()
				c.wants(row.want...)
				s.date = now
				c.push(s.message(0))
				c.wants("m3")
			})
		})
	}
}

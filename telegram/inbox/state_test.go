package inbox

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/store"
)

// restart ends the client's inbox and starts another one on the same store.
func (c *client) restart() {
	c.t.Helper()
	if err := c.stop(); err != nil {
		c.t.Errorf("run ended with %v", err)
	}
	c.start()
}

func TestRestart(t *testing.T) {
	for sentence, story := range map[string]func(s *server, c *client){
		"what happened while it was down comes late": func(s *server, c *client) {
			c.push(s.message(0), s.message(9), s.stop())
			c.wants("m1", "c2", "q3")
			if err := c.stop(); err != nil {
				c.t.Error(err)
			}
			s.message(0)
			s.message(9)
			s.remove(9, 1)
			s.stop()
			c.start()
			c.wantsSome("m4 late", "q7 late", "c5 late", "x6 late")
			c.push(s.message(0), s.message(9))
			c.wants("m8", "c9")
		},
		"a message written after the start isn't late": func(s *server, c *client) {
			s.date = int(time.Now().Unix()) + 10
			if err := c.stop(); err != nil {
				c.t.Error(err)
			}
			s.message(0)
			c.start()
			c.wants("m1")
		},
		"nothing comes twice": func(s *server, c *client) {
			c.push(s.message(0), s.message(9))
			c.restart()
			c.restart()
			c.wants("m1", "c2")
		},
		"a channel known by its last message only is told apart": func(s *server, c *client) {
			c.push(s.message(9), s.message(9))
			c.wants("c1", "c2")
			s.tooLong = 3
			if err := c.stop(); err != nil {
				c.t.Error(err)
			}
			for range 2 {
				s.message(9)
				s.remove(9, 1)
			}
			c.start()
			c.wants("skipped 9 52-56", "c5 late")
		},
		"the last batch is written at the end": func(s *server, c *client) {
			c.push(s.message(0))
			synctest.Wait()
			var n [4]int
			if value, ok, _ := c.store.Get(c.t.Context(), namespace, commonKey); !ok || !unpack(value, n[:]) || n[0] != 100 {
				c.t.Errorf("the state is stored as %v: it should be that of the start, until the next batch", n)
			}
			if err := c.stop(); err != nil {
				c.t.Error(err)
			}
			s.failing(func(string) error { return errors.New("not needed") })
			c.start()
			if got := c.inbox.engine.pts.pts; got != 101 {
				c.t.Errorf("started at %d, want 101", got)
			}
		},
		"damaged state is replaced": func(s *server, c *client) {
			if err := c.stop(); err != nil {
				c.t.Error(err)
			}
			for key, value := range map[string]string{commonKey: "x", channelKey + "9": "", channelKey + "ten": "\x02\x02"} {
				if err := c.store.Put(c.t.Context(), namespace, key, []byte(value)); err != nil {
					c.t.Fatal(err)
				}
			}
			s.message(0)
			c.start()
			if e := c.inbox.engine; e.pts.pts != 101 || len(e.channels) != 0 {
				c.t.Errorf("started at %d with %d channels", e.pts.pts, len(e.channels))
			}
		},
		"the first updates of a channel are fetched again if there was no time for them": func(s *server, c *client) {
			c.push(s.message(5), s.message(5))
			c.restart()
			c.wantsSome("c1 late", "c2 late")
		},
		"a forgotten channel is forgotten on disk": func(s *server, c *client) {
			c.push(s.message(9))
			pass(2 * time.Second)
			s.private[9] = true
			c.inbox.Reconnected()
			pass(2 * time.Second)
			if _, ok, _ := c.store.Get(c.t.Context(), namespace, channelKey+"9"); ok {
				c.t.Error("its state is still stored")
			}
			c.restart()
		},
	} {
		t.Run(sentence, func(t *testing.T) { told(t, story) })
	}
}

func TestStartFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, broken := newServer(), store.Memory()
		if err := broken.Close(); err != nil {
			t.Fatal(err)
		}
		if err := New(Options{API: s, Store: broken}).Start(t.Context()); !errors.Is(err, store.ErrClosed) {
			t.Errorf("a closed store gives %v", err)
		}
		s.failing(func(string) error { return errors.New("no link") })
		if err := New(Options{API: s, Store: store.Memory()}).Start(t.Context()); err == nil || !strings.Contains(err.Error(), "no link") {
			t.Errorf("a server that is away gives %v", err)
		}
	})
}

// fickle is a store that fails when it is told to.
type fickle struct {
	store.Store
	broken atomic.Bool
}

func (f *fickle) Batch(ctx context.Context, ops []store.Op) error {
	if f.broken.Load() {
		return errors.New("disk full")
	}
	return f.Store.Batch(ctx, ops)
}

func TestStoreFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		disk := &fickle{Store: store.Memory()}
		disk.broken.Store(true)
		s := newServer()
		c := newClient(t, s)
		c.store = disk
		c.start()
		c.push(s.message(0), s.message(9))
		pass(5 * time.Second)
		c.push(s.message(0))
		c.wants("m1", "c2", "m3")
		disk.broken.Store(false)
		pass(5 * time.Second)
		var n [4]int
		value, _, _ := disk.Get(t.Context(), namespace, commonKey)
		if !unpack(value, n[:]) || n[0] != 102 {
			t.Errorf("stored %v, want pts 102", n)
		}
		if _, ok, _ := disk.Get(t.Context(), namespace, channelKey+"9"); !ok {
			t.Error("the channel is not stored")
		}
		disk.broken.Store(true)
		c.push(s.message(0))
		if err := c.stop(); err != nil {
			t.Errorf("run ended with %v", err)
		}
	})
}

func TestSinkFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer()
		c := newClient(t, s)
		c.start()
		c.push(s.message(0))
		c.wants("m1")
		c.through(func(context.Context, []Item) (int, error) { return 0, errors.New("journal full") })
		c.push(s.message(0))
		synctest.Wait()
		if err := c.stop(); err == nil || !strings.Contains(err.Error(), "journal full") {
			t.Errorf("run ended with %v", err)
		}
		c.push(s.message(0)) // goes nowhere
		c.through(nil)
		c.start()
		c.wants("m2 late", "m3 late")
		if err := c.stop(); err != nil {
			t.Errorf("run ended with %v", err)
		}
	})
}

func TestSinkTakesSome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer()
		c := newClient(t, s)
		c.start()
		c.push(s.message(9))
		pass(freshWait)
		c.wants("c1")
		c.through(func(context.Context, []Item) (int, error) { return 3, errors.New("journal full") })
		c.inbox.Push(&tg.Updates{Updates: []tg.UpdateClass{s.message(0), s.message(9), s.message(0), s.message(0), s.message(9)}})
		c.wants("m2", "c3", "m4")
		if err := c.stop(); err == nil {
			t.Error("the end has no reason")
		}
		c.through(nil)
		c.start()
		c.wantsSome("m5 late", "c6 late")
		if err := c.stop(); err != nil {
			t.Errorf("run ended with %v", err)
		}
	})
}

func TestSlowSink(t *testing.T) {
	for sentence, presses := range map[string]int{
		"what has no room is left with the server": 0,
		"button presses get more room":             60,
	} {
		t.Run(sentence, func(t *testing.T) {
			told(t, func(s *server, c *client) {
				c.inbox.queue.limit = 20
				open := make(chan struct{})
				c.through(func(ctx context.Context, items []Item) (int, error) {
					select {
					case <-open:
						return len(items), nil
					case <-ctx.Done():
						return 0, ctx.Err()
					}
				})
				c.push(s.message(0))
				synctest.Wait()
				for range 500 {
					c.push(s.message(0), s.message(9), s.stop())
				}
				for i := range presses {
					c.push(press(i + 1))
				}
				if n := len(c.inbox.queue.items); n > 80 {
					c.t.Errorf("%d containers wait", n)
				}
				close(open)
				pass(time.Minute)
				seen := map[string]int{}
				for _, what := range c.got {
					seen[what[:1]]++
				}
				if seen["m"] != 501 || seen["c"] != 500 || seen["q"] != 500 || seen["p"] != presses {
					c.t.Errorf("got %v", seen)
				}
			})
		})
	}
}

func FuzzUnpack(f *testing.F) {
	f.Add([]byte{})
	f.Add(pack(1, 2))
	f.Add(pack(-1, 1<<40, 3))
	f.Fuzz(func(t *testing.T, value []byte) {
		var n [2]int
		if !unpack(value, n[:]) {
			return
		}
		var again [2]int
		if !unpack(pack(n[:]...), again[:]) || again != n {
			t.Errorf("%v became %v", n, again)
		}
	})
}

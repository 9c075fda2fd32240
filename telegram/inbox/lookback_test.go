package inbox

import (
	"context"
	"testing"
	"time"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

// TestFirstOfAChannel is about updates of a channel that was never heard of, of which the first are lost.
func TestFirstOfAChannel(t *testing.T) {
	// lose has the server say something that is not sent.
	lose := func(s *server, n int) {
		for range n {
			s.message(8)
		}
	}
	for sentence, story := range map[string]func(s *server, c *client){
		"what was lost before it comes first": func(s *server, c *client) {
			lose(s, 2)
			c.push(s.message(8))
			pass(freshWait)
			c.wants("c1", "c2", "c3")
			c.push(s.message(8))
			c.wants("c4")
			if n := s.count("channel"); n != 1 {
				c.t.Errorf("asked %d times, want once", n)
			}
		},
		"also when a difference names the channel meanwhile": func(s *server, c *client) {
			lose(s, 2)
			long := &tg.UpdateChannelTooLong{ChannelID: 8}
			c.push(s.message(8), long)
			pass(time.Second)
			c.wants("c1", "c2", "c3")
		},
		"in several answers": func(s *server, c *client) {
			lose(s, 2*s.slice+3)
			u := s.message(8)
			c.push(u)
			pass(time.Second)
			if got := len(c.items); got != 2*s.slice+4 {
				c.t.Errorf("%d came, want %d", got, 2*s.slice+4)
			}
			c.wants(c.got...)
		},
		"what is older than the account's knowledge is no news": func(s *server, c *client) {
			now := s.date
			s.date = now - 10_000
			lose(s, 2)
			s.date = now
			c.push(s.message(8))
			pass(freshWait)
			c.wants("c3")
		},
		"nor what is older than the account in the channel": func(s *server, c *client) {
			lose(s, 2)
			u := s.message(8)
			c.inbox.Push(&tg.Updates{Updates: []tg.UpdateClass{u}, Chats: []tg.ChatClass{&tg.Channel{ID: 8, Date: s.date}}})
			pass(freshWait)
			c.wants("c3")
		},
		"a channel that refuses goes on without": func(s *server, c *client) {
			lose(s, 2)
			s.failing(func(string) error { return tgerr.New(420, "FLOOD_WAIT_30") })
			c.push(s.message(8), s.message(8))
			pass(freshWait)
			s.failing(nil)
			c.wants("c3", "c4")
			c.push(s.message(8))
			c.wants("c5")
		},
		"a link that was lost is waited for": func(s *server, c *client) {
			lose(s, 2)
			s.failing(func(string) error { return context.DeadlineExceeded })
			c.push(s.message(8))
			pass(time.Second)
			c.push(s.message(8))
			c.wants()
			s.failing(nil)
			pass(5 * time.Second)
			c.wants("c1", "c2", "c3", "c4")
		},
		"but not for ever": func(s *server, c *client) {
			lose(s, 2)
			s.failing(func(string) error { return context.DeadlineExceeded })
			c.push(s.message(8))
			pass(time.Minute)
			c.wants("c3")
			s.failing(nil)
		},
		"one that has moved too far": func(s *server, c *client) {
			s.tooLong = 3
			lose(s, 5)
			c.push(s.message(8))
			pass(freshWait)
			c.wants("c4", "c5", "c6")
		},
	} {
		t.Run(sentence, func(t *testing.T) {
			told(t, func(s *server, c *client) {
				s.date = int(time.Now().Unix())
				c.inbox.engine.origin = s.date
				story(s, c)
			})
		})
	}
}

func TestFirstOfManyChannels(t *testing.T) {
	told(t, func(s *server, c *client) {
		s.date = int(time.Now().Unix())
		var updates []tg.UpdateClass
		for channel := range int64(3 * channelCalls) {
			s.message(100 + channel)
			updates = append(updates, s.message(100+channel))
		}
		c.push(updates...)
		pass(time.Second)
		if got := len(c.items); got != 2*len(updates) {
			t.Errorf("%d came, want %d", got, 2*len(updates))
		}
		c.wants(c.got...)
	})
}

// A channel that waits for a free call to look back is asked for once, though its first updates are due meanwhile: a
// second answer would set it back.
func TestFirstOfAChannelInLine(t *testing.T) {
	told(t, func(s *server, c *client) {
		s.date = int(time.Now().Unix())
		c.inbox.engine.origin = s.date
		c.inbox.engine.opts.API = slowServer{s}
		for channel := range int64(channelCalls) {
			s.message(100 + channel)
			c.push(s.message(100+channel), &tg.UpdateChannelTooLong{ChannelID: 100 + channel})
		}
		s.message(8)
		c.push(s.message(8))
		pass(freshWait / 2)
		c.push(&tg.UpdateChannelTooLong{ChannelID: 8})
		for range 20 {
			pass(200 * time.Millisecond)
			c.push(s.message(8))
		}
		pass(time.Minute)
		seen := map[string]int{}
		for _, what := range c.got {
			if seen[what]++; seen[what] > 1 {
				t.Errorf("%s came %d times", what, seen[what])
			}
		}
		if len(seen) != 2*channelCalls+22 {
			t.Errorf("%d came", len(seen))
		}
	})
}

// slowServer is a server that takes a second for the difference of a channel.
type slowServer struct{ *server }

func (s slowServer) UpdatesGetChannelDifference(ctx context.Context, r *tg.UpdatesGetChannelDifferenceRequest) (tg.UpdatesChannelDifferenceClass, error) {
	<-time.After(time.Second)
	return s.server.UpdatesGetChannelDifference(ctx, r)
}

func TestFirstOfAChannelWithoutAddress(t *testing.T) {
	told(t, func(s *server, c *client) {
		c.inbox.engine.opts.Channel = func(int64) (tg.InputChannelClass, bool) { return nil, false }
		s.message(8)
		c.push(s.message(8))
		pass(freshWait)
		c.wants("c2")
	})
}

// TestKillBeforeAChannelHasBegun is about channels that were heard of and not yet asked about when the process was
// killed: by then the account's own state may have gone past the date of what happened in them.
func TestKillBeforeAChannelHasBegun(t *testing.T) {
	refuse := func(s *server) {
		s.failing(func(method string) error {
			if method == "channel" {
				return context.DeadlineExceeded
			}
			return nil
		})
	}
	for sentence, story := range map[string]func(s *server, w *worker){
		"while it looks back": func(s *server, w *worker) {
			s.message(8)
			refuse(s)
			w.push(s.message(8))
		},
		"while it waits for the first of them": func(s *server, w *worker) {
			s.message(8)
			pass(saveEvery - freshWait/2)
			w.push(s.message(8))
			pass(freshWait * 3 / 4) // the state is stored meanwhile
		},
		"that only a difference has named": func(s *server, w *worker) {
			refuse(s)
			s.message(8)
			s.message(8)
			w.push(&tg.UpdateChannelTooLong{ChannelID: 8})
		},
	} {
		t.Run(sentence, func(t *testing.T) {
			worked(t, func(s *server, w *worker) {
				w.push(s.message(0)) // so that there is a state to store
				w.done("a", "m1")
				w.handles("m1 a")
				story(s, w)
				if sentence != "while it waits for the first of them" {
					pass(saveEvery + time.Second)
				}
				w.handles()
				s.failing(nil)
				w.kill()
				pass(time.Minute)
				w.handles("c2 a late", "c3 a late")
			})
		})
	}
}

func TestKillAndNobodyKnowsTheAddress(t *testing.T) {
	worked(t, func(s *server, w *worker) {
		w.push(s.message(9), s.message(9))
		w.done("a", "c2")
		w.handles("c1 a", "c2 a")
		known := false
		w.opts.Channel = func(id int64) (tg.InputChannelClass, bool) { return &tg.InputChannel{ChannelID: id}, known }
		w.kill()
		pass(3 * time.Second)
		w.handles()
		s.message(9)
		known = true
		w.push(s.message(9)) // came with the address
		pass(time.Second)
		w.handles("c1 a late", "c3 a late", "c4 a late")
	})
}

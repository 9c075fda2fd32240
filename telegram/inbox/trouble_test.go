package inbox

import (
	"errors"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

func TestOwnCalls(t *testing.T) {
	for sentence, story := range map[string]func(s *server, c *client){
		"a message that we sent counts": func(s *server, c *client) {
			sent := s.message(0).(*tg.UpdateNewMessage)
			c.inbox.PushOwn(&tg.UpdateShortSentMessage{ID: 1, Pts: sent.Pts, PtsCount: 1})
			c.inbox.PushOwn(&tg.Updates{Updates: []tg.UpdateClass{s.message(0)}})
			c.push(s.message(0))
			c.wants("m2 own", "m3")
		},
		"what we deleted counts": func(s *server, c *client) {
			s.remove(0, 3)
			c.inbox.Affected(0, 103, 3)
			c.push(s.message(0), s.message(9))
			s.remove(9, 2)
			c.inbox.Affected(9, 53, 2)
			c.push(s.message(9))
			c.wants("m2", "c3", "c5")
		},
		"an answer without numbers counts nothing": func(s *server, c *client) {
			c.inbox.Affected(0, 0, 0)
			c.inbox.PushOwn(&tg.UpdateShortMessage{})
			c.push(s.message(0))
			c.wants("m1")
		},
		"an answer that comes after a later update closes the gap": func(s *server, c *client) {
			sent := s.message(0).(*tg.UpdateNewMessage)
			c.push(s.message(0))
			pass(300 * time.Millisecond)
			c.inbox.PushOwn(&tg.UpdateShortSentMessage{ID: 1, Pts: sent.Pts, PtsCount: 1})
			c.wants("m2")
		},
	} {
		t.Run(sentence, func(t *testing.T) { told(t, story) })
	}
}

func TestTrouble(t *testing.T) {
	for sentence, story := range map[string]func(s *server, c *client){
		"after a reconnect all that was missed comes": func(s *server, c *client) {
			c.push(s.message(9))
			s.message(0)
			s.message(9)
			s.remove(9, 1)
			s.stop()
			c.inbox.Reconnected()
			c.wantsSome("c1", "m2", "q5", "c3", "x4")
		},
		"errors are tried again, ever more slowly": func(s *server, c *client) {
			s.failing(func(string) error { return errors.New("no link") })
			s.message(0)
			c.inbox.Push(&tg.UpdatesTooLong{})
			pass(5 * time.Minute)
			if n := s.count("difference"); n < 8 || n > 25 {
				c.t.Errorf("asked %d times in 5 minutes", n)
			}
			s.failing(nil)
			pass(time.Minute)
			c.wants("m1")
		},
		"a flood is waited out": func(s *server, c *client) {
			s.failing(func(string) error { return tgerr.New(420, "FLOOD_WAIT_120") })
			c.inbox.Push(&tg.UpdatesTooLong{})
			pass(time.Second)
			s.message(0)
			s.failing(nil)
			pass(118 * time.Second)
			c.wants()
			pass(2 * time.Second)
			c.wants("m1")
		},
		"a link that is back ends the waiting": func(s *server, c *client) {
			s.failing(func(string) error { return errors.New("no link") })
			c.push(s.message(9))
			s.message(9)
			c.push(s.message(9))
			c.inbox.Reconnected()
			pass(2 * time.Minute)
			s.failing(nil)
			c.inbox.Reconnected()
			c.wants("c1", "c2", "c3")
		},
		"a difference too long is reported": func(s *server, c *client) {
			s.tooLong = 2
			for range 5 {
				s.message(0)
			}
			c.inbox.Reconnected()
			c.wants("skipped 0 100-103", "m4", "m5")
		},
		"so is that of a channel, with the messages that the answer has": func(s *server, c *client) {
			c.push(s.message(9))
			s.tooLong = 2
			for range 5 {
				s.message(9)
			}
			c.inbox.Reconnected()
			c.wants("c1", "skipped 9 51-56", "c5", "c6")
			c.push(s.message(9))
			c.wants("c7")
		},
		"a channel that refuses for a reason we don't know is given up": func(s *server, c *client) {
			c.push(s.message(9))
			s.failing(func(string) error { return tgerr.New(400, "CHANNEL_TURNED_TO_STONE") })
			s.message(9)
			c.push(s.message(9))
			pass(5 * time.Minute)
			c.wants("c1", "c3")
			if n := s.count("channel"); n != 6 {
				c.t.Errorf("asked %d times", n)
			}
		},
		"silence is looked into": func(s *server, c *client) {
			pass(2 * time.Minute)
			c.push(s.message(0))
			s.message(0)
			pass(2*time.Minute + 50*time.Second)
			c.wants("m1")
			pass(20 * time.Second)
			c.wants("m2")
		},
		"so is that of the channels that were lively": func(s *server, c *client) {
			for id := range int64(5) {
				c.push(s.message(20 + id))
				pass(time.Second)
			}
			c.wants("c1", "c2", "c3", "c4", "c5")
			before := s.count("channel")
			for id := range int64(5) {
				s.message(20 + id)
			}
			pass(4 * time.Minute)
			c.wantsSome("c10", "c8", "c9")
			pass(2 * time.Hour)
			if n := s.count("channel") - before; n < 40 || n > 80 {
				c.t.Errorf("asked %d times, want three channels every three minutes for an hour", n)
			}
		},
		"a state that the server calls wrong is replaced": func(s *server, c *client) {
			s.failing(func(method string) error {
				if method == "difference" {
					return tgerr.New(400, "PERSISTENT_TIMESTAMP_INVALID")
				}
				return nil
			})
			s.message(0)
			c.inbox.Reconnected()
			c.wants("skipped 0 100-101")
			c.push(s.message(0))
			c.wants("m2")
		},
		"an answer that can't be read is given up after some tries": func(s *server, c *client) {
			s.failing(func(method string) error {
				if method != "state" {
					return &bin.UnexpectedIDErr{ID: 1}
				}
				return nil
			})
			c.push(s.message(9))
			s.message(9)
			c.push(s.message(9))
			s.message(0)
			c.inbox.Reconnected()
			pass(2 * time.Minute)
			c.wantsSome("c1", "skipped 0 100-101", "skipped 9 51-52", "c3")
		},
		"a server that has lost its memory is followed": func(s *server, c *client) {
			c.push(s.message(0), s.message(0))
			s.mu.Lock()
			s.common, s.nextID = log{pts: 20}, 50
			s.mu.Unlock()
			pass(4 * time.Minute)
			c.push(s.message(0))
			c.wants("m1", "m2", "m51")
		},
	} {
		t.Run(sentence, func(t *testing.T) { told(t, story) })
	}
}

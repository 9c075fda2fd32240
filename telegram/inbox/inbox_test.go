package inbox

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gotd/td/tg"
)

func TestOrder(t *testing.T) {
	for sentence, story := range map[string]func(s *server, c *client){
		"updates in order are handed on at once": func(s *server, c *client) {
			c.push(s.message(0), s.message(0), s.remove(0, 3), s.message(9), s.stop())
			c.wants("m1", "m2", "d3", "c4", "q5")
		},
		"updates that overtook each other are put in order": func(s *server, c *client) {
			a, b, d := s.message(0), s.message(0), s.message(0)
			c.push(d)
			c.push(b)
			c.wants()
			pass(400 * time.Millisecond)
			c.push(a)
			c.wants("m1", "m2", "m3")
			pass(time.Minute)
			if n := s.count("difference"); n != 0 {
				c.t.Errorf("asked for %d differences, want none", n)
			}
		},
		"so are those of a channel": func(s *server, c *client) {
			c.push(s.message(9))
			a, b := s.message(9), s.message(9)
			c.push(b, a)
			c.wants("c1", "c2", "c3")
		},
		"a gap doesn't hold up other sequences": func(s *server, c *client) {
			s.message(0)
			c.push(s.message(0), s.message(9), s.stop())
			c.wants("c3", "q4")
		},
		"what came before is dropped": func(s *server, c *client) {
			a := s.message(0)
			c.push(a, s.message(0), a, a)
			c.wants("m1", "m2")
		},
		"updates that nothing counts pass": func(s *server, c *client) {
			c.inbox.Push(&tg.UpdateShort{Update: &tg.UpdateUserTyping{UserID: 1}})
			c.push(&tg.UpdateUserTyping{UserID: 1})
			c.wants("typing", "typing")
		},
		"a number of 0 counts nothing": func(s *server, c *client) {
			c.push(&tg.UpdateBotStopped{UserID: 3}, s.stop())
			c.wants("q3", "q1")
		},
		"an update that takes no number waits for its own": func(s *server, c *client) {
			a := s.message(0)
			c.push(&tg.UpdateWebPage{Pts: 101, Webpage: &tg.WebPageEmpty{}})
			c.wants()
			c.push(a, &tg.UpdateWebPage{Pts: 101, Webpage: &tg.WebPageEmpty{}})
			c.wants("m1", "w101", "w101")
		},
		"seq orders what nothing else counts": func(s *server, c *client) {
			a, b := s.status(), s.status()
			c.inbox.Push(b)
			c.wants()
			c.inbox.Push(a)
			c.inbox.Push(b)
			c.wants("s1", "s2")
		},
		"seq doesn't hold up messages": func(s *server, c *client) {
			s.status()
			late := s.status()
			late.Updates = append(late.Updates, s.message(0))
			c.inbox.Push(late)
			c.wants("m3")
			pass(time.Second)
			c.wants("s2")
		},
		"combined containers count from their first number": func(s *server, c *client) {
			a, b, d := s.status(), s.status(), s.status()
			c.inbox.Push(d)
			c.inbox.Push(&tg.UpdatesCombined{Updates: append(a.Updates, b.Updates...), SeqStart: a.Seq, Seq: b.Seq})
			c.wants("s1", "s2", "s3")
		},
		"notes keep their place": func(s *server, c *client) {
			c.push(s.message(0))
			c.inbox.Note("ready")
			c.push(s.message(0))
			c.wants("m1", "ready", "m2")
		},
	} {
		t.Run(sentence, func(t *testing.T) { told(t, story) })
	}
}

func TestGaps(t *testing.T) {
	for sentence, story := range map[string]func(s *server, c *client){
		"a gap is filled after half a second": func(s *server, c *client) {
			s.message(0)
			s.remove(0, 2)
			c.push(s.message(0))
			pass(499 * time.Millisecond)
			c.wants()
			pass(2 * time.Millisecond)
			c.wants("m1", "m3", "d2")
			c.push(s.message(0))
			c.wants("m4")
		},
		"a long difference comes in slices": func(s *server, c *client) {
			for range 20 {
				s.message(0)
			}
			c.inbox.Push(&tg.UpdatesTooLong{})
			synctest.Wait()
			if n := s.count("difference"); n != 3 || len(c.got) != 20 {
				c.t.Errorf("%d differences brought %d messages", n, len(c.got))
			}
		},
		"a gap in a channel is filled, whatever timeout the last answer had": func(s *server, c *client) {
			c.push(s.message(9))
			for range 3 {
				s.message(9)
				c.push(s.message(9))
				pass(510 * time.Millisecond)
			}
			c.wants("c1", "c2", "c3", "c4", "c5", "c6", "c7")
		},
		"what is waiting for seq comes once, also if a difference brings it": func(s *server, c *client) {
			a, b := s.status(), s.status()
			s.common.add(fact{update: a.Updates[0], count: 1})
			s.common.add(fact{update: b.Updates[0], count: 1})
			c.inbox.Push(b)
			pass(time.Second)
			c.wants("s1", "s2")
		},
		"a gap of qts is filled": func(s *server, c *client) {
			s.stop()
			c.push(s.stop())
			pass(510 * time.Millisecond)
			c.wants("q1", "q2")
		},
		"what comes while a difference is under way waits for it": func(s *server, c *client) {
			release := make(chan struct{})
			hold := func() { <-release }
			c.inbox.engine.opts.API = slow{s, hold}
			s.message(0)
			b := s.message(0)
			c.push(b)
			pass(510 * time.Millisecond)
			c.push(s.message(0), s.message(9))
			c.wants("c4")
			close(release)
			c.wants("m1", "m2", "m3")
		},
		"channelTooLong of a channel that was seen": func(s *server, c *client) {
			c.push(s.message(9))
			s.message(9)
			c.push(&tg.UpdateChannelTooLong{ChannelID: 9})
			c.wants("c1", "c2")
			c.push(&tg.UpdateChannelTooLong{ChannelID: 9, Pts: 52})
			synctest.Wait()
			if n := s.count("channel"); n != 1 {
				c.t.Errorf("asked %d times, want once: the second one told nothing new", n)
			}
		},
		"channelTooLong of a channel never heard of brings what is newer than the account": func(s *server, c *client) {
			s.channel(5).add(fact{message: &tg.Message{ID: 900, PeerID: &tg.PeerChannel{ChannelID: 5}, Date: 5}, count: 1})
			s.message(5)
			c.push(&tg.UpdateChannelTooLong{ChannelID: 5})
			c.wants("c1 late") // written before the account was opened
			c.push(s.message(5))
			c.wants("c2")
		},
		"a channel never heard of begins with the lowest of its first updates": func(s *server, c *client) {
			a, b := s.message(5), s.message(5)
			c.push(b)
			c.wants()
			c.push(a)
			pass(freshWait)
			c.wants("c1", "c2")
			c.push(s.message(5))
			c.wants("c3")
			c.push(s.message(6), &tg.UpdateChannelTooLong{ChannelID: 6})
			c.wants("c4")
		},
		"a channel that we were thrown out of is forgotten": func(s *server, c *client) {
			c.push(s.message(9))
			s.private[9] = true
			s.message(9)
			c.push(s.message(9))
			pass(time.Minute)
			c.wants("c1", "c3")
			if n := s.count("channel"); n != 1 || len(c.inbox.engine.channels) != 0 {
				c.t.Errorf("asked %d times, %d channels kept", n, len(c.inbox.engine.channels))
			}
		},
		"a channel that can't be asked about goes on": func(s *server, c *client) {
			c.inbox.engine.opts.Channel = func(int64) (tg.InputChannelClass, bool) { return nil, false }
			c.push(s.message(9))
			s.message(9)
			c.push(s.message(9))
			pass(time.Minute)
			c.wants("c1", "skipped 9 51-52", "c3")
		},
		"a gap that the server can't fill is given up": func(s *server, c *client) {
			c.push(&tg.UpdateNewMessage{Message: &tg.Message{ID: 77, PeerID: &tg.PeerUser{UserID: 1}}, Pts: 105, PtsCount: 1})
			pass(time.Minute)
			c.wants("skipped 0 100-104", "m77")
		},
		"updates that reach over our number are not taken twice": func(s *server, c *client) {
			a := s.message(0)
			both := s.remove(0, 2).(*tg.UpdateDeleteMessages)
			both.PtsCount = 3
			c.push(a, both)
			c.wants("m1")
			pass(time.Second)
			c.wants("d2")
		},
		"a message of a stranger comes with its author": func(s *server, c *client) {
			c.inbox.engine.opts.Known = func(p tg.PeerClass) bool { return false }
			c.inbox.Push(&tg.UpdateShort{Update: s.message(0)})
			c.wants("m1")
			if n := s.count("difference"); n != 1 {
				c.t.Errorf("asked for %d differences, want 1", n)
			}
		},
		"short messages that nobody converted are fetched": func(s *server, c *client) {
			s.message(0)
			c.inbox.Push(&tg.UpdateShortMessage{ID: 1, Pts: 101, PtsCount: 1})
			s.message(0)
			c.inbox.Push(&tg.UpdateShortChatMessage{ID: 2, Pts: 102, PtsCount: 1})
			c.wants("m1", "m2")
		},
	} {
		t.Run(sentence, func(t *testing.T) { told(t, story) })
	}
}

// slow answers only when it is let.
type slow struct {
	API
	hold func()
}

func (s slow) UpdatesGetDifference(ctx context.Context, r *tg.UpdatesGetDifferenceRequest) (tg.UpdatesDifferenceClass, error) {
	s.hold()
	return s.API.UpdatesGetDifference(ctx, r)
}

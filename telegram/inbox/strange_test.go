package inbox

import (
	"testing"
	"time"
)

// TestUnreadable is about updates that are newer than this client.
func TestUnreadable(t *testing.T) {
	for sentence, story := range map[string]func(s *server, c *client){
		"one among others is skipped, and only that": func(s *server, c *client) {
			s.strange = map[int]bool{103: true}
			for range 4 {
				s.message(0)
			}
			c.push(s.message(0))
			pass(time.Second)
			c.wants("m1", "m2", "skipped 0 102-103", "m4", "m5")
			c.push(s.message(0))
			c.wants("m6")
		},
		"the last one": func(s *server, c *client) {
			s.strange = map[int]bool{102: true}
			s.message(0)
			s.message(0)
			c.inbox.Reconnected()
			pass(time.Second)
			c.wants("m1", "skipped 0 101-102")
			c.push(s.message(0))
			c.wants("m3")
		},
		"in a channel": func(s *server, c *client) {
			s.strange = map[int]bool{52: true}
			for range 3 {
				s.message(9)
			}
			c.push(s.message(9))
			pass(time.Second)
			c.wants("c1", "skipped 9 51-52", "c3", "c4")
		},
		"too many of them are skipped together": func(s *server, c *client) {
			s.strange = map[int]bool{}
			for i := range 3 * strangeLimit {
				s.strange[101+i] = true
				s.message(0)
			}
			c.inbox.Reconnected()
			pass(time.Minute)
			c.push(s.message(0))
			pass(time.Second)
			if n := len(c.got); n > strangeLimit+3 || n < 2 || c.got[n-1] != "m151" {
				c.t.Errorf("got %d, the last of them %q", n, c.got[max(0, n-1):])
			}
			c.wants(c.got...)
		},
	} {
		t.Run(sentence, func(t *testing.T) { told(t, story) })
	}
}

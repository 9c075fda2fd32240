package inbox

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gotd/td/tg"
)

func TestLimits(t *testing.T) {
	for sentence, story := range map[string]func(s *server, c *client){
		"a server that says there is more and gives nothing is not asked without end": func(s *server, c *client) {
			s.mu.Lock()
			s.stubborn = true
			s.mu.Unlock()
			s.message(0)
			c.inbox.Push(&tg.UpdatesTooLong{})
			c.push(s.message(9))
			s.message(9)
			c.push(s.message(9))
			pass(5 * time.Minute)
			for _, method := range []string{"difference", "channel"} {
				if n := s.count(method); n < 8 || n > 25 {
					c.t.Errorf("%s was asked %d times in 5 minutes", method, n)
				}
			}
			s.mu.Lock()
			s.stubborn = false
			s.mu.Unlock()
			pass(time.Minute)
			c.wantsSome("c2", "m1", "c3", "c4")
		},
		"what waits for a difference that can't be had takes bounded room": func(s *server, c *client) {
			s.failing(func(string) error { return errors.New("no link") })
			s.slice = 100_000
			s.message(0) // never pushed: the gap
			s.message(9)
			const pushed = 2 * heldLimit
			for range pushed / 512 {
				for range 512 {
					c.push(s.message(0), s.message(9))
				}
				synctest.Wait() // the queue has a limit of its own
			}
			if e := c.inbox.engine; len(e.pts.pending) > heldLimit || len(e.channels[9].pending) > heldLimit {
				c.t.Errorf("%d and %d updates wait, want at most %d", len(e.pts.pending), len(e.channels[9].pending), heldLimit)
			}
			c.wants()
			s.failing(nil)
			pass(time.Minute)
			var private, channel []string
			private, channel = append(private, "m1"), append(channel, "c2")
			for i := range pushed {
				private, channel = append(private, fmt.Sprint("m", 3+2*i)), append(channel, fmt.Sprint("c", 4+2*i))
			}
			c.wantsSome(append(private, channel...)...)
		},
		"what comes while a full sequence is fetched is fetched after it": func(s *server, c *client) {
			answer := make(chan struct{})
			s.message(0)
			c.inbox.engine.opts.API = late{s, answer}
			c.inbox.Push(&tg.UpdatesTooLong{})
			synctest.Wait()
			want := []string{"m1"}
			for i := range heldLimit + 5 {
				c.push(s.message(0))
				want = append(want, fmt.Sprint("m", i+2))
				if i%512 == 0 {
					synctest.Wait()
				}
			}
			synctest.Wait()
			close(answer)
			pass(time.Minute)
			c.wants(want...)
		},
		"containers that wait for an earlier one take bounded room, and none is lost": func(s *server, c *client) {
			c.inbox.Push(s.status())
			s.status() // the gap
			s.failing(func(string) error { return errors.New("no link") })
			want := []string{"s1"}
			for i := range heldLimit + 5 {
				c.inbox.Push(s.status())
				want = append(want, fmt.Sprint("s", i+3))
				if i%512 == 0 {
					synctest.Wait()
				}
			}
			synctest.Wait()
			if n := len(c.inbox.engine.ahead); n > heldLimit {
				c.t.Errorf("%d containers wait, want at most %d", n, heldLimit)
			}
			s.failing(nil)
			pass(time.Minute)
			c.wantsSome(want...)
		},
		"who waits is told that the inbox has ended": func(s *server, c *client) {
			s.message(0)
			s.failing(func(method string) error {
				if method == "difference" {
					return errors.New("no link")
				}
				return nil
			})
			synced := make(chan error, 1)
			go func() { synced <- c.inbox.Sync(c.t.Context()) }()
			synctest.Wait()
			if err := c.stop(); err != nil {
				c.t.Error(err)
			}
			c.stop = func() error { return nil }
			if err := <-synced; !errors.Is(err, ErrEnded) {
				c.t.Errorf("who waited got %v", err)
			}
			if err := c.inbox.Sync(c.t.Context()); !errors.Is(err, ErrEnded) {
				c.t.Errorf("who comes later gets %v", err)
			}
		},
	} {
		t.Run(sentence, func(t *testing.T) { told(t, story) })
	}
}

// late has answers ready that it hands out only when it is let.
type late struct {
	API
	out chan struct{}
}

func (l late) UpdatesGetDifference(ctx context.Context, r *tg.UpdatesGetDifferenceRequest) (tg.UpdatesDifferenceClass, error) {
	d, err := l.API.UpdatesGetDifference(ctx, r)
	<-l.out
	return d, err
}

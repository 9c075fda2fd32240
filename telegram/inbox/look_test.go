package inbox

import (
	"context"
	"testing"
	"time"
)

// TestLook loses the last update of a sequence, so that no gap shows.
func TestLook(t *testing.T) {
	for sentence, row := range map[string]struct {
		channel int64
		lose    bool
		want    []string
		calls   map[string]int
	}{
		"in a private chat":              {0, true, []string{"m2"}, map[string]int{"state": 1, "difference": 1}},
		"in a channel":                   {9, true, []string{"c2"}, map[string]int{"channel": 1}},
		"nothing is missing":             {0, false, nil, map[string]int{"state": 1}},
		"nor in a channel":               {9, false, nil, map[string]int{"channel": 1}},
		"of a channel that is not known": {77, false, nil, nil},
	} {
		t.Run(sentence, func(t *testing.T) {
			told(t, func(s *server, c *client) {
				before := map[string]int{}
				where := row.channel
				if where == 77 {
					where = 0
				}
				c.push(s.message(where))
				pass(time.Second)
				c.wants(map[int64]string{0: "m1", 9: "c1"}[where])
				for _, method := range []string{"state", "difference", "channel"} {
					before[method] = s.count(method)
				}
				if row.lose {
					s.message(where)
				}
				behind := make(chan bool, 3)
				c.through(func(_ context.Context, items []Item) (int, error) {
					for _, item := range items {
						if item.Note != nil {
							behind <- c.inbox.Behind(row.channel)
						}
					}
					return len(items), nil
				})
				c.inbox.Look(row.channel)
				c.inbox.Whole(row.channel, "whole")
				c.inbox.Note("then")
				pass(time.Minute)
				c.inbox.Note("later")
				c.wants(append(append([]string{"then"}, row.want...), "whole", "later")...)
				if then, whole, later := <-behind, <-behind, <-behind; then != (row.calls != nil) || whole || later {
					t.Errorf("behind: %v, %v, then %v", then, whole, later)
				}
				for method, n := range before {
					if got := s.count(method) - n; got != row.calls[method] {
						t.Errorf("%d calls of %s, want %d", got, method, row.calls[method])
					}
				}
			})
		})
	}
}

package sandbox

import (
	"slices"
	"testing"
	"time"

	"github.com/gotd/td/tg"
)

// newIDs returns the message ids of the next n new messages, in the order in which the updates count.
func newIDs(t *testing.T, c *client, n int) []int {
	t.Helper()
	var list []int
	for range n {
		list = append(list, next[*tg.UpdateNewMessage](t, c).Message.GetID())
	}
	slices.Sort(list) // gotd hands updates on in any order
	return list
}

func TestUpdatesAreDisturbed(t *testing.T) {
	s := serve(t, Options{})
	bob := login(t, s, "bob")
	for name, row := range map[string]struct {
		fault UpdateFault
		said  int
		want  []int // which of what was said come, from 0
	}{
		"lost":                   {UpdateFault{Account: "bob", Lose: true, Times: 1}, 2, []int{1}},
		"doubled":                {UpdateFault{Account: "bob", Twice: true, Times: 1}, 2, []int{0, 0, 1}},
		"reordered":              {UpdateFault{Reorder: true}, 4, []int{0, 1, 2, 3}},
		"somebody else's":        {UpdateFault{Account: "alice", Lose: true}, 1, []int{0}},
		"never without an order": {UpdateFault{}, 1, []int{0}},
	} {
		t.Run(name, func(t *testing.T) {
			defer s.Disturb(row.fault)()
			var said []int
			for range row.said {
				if _, err := s.Person("alice").Send(t.Context(), "bob", name, SendOptions{}); err != nil {
					t.Fatal(err)
				}
				list, err := s.Person("bob").Messages("alice")
				if err != nil {
					t.Fatal(err)
				}
				said = append(said, list[len(list)-1].ID)
			}
			var want []int
			for _, i := range row.want {
				want = append(want, said[i])
			}
			if got := newIDs(t, bob, len(want)); !slices.Equal(got, want) {
				t.Errorf("came %v, want %v", got, want)
			}
		})
	}
}

func TestLateUpdatesKeepToTheServersClock(t *testing.T) {
	clock := NewVirtualClock(time.Time{}, true)
	s := serve(t, Options{Clock: clock})
	bob := login(t, s, "bob")
	defer s.Disturb(UpdateFault{Account: "bob", Delay: time.Hour, Times: 1})()
	say(t, s, "alice", "bob", "late")
	say(t, s, "alice", "bob", "in time")
	if m := next[*tg.UpdateNewMessage](t, bob).Message.(*tg.Message); m.Message != "in time" {
		t.Errorf("first came %q", m.Message)
	}
	if err := s.Advance(time.Hour); err != nil {
		t.Fatal(err)
	}
	if m := next[*tg.UpdateNewMessage](t, bob).Message.(*tg.Message); m.Message != "late" {
		t.Errorf("then came %q", m.Message)
	}
}

func TestSkewMovesTheTimeOfMTProtoAlone(t *testing.T) {
	s := serve(t, Options{})
	s.Skew(time.Hour)
	if ahead := time.Until(skewedClock{&s.skew}.Now()); ahead < 59*time.Minute {
		t.Errorf("%v ahead", ahead)
	}
	if ahead := time.Until(s.Now()); ahead > 0 {
		t.Errorf("dates are %v ahead, too", ahead)
	}
	s.Skew(0)
}

package wire

import (
	"testing"
	"time"

	"github.com/gotd/td/proto"
)

// set is a clock that stands where it is put.
type set struct{ at time.Time }

func (c *set) Now() time.Time { return c.at }

func TestMessageIDsRiseUnlessTheClockIsSetBack(t *testing.T) {
	clock := &set{time.Unix(1_800_000_000, 0)}
	s := &Session{server: &Server{opts: Options{Clock: clock}}}
	last := s.nextID(proto.MessageFromServer)
	for _, step := range []time.Duration{0, time.Second, -2 * time.Second, 0} {
		clock.at = clock.at.Add(step)
		if id := s.nextID(proto.MessageServerResponse); id <= last || id&3 != 1 {
			t.Errorf("after %v: %d follows %d", step, id, last)
		} else {
			last = id
		}
	}
	clock.at = clock.at.Add(-2 * time.Hour)
	if at := proto.MessageID(s.nextID(proto.MessageFromServer)).Time(); at.Sub(clock.at).Abs() > time.Second {
		t.Errorf("the clock was set back to %v, ids say %v", clock.at, at)
	}
}

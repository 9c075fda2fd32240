package telegram

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/gotd/td/proto"
)

func TestTheClockFollowsTheServer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newServerClock()
		for _, step := range []struct{ off, moved time.Duration }{
			{0, 0}, {4 * time.Second, 0}, {-4 * time.Second, 0}, {-time.Hour, -time.Hour}, {-time.Hour, 0}, {0, time.Hour},
		} {
			if moved := c.correct(time.Now().Add(step.off)); moved != step.moved {
				t.Errorf("the server is %v off: moved by %v, want %v", step.off, moved, step.moved)
			}
		}
	})
}

func TestMessageIDsGrow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ids := &messageIDs{clock: newServerClock()}
		last := ids.New(proto.MessageFromClient)
		for range 1000 {
			id := ids.New(proto.MessageFromClient)
			if id <= last || proto.MessageID(id).Type() != proto.MessageFromClient {
				t.Fatalf("%d follows %d", id, last)
			}
			last = id
		}
	})
}

func TestMessageIDsGoBackWithTheClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := newServerClock()
		ids := &messageIDs{clock: clock}
		clock.offset.Store(int64(time.Hour))
		ids.New(proto.MessageFromClient)
		clock.correct(time.Now())
		at := proto.MessageID(ids.New(proto.MessageFromClient)).Time()
		if time.Until(at).Abs() > time.Second {
			t.Errorf("an id of %v at %v: the server would refuse it", at, time.Now())
		}
	})
}

package telegram

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/gotd/td/clock"
	"github.com/gotd/td/proto"
)

// maxSkew is how far our clock may be from the server's before it is corrected. Servers take message
// ids that are 300 s old or 30 s early: https://core.telegram.org/mtproto/description#message-identifier-msg-id
const maxSkew = 5 * time.Second

// serverClock is the local clock, moved to the server's time. MTProto's message ids are made of it.
type serverClock struct {
	clock.Clock              // timers and tickers are the local ones
	offset      atomic.Int64 // nanoseconds to add to the local time
}

func newServerClock() *serverClock { return &serverClock{Clock: clock.System} }

// Now is the server's time, as far as we know it.
func (c *serverClock) Now() time.Time {
	return c.Clock.Now().Add(time.Duration(c.offset.Load()))
}

// correct compares with what the server says, and moves the clock if it is too far off. It returns by
// how much the clock was moved.
func (c *serverClock) correct(server time.Time) time.Duration {
	skew := server.Sub(c.Now())
	if skew.Abs() < maxSkew {
		return 0
	}
	c.offset.Add(int64(skew))
	return skew
}

// messageIDs makes message ids that grow, until the clock is moved back: then they start again at
// the right time, since a server takes none that is early. gotd's own source would stay in the future.
type messageIDs struct {
	clock *serverClock

	mu   sync.Mutex
	last int64 // nanoseconds
}

// New makes the next id.
func (s *messageIDs) New(kind proto.MessageType) int64 {
	const step = 10 // nanoseconds; a part of them is replaced by the kind
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock.Now().UnixNano()
	if now <= s.last && s.last-now < int64(maxSkew) {
		now = s.last + step
	}
	s.last = now
	return int64(proto.NewMessageIDNano(now, kind))
}

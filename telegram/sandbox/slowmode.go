package sandbox

import (
	"strconv"

	"github.com/gotd/td/tgerr"
)

// mayNext is the date from which u may speak again in slow mode; 0 is at once.
//
// See https://core.telegram.org/method/channels.toggleSlowMode.
func (s *Server) mayNext(c *chat, u *user) int {
	last, spoken := c.Said[u.id]
	if c.SlowMode == 0 || !spoken || c.boss(u.id) {
		return 0
	}
	return last + c.SlowMode
}

// mayWriteIn says whether u may say something of a kind in a chat now.
func (s *Server) mayWriteIn(u *user, c *chat, what right) error {
	if err := s.may(u, c, what); err != nil {
		return err
	}
	if wait := s.mayNext(c, u) - s.today; wait > 0 {
		return tgerr.New(420, "SLOWMODE_WAIT_"+strconv.Itoa(wait))
	}
	return nil
}

// spoke remembers, in slow mode, that u has said something.
func (s *Server) spoke(c *chat, u *user) {
	if c == nil || c.SlowMode == 0 {
		return
	}
	if c.Said == nil {
		c.Said = map[int64]int{}
	}
	c.Said[u.id] = s.today
}

// mayType is mayWrite without slow mode: who has to wait may prepare.
func (c *call) mayType(p peer) error {
	if p.kind == peerUser {
		return c.mayWrite(c.me, p)
	}
	return c.may(c.me, c.chats[p], toSay)
}

package sandbox

import (
	"slices"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func ttlMethods(t table) {
	on(t, people, (*call).setHistoryTTL)
	on(t, people, (*call).getDefaultHistoryTTL)
	on(t, people, (*call).setDefaultHistoryTTL)
}

// expiry is a message that deletes itself.
type expiry struct {
	at     int
	record *record
}

// setHistoryTTL makes the messages of a chat delete themselves some time after they were sent.
//
// See https://core.telegram.org/method/messages.setHistoryTTL.
func (c *call) setHistoryTTL(in *tg.MessagesSetHistoryTTLRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	if err := validTTL(in.Period); err != nil {
		return nil, err
	}
	if p.kind != peerUser && !c.chats[p].boss(c.me.id) {
		return nil, bad("CHAT_ADMIN_REQUIRED")
	}
	if c.ttlOf(c.me, p) == in.Period {
		return nil, bad("CHAT_NOT_MODIFIED")
	}
	c.changeTTL(p, in.Period)
	_, update := c.post(draft{from: c.me, to: p, action: &tg.MessageActionSetMessagesTTL{Period: in.Period}, origin: c.session})
	return c.cast(c.me).updates(c.today, []tg.UpdateClass{update}), nil
}

func validTTL(period int) error {
	const day, year = 24 * 3600, 366 * 24 * 3600
	if period < 0 || period > year || period%day != 0 {
		return bad("TTL_PERIOD_INVALID")
	}
	return nil
}

// ttlOf is how long messages that u sends to p live; 0 is for ever.
func (s *Server) ttlOf(u *user, p peer) int {
	if p.kind != peerUser {
		return s.chats[p].ttl
	}
	if d := u.dialogs[p]; d != nil {
		return d.ttl
	}
	return 0
}

// changeTTL sets it for both sides of a private chat, or for a whole chat.
func (c *call) changeTTL(p peer, period int) {
	c.touched()
	tell := func(u *user, seen peer) {
		update := &tg.UpdatePeerHistoryTTL{Peer: seen.tg()}
		if period > 0 {
			update.SetTTLPeriod(period)
		}
		if u == c.me {
			c.pushShort(u, c.session, update)
			return
		}
		c.pushShort(u, nil, update)
	}
	if p.kind != peerUser {
		c.chats[p].ttl = period
		for _, m := range c.chats[p].members {
			tell(m.user, p)
		}
		return
	}
	c.me.dialog(p).ttl = period
	tell(c.me, p)
	if other := c.users[p.id]; other != c.me {
		other.dialog(peer{peerUser, c.me.id}).ttl = period
		tell(other, peer{peerUser, c.me.id})
	}
}

// getDefaultHistoryTTL: https://core.telegram.org/method/messages.getDefaultHistoryTTL
func (c *call) getDefaultHistoryTTL(*tg.MessagesGetDefaultHistoryTTLRequest) (bin.Encoder, error) {
	return &tg.DefaultHistoryTTL{Period: c.me.ttl}, nil
}

// setDefaultHistoryTTL is for chats that begin later.
//
// See https://core.telegram.org/method/messages.setDefaultHistoryTTL.
func (c *call) setDefaultHistoryTTL(in *tg.MessagesSetDefaultHistoryTTLRequest) (bin.Encoder, error) {
	if err := validTTL(in.Period); err != nil {
		return nil, err
	}
	c.me.ttl = in.Period
	c.touched()
	return yes()
}

// expire remembers a message that won't last.
func (s *Server) expire(r *record, ttl int) {
	e := expiry{r.date + ttl, r}
	at, _ := slices.BinarySearchFunc(s.expiring, e.at, func(e expiry, at int) int { return e.at - at })
	s.expiring = slices.Insert(s.expiring, at, e)
	s.wakeScheduler()
}

// dropExpired deletes what has lived long enough and returns how long the next has to live.
func (s *Server) dropExpired() (next time.Duration, some bool) {
	for len(s.expiring) > 0 && s.expiring[0].at <= s.today {
		r := s.expiring[0].record
		s.expiring = s.expiring[1:]
		author := s.users[r.author]
		if r.chat.kind == peerChannel {
			s.removeFromChannel(author, s.chats[r.chat], []int{r.id}, nil)
			continue
		}
		s.remove(author, []*record{r}, true, nil)
	}
	if len(s.expiring) == 0 {
		return 0, false
	}
	return time.Duration(s.expiring[0].at-s.today) * time.Second, true
}

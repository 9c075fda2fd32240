package sandbox

import (
	"context"
	"slices"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/sandbox/wire"
)

const (
	scheduleAtOnce = 10              // a date this near is now
	scheduleAtMost = 366 * 24 * 3600 // seconds ahead
	scheduleSlots  = 100             // messages waiting in one chat
)

// scheduled is a message that waits for its date: https://core.telegram.org/api/scheduled-messages.
// Its ids are a row of their own, per account.
type scheduled struct {
	to  peer
	msg *tg.Message
}

func scheduleMethods(t table) {
	on(t, people, (*call).getScheduledHistory)
	on(t, people, (*call).deleteScheduled)
	on(t, people, (*call).getScheduledMessages)
	on(t, people, (*call).sendScheduled)
}

func (c *call) schedule(d draft, date int, random int64) (bin.Encoder, error) {
	waiting := 0
	for _, w := range c.me.waiting {
		if w.to == d.to {
			waiting++
		}
	}
	switch {
	case c.me.bot:
		return nil, bad("SCHEDULE_BOT_NOT_ALLOWED")
	case date > c.now()+scheduleAtMost:
		return nil, bad("SCHEDULE_DATE_TOO_LATE")
	case waiting >= scheduleSlots:
		return nil, bad("SCHEDULE_TOO_MUCH")
	}
	c.me.waitingID++
	d.late = true
	m, _ := d.message(c.me.waitingID, date, c.me, d.to, c.replyIn(d, c.me, d.to)).(*tg.Message)
	m.Out = true
	c.me.waiting = append(c.me.waiting, &scheduled{d.to, m})
	update := &tg.UpdateNewScheduledMessage{Message: m}
	c.push(c.me, c.session, update)
	c.wakeScheduler()
	return c.cast(c.me).updates(c.today, []tg.UpdateClass{&tg.UpdateMessageID{ID: m.ID, RandomID: random}, update}), nil
}

// getScheduledHistory: https://core.telegram.org/method/messages.getScheduledHistory
func (c *call) getScheduledHistory(in *tg.MessagesGetScheduledHistoryRequest) (bin.Encoder, error) {
	return c.scheduled(in.Peer, func(int) bool { return true })
}

// getScheduledMessages: https://core.telegram.org/method/messages.getScheduledMessages
func (c *call) getScheduledMessages(in *tg.MessagesGetScheduledMessagesRequest) (bin.Encoder, error) {
	return c.scheduled(in.Peer, func(id int) bool { return slices.Contains(in.ID, id) })
}

func (c *call) scheduled(at tg.InputPeerClass, wanted func(id int) bool) (bin.Encoder, error) {
	p, err := c.peer(at)
	if err != nil {
		return nil, err
	}
	cast := c.cast(c.me)
	answer := &tg.MessagesMessages{}
	for _, w := range slices.Backward(c.me.waiting) {
		if w.to == p && wanted(w.msg.ID) {
			cast.message(w.msg)
			answer.Messages = append(answer.Messages, w.msg)
		}
	}
	answer.Users, answer.Chats = cast.users, cast.chats
	return answer, nil
}

// deleteScheduled: https://core.telegram.org/method/messages.deleteScheduledMessages
func (c *call) deleteScheduled(in *tg.MessagesDeleteScheduledMessagesRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	c.me.waiting = slices.DeleteFunc(c.me.waiting, func(w *scheduled) bool {
		return w.to == p && slices.Contains(in.ID, w.msg.ID)
	})
	update := &tg.UpdateDeleteScheduledMessages{Peer: p.tg(), Messages: in.ID}
	c.push(c.me, c.session, update)
	return c.cast(c.me).updates(c.today, []tg.UpdateClass{update}), nil
}

// sendScheduled: https://core.telegram.org/method/messages.sendScheduledMessages
func (c *call) sendScheduled(in *tg.MessagesSendScheduledMessagesRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	var list []tg.UpdateClass
	for _, w := range slices.Clone(c.me.waiting) {
		if w.to == p && slices.Contains(in.ID, w.msg.ID) {
			list = append(list, c.deliver(c.me, w, c.session)...)
		}
	}
	return c.cast(c.me).updates(c.today, list), nil
}

// deliver sends a message whose time has come.
func (s *Server) deliver(u *user, w *scheduled, origin *wire.Session) []tg.UpdateClass {
	u.waiting = slices.DeleteFunc(u.waiting, func(other *scheduled) bool { return other == w })
	if s.mayWrite(u, w.to) != nil {
		return nil
	}
	r, update := s.post(draft{
		from: u, to: w.to, text: w.msg.Message, entities: w.msg.Entities, replyTo: repliedTo(w.msg), silent: w.msg.Silent,
		noquote: w.msg.Noforwards, markup: w.msg.ReplyMarkup, media: w.msg.Media, poll: s.pollIn(w.msg.Media), via: s.users[w.msg.ViaBotID],
		group: w.msg.GroupedID, late: true, origin: origin, invert: w.msg.InvertMedia, effect: w.msg.Effect, as: writtenAs(w.msg),
	})
	gone := &tg.UpdateDeleteScheduledMessages{Peer: w.to.tg(), Messages: []int{w.msg.ID}}
	gone.SetSentMessages([]int{r.id})
	s.push(u, origin, gone)
	return []tg.UpdateClass{update, gone}
}

// writtenAs is the channel in whose name a message was written, if it was.
func writtenAs(m *tg.Message) peer {
	if p, ok := m.FromID.(*tg.PeerChannel); ok {
		return peerOf(p)
	}
	return peer{}
}

// due sends everything whose date has passed and returns how long the next has to wait.
func (s *Server) due() (next time.Duration, some bool) {
	s.enter()
	defer s.mu.Unlock()
	next, some = s.dropExpired()
	if wait, closing := s.closePolls(); closing && (!some || wait < next) {
		next, some = wait, true
	}
	for _, u := range s.users {
		for _, w := range slices.Clone(u.waiting) {
			if w.msg.Date <= s.now() {
				s.deliver(u, w, nil)
				continue
			}
			wait := time.Duration(w.msg.Date-s.now()) * time.Second
			if !some || wait < next {
				next, some = wait, true
			}
		}
	}
	return next, some
}

// runScheduler sends scheduled messages until ctx ends.
func (s *Server) runScheduler(ctx context.Context) {
	for {
		next, some := s.due()
		if !some {
			next = time.Hour
		}
		timer := s.clock.Timer(next)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-s.scheduleChanged:
			timer.Stop()
		case <-timer.C():
		}
	}
}

func (s *Server) wakeScheduler() {
	select {
	case s.scheduleChanged <- struct{}{}:
	default:
	}
}

package sandbox

import (
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// editScheduled changes a message that waits for its date, or the date. media is nil if it stays. An edit with a
// date is one of these: https://core.telegram.org/api/scheduled-messages#editing-scheduled-messages.
func (c *call) editScheduled(in *tg.MessagesEditMessageRequest, date int, media tg.MessageMediaClass) (bin.Encoder, error) {
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(c.me.waiting, func(w *scheduled) bool { return w.to == p && w.msg.ID == in.ID })
	switch {
	case at < 0:
		return nil, bad("MESSAGE_ID_INVALID")
	case date > c.now()+scheduleAtMost:
		return nil, bad("SCHEDULE_DATE_TOO_LATE")
	case date <= c.now():
		return nil, bad("SCHEDULE_DATE_INVALID")
	}
	m := *c.me.waiting[at].msg // clients may be reading the one that they were told of
	if text, given := in.GetMessage(); given {
		compose := c.caption(text, in.Entities)
		if m.Media == nil && media == nil || pageOnly(m.Media) {
			compose = func() (string, []tg.MessageEntityClass, error) { return c.compose(text, in.Entities, c.user) }
		}
		if m.Message, m.Entities, err = compose(); err != nil {
			return nil, err
		}
		if media == nil && !in.NoWebpage && m.Media == nil {
			m.Media = c.preview(m.Message, m.Entities)
		}
	}
	if media != nil {
		m.Media = media
	}
	m.Date = date
	m.SetFlags()
	c.me.waiting[at] = &scheduled{p, &m}
	update := &tg.UpdateNewScheduledMessage{Message: &m}
	c.push(c.me, c.session, update)
	c.wakeScheduler()
	return c.cast(c.me).updates(c.today, []tg.UpdateClass{update}), nil
}

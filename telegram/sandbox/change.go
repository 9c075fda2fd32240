package sandbox

import (
	"slices"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/sandbox/wire"
)

// change is what an edit makes of a message.
type change struct {
	text     string
	entities []tg.MessageEntityClass
	markup   tg.ReplyMarkupClass
	media    tg.MessageMediaClass
}

// edit changes all copies of a message, tells everybody, and returns the update for actor.
func (s *Server) edit(actor *user, r *record, ch change, origin *wire.Session) tg.UpdateClass {
	answer := s.rewrite(actor, r, ch, origin)
	if copied := s.discussion(r); copied != nil {
		ch.markup = nil
		s.rewrite(actor, copied, ch, nil)
	}
	s.observe(EntryEdit, actor, r)
	return answer
}

// rewrite changes each copy and tells its owner. Copies have numbers and pts of their own, and are shown to each as they
// see them.
func (s *Server) rewrite(actor *user, r *record, ch change, origin *wire.Session) tg.UpdateClass {
	var answer tg.UpdateClass
	for _, at := range r.post.copies {
		target := at.box.records[at.id]
		if target == nil {
			continue
		}
		m, ok := target.said()
		if !ok {
			continue
		}
		before := target.message()
		// Encoding sets the flags anew; those of fields that are gone must not stay.
		m.Flags, m.Flags2 = 0, 0
		m.Message, m.Entities, m.ReplyMarkup, m.Media = ch.text, ch.entities, ch.markup, ch.media
		m.SetEditDate(s.today)
		s.report(target.put(m))
		pts := at.box.note(happenedEdit, 1, s.today, at.id).pts
		if at.owner == nil {
			s.logAs(s.chats[target.chat], actor, &tg.ChannelAdminLogEventActionEditMessage{PrevMessage: before, NewMessage: m})
			for _, member := range s.chats[target.chat].members {
				update := &tg.UpdateEditChannelMessage{Message: shown(member.user, target, m), Pts: pts, PtsCount: 1}
				answer = s.told(member.user, actor, origin, update, answer)
			}
			continue
		}
		update := &tg.UpdateEditMessage{Message: shown(at.owner, target, m), Pts: pts, PtsCount: 1}
		answer = s.told(at.owner, actor, origin, update, answer)
	}
	return answer
}

// told pushes an update to u; when u is the actor it is also the answer.
func (s *Server) told(u, actor *user, origin *wire.Session, update, answer tg.UpdateClass) tg.UpdateClass {
	if u != actor {
		s.push(u, nil, update)
		return answer
	}
	s.push(u, origin, update)
	return update
}

// remove deletes messages of one box, and of all boxes that have copies if everywhere is set. It
// returns how far actor's own pts moved.
func (s *Server) remove(actor *user, records []*record, everywhere bool, origin *wire.Session) int {
	gone := map[*user][]int{}
	var order []*user
	for _, r := range records {
		s.observe(EntryDelete, actor, r)
		for _, at := range r.post.copies {
			if at.owner != actor && !everywhere || at.box.records[at.id] == nil {
				continue
			}
			s.forget(at.owner, at.box.records[at.id])
			if len(gone[at.owner]) == 0 {
				order = append(order, at.owner)
			}
			gone[at.owner] = append(gone[at.owner], at.id)
		}
	}
	for _, owner := range order {
		list := gone[owner]
		slices.Sort(list)
		h := owner.box.note(happenedDelete, len(list), s.today)
		h.update = &tg.UpdateDeleteMessages{Messages: list, Pts: h.pts, PtsCount: h.count}
		except := origin
		if owner != actor {
			except = nil
		}
		s.push(owner, except, h.update)
	}
	return len(gone[actor])
}

// forget takes a copy out of its owner's box and dialog.
func (s *Server) forget(owner *user, r *record) {
	delete(owner.box.records, r.id)
	d := owner.dialog(r.chat)
	d.forget(r.id)
	d.ids, d.pinned = d.ids.without(r.id), d.pinned.without(r.id)
	if r.author != owner.id && r.id > d.readIn && d.unread > 0 {
		d.unread--
	}
}

// removeFromChannel deletes messages of a channel and returns how far its pts moved.
func (s *Server) removeFromChannel(actor *user, c *chat, list []int, origin *wire.Session) int {
	var gone []int
	for _, id := range list {
		r := c.box.records[id]
		if r == nil {
			continue
		}
		s.observe(EntryDelete, actor, r)
		s.logAs(c, actor, &tg.ChannelAdminLogEventActionDeleteMessage{Message: r.message()})
		c.Pinned = c.Pinned.without(id)
		delete(c.box.records, id)
		for _, m := range c.members {
			if d := m.user.dialogs[c.peer]; d != nil {
				d.forget(id)
			}
		}
		c.ids = c.ids.without(id)
		gone = append(gone, id)
	}
	if len(gone) == 0 {
		return 0
	}
	h := c.box.note(happenedDelete, len(gone), s.today)
	h.update = &tg.UpdateDeleteChannelMessages{ChannelID: c.peer.id, Messages: gone, Pts: h.pts, PtsCount: h.count}
	for _, m := range c.members {
		except := origin
		if m.user != actor {
			except = nil
		}
		s.push(m.user, except, h.update)
	}
	return len(gone)
}

package sandbox

import (
	"slices"

	"github.com/gotd/td/tg"
)

// entrance is how somebody becomes a member.
type entrance struct {
	action     tg.MessageActionClass // what the chat says of it
	from       *user                 // who it is said by
	inviter    int64
	link       *invite
	approvedBy int64
	log        tg.ChannelAdminLogEventActionClass
}

// admitMember makes u a member, tells everybody concerned, and returns what the caller's answer
// says. Channels don't mention who comes and goes.
func (c *call) admitMember(ch *chat, u *user, how entrance) []tg.UpdateClass {
	c.watched(ch, u, how.link, func() {
		m := &member{user: u, inviter: how.inviter, date: c.today}
		m.ApprovedBy, m.Since = how.approvedBy, ch.ids.last()
		if r := ch.Outside[u.id]; r.holds(c.today) && !r.Rights.ViewMessages {
			m.Limits = r
		}
		delete(ch.Outside, u.id)
		if how.link != nil {
			how.link.Usage++
			m.Link = how.link.Hash
		}
		ch.join(m)
		ch.version++
	})
	list := c.withdraw(ch, u.id)
	d := u.dialog(ch.peer)
	if ch.peer.kind == peerChannel {
		d.readIn = ch.ids.last()
		list = append(list, c.showTo(ch, u)...)
		if how.log != nil {
			c.logAs(ch, how.from, how.log)
		}
	} else {
		list = append(list, c.showParticipants(ch)...)
	}
	if ch.broadcast() {
		return list
	}
	_, update := c.post(draft{from: how.from, to: ch.peer, action: how.action, origin: c.session})
	if how.from == c.me {
		list = append(list, update)
	}
	return list
}

// leave ends u's membership; in groups a service message tells of it first. ban keeps u out.
func (c *call) leave(ch *chat, u *user, ban restriction) []tg.UpdateClass {
	var list []tg.UpdateClass
	if !ch.broadcast() {
		_, update := c.post(draft{from: c.me, to: ch.peer, action: &tg.MessageActionChatDeleteUser{UserID: u.id}, origin: c.session})
		list = append(list, update)
	}
	c.watched(ch, u, nil, func() { c.drop(ch, u, ban) })
	if ch.peer.kind == peerChannel {
		delete(u.dialogs, ch.peer)
		u.prefs.left(ch.peer.id)
		list = append(list, c.showTo(ch, u)...)
		if u == c.me {
			c.noted(ch, &tg.ChannelAdminLogEventActionParticipantLeave{})
		}
		return list
	}
	return append(list, c.showParticipants(ch)...)
}

func (c *call) drop(ch *chat, u *user, ban restriction) {
	ch.members = slices.DeleteFunc(ch.members, func(m *member) bool { return m.user == u })
	if m := ch.byUser[u.id]; m != nil && m.Limits.holds(c.today) && ban.Date == 0 {
		ban = m.Limits // who leaves and comes back is as restricted as before
	}
	delete(ch.byUser, u.id)
	ch.keepOutside(u.id, ban)
	ch.version++
}

func (c *chat) keepOutside(id int64, r restriction) {
	if r.Date == 0 {
		delete(c.Outside, id)
		return
	}
	if c.Outside == nil {
		c.Outside = map[int64]restriction{}
	}
	c.Outside[id] = r
}

// showTo has u's clients look at the chat again, and returns the update for the caller's answer
// if the caller is u.
func (c *call) showTo(ch *chat, u *user) []tg.UpdateClass {
	update := &tg.UpdateChannel{ChannelID: ch.peer.id}
	if u != c.me {
		c.pushShort(u, nil, update)
		return nil
	}
	c.pushShort(u, c.session, update)
	return []tg.UpdateClass{update}
}

// announce tells all members something that has no place in the row of updates, and returns it.
func (c *call) announce(ch *chat, update tg.UpdateClass) []tg.UpdateClass {
	for _, m := range ch.members {
		if m.user == c.me {
			c.pushShort(m.user, c.session, update)
		} else {
			c.pushShort(m.user, nil, update)
		}
	}
	return []tg.UpdateClass{update}
}

// changed has all members look at the chat again.
func (c *call) changed(ch *chat) []tg.UpdateClass {
	ch.version++
	if ch.peer.kind == peerGroup {
		return c.announce(ch, &tg.UpdateChat{ChatID: ch.peer.id})
	}
	return c.announce(ch, &tg.UpdateChannel{ChannelID: ch.peer.id})
}

// showParticipants tells the members of a basic group who they are.
func (c *call) showParticipants(ch *chat) []tg.UpdateClass {
	if ch.byUser[c.me.id] == nil {
		for _, m := range ch.members {
			c.pushShort(m.user, nil, &tg.UpdateChatParticipants{Participants: c.participantList(ch)})
		}
		return nil
	}
	return c.announce(ch, &tg.UpdateChatParticipants{Participants: c.participantList(ch)})
}

// say posts a service message of the caller's.
func (c *call) say(ch *chat, action tg.MessageActionClass) []tg.UpdateClass {
	_, update := c.post(draft{from: c.me, to: ch.peer, action: action, origin: c.session})
	return []tg.UpdateClass{update}
}

// answer makes updates of lists of them.
func (c *call) answer(lists ...[]tg.UpdateClass) *tg.Updates {
	return c.cast(c.me).updates(c.today, slices.Concat(lists...))
}

// watched makes a change to somebody's membership and tells the bots whose business it is: the
// one it happens to, and admins. See https://core.telegram.org/constructor/updateChannelParticipant.
func (c *call) watched(ch *chat, u *user, link *invite, change func()) {
	was := c.participantOf(ch, u)
	wasIn := c.groupParticipant(ch, u)
	change()
	told := []*user{u}
	for _, m := range ch.members {
		if m.admin() && m.user != u {
			told = append(told, m.user)
		}
	}
	for _, bot := range told {
		if !bot.bot {
			continue
		}
		c.noteQts(bot, func(qts int) tg.UpdateClass {
			if ch.peer.kind == peerGroup {
				update := &tg.UpdateChatParticipant{ChatID: ch.peer.id, Date: c.today, ActorID: c.me.id, UserID: u.id, Qts: qts}
				update.PrevParticipant, update.NewParticipant = wasIn, c.groupParticipant(ch, u)
				update.Invite = c.shownLink(ch, link)
				return update
			}
			update := &tg.UpdateChannelParticipant{ChannelID: ch.peer.id, Date: c.today, ActorID: c.me.id, UserID: u.id, Qts: qts}
			update.PrevParticipant, update.NewParticipant = was, c.participantOf(ch, u)
			update.Invite = c.shownLink(ch, link)
			return update
		})
	}
}

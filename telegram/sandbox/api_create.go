package sandbox

import (
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func createMethods(t table) {
	on(t, people, (*call).createChat)
	on(t, people, (*call).createChannel)
	within(t, people, toOwn, (*call).deleteChat)
	within(t, people, toOwn, (*call).deleteChannel)
	within(t, people, toOwn, (*call).migrateChat)
}

// newChat makes a chat that has the caller in it and no messages yet.
func (c *call) newChat(kind, title string) *chat {
	ch := &chat{
		peer: peer{peerChannel, c.freshID()}, kind: kind, title: title, creator: c.me.id, date: c.today, version: 1,
		invite: c.freshHash(), byUser: map[int64]*member{},
	}
	if kind == KindGroup {
		ch.peer.kind = peerGroup
	} else {
		ch.box = newBox(c.limits.Log)
	}
	ch.join(&member{user: c.me, date: c.today})
	c.addChat(ch)
	return ch
}

// createChat: https://core.telegram.org/method/messages.createChat
func (c *call) createChat(in *tg.MessagesCreateChatRequest) (bin.Encoder, error) {
	title, err := newTitle(in.Title)
	if err != nil {
		return nil, err
	}
	var users []*user
	for _, id := range in.Users {
		u, err := c.user(id)
		switch {
		case err != nil:
			return nil, err
		case u.service:
			return nil, bad("USER_ID_INVALID")
		case u != c.me && !slices.Contains(users, u):
			users = append(users, u)
		}
	}
	switch {
	case len(users) == 0:
		return nil, bad("USERS_TOO_FEW")
	case len(users) >= groupSize:
		return nil, bad("USERS_TOO_MUCH")
	}
	ch := c.newChat(KindGroup, title)
	answer := &tg.MessagesInvitedUsers{}
	action := &tg.MessageActionChatCreate{Title: title, Users: []int64{c.me.id}}
	for _, u := range users {
		if u.blocked[c.me.id] || !u.allows(privacyInvites, c.me) {
			answer.MissingInvitees = append(answer.MissingInvitees, tg.MissingInvitee{UserID: u.id})
			continue
		}
		ch.join(&member{user: u, inviter: c.me.id, date: c.today})
		action.Users = append(action.Users, u.id)
	}
	list := c.showParticipants(ch)
	answer.Updates = c.answer(list, c.say(ch, action))
	return answer, nil
}

// createChannel: https://core.telegram.org/method/channels.createChannel
func (c *call) createChannel(in *tg.ChannelsCreateChannelRequest) (bin.Encoder, error) {
	title, err := newTitle(in.Title)
	switch {
	case err != nil:
		return nil, err
	case len([]rune(in.About)) > aboutLength:
		return nil, bad("CHAT_ABOUT_TOO_LONG")
	}
	kind := KindChannel
	if in.Megagroup || in.Forum {
		kind = KindSupergroup
	}
	ch := c.newChat(kind, title)
	ch.about, ch.Forum = in.About, in.Forum
	c.pushShort(c.me, c.session, &tg.UpdateChannel{ChannelID: ch.peer.id})
	list := []tg.UpdateClass{&tg.UpdateChannel{ChannelID: ch.peer.id}}
	answer := c.answer(list, c.say(ch, &tg.MessageActionChannelCreate{Title: title}))
	c.me.dialog(ch.peer).readIn = ch.ids.last()
	return answer, nil
}

// deleteChat: https://core.telegram.org/method/messages.deleteChat
func (c *call) deleteChat(ch *chat, _ *tg.MessagesDeleteChatRequest) (bin.Encoder, error) {
	c.closeChat(ch)
	return yes()
}

// deleteChannel: https://core.telegram.org/method/channels.deleteChannel
func (c *call) deleteChannel(ch *chat, _ *tg.ChannelsDeleteChannelRequest) (bin.Encoder, error) {
	c.unlink(ch)
	return c.answer(c.closeChat(ch)), nil
}

// migrateChat makes a supergroup of a basic group: a new chat with the old members.
//
// See https://core.telegram.org/api/channel#migration.
func (c *call) migrateChat(ch *chat, _ *tg.MessagesMigrateChatRequest) (bin.Encoder, error) {
	next := c.newChat(KindSupergroup, ch.title)
	next.about, next.Photo, next.Default, next.NoForwards = ch.about, ch.Photo, ch.Default, ch.NoForwards
	next.MigratedFrom = ch.peer.id
	next.MigratedMax = c.me.dialog(ch.peer).ids.last()
	for _, m := range ch.members {
		if m.user != c.me {
			moved := &member{user: m.user, inviter: m.inviter, date: m.date, standing: m.standing}
			next.join(moved)
		}
	}
	for id, r := range ch.Outside {
		next.keepOutside(id, r)
	}
	list := c.say(ch, &tg.MessageActionChatMigrateTo{ChannelID: next.peer.id})
	ch.MigratedTo, ch.Invites, ch.Requests = next.peer.id, nil, nil
	list = append(list, c.changed(ch)...)
	list = append(list, c.changed(next)...)
	list = append(list, c.say(next, &tg.MessageActionChannelMigrateFrom{Title: ch.title, ChatID: ch.peer.id})...)
	return c.answer(list), nil
}

package sandbox

import (
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func groupsMethods(t table) {
	on(t, 0, (*call).getChats)
	on(t, 0, (*call).getFullChat)
	on(t, people, (*call).getCommonChats)
	on(t, people, (*call).checkChatInvite)
	on(t, people, (*call).importChatInvite)
	on(t, 0, (*call).deleteChatUser)
	on(t, people, (*call).addChatUser)
}

// getChats: https://core.telegram.org/method/messages.getChats
func (c *call) getChats(in *tg.MessagesGetChatsRequest) (bin.Encoder, error) {
	answer := &tg.MessagesChats{}
	for _, id := range in.ID {
		p, err := c.groupPeer(id)
		if err != nil {
			return nil, err
		}
		answer.Chats = append(answer.Chats, c.chatFor(c.me, c.chats[p]))
	}
	return answer, nil
}

// getFullChat: https://core.telegram.org/method/messages.getFullChat
func (c *call) getFullChat(in *tg.MessagesGetFullChatRequest) (bin.Encoder, error) {
	p, err := c.groupPeer(in.ChatID)
	if err != nil {
		return nil, err
	}
	ch := c.chats[p]
	cast := c.cast(c.me)
	cast.add(p)
	full := &tg.ChatFull{ID: p.id, About: ch.about, Participants: c.participants(ch, cast)}
	if ch.boss(c.me.id) {
		full.SetExportedInvite(c.exported(ch))
	}
	if ch.photo != 0 {
		full.SetChatPhoto(c.photoOr(ch.photo))
	}
	full.SetBotInfo(c.botInfos(ch))
	return &tg.MessagesChatFull{FullChat: full, Users: cast.users, Chats: cast.chats}, nil
}

func (c *call) participants(ch *chat, cast *cast) tg.ChatParticipantsClass {
	if ch.byUser[c.me.id] == nil {
		return &tg.ChatParticipantsForbidden{ChatID: ch.peer.id}
	}
	out := &tg.ChatParticipants{ChatID: ch.peer.id, Version: ch.version}
	for _, m := range ch.members {
		cast.add(peer{peerUser, m.user.id})
		var p tg.ChatParticipantClass = &tg.ChatParticipant{UserID: m.user.id, InviterID: m.inviter, Date: m.date}
		switch {
		case m.user.id == ch.creator:
			p = &tg.ChatParticipantCreator{UserID: m.user.id}
		case m.admin:
			p = &tg.ChatParticipantAdmin{UserID: m.user.id, InviterID: m.inviter, Date: m.date}
		}
		out.Participants = append(out.Participants, p)
	}
	return out
}

func (c *call) exported(ch *chat) tg.ExportedChatInviteClass {
	return &tg.ChatInviteExported{Permanent: true, Link: "https://t.me/+" + ch.invite, AdminID: ch.creator, Date: ch.date}
}

func (c *call) botInfos(ch *chat) []tg.BotInfo {
	list := []tg.BotInfo{}
	for _, m := range ch.members {
		if m.user.bot {
			info := tg.BotInfo{}
			info.SetUserID(m.user.id)
			info.SetCommands(m.user.commands)
			list = append(list, info)
		}
	}
	return list
}

// getCommonChats: https://core.telegram.org/method/messages.getCommonChats
func (c *call) getCommonChats(in *tg.MessagesGetCommonChatsRequest) (bin.Encoder, error) {
	u, err := c.user(in.UserID)
	if err != nil {
		return nil, err
	}
	answer := &tg.MessagesChats{}
	for _, p := range c.everything() {
		ch := c.chats[p]
		if ch != nil && ch.byUser[u.id] != nil && ch.byUser[c.me.id] != nil && u != c.me {
			answer.Chats = append(answer.Chats, c.chatFor(c.me, ch))
		}
	}
	return answer, nil
}

func (c *call) invited(hash string) (*chat, error) {
	if hash == "" {
		return nil, bad("INVITE_HASH_EMPTY")
	}
	for _, ch := range c.chats {
		if ch.invite == hash {
			return ch, nil
		}
	}
	return nil, bad("INVITE_HASH_EXPIRED")
}

// checkChatInvite: https://core.telegram.org/method/messages.checkChatInvite
func (c *call) checkChatInvite(in *tg.MessagesCheckChatInviteRequest) (bin.Encoder, error) {
	ch, err := c.invited(in.Hash)
	if err != nil {
		return nil, err
	}
	if ch.byUser[c.me.id] != nil {
		return &tg.ChatInviteAlready{Chat: c.chatFor(c.me, ch)}, nil
	}
	channel := ch.peer.kind == peerChannel
	return &tg.ChatInvite{
		Channel: channel, Broadcast: ch.broadcast(), Megagroup: channel && !ch.broadcast(), Public: ch.username != "",
		Title: ch.title, Photo: c.photoOr(ch.photo), ParticipantsCount: len(ch.members),
	}, nil
}

// importChatInvite: https://core.telegram.org/method/messages.importChatInvite
func (c *call) importChatInvite(in *tg.MessagesImportChatInviteRequest) (bin.Encoder, error) {
	ch, err := c.invited(in.Hash)
	if err != nil {
		return nil, err
	}
	if ch.byUser[c.me.id] != nil {
		return nil, bad("USER_ALREADY_PARTICIPANT")
	}
	updates := c.admitMember(ch, c.me, &tg.MessageActionChatJoinedByLink{InviterID: ch.creator}, ch.creator)
	return &tg.MessagesChatInviteJoinResultOk{Updates: c.cast(c.me).updates(c.today, updates)}, nil
}

// admitMember makes u a member and says so in the chat, but not in a channel.
func (c *call) admitMember(ch *chat, u *user, action tg.MessageActionClass, inviter int64) []tg.UpdateClass {
	ch.join(&member{user: u, inviter: inviter, date: c.now()})
	ch.version++
	d := u.dialog(ch.peer)
	var list []tg.UpdateClass
	if ch.peer.kind == peerChannel {
		d.readIn = ch.ids.last()
		update := &tg.UpdateChannel{ChannelID: ch.peer.id}
		if u == c.me {
			list = append(list, update)
			c.pushShort(u, c.session, update)
		} else {
			c.pushShort(u, nil, update)
		}
	}
	if !ch.broadcast() {
		_, update := c.post(draft{from: c.me, to: ch.peer, action: action, origin: c.session})
		list = append(list, update)
	}
	return list
}

// leave ends u's membership; in groups a service message tells of it first.
func (c *call) leave(ch *chat, u *user) []tg.UpdateClass {
	var list []tg.UpdateClass
	if !ch.broadcast() {
		_, update := c.post(draft{from: c.me, to: ch.peer, action: &tg.MessageActionChatDeleteUser{UserID: u.id}, origin: c.session})
		list = append(list, update)
	}
	ch.members = slices.DeleteFunc(ch.members, func(m *member) bool { return m.user == u })
	delete(ch.byUser, u.id)
	ch.version++
	if ch.peer.kind == peerChannel {
		delete(u.dialogs, ch.peer)
		update := &tg.UpdateChannel{ChannelID: ch.peer.id}
		if u == c.me {
			list = append(list, update)
		}
		c.pushShort(u, c.session, update)
	}
	return list
}

// deleteChatUser: https://core.telegram.org/method/messages.deleteChatUser
func (c *call) deleteChatUser(in *tg.MessagesDeleteChatUserRequest) (bin.Encoder, error) {
	p, err := c.groupPeer(in.ChatID)
	if err != nil {
		return nil, err
	}
	u, err := c.user(in.UserID)
	if err != nil {
		return nil, err
	}
	ch := c.chats[p]
	switch {
	case ch.byUser[u.id] == nil:
		return nil, bad("USER_NOT_PARTICIPANT")
	case u != c.me && !ch.boss(c.me.id):
		return nil, bad("CHAT_ADMIN_REQUIRED")
	}
	return c.cast(c.me).updates(c.today, c.leave(ch, u)), nil
}

// addChatUser: https://core.telegram.org/method/messages.addChatUser
func (c *call) addChatUser(in *tg.MessagesAddChatUserRequest) (bin.Encoder, error) {
	p, err := c.groupPeer(in.ChatID)
	if err != nil {
		return nil, err
	}
	u, err := c.user(in.UserID)
	if err != nil {
		return nil, err
	}
	ch := c.chats[p]
	switch {
	case ch.byUser[c.me.id] == nil:
		return nil, forbidden("CHAT_WRITE_FORBIDDEN")
	case ch.byUser[u.id] != nil:
		return nil, bad("USER_ALREADY_PARTICIPANT")
	}
	updates := c.admitMember(ch, u, &tg.MessageActionChatAddUser{Users: []int64{u.id}}, c.me.id)
	return &tg.MessagesInvitedUsers{Updates: c.cast(c.me).updates(c.today, updates)}, nil
}

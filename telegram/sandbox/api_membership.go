package sandbox

import (
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func membershipMethods(t table) {
	within(t, people, toInvite, (*call).addChatUser)
	within(t, people, toInvite, (*call).inviteToChannel)
	within(t, 0, toSee, (*call).deleteChatUser)
	within(t, people, toSee, (*call).joinChannel)
	within(t, 0, toBeIn, (*call).leaveChannel)
}

// addChatUser: https://core.telegram.org/method/messages.addChatUser
func (c *call) addChatUser(ch *chat, in *tg.MessagesAddChatUserRequest) (bin.Encoder, error) {
	u, err := c.user(in.UserID)
	switch {
	case err != nil:
		return nil, err
	case ch.byUser[u.id] != nil:
		return nil, bad("USER_ALREADY_PARTICIPANT")
	case len(ch.members) >= groupSize:
		return nil, bad("USERS_TOO_MUCH")
	}
	missing, err := c.invitable(ch, u)
	if err != nil {
		return nil, err
	}
	if missing {
		return &tg.MessagesInvitedUsers{Updates: c.answer(), MissingInvitees: []tg.MissingInvitee{{UserID: u.id}}}, nil
	}
	updates := c.admitMember(ch, u, entrance{action: &tg.MessageActionChatAddUser{Users: []int64{u.id}}, from: c.me, inviter: c.me.id})
	return &tg.MessagesInvitedUsers{Updates: c.answer(updates)}, nil
}

// inviteToChannel: https://core.telegram.org/method/channels.inviteToChannel
func (c *call) inviteToChannel(ch *chat, in *tg.ChannelsInviteToChannelRequest) (bin.Encoder, error) {
	answer := &tg.MessagesInvitedUsers{}
	var list []tg.UpdateClass
	for _, id := range in.Users {
		u, err := c.user(id)
		switch {
		case err != nil:
			return nil, err
		case ch.byUser[u.id] != nil && len(in.Users) == 1:
			return nil, bad("USER_ALREADY_PARTICIPANT")
		case ch.byUser[u.id] != nil:
			continue
		case ch.broadcast() && u.bot:
			return nil, bad("USER_BOT") // a channel's bots are its admins
		}
		missing, err := c.invitable(ch, u)
		if err != nil {
			return nil, err
		}
		if missing {
			answer.MissingInvitees = append(answer.MissingInvitees, tg.MissingInvitee{UserID: u.id})
			continue
		}
		list = append(list, c.admitMember(ch, u, entrance{
			action: &tg.MessageActionChatAddUser{Users: []int64{u.id}}, from: c.me, inviter: c.me.id,
			log: &tg.ChannelAdminLogEventActionParticipantInvite{Participant: &tg.ChannelParticipant{UserID: u.id, Date: c.today}},
		})...)
	}
	answer.Updates = c.answer(list)
	return answer, nil
}

// invitable says whether the caller may make u a member; missing is for those who would have to
// come by themselves. See https://core.telegram.org/api/invites#direct-invites.
func (c *call) invitable(ch *chat, u *user) (missing bool, err error) {
	switch {
	case u.banned:
		return false, bad("INPUT_USER_DEACTIVATED")
	case u.service:
		return false, bad("USER_ID_INVALID")
	case c.keptOut(ch, u.id) && !c.has(c.me, ch, toBan):
		return false, bad("USER_KICKED")
	case u.blocked[c.me.id]:
		return true, nil
	case !u.allows(privacyInvites, c.me):
		return true, nil
	}
	return false, nil
}

// deleteChatUser: https://core.telegram.org/method/messages.deleteChatUser
func (c *call) deleteChatUser(ch *chat, in *tg.MessagesDeleteChatUserRequest) (bin.Encoder, error) {
	u, err := c.user(in.UserID)
	if err != nil {
		return nil, err
	}
	m := ch.byUser[u.id]
	if m == nil {
		return nil, bad("USER_NOT_PARTICIPANT")
	}
	if u == c.me {
		return c.answer(c.leave(ch, u, restriction{})), nil
	}
	if err := c.may(c.me, ch, toBan); err != nil && m.inviter != c.me.id {
		return nil, err
	}
	if u.id == ch.creator {
		return nil, bad("CHAT_ADMIN_REQUIRED")
	}
	ban := restriction{Rights: tg.ChatBannedRights{ViewMessages: true}, By: c.me.id, Date: c.today}
	return c.answer(c.leave(ch, u, ban)), nil
}

// joinChannel: https://core.telegram.org/method/channels.joinChannel
func (c *call) joinChannel(ch *chat, _ *tg.ChannelsJoinChannelRequest) (bin.Encoder, error) {
	switch {
	case ch.byUser[c.me.id] != nil:
		return nil, bad("USER_ALREADY_PARTICIPANT")
	case ch.JoinByRequest:
		return nil, c.ask(ch, nil)
	}
	updates := c.admitMember(ch, c.me, entrance{
		action: &tg.MessageActionChatAddUser{Users: []int64{c.me.id}}, from: c.me, inviter: c.me.id,
		log: &tg.ChannelAdminLogEventActionParticipantJoin{},
	})
	return &tg.MessagesChatInviteJoinResultOk{Updates: c.answer(updates)}, nil
}

// leaveChannel: https://core.telegram.org/method/channels.leaveChannel
func (c *call) leaveChannel(ch *chat, _ *tg.ChannelsLeaveChannelRequest) (bin.Encoder, error) {
	if ch.creator == c.me.id {
		return nil, bad("USER_CREATOR")
	}
	return c.answer(c.leave(ch, c.me, restriction{})), nil
}

// closeChat ends a chat for everybody: its members see no more than its title.
func (c *call) closeChat(ch *chat) []tg.UpdateClass {
	members := slices.Clone(ch.members)
	ch.members, ch.byUser = nil, map[int64]*member{}
	c.rename(ch, "")
	c.uncall(ch.title, ch.peer)
	ch.Invites, ch.Requests, ch.invite = nil, nil, c.freshHash()
	ch.version++
	var update tg.UpdateClass = &tg.UpdateChannel{ChannelID: ch.peer.id}
	if ch.peer.kind == peerGroup {
		update = &tg.UpdateChat{ChatID: ch.peer.id}
	}
	for _, m := range members {
		except := c.session
		if m.user != c.me {
			except = nil
		}
		delete(m.user.dialogs, ch.peer)
		c.pushShort(m.user, except, update)
	}
	return []tg.UpdateClass{update}
}

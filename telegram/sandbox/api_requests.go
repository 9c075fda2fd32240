package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func requestsMethods(t table) {
	within(t, people, toInvite, (*call).getChatInviteImporters)
	within(t, 0, toInvite, (*call).hideChatJoinRequest)
	within(t, people, toInvite, (*call).hideAllChatJoinRequests)
}

// linkHash is the hash of the link that a request is about; "" when it is about all of them.
func (ch *chat) linkHash(in interface{ GetLink() (string, bool) }) (string, error) {
	address, given := in.GetLink()
	if !given {
		return "", nil
	}
	i := ch.link(address)
	if i == nil {
		return "", bad("INVITE_HASH_EXPIRED")
	}
	return i.Hash, nil
}

// getChatInviteImporters lists who came by a link, or who waits to be let in.
//
// See https://core.telegram.org/method/messages.getChatInviteImporters.
func (c *call) getChatInviteImporters(ch *chat, in *tg.MessagesGetChatInviteImportersRequest) (bin.Encoder, error) {
	if !ch.boss(c.me.id) {
		return nil, bad("CHAT_ADMIN_REQUIRED")
	}
	hash, err := ch.linkHash(in)
	if err != nil {
		return nil, err
	}
	q, _ := in.GetQ()
	var all []tg.ChatInviteImporter
	if in.Requested {
		for i := len(ch.Requests) - 1; i >= 0; i-- {
			r := ch.Requests[i]
			if (hash == "" || r.Link == hash) && c.users[r.User].called(q) {
				all = append(all, tg.ChatInviteImporter{Requested: true, UserID: r.User, Date: r.Date, About: c.users[r.User].about})
			}
		}
	} else {
		for i := len(ch.members) - 1; i >= 0; i-- {
			m := ch.members[i]
			if m.Link != "" && (hash == "" || m.Link == hash) && m.user.called(q) {
				all = append(all, tg.ChatInviteImporter{UserID: m.user.id, Date: m.date, About: m.user.about, ApprovedBy: m.ApprovedBy})
			}
		}
	}
	return c.importersPage(all, in), nil
}

func (c *call) importersPage(all []tg.ChatInviteImporter, in *tg.MessagesGetChatInviteImportersRequest) bin.Encoder {
	answer := &tg.MessagesChatInviteImporters{Count: len(all)}
	if u, err := c.user(in.OffsetUser); err == nil {
		for i, one := range all {
			if one.UserID == u.id {
				all = all[i+1:]
				break
			}
		}
	}
	limit := in.Limit
	if limit <= 0 || limit > participantsAtMost {
		limit = participantsAtMost
	}
	cast := c.cast(c.me)
	for _, one := range all[:min(limit, len(all))] {
		cast.add(peer{peerUser, one.UserID})
		answer.Importers = append(answer.Importers, one)
	}
	answer.Users = cast.users
	return answer
}

// hideChatJoinRequest: https://core.telegram.org/method/messages.hideChatJoinRequest
func (c *call) hideChatJoinRequest(ch *chat, in *tg.MessagesHideChatJoinRequestRequest) (bin.Encoder, error) {
	u, err := c.user(in.UserID)
	switch {
	case err != nil:
		return nil, err
	case !ch.boss(c.me.id):
		return nil, bad("CHAT_ADMIN_REQUIRED")
	case ch.byUser[u.id] != nil:
		return nil, bad("USER_ALREADY_PARTICIPANT")
	}
	for _, r := range ch.Requests {
		if r.User == u.id {
			return c.answer(c.decide(ch, r, in.Approved)), nil
		}
	}
	return nil, bad("HIDE_REQUESTER_MISSING")
}

// hideAllChatJoinRequests: https://core.telegram.org/method/messages.hideAllChatJoinRequests
func (c *call) hideAllChatJoinRequests(ch *chat, in *tg.MessagesHideAllChatJoinRequestsRequest) (bin.Encoder, error) {
	if !ch.boss(c.me.id) {
		return nil, bad("CHAT_ADMIN_REQUIRED")
	}
	hash, err := ch.linkHash(in)
	if err != nil {
		return nil, err
	}
	var list []tg.UpdateClass
	for _, r := range append([]joinRequest(nil), ch.Requests...) {
		if hash == "" || r.Link == hash {
			list = append(list, c.decide(ch, r, in.Approved)...)
		}
	}
	return c.answer(list), nil
}

// decide lets somebody in who asked for it, or not.
func (c *call) decide(ch *chat, r joinRequest, approved bool) []tg.UpdateClass {
	if !approved {
		return c.withdraw(ch, r.User)
	}
	u := c.users[r.User]
	how := entrance{action: &tg.MessageActionChatJoinedByRequest{}, from: u, approvedBy: c.me.id, inviter: c.me.id}
	how.link = ch.link(r.Link)
	if shown := c.shownLink(ch, how.link); shown != nil {
		how.inviter = how.link.Admin
		how.log = &tg.ChannelAdminLogEventActionParticipantJoinByRequest{Invite: shown, ApprovedBy: c.me.id}
	} else {
		how.log = &tg.ChannelAdminLogEventActionParticipantJoinByRequest{Invite: &tg.ChatInvitePublicJoinRequests{}, ApprovedBy: c.me.id}
	}
	return c.admitMember(ch, u, how)
}

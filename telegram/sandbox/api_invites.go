package sandbox

import (
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func invitesMethods(t table) {
	on(t, people, (*call).checkChatInvite)
	on(t, people, (*call).importChatInvite)
	within(t, 0, toInvite, (*call).exportChatInvite)
	within(t, people, toInvite, (*call).getExportedChatInvites)
	within(t, people, toInvite, (*call).getExportedChatInvite)
	within(t, 0, toInvite, (*call).editExportedChatInvite)
	within(t, people, toInvite, (*call).deleteExportedChatInvite)
	within(t, people, toInvite, (*call).deleteRevokedInvites)
	within(t, people, toOwn, (*call).getAdminsWithInvites)
}

// checkChatInvite: https://core.telegram.org/method/messages.checkChatInvite
func (c *call) checkChatInvite(in *tg.MessagesCheckChatInviteRequest) (bin.Encoder, error) {
	// Who came by a link may look where it leads even when it's used up.
	for _, ch := range c.chats {
		if ch.byUser[c.me.id] != nil && ch.link(in.Hash) != nil {
			return &tg.ChatInviteAlready{Chat: c.chatFor(c.me, ch)}, nil
		}
	}
	ch, link, err := c.invited(in.Hash)
	if err != nil {
		return nil, err
	}
	channel := ch.peer.kind == peerChannel
	answer := &tg.ChatInvite{
		Channel: channel, Broadcast: ch.broadcast(), Megagroup: channel && !ch.broadcast(), Public: ch.username != "",
		RequestNeeded: link.Requests, Title: ch.title, About: ch.about, Photo: c.photoOr(ch.Photo), ParticipantsCount: len(ch.members),
	}
	if !ch.broadcast() && !ch.HiddenMembers {
		for _, m := range ch.members {
			if c.me.hasContact(m.user) {
				answer.Participants = append(answer.Participants, c.userFor(c.me, m.user))
			}
		}
	}
	return answer, nil
}

// importChatInvite: https://core.telegram.org/method/messages.importChatInvite
func (c *call) importChatInvite(in *tg.MessagesImportChatInviteRequest) (bin.Encoder, error) {
	ch, link, err := c.invited(in.Hash)
	switch {
	case err != nil:
		return nil, err
	case ch.byUser[c.me.id] != nil:
		return nil, bad("USER_ALREADY_PARTICIPANT")
	case link.Requests:
		return nil, c.ask(ch, link)
	case ch.peer.kind == peerGroup && len(ch.members) >= groupSize:
		return nil, bad("USERS_TOO_MUCH")
	}
	updates := c.admitMember(ch, c.me, entrance{
		action: &tg.MessageActionChatJoinedByLink{InviterID: link.Admin}, from: c.me, inviter: link.Admin, link: link,
		log: &tg.ChannelAdminLogEventActionParticipantJoinByInvite{Invite: c.shownLink(ch, link)},
	})
	return &tg.MessagesChatInviteJoinResultOk{Updates: c.answer(updates)}, nil
}

const (
	linkTitleLength = 32
	linkLimitMost   = 99_999
)

// exportChatInvite makes a link with a title, limit, date or requests, or gives the caller a new
// permanent one.
//
// See https://core.telegram.org/method/messages.exportChatInvite.
func (c *call) exportChatInvite(ch *chat, in *tg.MessagesExportChatInviteRequest) (bin.Encoder, error) {
	if !ch.boss(c.me.id) {
		return nil, bad("CHAT_ADMIN_REQUIRED")
	}
	if in.LegacyRevokePermanent {
		c.revokeLink(ch, ch.permanent(c.chance, c.me.id, c.today))
		return c.shownLink(ch, ch.permanent(c.chance, c.me.id, c.today)), nil
	}
	i := &invite{Hash: c.freshHash(), Admin: c.me.id, Date: c.today}
	if err := c.terms(i, in.ExpireDate, in.UsageLimit, in.RequestNeeded, in.Title); err != nil {
		return nil, err
	}
	ch.Invites = append(ch.links(), i)
	ch.version++
	return c.shownLink(ch, i), nil
}

// terms sets what a link asks of those who follow it.
func (c *call) terms(i *invite, expires, limit int, requests bool, title string) error {
	switch {
	case expires != 0 && expires <= c.today:
		return bad("EXPIRE_DATE_INVALID")
	case limit < 0 || limit > linkLimitMost, requests && limit != 0:
		return bad("USAGE_LIMIT_INVALID")
	case len([]rune(title)) > linkTitleLength:
		return bad("CHAT_TITLE_EMPTY")
	}
	i.Expires, i.Limit, i.Requests, i.Title = expires, limit, requests, title
	return nil
}

// revokeLink kills a link; a permanent one of the creator's gives the chat a new first link.
func (c *call) revokeLink(ch *chat, i *invite) {
	i.Revoked = true
	if i.Hash == ch.invite {
		ch.invite = c.freshHash()
		ch.Invites = append(ch.Invites, &invite{Hash: ch.invite, Admin: ch.creator, Date: c.today, Permanent: true})
	}
	ch.version++
}

// getExportedChatInvites: https://core.telegram.org/method/messages.getExportedChatInvites
func (c *call) getExportedChatInvites(ch *chat, in *tg.MessagesGetExportedChatInvitesRequest) (bin.Encoder, error) {
	admin, err := c.user(in.AdminID)
	if err != nil {
		return nil, err
	}
	if err := c.mayShare(ch, admin.id); err != nil {
		return nil, err
	}
	ch.permanent(c.chance, ch.creator, ch.date)
	var list []*invite
	for _, i := range ch.links() {
		if i.Admin == admin.id && i.Revoked == in.Revoked {
			list = append(list, i)
		}
	}
	sortInvites(list)
	answer := &tg.MessagesExportedChatInvites{Count: len(list)}
	if after := ch.link(in.OffsetLink); after != nil {
		list = list[slices.Index(list, after)+1:]
	}
	if in.Limit > 0 {
		list = list[:min(in.Limit, len(list))]
	}
	for _, i := range list {
		answer.Invites = append(answer.Invites, c.shownLink(ch, i))
	}
	answer.Users = []tg.UserClass{c.userFor(c.me, admin)}
	return answer, nil
}

// ownLink finds a link that the caller may deal with.
func (c *call) ownLink(ch *chat, address string) (*invite, error) {
	i := ch.link(address)
	if i == nil {
		return nil, bad("INVITE_HASH_EXPIRED")
	}
	return i, c.mayShare(ch, i.Admin)
}

// getExportedChatInvite: https://core.telegram.org/method/messages.getExportedChatInvite
func (c *call) getExportedChatInvite(ch *chat, in *tg.MessagesGetExportedChatInviteRequest) (bin.Encoder, error) {
	i, err := c.ownLink(ch, in.Link)
	if err != nil {
		return nil, err
	}
	return &tg.MessagesExportedChatInvite{Invite: c.shownLink(ch, i), Users: []tg.UserClass{c.userFor(c.me, c.users[i.Admin])}}, nil
}

// editExportedChatInvite: https://core.telegram.org/method/messages.editExportedChatInvite
func (c *call) editExportedChatInvite(ch *chat, in *tg.MessagesEditExportedChatInviteRequest) (bin.Encoder, error) {
	i, err := c.ownLink(ch, in.Link)
	switch {
	case err != nil:
		return nil, err
	case i.Revoked:
		return nil, bad("INVITE_HASH_EXPIRED")
	}
	cast := c.cast(c.me)
	cast.add(peer{peerUser, i.Admin})
	was := c.shownLink(ch, i)
	if in.Revoked {
		c.revokeLink(ch, i)
		c.noted(ch, &tg.ChannelAdminLogEventActionExportedInviteRevoke{Invite: was})
		if i.Permanent {
			return &tg.MessagesExportedChatInviteReplaced{
				Invite: c.shownLink(ch, i), NewInvite: c.shownLink(ch, ch.permanent(c.chance, i.Admin, c.today)), Users: cast.users,
			}, nil
		}
		return &tg.MessagesExportedChatInvite{Invite: c.shownLink(ch, i), Users: cast.users}, nil
	}
	if i.Permanent {
		return nil, bad("CHAT_INVITE_PERMANENT")
	}
	next := *i
	expires, requests, title := in.ExpireDate, in.RequestNeeded, in.Title
	if _, given := in.GetRequestNeeded(); !given {
		requests = i.Requests
	}
	if _, given := in.GetTitle(); !given {
		title = i.Title
	}
	if _, given := in.GetExpireDate(); !given {
		expires = i.Expires
	}
	limit, given := in.GetUsageLimit()
	if !given && !requests {
		limit = i.Limit
	}
	if err := c.terms(&next, expires, limit, requests, title); err != nil {
		return nil, err
	}
	*i = next
	ch.version++
	c.noted(ch, &tg.ChannelAdminLogEventActionExportedInviteEdit{PrevInvite: was, NewInvite: c.shownLink(ch, i)})
	return &tg.MessagesExportedChatInvite{Invite: c.shownLink(ch, i), Users: cast.users}, nil
}

// deleteExportedChatInvite: https://core.telegram.org/method/messages.deleteExportedChatInvite
func (c *call) deleteExportedChatInvite(ch *chat, in *tg.MessagesDeleteExportedChatInviteRequest) (bin.Encoder, error) {
	i, err := c.ownLink(ch, in.Link)
	switch {
	case err != nil:
		return nil, err
	case !i.Revoked:
		return nil, bad("INVITE_REVOKED_MISSING")
	}
	ch.Invites = slices.DeleteFunc(ch.Invites, func(other *invite) bool { return other == i })
	ch.version++
	c.noted(ch, &tg.ChannelAdminLogEventActionExportedInviteDelete{Invite: c.shownLink(ch, i)})
	return yes()
}

// deleteRevokedInvites: https://core.telegram.org/method/messages.deleteRevokedExportedChatInvites
func (c *call) deleteRevokedInvites(ch *chat, in *tg.MessagesDeleteRevokedExportedChatInvitesRequest) (bin.Encoder, error) {
	admin, err := c.user(in.AdminID)
	if err != nil {
		return nil, err
	}
	if err := c.mayShare(ch, admin.id); err != nil {
		return nil, err
	}
	ch.Invites = slices.DeleteFunc(ch.links(), func(i *invite) bool { return i.Revoked && i.Admin == admin.id })
	ch.version++
	return yes()
}

// getAdminsWithInvites: https://core.telegram.org/method/messages.getAdminsWithInvites
func (c *call) getAdminsWithInvites(ch *chat, _ *tg.MessagesGetAdminsWithInvitesRequest) (bin.Encoder, error) {
	answer := &tg.MessagesChatAdminsWithInvites{}
	cast := c.cast(c.me)
	for _, m := range ch.members {
		row := tg.ChatAdminWithInvites{AdminID: m.user.id}
		for _, i := range ch.links() {
			switch {
			case i.Admin != m.user.id:
			case i.Revoked:
				row.RevokedInvitesCount++
			default:
				row.InvitesCount++
			}
		}
		if row.InvitesCount+row.RevokedInvitesCount > 0 {
			cast.add(peer{peerUser, m.user.id})
			answer.Admins = append(answer.Admins, row)
		}
	}
	answer.Users = cast.users
	return answer, nil
}

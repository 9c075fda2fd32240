package sandbox

import (
	"reflect"
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func adminsMethods(t table) {
	within(t, 0, toPromote, (*call).editAdmin)
	within(t, people, toOwn, (*call).editChatAdmin)
	within(t, 0, toBan, (*call).editBanned)
	within(t, 0, toBan, (*call).editDefaultBannedRights)
	within(t, people, toBan, (*call).toggleSlowMode)
}

const (
	rankLength   = 16
	banAtLeast   = 30          // seconds; shorter bans are for ever
	banAtMost    = 366 * 86400 // and longer ones, too
	groupSize    = 200
	adminsAtMost = 50
)

// mayChangeAdmin: an admin answers to the creator and to who made them one.
func (c *call) mayChangeAdmin(ch *chat, m *member) error {
	switch {
	case m.user.id == ch.creator && c.me.id != ch.creator:
		return bad("USER_CREATOR")
	case m.admin() && c.me.id != ch.creator && m.PromotedBy != c.me.id:
		return bad("CHAT_ADMIN_REQUIRED")
	}
	return c.may(c.me, ch, toPromote)
}

// exceeds tells whether rights include one that the giver lacks.
func exceeds(given, own tg.ChatAdminRights) bool {
	g, o := reflect.ValueOf(given), reflect.ValueOf(own)
	for i := range g.NumField() {
		if g.Field(i).Kind() == reflect.Bool && g.Field(i).Bool() && !o.Field(i).Bool() && g.Type().Field(i).Name != "Anonymous" {
			return true
		}
	}
	return false
}

// editAdmin makes somebody an admin, changes what they may do, or ends it.
//
// See https://core.telegram.org/method/channels.editAdmin.
func (c *call) editAdmin(ch *chat, in *tg.ChannelsEditAdminRequest) (bin.Encoder, error) {
	u, err := c.user(in.UserID)
	switch {
	case err != nil:
		return nil, err
	case len([]rune(in.Rank)) > rankLength:
		return nil, bad("ADMIN_RANK_INVALID")
	}
	rights := in.AdminRights
	rights.Flags = 0
	promotes := rights != tg.ChatAdminRights{}
	me := ch.byUser[c.me.id]
	if c.me.id != ch.creator && exceeds(rights, me.Rights) {
		return nil, forbidden("RIGHT_FORBIDDEN")
	}
	var list []tg.UpdateClass
	m := ch.byUser[u.id]
	switch {
	case m == nil && !promotes:
		return nil, bad("USER_NOT_PARTICIPANT")
	case m == nil && c.me.id != ch.creator && !me.Rights.InviteUsers:
		return nil, bad("CHAT_ADMIN_INVITE_REQUIRED")
	case m == nil:
		missing, err := c.invitable(ch, u)
		switch {
		case err != nil:
			return nil, err
		case missing:
			return nil, forbidden("USER_PRIVACY_RESTRICTED")
		}
		list = c.admitMember(ch, u, entrance{action: &tg.MessageActionChatAddUser{Users: []int64{u.id}}, from: c.me, inviter: c.me.id})
		m = ch.byUser[u.id]
	}
	switch err := c.mayChangeAdmin(ch, m); {
	case err != nil:
		return nil, err
	case u.id == ch.creator: // only the rank of a creator can change
		m.Rank = in.Rank
		return c.answer(c.changed(ch)), nil
	case promotes && !m.admin() && c.admins(ch) >= adminsAtMost:
		return nil, bad("ADMINS_TOO_MUCH")
	}
	was := c.showMember(ch, m)
	c.watched(ch, u, nil, func() { c.promote(m, rights, in.Rank) })
	c.noted(ch, &tg.ChannelAdminLogEventActionParticipantToggleAdmin{PrevParticipant: was, NewParticipant: c.showMember(ch, m)})
	ch.version++
	return c.answer(list, c.showTo(ch, u), []tg.UpdateClass{&tg.UpdateChannel{ChannelID: ch.peer.id}}), nil
}

func (c *call) promote(m *member, rights tg.ChatAdminRights, rank string) {
	if rights == (tg.ChatAdminRights{}) {
		m.Rights, m.Rank, m.PromotedBy = rights, "", 0
		return
	}
	rights.Other = true
	if !m.admin() {
		m.PromotedBy = c.me.id
	}
	m.Rights, m.Rank, m.Limits = rights, rank, restriction{}
}

// editChatAdmin: https://core.telegram.org/method/messages.editChatAdmin
func (c *call) editChatAdmin(ch *chat, in *tg.MessagesEditChatAdminRequest) (bin.Encoder, error) {
	u, err := c.user(in.UserID)
	if err != nil {
		return nil, err
	}
	m := ch.byUser[u.id]
	switch {
	case m == nil:
		return nil, bad("USER_NOT_PARTICIPANT")
	case u.id == ch.creator:
		return nil, bad("USER_CREATOR")
	case m.admin() == in.IsAdmin:
		return yes()
	}
	rights := tg.ChatAdminRights{}
	if in.IsAdmin {
		rights = groupAdminRights()
	}
	c.watched(ch, u, nil, func() { c.promote(m, rights, "") })
	ch.version++
	c.announce(ch, &tg.UpdateChatParticipantAdmin{ChatID: ch.peer.id, UserID: u.id, IsAdmin: in.IsAdmin, Version: ch.version})
	return yes()
}

// groupAdminRights are those of every admin of a basic group.
func groupAdminRights() tg.ChatAdminRights {
	return tg.ChatAdminRights{ChangeInfo: true, DeleteMessages: true, BanUsers: true, InviteUsers: true, PinMessages: true, ManageCall: true, Other: true}
}

// editBanned restricts somebody, throws them out, or lifts either.
//
// See https://core.telegram.org/method/channels.editBanned.
func (c *call) editBanned(ch *chat, in *tg.ChannelsEditBannedRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Participant)
	switch {
	case err != nil || p.kind != peerUser:
		return nil, bad("PARTICIPANT_ID_INVALID")
	case p.id == c.me.id:
		return nil, bad("USER_ID_INVALID")
	case p.id == ch.creator:
		return nil, bad("USER_ADMIN_INVALID")
	}
	u := c.users[p.id]
	m := ch.byUser[u.id]
	if m != nil && m.admin() && c.mayChangeAdmin(ch, m) != nil {
		return nil, bad("USER_ADMIN_INVALID")
	}
	limits := c.restriction(in.BannedRights)
	was := c.participantOf(ch, u)
	if was == nil {
		was = &tg.ChannelParticipantLeft{Peer: p.tg()}
	}
	var list []tg.UpdateClass
	switch {
	case m != nil && limits.Rights.ViewMessages:
		list = c.leave(ch, u, limits)
	case m != nil:
		c.watched(ch, u, nil, func() {
			m.Limits = limits
			if m.admin() {
				m.Rights, m.Rank, m.PromotedBy = tg.ChatAdminRights{}, "", 0
			}
		})
		list = c.showTo(ch, u)
	default:
		c.watched(ch, u, nil, func() { ch.keepOutside(u.id, limits) })
	}
	is := c.participantOf(ch, u)
	if is == nil {
		is = &tg.ChannelParticipantLeft{Peer: p.tg()}
	}
	c.noted(ch, &tg.ChannelAdminLogEventActionParticipantToggleBan{PrevParticipant: was, NewParticipant: is})
	ch.version++
	return c.answer(list, []tg.UpdateClass{&tg.UpdateChannel{ChannelID: ch.peer.id}}), nil
}

// restriction is what rights mean from now on: no rights denied lift it.
func (c *call) restriction(rights tg.ChatBannedRights) restriction {
	rights.Flags = 0
	left := rights.UntilDate - c.today
	if left < banAtLeast || left > banAtMost {
		rights.UntilDate = 0
	}
	if free := (tg.ChatBannedRights{UntilDate: rights.UntilDate}); rights == free {
		return restriction{}
	}
	return restriction{Rights: rights, By: c.me.id, Date: c.today}
}

// editDefaultBannedRights: https://core.telegram.org/method/messages.editChatDefaultBannedRights
func (c *call) editDefaultBannedRights(ch *chat, in *tg.MessagesEditChatDefaultBannedRightsRequest) (bin.Encoder, error) {
	rights := in.BannedRights
	rights.Flags = 0
	switch {
	case ch.broadcast():
		return nil, bad("PEER_ID_INVALID")
	case rights.UntilDate != 0:
		return nil, bad("UNTIL_DATE_INVALID")
	case rights.ViewMessages:
		return nil, bad("BANNED_RIGHTS_INVALID")
	case rights == ch.Default:
		return nil, bad("CHAT_NOT_MODIFIED")
	}
	was := ch.Default
	ch.Default = rights
	ch.version++
	c.noted(ch, &tg.ChannelAdminLogEventActionDefaultBannedRights{PrevBannedRights: was, NewBannedRights: rights})
	return c.answer(c.announce(ch, &tg.UpdateChatDefaultBannedRights{Peer: ch.peer.tg(), DefaultBannedRights: rights, Version: ch.version})), nil
}

// slowModes are the waits that can be chosen, in seconds.
var slowModes = []int{0, 5, 10, 30, 60, 300, 900, 3600}

// toggleSlowMode: https://core.telegram.org/method/channels.toggleSlowMode
func (c *call) toggleSlowMode(ch *chat, in *tg.ChannelsToggleSlowModeRequest) (bin.Encoder, error) {
	switch {
	case ch.broadcast():
		return nil, bad("CHAT_ID_INVALID")
	case !slices.Contains(slowModes, in.Seconds):
		return nil, bad("SECONDS_INVALID")
	case in.Seconds == ch.SlowMode:
		return nil, bad("CHAT_NOT_MODIFIED")
	}
	was := ch.SlowMode
	ch.SlowMode, ch.Said = in.Seconds, nil
	c.noted(ch, &tg.ChannelAdminLogEventActionToggleSlowMode{PrevValue: was, NewValue: in.Seconds})
	return c.answer(c.changed(ch)), nil
}

package telegram

import "github.com/gotd/td/tg"

// EventMember is somebody's place in a chat that is another. Its Detail is a *MemberEvent.
const EventMember = "member"

// MemberEvent is a member who came, went, was promoted or restricted. Bots are told where they are admins, and of
// themselves everywhere; people only of admins of basic groups. Sender is who did it.
// https://core.telegram.org/constructor/updateChannelParticipant
type MemberEvent struct {
	Happening
	User     Peer
	Date     int
	Old, New string                     // one of the Role constants; Old is "" if unknown
	Invite   tg.ExportedChatInviteClass // the link they came by
	Before   any                        // as Telegram describes it: a tg.ChatParticipantClass or tg.ChannelParticipantClass; nil for none
	After    any
}

func memberIn(a *Account, u tg.UpdateClass) []occasion {
	switch u := u.(type) {
	case *tg.UpdateChatParticipant:
		return one(EventMember, &MemberEvent{
			Happening: a.happening(&tg.PeerChat{ChatID: u.ChatID}, userRef(u.ActorID)), User: a.known(u.UserID), Date: u.Date,
			Old: placeInGroup(u.PrevParticipant), New: placeInGroup(u.NewParticipant), Invite: u.Invite,
			Before: u.PrevParticipant, After: u.NewParticipant,
		})
	case *tg.UpdateChannelParticipant:
		return one(EventMember, &MemberEvent{
			Happening: a.happening(channelRef(u.ChannelID), userRef(u.ActorID)), User: a.known(u.UserID), Date: u.Date,
			Old: placeInChannel(u.PrevParticipant), New: placeInChannel(u.NewParticipant), Invite: u.Invite,
			Before: u.PrevParticipant, After: u.NewParticipant,
		})
	case *tg.UpdateChatParticipantAdmin:
		e := &MemberEvent{Happening: a.happening(&tg.PeerChat{ChatID: u.ChatID}, nil), User: a.known(u.UserID), Old: RoleAdmin, New: RoleMember}
		if u.IsAdmin {
			e.Old, e.New = e.New, e.Old
		}
		return one(EventMember, e)
	}
	return nil
}

// placeInGroup is a word for a member of a basic group.
func placeInGroup(p tg.ChatParticipantClass) string {
	switch p.(type) {
	case *tg.ChatParticipantCreator:
		return RoleCreator
	case *tg.ChatParticipantAdmin:
		return RoleAdmin
	case *tg.ChatParticipant:
		return RoleMember
	}
	return RoleLeft
}

// placeInChannel is a word for a member of a supergroup or channel.
func placeInChannel(p tg.ChannelParticipantClass) string {
	switch p := p.(type) {
	case *tg.ChannelParticipantCreator:
		return RoleCreator
	case *tg.ChannelParticipantAdmin:
		return RoleAdmin
	case *tg.ChannelParticipant, *tg.ChannelParticipantSelf:
		return RoleMember
	case *tg.ChannelParticipantBanned:
		switch {
		case p.BannedRights.ViewMessages:
			return RoleBanned
		case p.Left:
			return RoleLeft
		}
		return RoleRestricted
	}
	return RoleLeft
}

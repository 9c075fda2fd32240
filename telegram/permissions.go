package telegram

import (
	"context"
	"fmt"

	"github.com/gotd/td/tg"
)

// Permissions say what somebody may do in a chat: their own rights, or, for who has none, those of all members.
type Permissions struct {
	*Participant                     // nil for the rights of all members
	Chat         Peer                // where
	Default      tg.ChatBannedRights // what members may not do
	broadcast    bool                // members only read
}

// Permissions asks what somebody may do in a chat; nil asks what members may do who have no rights of their own.
func (a *Account) Permissions(ctx context.Context, chat, who Target) (*Permissions, error) {
	peer, err := a.Resolve(ctx, chat)
	if err != nil {
		return nil, fmt.Errorf("get permissions: %w", err)
	}
	if who == nil || peer.Chat == nil {
		if peer, err = a.Entity(ctx, chat); err != nil { // what was known may be out of date
			return nil, fmt.Errorf("get permissions: %w", err)
		}
	}
	p := &Permissions{Chat: peer}
	switch c := peer.Chat.(type) {
	case *tg.Chat:
		p.Default = c.DefaultBannedRights
	case *tg.Channel:
		p.Default, p.broadcast = c.DefaultBannedRights, c.Broadcast
	}
	if who == nil {
		return p, nil
	}
	p.Participant, err = a.Participant(ctx, chat, who)
	return p, err
}

// IsCreator says whether the chat is theirs.
func (p *Permissions) IsCreator() bool { return p.Participant != nil && p.Role() == RoleCreator }

// IsAdmin says whether they are the creator or an admin.
func (p *Permissions) IsAdmin() bool {
	return p.IsCreator() || p.Participant != nil && p.Role() == RoleAdmin
}

// HasDefault says whether nothing but the rights of all members counts for them.
func (p *Permissions) HasDefault() bool { return p.Participant == nil || p.Role() == RoleMember }

// IsBanned says whether they are kept out or restricted.
func (p *Permissions) IsBanned() bool {
	return p.Participant != nil && (p.Role() == RoleBanned || p.Role() == RoleRestricted)
}

// HasLeft says whether they were there and are not any more.
func (p *Permissions) HasLeft() bool { return p.Participant != nil && !p.Present() }

// Admin says whether they have a right that only admins have.
func (p *Permissions) Admin(right func(tg.ChatAdminRights) bool) bool {
	switch {
	case p.IsCreator():
		return true
	case !p.IsAdmin():
		return false
	}
	rights := p.AdminRights()
	return rights == nil || right(*rights) // admins of basic groups may do everything
}

// May says whether they may do what members may be kept from. Admins may do it all.
func (p *Permissions) May(kept func(tg.ChatBannedRights) bool) bool {
	if p.IsAdmin() {
		return true
	}
	if p.broadcast || p.HasLeft() || kept(p.Default) {
		return false
	}
	if p.Participant == nil || p.BannedRights() == nil {
		return true
	}
	return !kept(*p.BannedRights())
}

// Either says whether they may do what admins may, and members where they aren't kept from it.
func (p *Permissions) Either(right func(tg.ChatAdminRights) bool, kept func(tg.ChatBannedRights) bool) bool {
	if p.IsAdmin() {
		return p.Admin(right)
	}
	return p.May(kept)
}

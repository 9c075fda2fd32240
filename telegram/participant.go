package telegram

import (
	"context"
	"fmt"
	"time"

	"github.com/gotd/td/tg"
)

// The roles of participants.
const (
	RoleCreator    = "creator"
	RoleAdmin      = "admin"
	RoleMember     = "member"
	RoleRestricted = "restricted" // a member who may not do everything
	RoleBanned     = "banned"     // kept out
	RoleLeft       = "left"
)

// Participant is somebody's place in a chat. Its methods read what Telegram said when they are asked.
type Participant struct {
	Peer      // who
	Chat Peer // where
	// Raw is a tg.ChannelParticipantClass or, in basic groups, a tg.ChatParticipantClass; nil in private chats.
	Raw any
}

// Participant asks Telegram about one participant of a chat. It fails with an *RPCError of the kind
// USER_NOT_PARTICIPANT for who was never there; of a basic group, whose list comes as a whole, we say so ourselves.
// https://core.telegram.org/method/channels.getParticipant
func (a *Account) Participant(ctx context.Context, chat, who Target) (*Participant, error) {
	user, err := a.Resolve(ctx, who)
	if err != nil {
		return nil, fmt.Errorf("get participant: %w", err)
	}
	var found *Participant
	err = a.inChat(ctx, "get participant", chat, chatCall{
		channel: func(peer Peer, channel tg.InputChannelClass) error {
			answer, err := a.API().ChannelsGetParticipant(ctx, &tg.ChannelsGetParticipantRequest{Channel: channel, Participant: user.Input})
			if err == nil {
				found = a.participant(peer, answer.Participant)
			}
			return err
		},
		group: func(peer Peer, id int64) error {
			all, err := a.groupParticipants(ctx, peer, id)
			for _, p := range all {
				if p.ID == user.ID {
					found = p
					return nil
				}
			}
			if err == nil {
				err = &RPCError{Kind: "USER_NOT_PARTICIPANT", Code: 400, Method: "messages.getFullChat"}
			}
			return err
		},
	})
	return found, err
}

// participant completes what Telegram says of one.
func (a *Account) participant(chat Peer, raw any) *Participant {
	id := int64(0)
	switch p := raw.(type) {
	case interface{ GetUserID() int64 }:
		id = p.GetUserID()
	case interface{ GetPeer() tg.PeerClass }:
		id = MarkedID(p.GetPeer())
	}
	return &Participant{Peer: a.peers.get(id), Chat: chat, Raw: raw}
}

// groupParticipants lists those of a basic group, which come all at once.
func (a *Account) groupParticipants(ctx context.Context, chat Peer, id int64) ([]*Participant, error) {
	full, err := a.API().MessagesGetFullChat(ctx, id)
	if err != nil {
		return nil, err
	}
	group, ok := full.FullChat.(*tg.ChatFull)
	if !ok {
		return nil, fmt.Errorf("the answer is about another kind of chat: %T", full.FullChat)
	}
	var all []*Participant
	switch list := group.Participants.(type) {
	case *tg.ChatParticipants:
		for _, p := range list.Participants {
			all = append(all, a.participant(chat, p))
		}
	case *tg.ChatParticipantsForbidden:
		return nil, &RPCError{Kind: "CHAT_FORBIDDEN", Code: 403, Method: "messages.getFullChat"}
	}
	return all, nil
}

// Role is what the participant is, in one word: one of the Role constants.
func (p *Participant) Role() string {
	switch raw := p.Raw.(type) {
	case *tg.ChannelParticipantCreator, *tg.ChatParticipantCreator:
		return RoleCreator
	case *tg.ChannelParticipantAdmin, *tg.ChatParticipantAdmin:
		return RoleAdmin
	case *tg.ChannelParticipantBanned:
		if raw.BannedRights.ViewMessages {
			return RoleBanned
		}
		return RoleRestricted
	case *tg.ChannelParticipantLeft:
		return RoleLeft
	}
	return RoleMember
}

// Joined is when they came, or when they were restricted or banned; zero where Telegram doesn't say.
func (p *Participant) Joined() time.Time {
	date := 0
	if dated, ok := p.Raw.(interface{ GetDate() int }); ok {
		date = dated.GetDate()
	}
	if date == 0 {
		return time.Time{}
	}
	return time.Unix(int64(date), 0)
}

// InviterID is who has brought them; 0 where Telegram doesn't say.
func (p *Participant) InviterID() int64 {
	switch raw := p.Raw.(type) {
	case *tg.ChannelParticipantSelf:
		return raw.InviterID
	case *tg.ChannelParticipantAdmin:
		return raw.InviterID
	case *tg.ChatParticipant:
		return raw.InviterID
	case *tg.ChatParticipantAdmin:
		return raw.InviterID
	}
	return 0
}

// PromotedBy is who has made them an admin; 0 for others.
func (p *Participant) PromotedBy() int64 {
	if admin, ok := p.Raw.(*tg.ChannelParticipantAdmin); ok {
		return admin.PromotedBy
	}
	return 0
}

// BannedBy is who has restricted or banned them; 0 for others.
func (p *Participant) BannedBy() int64 {
	if banned, ok := p.Raw.(*tg.ChannelParticipantBanned); ok {
		return banned.KickedBy
	}
	return 0
}

// Rank is the title that is shown beside the name; "" for none.
func (p *Participant) Rank() string {
	rank := ""
	if ranked, ok := p.Raw.(interface{ GetRank() (string, bool) }); ok {
		rank, _ = ranked.GetRank()
	}
	return rank
}

// CanEdit says whether this account may change what an admin may do.
func (p *Participant) CanEdit() bool {
	admin, ok := p.Raw.(*tg.ChannelParticipantAdmin)
	return ok && admin.CanEdit
}

// AdminRights are what an admin may do; nil for others, and in basic groups, where admins may do everything.
func (p *Participant) AdminRights() *tg.ChatAdminRights {
	switch raw := p.Raw.(type) {
	case *tg.ChannelParticipantCreator:
		return &raw.AdminRights
	case *tg.ChannelParticipantAdmin:
		return &raw.AdminRights
	}
	return nil
}

// BannedRights are what a restricted or banned one may not do, and until when; nil for others.
func (p *Participant) BannedRights() *tg.ChatBannedRights {
	if banned, ok := p.Raw.(*tg.ChannelParticipantBanned); ok {
		return &banned.BannedRights
	}
	return nil
}

// Present says whether they are in the chat now.
func (p *Participant) Present() bool {
	switch raw := p.Raw.(type) {
	case *tg.ChannelParticipantLeft:
		return false
	case *tg.ChannelParticipantBanned:
		return !raw.Left && !raw.BannedRights.ViewMessages
	}
	return true
}

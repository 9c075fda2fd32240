package telegram

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/gotd/td/tg"
)

const linksPage = 100

// InviteLinkOptions say what an invite link allows. The zero value lets everybody in, for good.
type InviteLinkOptions struct {
	Title         string
	Expires       time.Time
	Limit         int  // how many may join by it
	RequestNeeded bool // admins are asked; goes without Limit
}

// InviteLink is a link that lets people join a chat.
type InviteLink struct {
	*tg.ChatInviteExported
	Chat  Peer
	Admin Peer // who has made it
}

// CreateInviteLink makes a new link beside those that there are. https://core.telegram.org/api/invites#invite-links
func (a *Account) CreateInviteLink(ctx context.Context, chat Target, o InviteLinkOptions) (*InviteLink, error) {
	var made *InviteLink
	err := a.inAnyChat(ctx, "create invite link", chat, func(peer Peer) (err error) {
		request := &tg.MessagesExportChatInviteRequest{Peer: peer.Input, RequestNeeded: o.RequestNeeded}
		if !o.Expires.IsZero() {
			request.SetExpireDate(int(o.Expires.Unix()))
		}
		if o.Limit > 0 {
			request.SetUsageLimit(o.Limit)
		}
		if o.Title != "" {
			request.SetTitle(o.Title)
		}
		answer, err := a.API().MessagesExportChatInvite(ctx, request)
		if err == nil {
			made, err = a.inviteLink(peer, answer)
		}
		return err
	})
	return made, err
}

// ExportInviteLink replaces the permanent link that this account has in a chat: the old one leads nowhere any more.
func (a *Account) ExportInviteLink(ctx context.Context, chat Target) (*InviteLink, error) {
	var made *InviteLink
	err := a.inAnyChat(ctx, "export invite link", chat, func(peer Peer) error {
		answer, err := a.API().MessagesExportChatInvite(ctx, &tg.MessagesExportChatInviteRequest{Peer: peer.Input, LegacyRevokePermanent: true})
		if err == nil {
			made, err = a.inviteLink(peer, answer)
		}
		return err
	})
	return made, err
}

func (a *Account) inviteLink(chat Peer, raw tg.ExportedChatInviteClass) (*InviteLink, error) {
	link, ok := raw.(*tg.ChatInviteExported)
	if !ok {
		return nil, fmt.Errorf("the answer is no link but %T", raw)
	}
	return &InviteLink{ChatInviteExported: link, Chat: chat, Admin: a.peers.get(link.AdminID)}, nil
}

// InviteLinkChange says what of a link changes; what is nil stays as it is.
type InviteLinkChange struct {
	Title         *string
	Expires       *time.Time // the zero time makes it last for good
	Limit         *int       // 0 takes the limit away
	RequestNeeded *bool
	Revoke        bool // ends the link; can't be taken back
}

// EditInviteLink changes or revokes a link. If a permanent link is revoked Telegram makes a new one, which is returned.
func (a *Account) EditInviteLink(ctx context.Context, chat Target, link string, o InviteLinkChange) (*InviteLink, error) {
	var changed *InviteLink
	err := a.inAnyChat(ctx, "edit invite link", chat, func(peer Peer) error {
		request := &tg.MessagesEditExportedChatInviteRequest{Peer: peer.Input, Link: link, Revoked: o.Revoke}
		if o.Title != nil {
			request.SetTitle(*o.Title)
		}
		switch {
		case o.Expires != nil && o.Expires.IsZero():
			request.SetExpireDate(0)
		case o.Expires != nil:
			request.SetExpireDate(int(o.Expires.Unix()))
		}
		if o.Limit != nil {
			request.SetUsageLimit(*o.Limit)
		}
		if o.RequestNeeded != nil {
			request.SetRequestNeeded(*o.RequestNeeded)
		}
		answer, err := a.API().MessagesEditExportedChatInvite(ctx, request)
		if err != nil {
			return err
		}
		switch answer := answer.(type) {
		case *tg.MessagesExportedChatInvite:
			changed, err = a.inviteLink(peer, answer.Invite)
		case *tg.MessagesExportedChatInviteReplaced:
			changed, err = a.inviteLink(peer, answer.NewInvite)
		}
		return err
	})
	return changed, err
}

// DeleteInviteLink forgets a link that was revoked.
func (a *Account) DeleteInviteLink(ctx context.Context, chat Target, link string) error {
	return a.inAnyChat(ctx, "delete invite link", chat, func(peer Peer) error {
		_, err := a.API().MessagesDeleteExportedChatInvite(ctx, &tg.MessagesDeleteExportedChatInviteRequest{Peer: peer.Input, Link: link})
		return err
	})
}

// DeleteRevokedInviteLinks forgets all revoked links of an admin; nil is this account.
func (a *Account) DeleteRevokedInviteLinks(ctx context.Context, chat, admin Target) error {
	if admin == nil {
		admin = Name("me")
	}
	_, user, err := a.resolveUser(ctx, admin)
	if err != nil {
		return fmt.Errorf("delete revoked invite links: %w", err)
	}
	return a.inAnyChat(ctx, "delete revoked invite links", chat, func(peer Peer) error {
		_, err := a.API().MessagesDeleteRevokedExportedChatInvites(ctx, &tg.MessagesDeleteRevokedExportedChatInvitesRequest{Peer: peer.Input, AdminID: user})
		return err
	})
}

// InviteLink asks about one link of a chat.
func (a *Account) InviteLink(ctx context.Context, chat Target, link string) (*InviteLink, error) {
	var found *InviteLink
	err := a.inAnyChat(ctx, "get invite link", chat, func(peer Peer) error {
		answer, err := a.API().MessagesGetExportedChatInvite(ctx, &tg.MessagesGetExportedChatInviteRequest{Peer: peer.Input, Link: link})
		if err != nil {
			return err
		}
		found, err = a.inviteLink(peer, answer.GetInvite())
		return err
	})
	return found, err
}

// InviteLinksOptions choose links. The zero value takes those of this account that work.
type InviteLinksOptions struct {
	Limit   int
	Admin   Target // whose; nil is this account. Only the creator sees those of others
	Revoked bool   // those that were revoked instead
}

// InviteLinks goes through the links of a chat, the newest first.
func (a *Account) InviteLinks(chat Target, o InviteLinksOptions) *Cursor[*InviteLink] {
	if o.Admin == nil {
		o.Admin = Name("me")
	}
	var request *tg.MessagesGetExportedChatInvitesRequest
	return newCursor(o.Limit, func(ctx context.Context) (page []*InviteLink, total int, err error) {
		if request == nil {
			_, user, err := a.resolveUser(ctx, o.Admin)
			if err != nil {
				return nil, -1, fmt.Errorf("get invite links: %w", err)
			}
			request = &tg.MessagesGetExportedChatInvitesRequest{AdminID: user, Revoked: o.Revoked, Limit: linksPage}
		}
		err = a.inAnyChat(ctx, "get invite links", chat, func(peer Peer) error {
			request.Peer = peer.Input
			answer, err := a.API().MessagesGetExportedChatInvites(ctx, request)
			if err != nil {
				return err
			}
			total = answer.Count
			for _, raw := range answer.Invites {
				if link, err := a.inviteLink(peer, raw); err == nil {
					page = append(page, link)
				}
			}
			return nil
		})
		switch {
		case err != nil:
			return nil, -1, err
		case len(page) < linksPage:
			return page, total, io.EOF
		}
		last := page[len(page)-1]
		request.SetOffsetDate(last.Date)
		request.SetOffsetLink(last.Link)
		return page, total, nil
	})
}

package telegram

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/gotd/td/tg"
)

// Joiner is somebody who has joined by a link, or asks to be let in.
type Joiner struct {
	Peer
	tg.ChatInviteImporter
	Chat Peer
}

// Time is when they joined or asked.
func (j *Joiner) Time() time.Time { return time.Unix(int64(j.Date), 0) }

// JoinersOptions choose joiners. The zero value takes all.
type JoinersOptions struct {
	Limit  int
	Link   string // who came by this link; "" for all links
	Search string // only of names; goes with Requested only
	// Requested takes those who wait for an admin instead of those who have joined.
	Requested bool
}

// Joiners goes through those who have joined by a link, or ask to be let in; the newest first.
func (a *Account) Joiners(chat Target, o JoinersOptions) *Cursor[*Joiner] {
	request := &tg.MessagesGetChatInviteImportersRequest{Requested: o.Requested, OffsetUser: &tg.InputUserEmpty{}, Limit: linksPage}
	if o.Link != "" {
		request.SetLink(o.Link)
	}
	if o.Search != "" {
		request.SetQ(o.Search)
	}
	return newCursor(o.Limit, func(ctx context.Context) (page []*Joiner, total int, err error) {
		err = a.inAnyChat(ctx, "get joiners", chat, func(peer Peer) error {
			request.Peer = peer.Input
			answer, err := a.API().MessagesGetChatInviteImporters(ctx, request)
			if err != nil {
				return err
			}
			total = answer.Count
			for _, one := range answer.Importers {
				page = append(page, &Joiner{Peer: a.peers.get(one.UserID), ChatInviteImporter: one, Chat: peer})
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
		user, ok := last.inputUser()
		if !ok {
			return page, total, io.EOF
		}
		request.OffsetDate, request.OffsetUser = last.Date, user
		return page, total, nil
	})
}

// AnswerJoinRequest lets somebody in who has asked, or turns them away.
func (a *Account) AnswerJoinRequest(ctx context.Context, chat, who Target, approve bool) error {
	_, user, err := a.resolveUser(ctx, who)
	if err != nil {
		return fmt.Errorf("answer join request: %w", err)
	}
	return a.inAnyChat(ctx, "answer join request", chat, func(peer Peer) error {
		_, err := a.API().MessagesHideChatJoinRequest(ctx, &tg.MessagesHideChatJoinRequestRequest{Approved: approve, Peer: peer.Input, UserID: user})
		return err
	})
}

// AnswerJoinRequests lets all in who have asked, or turns all away; with a link only those who came by it.
func (a *Account) AnswerJoinRequests(ctx context.Context, chat Target, link string, approve bool) error {
	return a.inAnyChat(ctx, "answer join requests", chat, func(peer Peer) error {
		request := &tg.MessagesHideAllChatJoinRequestsRequest{Approved: approve, Peer: peer.Input}
		if link != "" {
			request.SetLink(link)
		}
		_, err := a.API().MessagesHideAllChatJoinRequests(ctx, request)
		return err
	})
}

// Invitation is what an invite link leads to, seen from outside.
type Invitation struct {
	Chat  Peer           // set if the account is in the chat, or may look into it
	Raw   *tg.ChatInvite // set otherwise
	Until time.Time      // how long the account may look into the chat without joining; zero for a member
}

// CheckInvite asks what an invite link leads to, or the hash in it. The account does not join. One that leads nowhere
// is refused with INVITE_HASH_EXPIRED or INVITE_HASH_INVALID. https://core.telegram.org/method/messages.checkChatInvite
func (a *Account) CheckInvite(ctx context.Context, link string) (*Invitation, error) {
	hash := refer(link).invite
	if hash == "" {
		hash = link
	}
	answer, err := a.API().MessagesCheckChatInvite(ctx, hash)
	if err != nil {
		return nil, fmt.Errorf("check invite: %w", err)
	}
	switch invite := answer.(type) {
	case *tg.ChatInviteAlready:
		return &Invitation{Chat: a.peers.get(chatID(invite.Chat))}, nil
	case *tg.ChatInvitePeek:
		return &Invitation{Chat: a.peers.get(chatID(invite.Chat)), Until: time.Unix(int64(invite.Expires), 0)}, nil
	case *tg.ChatInvite:
		return &Invitation{Raw: invite}, nil
	}
	return nil, fmt.Errorf("check invite: the answer is %T", answer)
}

package telegram

import (
	"context"
	"fmt"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

// JoinResult is what became of an attempt to join a chat.
type JoinResult struct {
	Chat      Peer // zero while the request waits, where only the admins know the chat
	Requested bool // the chat's admins were asked to let the account in
	Already   bool // the account was in the chat
}

// Join joins a public chat by its name, or a private one by an invite link. A chat that lets nobody in
// without its admins is asked; asking twice is no error. A name that is a person's or a basic group's is a
// *ChatKindError; an account in too many chats is refused with CHANNELS_TOO_MUCH.
// https://core.telegram.org/api/invites
func (a *Account) Join(ctx context.Context, chat Target) (JoinResult, error) {
	var result JoinResult
	var err error
	if name, ok := chat.(Name); ok && refer(string(name)).invite != "" {
		result, err = a.joinByLink(ctx, refer(string(name)).invite)
	} else {
		result, err = a.joinByName(ctx, chat)
	}
	if err != nil {
		return JoinResult{}, fmt.Errorf("join chat: %w", err)
	}
	return result, nil
}

func (a *Account) joinByLink(ctx context.Context, hash string) (JoinResult, error) {
	answer, err := a.API().MessagesImportChatInvite(ctx, hash)
	switch {
	case tgerr.Is(err, "INVITE_REQUEST_SENT"):
		return JoinResult{Requested: true}, nil
	case tgerr.Is(err, "USER_ALREADY_PARTICIPANT"):
		peer, err := a.Resolve(ctx, Name("https://t.me/+"+hash))
		return JoinResult{Chat: peer, Already: true}, err
	case err != nil:
		return JoinResult{}, err
	}
	return a.joined(answer)
}

func (a *Account) joinByName(ctx context.Context, chat Target) (JoinResult, error) {
	var result JoinResult
	err := a.withPeer(ctx, chat, func(peer Peer) error {
		channel, ok := peer.inputChannel()
		if !ok {
			return &ChatKindError{Chat: peer.ID, Want: "supergroup or channel", Hint: "basic groups are joined by an invite link"}
		}
		answer, err := a.API().ChannelsJoinChannel(ctx, channel)
		switch {
		case tgerr.Is(err, "INVITE_REQUEST_SENT"):
			result = JoinResult{Chat: peer, Requested: true}
			return nil
		case tgerr.Is(err, "USER_ALREADY_PARTICIPANT"):
			result = JoinResult{Chat: peer, Already: true}
			return nil
		case err != nil:
			return err
		}
		if result, err = a.joined(answer); err != nil {
			result, err = JoinResult{Chat: peer}, nil // the answer needn't name the chat: we were in it
		}
		return err
	})
	return result, err
}

func (a *Account) joined(answer tg.MessagesChatInviteJoinResultClass) (JoinResult, error) {
	switch answer := answer.(type) {
	case *tg.MessagesChatInviteJoinResultOk:
		peer, err := a.chatIn(answer.Updates)
		return JoinResult{Chat: peer}, err
	case *tg.MessagesChatInviteJoinResultWebView:
		return JoinResult{}, fmt.Errorf("a bot (%d) wants to be talked to first", answer.BotID)
	}
	return JoinResult{}, fmt.Errorf("the answer is %T", answer)
}

// Leave leaves a group or channel and returns Telegram's message about it, nil where there is none.
func (a *Account) Leave(ctx context.Context, chat Target) (*Message, error) {
	var left *Message
	err := a.inChat(ctx, "leave chat", chat, chatCall{
		channel: func(peer Peer, channel tg.InputChannelClass) error {
			answer, err := a.API().ChannelsLeaveChannel(ctx, channel)
			if err == nil {
				left = a.toldIn(answer, peer)
			}
			return err
		},
		group: func(peer Peer, id int64) error {
			answer, err := a.API().MessagesDeleteChatUser(ctx, &tg.MessagesDeleteChatUserRequest{ChatID: id, UserID: &tg.InputUserSelf{}})
			if err == nil {
				left = a.toldIn(answer, peer)
			}
			return err
		},
	})
	return left, err
}

// Missing is somebody who could not be added to a chat, because they don't let others do that. An invite link can be
// sent to them.
type Missing struct {
	Peer
	PremiumWouldHelp bool // they let Premium users add them
	PremiumToWrite   bool // they take messages from Premium users only, so that the link can't be sent either
}

// Invite adds users to a chat and returns those who could not be added. Basic groups show them the last forward
// messages before, if forward isn't 0; there they are added one by one, so that some may be in it when the error is not
// nil. https://core.telegram.org/api/invites#direct-invites
func (a *Account) Invite(ctx context.Context, chat Target, who []Target, forward int) ([]Missing, error) {
	users, err := a.resolveUsers(ctx, who)
	if err != nil {
		return nil, fmt.Errorf("invite to chat: %w", err)
	}
	var missing []Missing
	err = a.inChat(ctx, "invite to chat", chat, chatCall{
		channel: func(_ Peer, channel tg.InputChannelClass) error {
			answer, err := a.API().ChannelsInviteToChannel(ctx, &tg.ChannelsInviteToChannelRequest{Channel: channel, Users: users})
			if err == nil {
				missing = a.missing(answer)
			}
			return err
		},
		group: func(_ Peer, id int64) error {
			for _, user := range users {
				answer, err := a.API().MessagesAddChatUser(ctx, &tg.MessagesAddChatUserRequest{ChatID: id, UserID: user, FwdLimit: forward})
				if tgerr.Is(err, "USER_ALREADY_PARTICIPANT") {
					continue
				}
				if err != nil {
					return err
				}
				missing = append(missing, a.missing(answer)...)
			}
			return nil
		},
	})
	return missing, err
}

func (a *Account) missing(answer *tg.MessagesInvitedUsers) (all []Missing) {
	for _, m := range answer.MissingInvitees {
		all = append(all, Missing{Peer: a.peers.get(m.UserID), PremiumWouldHelp: m.PremiumWouldAllowInvite, PremiumToWrite: m.PremiumRequiredForPm})
	}
	return all
}

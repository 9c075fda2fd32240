package telegram

import (
	"context"
	"fmt"

	"github.com/gotd/td/tg"
)

// FullPeer is all that Telegram tells of a user, group or channel. One of the three is set.
type FullPeer struct {
	Peer
	Account     *Account
	FullUser    *tg.UserFull
	FullGroup   *tg.ChatFull
	FullChannel *tg.ChannelFull
}

// Full asks for all that Telegram tells of a user, group or channel:
// https://core.telegram.org/method/users.getFullUser,
// https://core.telegram.org/method/channels.getFullChannel. Telegram is strict about how often.
func (a *Account) Full(ctx context.Context, who Target) (*FullPeer, error) {
	full := &FullPeer{Account: a}
	err := a.withPeer(ctx, who, func(peer Peer) error {
		if user, ok := peer.inputUser(); ok {
			answer, err := a.API().UsersGetFullUser(ctx, user)
			if err == nil {
				full.FullUser = &answer.FullUser
			}
			return full.about(peer, err)
		}
		var answer *tg.MessagesChatFull
		var err error
		if channel, ok := peer.inputChannel(); ok {
			answer, err = a.API().ChannelsGetFullChannel(ctx, channel)
		} else {
			_, id := unmark(peer.ID)
			answer, err = a.API().MessagesGetFullChat(ctx, id)
		}
		if err == nil {
			full.FullGroup, _ = answer.FullChat.(*tg.ChatFull)
			full.FullChannel, _ = answer.FullChat.(*tg.ChannelFull)
		}
		return full.about(peer, err)
	})
	if err != nil {
		return nil, fmt.Errorf("get full: %w", err)
	}
	return full, nil
}

// about completes the peer by what came along with the answer.
func (f *FullPeer) about(peer Peer, err error) error {
	if err != nil {
		return err
	}
	if f.Peer = f.Account.peers.get(peer.ID); f.Input == nil {
		f.Peer = peer
	}
	return nil
}

// Raw is the value that is set.
func (f *FullPeer) Raw() any {
	switch {
	case f.FullUser != nil:
		return f.FullUser
	case f.FullGroup != nil:
		return f.FullGroup
	}
	return f.FullChannel
}

// About is the description of a chat, or what a user writes of themself.
func (f *FullPeer) About() string {
	if about, ok := f.Raw().(interface{ GetAbout() string }); ok {
		return about.GetAbout()
	}
	return optional[string](f, func(v any) (string, bool) {
		g, ok := v.(interface{ GetAbout() (string, bool) })
		if !ok {
			return "", false
		}
		return g.GetAbout()
	})
}

func optional[T any](f *FullPeer, get func(any) (T, bool)) T {
	v, _ := get(f.Raw())
	return v
}

// PinnedID is the id of the message that was pinned last; 0 for none.
func (f *FullPeer) PinnedID() int {
	return optional(f, func(v any) (int, bool) {
		g, ok := v.(interface{ GetPinnedMsgID() (int, bool) })
		if !ok {
			return 0, false
		}
		return g.GetPinnedMsgID()
	})
}

// TTL is after how many seconds messages delete themselves; 0 for never.
func (f *FullPeer) TTL() int {
	return optional(f, func(v any) (int, bool) {
		g, ok := v.(interface{ GetTTLPeriod() (int, bool) })
		if !ok {
			return 0, false
		}
		return g.GetTTLPeriod()
	})
}

// LinkedID is the marked id of a channel's discussion group, or of the channel that a group discusses; 0 for none.
func (f *FullPeer) LinkedID() int64 {
	if f.FullChannel == nil || f.FullChannel.LinkedChatID == 0 {
		return 0
	}
	return channelID(f.FullChannel.LinkedChatID)
}

// Members is how many a chat has; 0 for users.
func (f *FullPeer) Members() int {
	switch {
	case f.FullChannel != nil:
		return f.FullChannel.ParticipantsCount
	case f.FullGroup != nil:
		if list, ok := f.FullGroup.Participants.(*tg.ChatParticipants); ok {
			return len(list.Participants)
		}
	}
	return 0
}

// Invite is the permanent invite link of a chat, where the account may see it; "" otherwise.
func (f *FullPeer) Invite() string {
	var raw tg.ExportedChatInviteClass
	switch {
	case f.FullChannel != nil:
		raw = f.FullChannel.ExportedInvite
	case f.FullGroup != nil:
		raw = f.FullGroup.ExportedInvite
	}
	if link, ok := raw.(*tg.ChatInviteExported); ok {
		return link.Link
	}
	return ""
}

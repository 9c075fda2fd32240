package telegram

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gotd/td/tg"
)

// The kinds of chats that CreateChannel makes.
const (
	MakeChannel    = "channel"
	MakeSupergroup = "supergroup"
	MakeForum      = "forum" // a supergroup with topics
)

// CreateChannelOptions describe a new channel or supergroup. The zero value makes a channel.
type CreateChannelOptions struct {
	Kind    string // one of the Make constants
	About   string
	TTL     time.Duration    // messages delete themselves after it; 0 for never
	Point   tg.InputGeoPoint // for a supergroup at a place, with Address
	Address string
}

// CreateChannel makes a channel or supergroup.
func (a *Account) CreateChannel(ctx context.Context, title string, o CreateChannelOptions) (Peer, error) {
	request := &tg.ChannelsCreateChannelRequest{Title: title, About: o.About}
	switch o.Kind {
	case "", MakeChannel:
		request.Broadcast = true
	case MakeSupergroup:
		request.Megagroup = true
	case MakeForum:
		request.Megagroup, request.Forum = true, true
	default:
		return Peer{}, fmt.Errorf("create channel: no kind of chat is called %q", o.Kind)
	}
	if o.TTL > 0 {
		request.SetTTLPeriod(int(o.TTL.Seconds()))
	}
	if o.Address != "" {
		point := o.Point
		request.SetGeoPoint(&point)
		request.SetAddress(o.Address)
	}
	answer, err := a.API().ChannelsCreateChannel(ctx, request)
	if err != nil {
		return Peer{}, fmt.Errorf("create channel: %w", err)
	}
	made, err := a.chatIn(answer)
	if err != nil {
		return Peer{}, fmt.Errorf("create channel: %w", err)
	}
	return made, nil
}

// CreateGroup makes a basic group with some users, and tells who of them could not be added.
func (a *Account) CreateGroup(ctx context.Context, title string, who []Target, ttl time.Duration) (Peer, []Missing, error) {
	users, err := a.resolveUsers(ctx, who)
	if err != nil {
		return Peer{}, nil, fmt.Errorf("create group: %w", err)
	}
	request := &tg.MessagesCreateChatRequest{Title: title, Users: users}
	if ttl > 0 {
		request.SetTTLPeriod(int(ttl.Seconds()))
	}
	answer, err := a.API().MessagesCreateChat(ctx, request)
	if err != nil {
		return Peer{}, nil, fmt.Errorf("create group: %w", err)
	}
	made, err := a.chatIn(answer.Updates)
	if err != nil {
		return Peer{}, nil, fmt.Errorf("create group: %w", err)
	}
	return made, a.missing(answer), nil
}

// DeleteChat deletes a group or channel for everybody. Only its creator can.
func (a *Account) DeleteChat(ctx context.Context, chat Target) error {
	return a.inChat(ctx, "delete chat", chat, chatCall{
		channel: func(_ Peer, channel tg.InputChannelClass) error {
			_, err := a.API().ChannelsDeleteChannel(ctx, channel)
			return err
		},
		group: func(_ Peer, id int64) error {
			_, err := a.API().MessagesDeleteChat(ctx, id)
			return err
		},
	})
}

// UpgradeGroup makes a supergroup of a basic group and returns it. One that was upgraded before is returned as it is.
func (a *Account) UpgradeGroup(ctx context.Context, chat Target) (Peer, error) {
	var made Peer
	err := a.inChat(ctx, "upgrade group", chat, chatCall{
		channel: func(peer Peer, _ tg.InputChannelClass) error {
			if peer.Chat != nil && !peer.IsGroup() {
				return &ChatKindError{Chat: peer.ID, Want: "group"}
			}
			made = peer
			return nil
		},
		group: func(_ Peer, id int64) error {
			answer, err := a.API().MessagesMigrateChat(ctx, id)
			if err != nil {
				return err
			}
			made, err = a.channelIn(answer)
			return err
		},
	})
	return made, err
}

// channelIn is the channel that came along with updates.
func (a *Account) channelIn(answer tg.UpdatesClass) (Peer, error) {
	for _, c := range chatsAlong(answer) {
		if channel, ok := c.(*tg.Channel); ok {
			return a.peers.get(channelID(channel.ID)), nil
		}
	}
	return Peer{}, errors.New("the answer names no supergroup")
}

// MakeGigagroup makes a group of a supergroup in which only admins write, and which has no limit of members. It can't
// be undone.
func (a *Account) MakeGigagroup(ctx context.Context, chat Target) error {
	return a.inChannel(ctx, "make gigagroup", chat, func(_ Peer, channel tg.InputChannelClass) error {
		_, err := a.API().ChannelsConvertToGigagroup(ctx, channel)
		return unchanged(err)
	})
}

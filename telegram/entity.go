package telegram

import (
	"context"
	"fmt"

	"github.com/gotd/td/tg"
)

// Entity asks Telegram for the present state of a user, group or channel.
func (a *Account) Entity(ctx context.Context, who Target) (Peer, error) {
	peer, err := a.Resolve(ctx, who)
	if err != nil {
		return Peer{}, err
	}
	var found Peer
	if user, ok := peer.inputUser(); ok {
		found, err = a.user(ctx, peer, user)
	} else {
		found, err = a.chat(ctx, peer)
	}
	if err != nil {
		return Peer{}, fmt.Errorf("get entity %d: %w", peer.ID, err)
	}
	return found, nil
}

func (a *Account) user(ctx context.Context, peer Peer, input tg.InputUserClass) (Peer, error) {
	users, err := a.API().UsersGetUsers(ctx, []tg.InputUserClass{input})
	if err != nil {
		return Peer{}, err
	}
	for _, u := range users {
		if u, ok := u.(*tg.User); ok && u.ID == peer.ID {
			peer.User = u
		}
	}
	return peer, nil
}

func (a *Account) chat(ctx context.Context, peer Peer) (Peer, error) {
	var answer tg.MessagesChatsClass
	var err error
	if channel, ok := peer.inputChannel(); ok {
		answer, err = a.API().ChannelsGetChannels(ctx, []tg.InputChannelClass{channel})
	} else {
		_, bare := unmark(peer.ID)
		answer, err = a.API().MessagesGetChats(ctx, []int64{bare})
	}
	if err != nil {
		return Peer{}, err
	}
	for _, c := range answer.GetChats() {
		if chatID(c) == peer.ID {
			peer.Chat = c
		}
	}
	return peer, nil
}

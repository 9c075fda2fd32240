package telegram

import (
	"context"
	"fmt"
	"slices"

	"github.com/gotd/td/tg"
)

// entitiesAtOnce is how many users or channels Telegram tells of in one answer.
const entitiesAtOnce = 200

// Entity asks Telegram for the present state of a user, group or channel: its User or Chat is as of now. See Full for
// what only their own pages tell.
func (a *Account) Entity(ctx context.Context, who Target) (Peer, error) {
	all, err := a.Entities(ctx, []Target{who})
	if err != nil {
		return Peer{}, err
	}
	return all[0], nil
}

// Entities is Entity for many, in as few requests as there can be: one for 200 users, one for 200 channels, one for
// all basic groups. They come in the order of who. Names that nobody knows yet take a request each.
func (a *Account) Entities(ctx context.Context, who []Target) ([]Peer, error) {
	all := make([]Peer, len(who))
	for i, one := range who {
		peer, err := a.Resolve(ctx, one)
		if err != nil {
			return nil, err
		}
		all[i] = peer
	}
	return all, a.refresh(ctx, all)
}

// refresh brings peers up to date.
func (a *Account) refresh(ctx context.Context, all []Peer) error {
	users, groups, channels := map[int64]tg.InputUserClass{}, map[int64]int64{}, map[int64]tg.InputChannelClass{}
	for _, peer := range all {
		if user, ok := peer.inputUser(); ok {
			users[peer.ID] = user
		} else if channel, ok := peer.inputChannel(); ok {
			channels[peer.ID] = channel
		} else {
			_, groups[peer.ID] = unmark(peer.ID)
		}
	}
	freshUsers, freshChats := map[int64]*tg.User{}, map[int64]tg.ChatClass{}
	for some := range slices.Chunk(inOrder(all, users), entitiesAtOnce) {
		answer, err := a.API().UsersGetUsers(ctx, some)
		if err != nil {
			return about(err, all)
		}
		for _, u := range answer {
			if u, ok := u.(*tg.User); ok {
				freshUsers[u.ID] = u
			}
		}
	}
	take := func(answer tg.MessagesChatsClass, err error) error {
		if err != nil {
			return about(err, all)
		}
		for _, c := range answer.GetChats() {
			freshChats[chatID(c)] = c
		}
		return nil
	}
	for some := range slices.Chunk(inOrder(all, channels), entitiesAtOnce) {
		if err := take(a.API().ChannelsGetChannels(ctx, some)); err != nil {
			return err
		}
	}
	if len(groups) > 0 {
		if err := take(a.API().MessagesGetChats(ctx, inOrder(all, groups))); err != nil {
			return err
		}
	}
	for i := range all {
		if u := freshUsers[all[i].ID]; u != nil {
			all[i].User = u
		}
		if c := freshChats[all[i].ID]; c != nil {
			all[i].Chat = c
		}
	}
	return nil
}

// about names the one that was asked for, if it is one.
func about(err error, all []Peer) error {
	if len(all) == 1 {
		return fmt.Errorf("get entity %d: %w", all[0].ID, err)
	}
	return fmt.Errorf("get %d entities: %w", len(all), err)
}

// inOrder lists what is in the map, each once, in the order of the peers.
func inOrder[T any](all []Peer, chosen map[int64]T) (list []T) {
	seen := map[int64]bool{}
	for _, peer := range all {
		if one, ok := chosen[peer.ID]; ok && !seen[peer.ID] {
			seen[peer.ID] = true
			list = append(list, one)
		}
	}
	return list
}

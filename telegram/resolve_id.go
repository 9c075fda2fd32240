package telegram

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

// resolveID finds a peer by id. A plain number is a user; if none is known by it then it is taken for
// a group or channel written without its mark.
func (a *Account) resolveID(ctx context.Context, id int64) (Peer, error) {
	if id == 0 {
		return Peer{}, errors.New("resolve: 0 is nobody's id")
	}
	if self := a.Self(); self != nil && id == self.ID {
		return a.selfPeer()
	}
	s := search{a: a, what: strconv.FormatInt(id, 10)}
	s.try("the peers seen so far")
	if peer, ok := a.remembered(id); ok {
		return peer, nil
	}
	if a.isBot() {
		return s.botID(ctx, id)
	}
	asked, err := a.warmUp(ctx)
	if err != nil {
		return Peer{}, fmt.Errorf("resolve %d: %w", id, err)
	}
	if asked {
		s.tried = append(s.tried, "messages.getDialogs", "contacts.getContacts")
		if peer, ok := a.remembered(id); ok {
			return peer, nil
		}
	}
	return Peer{}, s.unknown("Telegram wants more than an id: use the @name, or let the account see a message of theirs first")
}

// remembered looks in memory and in the store.
func (a *Account) remembered(id int64) (Peer, bool) {
	ids := [...]int64{id, channelID(id), groupID(id)}
	some := ids[:1]
	if id > 0 {
		some = ids[:]
	}
	for _, id := range some {
		peer := a.peers.get(id)
		if kind, _ := unmark(id); kind == kindGroup && peer.Chat == nil && len(some) > 1 {
			continue // a group needs no hash, so one that was only guessed proves nothing
		}
		if to := a.peers.moved(id); to != 0 {
			if peer := a.peers.get(to); peer.Input != nil {
				return peer, true
			}
		}
		if peer.Input != nil {
			return peer, true
		}
		if peer.Input = a.peers.recall(id); peer.Input != nil {
			return peer, true
		}
	}
	return Peer{}, false
}

// botID asks Telegram, which lets bots leave the hash out for those they have met.
func (s *search) botID(ctx context.Context, id int64) (Peer, error) {
	_, err := s.a.ask(ctx, s.what, func(ctx context.Context) (Peer, error) {
		kind, bare := unmark(id)
		if kind == kindChannel {
			s.try("channels.getChannels")
			_, err := s.a.API().ChannelsGetChannels(ctx, []tg.InputChannelClass{&tg.InputChannel{ChannelID: bare}})
			return Peer{}, err
		}
		s.try("users.getUsers")
		_, err := s.a.API().UsersGetUsers(ctx, []tg.InputUserClass{&tg.InputUser{UserID: bare}})
		return Peer{}, err
	})
	if err != nil && !tgerr.IsCode(err, 400) {
		return Peer{}, fmt.Errorf("resolve %d: %w", id, err)
	}
	if peer, ok := s.a.remembered(id); ok {
		return peer, nil
	}
	return Peer{}, s.unknown("a bot can only write to people who have written to it, and to chats that it is in")
}

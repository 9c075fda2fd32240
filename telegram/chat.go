package telegram

import (
	"context"
	"errors"
	"fmt"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/inbox"
)

// ChatKindError says that something can't be done with a chat of this kind.
type ChatKindError struct {
	Chat int64  // marked id
	Want string // which kind it takes
	Hint string // what would help
}

func (e *ChatKindError) Error() string {
	text := fmt.Sprintf("%d is no %s", e.Chat, e.Want)
	if e.Hint != "" {
		text += ": " + e.Hint
	}
	return text
}

// LuaFields are the fields of the error as scripts see it.
func (e *ChatKindError) LuaFields() map[string]any {
	return map[string]any{"kind": "CHAT_KIND", "message": e.Error(), "hint": e.Hint}
}

const upgradeHint = "upgrade_group makes a supergroup of a basic group"

// chatCall is a call that Telegram has twice: for basic groups, which are named by number, and for
// supergroups and channels. One that is nil can't be done there.
type chatCall struct {
	group   func(peer Peer, id int64) error
	channel func(peer Peer, channel tg.InputChannelClass) error
}

// inChat makes a call about a group or channel; what names it in errors.
func (a *Account) inChat(ctx context.Context, what string, chat Target, call chatCall) error {
	err := a.withPeer(ctx, chat, func(peer Peer) error {
		if channel, ok := peer.inputChannel(); ok {
			if call.channel == nil {
				return &ChatKindError{Chat: peer.ID, Want: "basic group"}
			}
			return call.channel(peer, channel)
		}
		kind, id := unmark(peer.ID)
		switch {
		case kind != kindGroup:
			return &ChatKindError{Chat: peer.ID, Want: "group or channel"}
		case call.group == nil:
			return &ChatKindError{Chat: peer.ID, Want: "supergroup or channel", Hint: upgradeHint}
		}
		return call.group(peer, id)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// inAnyChat is inChat for calls that take groups and channels alike.
func (a *Account) inAnyChat(ctx context.Context, what string, chat Target, call func(peer Peer) error) error {
	return a.inChat(ctx, what, chat, chatCall{
		group:   func(peer Peer, _ int64) error { return call(peer) },
		channel: func(peer Peer, _ tg.InputChannelClass) error { return call(peer) },
	})
}

// inChannel is inChat for calls that basic groups don't have.
func (a *Account) inChannel(ctx context.Context, what string, chat Target, call func(peer Peer, channel tg.InputChannelClass) error) error {
	return a.inChat(ctx, what, chat, chatCall{channel: call})
}

// resolveUser finds a person or a bot, whom methods about users address in a way of their own.
func (a *Account) resolveUser(ctx context.Context, who Target) (Peer, tg.InputUserClass, error) {
	peer, err := a.Resolve(ctx, who)
	if err != nil {
		return Peer{}, nil, err
	}
	user, ok := peer.inputUser()
	if !ok {
		return Peer{}, nil, &ChatKindError{Chat: peer.ID, Want: "user", Hint: "a person or a bot is wanted here"}
	}
	return peer, user, nil
}

// userNamed is resolveUser for who wants nothing but the address.
func (a *Account) userNamed(ctx context.Context, who Target) (tg.InputUserClass, error) {
	_, user, err := a.resolveUser(ctx, who)
	return user, err
}

func (a *Account) resolveUsers(ctx context.Context, who []Target) (users []tg.InputUserClass, err error) {
	for _, one := range who {
		_, user, err := a.resolveUser(ctx, one)
		if err != nil {
			return nil, err
		}
		users = append(users, user)
	}
	return users, nil
}

// toldIn is the service message that a call about a chat has caused; nil for none.
func (a *Account) toldIn(answer tg.UpdatesClass, chat Peer) *Message {
	for _, u := range inbox.Contents(answer) {
		m, _ := newMessageIn(u)
		if service, ok := m.(*tg.MessageService); ok {
			return a.outgoing(service, chat)
		}
	}
	return nil
}

// chatIn is the last group or channel that came along with updates: the one that a call has made.
func (a *Account) chatIn(answer tg.UpdatesClass) (Peer, error) {
	chats := chatsAlong(answer)
	for i := len(chats) - 1; i >= 0; i-- {
		if peer := a.peers.get(chatID(chats[i])); peer.Input != nil {
			return peer, nil
		}
	}
	return Peer{}, errors.New("the answer names no chat")
}

// chatsAlong are the groups and channels that came along with updates.
func chatsAlong(answer tg.UpdatesClass) []tg.ChatClass {
	switch u := answer.(type) {
	case *tg.Updates:
		return u.Chats
	case *tg.UpdatesCombined:
		return u.Chats
	}
	return nil
}

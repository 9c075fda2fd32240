package telegram

import (
	"context"
	"fmt"

	"github.com/gotd/td/tg"
)

// resolveAll finds out who is meant by each of several targets.
func (a *Account) resolveAll(ctx context.Context, targets []Target) ([]Peer, error) {
	peers := make([]Peer, len(targets))
	for i, target := range targets {
		var err error
		if peers[i], err = a.Resolve(ctx, target); err != nil {
			return nil, err
		}
	}
	return peers, nil
}

// Archive moves chats into the archive, or out of it.
func (a *Account) Archive(ctx context.Context, chats []Target, on bool) error {
	peers, err := a.resolveAll(ctx, chats)
	if err != nil {
		return fmt.Errorf("archive chats: %w", err)
	}
	moves := make([]tg.InputFolderPeer, len(peers))
	for i, peer := range peers {
		moves[i].Peer = peer.Input
		if on {
			moves[i].FolderID = archive
		}
	}
	if len(moves) == 0 {
		return nil
	}
	if _, err := a.API().FoldersEditPeerFolders(ctx, moves); err != nil {
		return fmt.Errorf("archive chats: %w", err)
	}
	return nil
}

// PinDialog keeps a chat at the top of the list, or no longer.
func (a *Account) PinDialog(ctx context.Context, chat Target, on bool) error {
	err := a.withPeer(ctx, chat, func(peer Peer) error {
		_, err := a.API().MessagesToggleDialogPin(ctx, &tg.MessagesToggleDialogPinRequest{Pinned: on, Peer: &tg.InputDialogPeer{Peer: peer.Input}})
		return err
	})
	if err != nil {
		return fmt.Errorf("pin chat: %w", err)
	}
	return nil
}

// ReorderPinned puts the pinned chats of the list, or of the archive, into an order. Pinned ones that aren't named come
// last, or, with force, are unpinned; with force the named ones are pinned.
func (a *Account) ReorderPinned(ctx context.Context, chats []Target, force, archived bool) error {
	peers, err := a.resolveAll(ctx, chats)
	if err != nil {
		return fmt.Errorf("order pinned chats: %w", err)
	}
	request := &tg.MessagesReorderPinnedDialogsRequest{Force: force}
	if archived {
		request.FolderID = archive
	}
	for _, peer := range peers {
		request.Order = append(request.Order, &tg.InputDialogPeer{Peer: peer.Input})
	}
	if _, err := a.API().MessagesReorderPinnedDialogs(ctx, request); err != nil {
		return fmt.Errorf("order pinned chats: %w", err)
	}
	return nil
}

// MarkUnread marks a chat as unread, or takes the mark away. It changes nothing of which messages were read.
func (a *Account) MarkUnread(ctx context.Context, chat Target, on bool) error {
	err := a.withPeer(ctx, chat, func(peer Peer) error {
		_, err := a.API().MessagesMarkDialogUnread(ctx, &tg.MessagesMarkDialogUnreadRequest{Unread: on, Peer: &tg.InputDialogPeer{Peer: peer.Input}})
		return err
	})
	if err != nil {
		return fmt.Errorf("mark chat: %w", err)
	}
	return nil
}

// DeleteDialog takes a chat out of the list: channels and groups are left, of other chats the messages are deleted.
// With revoke, those of a private chat are deleted for the other side too.
func (a *Account) DeleteDialog(ctx context.Context, chat Target, revoke bool) error {
	err := a.withPeer(ctx, chat, func(peer Peer) error {
		if channel, ok := peer.inputChannel(); ok {
			_, err := a.API().ChannelsLeaveChannel(ctx, channel)
			return err
		}
		if kind, bare := unmark(peer.ID); kind == kindGroup {
			group, _ := peer.Chat.(*tg.Chat)
			if group == nil || !group.Left && !group.Deactivated {
				_, err := a.API().MessagesDeleteChatUser(ctx, &tg.MessagesDeleteChatUserRequest{ChatID: bare, UserID: &tg.InputUserSelf{}, RevokeHistory: revoke})
				if err != nil {
					return err
				}
			}
		}
		return a.clearHistory(ctx, peer, revoke)
	})
	if err != nil {
		return fmt.Errorf("delete chat: %w", err)
	}
	return nil
}

// clearHistory deletes all messages of a chat.
func (a *Account) clearHistory(ctx context.Context, peer Peer, revoke bool) error {
	_, err := inSteps(func() (*tg.MessagesAffectedHistory, error) {
		return a.API().MessagesDeleteHistory(ctx, &tg.MessagesDeleteHistoryRequest{Peer: peer.Input, Revoke: revoke})
	})
	return err
}

package telegram

import (
	"context"
	"fmt"
	"slices"

	"github.com/gotd/td/tg"
)

// deleteLimit is how many messages Telegram takes in one call.
const deleteLimit = 100

// DeleteOptions say how messages are deleted.
type DeleteOptions struct {
	KeepForOthers bool // only for this account, where Telegram allows that
	Scheduled     bool // the messages are for later; they were never sent
}

// Delete deletes messages and returns how many Telegram says it deleted: a hundred in one call, so that some may be
// gone when the error is not nil. Outside of channels and supergroups ids belong to the account, and Telegram doesn't
// look at the chat, which may be nil. Ids of messages that are gone are no error.
// https://core.telegram.org/method/messages.deleteMessages
func (a *Account) Delete(ctx context.Context, chat Target, ids []int, opts DeleteOptions) (int, error) {
	deleted := 0
	remove := func(peer Peer) error {
		for some := range slices.Chunk(ids, deleteLimit) {
			n, err := a.deleteSome(ctx, peer, some, opts)
			if err != nil {
				return err
			}
			deleted += n
		}
		return nil
	}
	var err error
	if chat == nil {
		err = remove(Peer{})
	} else {
		err = a.withPeer(ctx, chat, remove)
	}
	if err != nil {
		return deleted, fmt.Errorf("delete messages: %w", err)
	}
	return deleted, nil
}

func (a *Account) deleteSome(ctx context.Context, peer Peer, ids []int, opts DeleteOptions) (int, error) {
	if opts.Scheduled {
		_, err := a.API().MessagesDeleteScheduledMessages(ctx, &tg.MessagesDeleteScheduledMessagesRequest{Peer: peer.Input, ID: ids})
		return len(ids), err // Telegram doesn't say
	}
	var affected *tg.MessagesAffectedMessages
	var err error
	if channel, ok := peer.inputChannel(); ok {
		affected, err = a.API().ChannelsDeleteMessages(ctx, &tg.ChannelsDeleteMessagesRequest{Channel: channel, ID: ids})
	} else {
		affected, err = a.API().MessagesDeleteMessages(ctx, &tg.MessagesDeleteMessagesRequest{Revoke: !opts.KeepForOthers, ID: ids})
	}
	if err != nil {
		return 0, err
	}
	return affected.PtsCount, nil
}

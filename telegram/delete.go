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
}

// Delete deletes messages and returns how many Telegram says it deleted. Outside of channels and
// supergroups ids belong to the account, and Telegram doesn't look at the chat.
func (a *Account) Delete(ctx context.Context, chat Target, ids []int, opts DeleteOptions) (int, error) {
	deleted := 0
	err := a.withPeer(ctx, chat, func(peer Peer) error {
		for some := range slices.Chunk(ids, deleteLimit) {
			affected, err := a.deleteSome(ctx, peer, some, opts)
			if err != nil {
				return err
			}
			deleted += affected.PtsCount
		}
		return nil
	})
	if err != nil {
		return deleted, fmt.Errorf("delete messages: %w", err)
	}
	return deleted, nil
}

func (a *Account) deleteSome(ctx context.Context, peer Peer, ids []int, opts DeleteOptions) (*tg.MessagesAffectedMessages, error) {
	if channel, ok := peer.inputChannel(); ok {
		return a.API().ChannelsDeleteMessages(ctx, &tg.ChannelsDeleteMessagesRequest{Channel: channel, ID: ids})
	}
	return a.API().MessagesDeleteMessages(ctx, &tg.MessagesDeleteMessagesRequest{Revoke: !opts.KeepForOthers, ID: ids})
}

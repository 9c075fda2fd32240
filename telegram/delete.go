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
	peer, err := a.Resolve(ctx, chat)
	if err != nil {
		return 0, fmt.Errorf("delete messages: %w", err)
	}
	deleted := 0
	for some := range slices.Chunk(ids, deleteLimit) {
		var affected *tg.MessagesAffectedMessages
		if channel, ok := peer.inputChannel(); ok {
			affected, err = a.API().ChannelsDeleteMessages(ctx, &tg.ChannelsDeleteMessagesRequest{Channel: channel, ID: some})
		} else {
			affected, err = a.API().MessagesDeleteMessages(ctx, &tg.MessagesDeleteMessagesRequest{Revoke: !opts.KeepForOthers, ID: some})
		}
		if err != nil {
			return deleted, fmt.Errorf("delete messages: %w", err)
		}
		deleted += affected.PtsCount
	}
	return deleted, nil
}

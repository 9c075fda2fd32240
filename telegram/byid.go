package telegram

import (
	"context"
	"fmt"
	"slices"

	"github.com/gotd/td/tg"
)

// idsLimit is how many messages Telegram gives by their ids in one call.
const idsLimit = 100

// MessagesByID fetches messages by their ids. The result has one for each id, in their order; nil for one that is
// gone, or never was in the chat. Scheduled messages have ids of their own. A hundred are one request.
// https://core.telegram.org/method/channels.getMessages
func (a *Account) MessagesByID(ctx context.Context, chat Target, ids []int, scheduled bool) ([]*Message, error) {
	var found []*Message
	err := a.withPeer(ctx, chat, func(peer Peer) error {
		found = nil
		for some := range slices.Chunk(ids, idsLimit) {
			page, err := a.messagesByID(ctx, peer, some, scheduled)
			if err != nil {
				return err
			}
			found = append(found, page...)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("get messages: %w", err)
	}
	return found, nil
}

// messagesByID fetches at most idsLimit messages.
func (a *Account) messagesByID(ctx context.Context, chat Peer, ids []int, scheduled bool) ([]*Message, error) {
	answer, err := a.callByID(ctx, chat, ids, scheduled)
	if err != nil {
		return nil, err
	}
	content, ok := answer.AsModified()
	if !ok {
		return nil, fmt.Errorf("unexpected answer %T", answer)
	}
	byID := make(map[int]*Message, len(ids))
	for _, m := range content.GetMessages() {
		// Outside of channels ids belong to the account: the message may be in another chat.
		if m := a.messageFrom(m); m != nil && MarkedID(m.PeerID) == chat.ID {
			m.Chat, m.Scheduled = chat, scheduled
			byID[m.ID] = m
		}
	}
	found := make([]*Message, len(ids))
	for i, id := range ids {
		found[i] = byID[id]
	}
	return found, nil
}

func (a *Account) callByID(ctx context.Context, chat Peer, ids []int, scheduled bool) (tg.MessagesMessagesClass, error) {
	if scheduled {
		return a.API().MessagesGetScheduledMessages(ctx, &tg.MessagesGetScheduledMessagesRequest{Peer: chat.Input, ID: ids})
	}
	named := make([]tg.InputMessageClass, len(ids))
	for i, id := range ids {
		named[i] = &tg.InputMessageID{ID: id}
	}
	if channel, ok := chat.inputChannel(); ok {
		return a.API().ChannelsGetMessages(ctx, &tg.ChannelsGetMessagesRequest{Channel: channel, ID: named})
	}
	return a.API().MessagesGetMessages(ctx, named)
}

package telegram

import (
	"context"
	"fmt"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/inbox"
)

// SendScheduled sends messages now that were for later, and returns them as they are in the chat, with new ids.
// https://core.telegram.org/method/messages.sendScheduledMessages
func (a *Account) SendScheduled(ctx context.Context, chat Target, ids []int) ([]*Message, error) {
	var sent []*Message
	err := a.withPeer(ctx, chat, func(peer Peer) error {
		answer, err := a.API().MessagesSendScheduledMessages(ctx, &tg.MessagesSendScheduledMessagesRequest{Peer: peer.Input, ID: ids})
		if err != nil {
			return err
		}
		sent = nil
		for _, u := range inbox.Contents(answer) {
			if m, later := newMessageIn(u); m != nil && !later {
				sent = append(sent, a.outgoing(m, peer))
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("send scheduled messages: %w", err)
	}
	return sent, nil
}

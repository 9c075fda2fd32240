package telegram

import (
	"context"
	"fmt"

	"github.com/gotd/td/tg"
)

// PinOptions say how a message is pinned.
type PinOptions struct {
	Notify  bool // tell the members
	OneSide bool // in a private chat, only for this account
}

// Pin pins a message. It returns the service message that tells of it, nil where there is none.
// https://core.telegram.org/api/pin
func (a *Account) Pin(ctx context.Context, chat Target, id int, opts PinOptions) (*Message, error) {
	var told *Message
	err := a.withPeer(ctx, chat, func(peer Peer) error {
		answer, err := a.API().MessagesUpdatePinnedMessage(ctx, &tg.MessagesUpdatePinnedMessageRequest{
			Peer: peer.Input, ID: id, Silent: !opts.Notify, PmOneside: opts.OneSide,
		})
		if err == nil {
			told = a.toldIn(answer, peer)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("pin message: %w", err)
	}
	return told, nil
}

// Unpin takes one message from the pinned ones.
func (a *Account) Unpin(ctx context.Context, chat Target, id int, opts PinOptions) error {
	err := a.withPeer(ctx, chat, func(peer Peer) error {
		_, err := a.API().MessagesUpdatePinnedMessage(ctx, &tg.MessagesUpdatePinnedMessageRequest{
			Peer: peer.Input, ID: id, Unpin: true, Silent: !opts.Notify, PmOneside: opts.OneSide,
		})
		return err
	})
	if err != nil {
		return fmt.Errorf("unpin message: %w", err)
	}
	return nil
}

// UnpinAll takes all messages from the pinned ones: those of one topic, or of the whole chat for 0. It returns how
// many.
func (a *Account) UnpinAll(ctx context.Context, chat Target, topic int) (int, error) {
	n := 0
	err := a.withPeer(ctx, chat, func(peer Peer) (err error) {
		n, err = inSteps(func() (*tg.MessagesAffectedHistory, error) {
			return a.API().MessagesUnpinAllMessages(ctx, &tg.MessagesUnpinAllMessagesRequest{Peer: peer.Input, TopMsgID: topic})
		})
		return err
	})
	if err != nil {
		return n, fmt.Errorf("unpin all messages: %w", err)
	}
	return n, nil
}

// inSteps repeats a call until Telegram has nothing left to do, and counts what it did.
// https://core.telegram.org/constructor/messages.affectedHistory
func inSteps(call func() (*tg.MessagesAffectedHistory, error)) (n int, err error) {
	for {
		affected, err := call()
		if err != nil {
			return n, err
		}
		if n += affected.PtsCount; affected.Offset <= 0 {
			return n, nil
		}
	}
}

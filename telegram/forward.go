package telegram

import (
	"context"
	"fmt"
	"slices"

	"github.com/gotd/td/tg"
)

// forwardLimit is how many messages Telegram takes in one call.
const forwardLimit = 100

// ForwardOptions say how messages are forwarded. Of the SendOptions, the text's own have no meaning.
type ForwardOptions struct {
	SendOptions
	DropAuthor   bool // as if this account had written them
	DropCaptions bool // media without their text; drops the author, too
	WithScore    bool // of games
}

// Forward forwards messages of one chat to another, and returns them in the order of ids: a hundred in one call, so
// that of more some may have been forwarded when the error is not nil. A chat whose content is protected refuses with
// CHAT_FORWARDS_RESTRICTED. https://core.telegram.org/method/messages.forwardMessages
func (a *Account) Forward(ctx context.Context, to, from Target, ids []int, opts ForwardOptions) ([]*Message, error) {
	var sent []*Message
	source, err := a.Resolve(ctx, from)
	if err == nil {
		err = a.withPeer(ctx, to, func(chat Peer) error {
			s, err := a.sending(ctx, chat, opts.SendOptions)
			for some := range slices.Chunk(ids, forwardLimit) {
				if err != nil {
					break
				}
				var page []*Message
				page, err = a.forward(ctx, s, source, some, opts)
				sent = append(sent, page...)
			}
			return err
		})
	}
	if err != nil {
		return sent, fmt.Errorf("forward messages: %w", err)
	}
	return sent, nil
}

func (a *Account) forward(ctx context.Context, s sending, from Peer, ids []int, opts ForwardOptions) ([]*Message, error) {
	request := &tg.MessagesForwardMessagesRequest{
		FromPeer: from.Input, ToPeer: s.Chat.Input, ID: ids, RandomID: make([]int64, len(ids)), TopMsgID: opts.Topic,
		Silent: s.Silent, Background: s.Background, Noforwards: s.Protected, ScheduleDate: s.Schedule, SendAs: s.SendAs, Effect: s.Effect,
		DropAuthor: opts.DropAuthor || opts.DropCaptions, DropMediaCaptions: opts.DropCaptions, WithMyScore: opts.WithScore,
	}
	if opts.ReplyTo != 0 {
		request.ReplyTo = s.ReplyTo
	}
	drafts := make([]*tg.Message, len(ids))
	for i := range ids {
		request.RandomID[i] = newRandomID()
		drafts[i] = a.draft(s, "", nil, nil)
	}
	return a.sendCall(ctx, s.Chat, drafts, request.RandomID, func(ctx context.Context) (tg.UpdatesClass, error) {
		return a.API().MessagesForwardMessages(ctx, request)
	})
}

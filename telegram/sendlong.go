package telegram

import (
	"context"
	"fmt"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"

	"github.com/tgscript/tgscript/telegram/text"
)

// What Telegram takes in one message. https://core.telegram.org/api/config
const (
	textLimit     = 4096 // counted in UTF-16 units, of which a character has one or two: never too many
	entitiesLimit = 100
	piecesLimit   = 100 // ours: nobody reads more, and an account that floods a chat is restricted
)

// SendLong sends a text in as many messages as it needs, cut where that disturbs least: see [text.Split]. The first one
// answers what the options name, the last one gets the buttons. If one fails, those before it are returned with the
// error. A text for more than a hundred messages is refused at once, with Telegram's own MESSAGE_TOO_LONG.
func (a *Account) SendLong(ctx context.Context, to Target, body text.Text, opts SendOptions) ([]*Message, error) {
	pieces := text.Split(body, textLimit, entitiesLimit)
	if len(pieces) > piecesLimit {
		return nil, fmt.Errorf("send %d messages for one text, more than %d: %w", len(pieces), piecesLimit, tgerr.New(400, "MESSAGE_TOO_LONG"))
	}
	var sent []*Message
	err := a.withPeer(ctx, to, func(chat Peer) error {
		s, err := a.sending(ctx, chat, opts)
		if err != nil {
			return err
		}
		for i, piece := range pieces {
			part := s
			if i > 0 {
				part.Effect, part.ClearDraft, part.ReplyTo = 0, false, threadOnly(s)
			}
			if i < len(pieces)-1 {
				part.Buttons = nil
			}
			m, err := a.send(ctx, part, piece)
			if err != nil {
				return err
			}
			sent = append(sent, m)
		}
		return nil
	})
	if err != nil {
		return sent, fmt.Errorf("send message: %w", err)
	}
	return sent, nil
}

// threadOnly keeps a message in its thread without quoting what the one before it has quoted.
func threadOnly(s sending) tg.InputReplyToClass {
	reply, ok := s.ReplyTo.(*tg.InputReplyToMessage)
	if !ok || reply.TopMsgID == 0 {
		return nil
	}
	return &tg.InputReplyToMessage{ReplyToMsgID: reply.TopMsgID, TopMsgID: reply.TopMsgID}
}

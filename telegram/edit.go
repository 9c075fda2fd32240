package telegram

import (
	"context"
	"fmt"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/text"
)

// EditOptions say how a message is changed.
type EditOptions struct {
	NoPreview bool // without the preview of a link
}

// Edit replaces the text of a message.
func (a *Account) Edit(ctx context.Context, chat Target, id int, body text.Text, opts EditOptions) (*Message, error) {
	peer, err := a.Resolve(ctx, chat)
	if err != nil {
		return nil, fmt.Errorf("edit message: %w", err)
	}
	request := &tg.MessagesEditMessageRequest{
		Peer: peer.Input, ID: id, NoWebpage: opts.NoPreview, Entities: a.entities(ctx, body.Entities),
	}
	request.SetMessage(body.Plain)
	a.updates.sent.edited(peer.ID, id, body.Plain)
	answer, err := a.API().MessagesEditMessage(ctx, request)
	if err != nil {
		return nil, fmt.Errorf("edit message: %w", err)
	}
	for _, u := range updatesIn(answer) {
		if m, kind := messageIn(u); kind == EventEdit && m.ID == id {
			return a.outgoing(m, peer), nil
		}
	}
	m := a.drafted(peer, &tg.MessagesSendMessageRequest{Message: body.Plain, Entities: request.Entities})
	m.ID = id
	return a.outgoing(m, peer), nil
}

package telegram

import (
	"context"
	"fmt"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/inbox"
	"github.com/tgscript/tgscript/telegram/text"
)

// EditOptions say how a message is changed.
type EditOptions struct {
	NoPreview bool // without the preview of a link
}

// Edit replaces the text of a message.
func (a *Account) Edit(ctx context.Context, chat Target, id int, body text.Text, opts EditOptions) (*Message, error) {
	var edited *Message
	err := a.withPeer(ctx, chat, func(peer Peer) (err error) {
		edited, err = a.edit(ctx, peer, id, body, opts)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("edit message: %w", err)
	}
	return edited, nil
}

func (a *Account) edit(ctx context.Context, peer Peer, id int, body text.Text, opts EditOptions) (*Message, error) {
	request := &tg.MessagesEditMessageRequest{
		Peer: peer.Input, ID: id, NoWebpage: opts.NoPreview, Entities: a.entities(ctx, body.Entities),
	}
	request.SetMessage(body.Plain)
	a.updates.sent.edited(peer.ID, id, body.Plain)
	answer, err := a.API().MessagesEditMessage(ctx, request)
	if err != nil {
		return nil, err
	}
	for _, u := range inbox.Contents(answer) {
		if m, kind := messageIn(u); kind == EventEdit && m.ID == id {
			return a.outgoing(m, peer), nil
		}
	}
	m := a.draft(sending{Chat: peer}, body.Plain, request.Entities, nil)
	m.ID = id
	return a.outgoing(m, peer), nil
}

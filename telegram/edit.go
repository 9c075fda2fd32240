package telegram

import (
	"context"
	"fmt"
	"time"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"

	"github.com/tgscript/tgscript/telegram/inbox"
	"github.com/tgscript/tgscript/telegram/text"
)

// EditOptions say how a message is changed.
type EditOptions struct {
	KeepText    bool // the text stays, whatever is given
	NoPreview   bool // without the preview of a link
	InvertMedia bool // media or preview above the text

	Media       tg.InputMediaClass  // in place of the photo or file; nil keeps it
	Buttons     tg.ReplyMarkupClass // nil keeps them
	DropButtons bool                // takes them away

	Scheduled bool      // the message is one for later
	At        time.Time // its new time; the zero time keeps it
}

// Edit replaces the text of a message, its media or its buttons, and returns it as it is then. One that says all of it
// already is refused with MESSAGE_NOT_MODIFIED, unless the first answer to the same call was lost. A message for later
// that isn't there is ErrNotScheduled. https://core.telegram.org/method/messages.editMessage
func (a *Account) Edit(ctx context.Context, chat Target, id int, body text.Text, opts EditOptions) (*Message, error) {
	var edited *Message
	err := a.withPeer(ctx, chat, func(peer Peer) (err error) {
		var original *Message
		if m, ok := chat.(*Message); ok && m.ID == id {
			original = m
		}
		edited, err = a.edit(ctx, peer, original, id, body, opts)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("edit message: %w", err)
	}
	return edited, nil
}

// edit takes the message as it was, nil if that isn't known.
func (a *Account) edit(ctx context.Context, peer Peer, original *Message, id int, body text.Text, opts EditOptions) (*Message, error) {
	markup, err := a.readyMarkup(ctx, opts.Buttons)
	if err != nil {
		return nil, err
	}
	request := &tg.MessagesEditMessageRequest{
		Peer: peer.Input, ID: id, NoWebpage: opts.NoPreview, InvertMedia: opts.InvertMedia, Media: opts.Media,
		ReplyMarkup: markup,
	}
	if opts.Scheduled {
		if err := a.keepSchedule(ctx, request, peer, original, opts.At); err != nil {
			return nil, err
		}
	} else if err := a.keepButtons(ctx, request, peer, original, opts); err != nil {
		return nil, err
	}
	if !opts.KeepText {
		request.Entities = a.entities(ctx, body.Entities)
		request.SetMessage(body.Plain)
		if !opts.Scheduled {
			a.editing(peer.ID, id, body.Plain)
		}
	}
	answer, err := a.API().MessagesEditMessage(ctx, request)
	if doneBefore(err) {
		return a.editedBefore(ctx, peer, id, opts)
	}
	if err != nil {
		return nil, err
	}
	for _, u := range inbox.Contents(answer) {
		if m := editedMessageIn(u); m != nil && m.GetID() == id {
			changed := a.outgoing(m, peer)
			changed.Scheduled = opts.Scheduled
			a.done(EventEdit, changed)
			return changed, nil
		}
	}
	m := a.draft(sending{Chat: peer}, body.Plain, request.Entities, nil)
	m.ID = id
	changed := a.outgoing(m, peer)
	a.done(EventEdit, changed)
	return changed, nil
}

// editedBefore is the message after an edit whose answer was lost.
func (a *Account) editedBefore(ctx context.Context, peer Peer, id int, opts EditOptions) (*Message, error) {
	found, err := a.messagesByID(ctx, peer, []int{id}, opts.Scheduled)
	if err != nil {
		return nil, fmt.Errorf("look at it: %w", err)
	}
	if found[0] == nil {
		return nil, tgerr.New(400, "MESSAGE_ID_INVALID") // deleted since
	}
	a.done(EventEdit, found[0])
	return found[0], nil
}

// editedMessageIn is the message that an update shows as it is now; nil if there is none.
func editedMessageIn(u tg.UpdateClass) (m tg.MessageClass) {
	switch u := u.(type) {
	case *tg.UpdateEditMessage:
		m = u.Message
	case *tg.UpdateEditChannelMessage:
		m = u.Message
	case *tg.UpdateNewScheduledMessage:
		m = u.Message
	}
	if m == nil || peerOfMessage(m) == nil {
		return nil
	}
	return m
}

// keepButtons gives the message its buttons again: Telegram takes them away from one that is edited without.
func (a *Account) keepButtons(ctx context.Context, request *tg.MessagesEditMessageRequest, peer Peer, original *Message, opts EditOptions) error {
	if opts.Buttons != nil || opts.DropButtons || !a.isBot() { // people's messages have none
		return nil
	}
	if original == nil {
		found, err := a.messagesByID(ctx, peer, []int{request.ID}, false)
		if err != nil {
			return fmt.Errorf("look for its buttons: %w", err)
		}
		if original = found[0]; original == nil {
			return nil // the edit will say so
		}
	}
	if inline, ok := original.ReplyMarkup.(*tg.ReplyInlineMarkup); ok {
		request.ReplyMarkup = inline
	}
	return nil
}

// keepSchedule gives a message for later its time again: without one Telegram doesn't take it for such.
// https://core.telegram.org/api/scheduled-messages#editing-scheduled-messages
func (a *Account) keepSchedule(ctx context.Context, request *tg.MessagesEditMessageRequest, peer Peer, original *Message, at time.Time) error {
	if !at.IsZero() {
		request.ScheduleDate = int(at.Unix())
		return nil
	}
	if original == nil {
		found, err := a.messagesByID(ctx, peer, []int{request.ID}, true)
		if err != nil {
			return fmt.Errorf("look for its time: %w", err)
		}
		if original = found[0]; original == nil {
			return ErrNotScheduled
		}
	}
	request.ScheduleDate = original.Date
	return nil
}

package telegram

import (
	"context"
	"fmt"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/text"
)

// Send sends a text message and returns it as Telegram has stored it. It is sent once: a call that is
// repeated because the connection broke carries the same random_id, and Telegram takes it once. A text of more than
// 4096 characters is refused with MESSAGE_TOO_LONG: see SendLong. What the options name and isn't there is a
// *MessageError: ErrQuoteNotFound, ErrNoDiscussion, ErrNoPreviewURL.
// https://core.telegram.org/method/messages.sendMessage
func (a *Account) Send(ctx context.Context, to Target, body text.Text, opts SendOptions) (*Message, error) {
	var sent *Message
	err := a.withPeer(ctx, to, func(chat Peer) error {
		s, err := a.sending(ctx, chat, opts)
		if err == nil {
			sent, err = a.send(ctx, s, body)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("send message: %w", err)
	}
	return sent, nil
}

func (a *Account) send(ctx context.Context, s sending, body text.Text) (*Message, error) {
	if s.Preview != (Preview{}) && !s.NoPreview {
		return a.sendPreview(ctx, s, body)
	}
	request := &tg.MessagesSendMessageRequest{
		Peer: s.Chat.Input, ReplyTo: s.ReplyTo, Message: body.Plain, Entities: a.entities(ctx, body.Entities), RandomID: newRandomID(),
		Silent: s.Silent, Background: s.Background, NoWebpage: s.NoPreview, ClearDraft: s.ClearDraft, Noforwards: s.Protected,
		InvertMedia: s.InvertMedia, ScheduleDate: s.Schedule, SendAs: s.SendAs, Effect: s.Effect, ReplyMarkup: s.Buttons,
	}
	drafts := []*tg.Message{a.draft(s, body.Plain, request.Entities, nil)}
	sent, err := a.sendCall(ctx, s.Chat, drafts, []int64{request.RandomID}, func(ctx context.Context) (tg.UpdatesClass, error) {
		return a.API().MessagesSendMessage(ctx, request)
	})
	if err != nil {
		return nil, err
	}
	return sent[0], nil
}

// sendPreview sends a text with a preview that was asked for: Telegram wants it as media then.
// https://core.telegram.org/constructor/inputMediaWebPage
func (a *Account) sendPreview(ctx context.Context, s sending, body text.Text) (*Message, error) {
	url := s.Preview.URL
	if url == "" {
		url = text.FirstLink(body)
	}
	if url == "" {
		return nil, ErrNoPreviewURL
	}
	page := &tg.InputMediaWebPage{URL: url, ForceLargeMedia: s.Preview.Large, ForceSmallMedia: s.Preview.Small, Optional: s.Preview.URL == ""}
	return a.sendMedia(ctx, s, page, body)
}

package telegram

import (
	"context"
	"fmt"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/text"
)

// SendMedia sends what is no text: a file that was uploaded, a poll, a place, a contact. caption may be empty; with
// more than 1024 characters, or what Premium allows, it is refused with MEDIA_CAPTION_TOO_LONG.
// https://core.telegram.org/method/messages.sendMedia
func (a *Account) SendMedia(ctx context.Context, to Target, media tg.InputMediaClass, caption text.Text, opts SendOptions) (*Message, error) {
	var sent *Message
	err := a.withPeer(ctx, to, func(chat Peer) error {
		s, err := a.sending(ctx, chat, opts)
		if err == nil {
			sent, err = a.sendMedia(ctx, s, media, caption)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("send media: %w", err)
	}
	return sent, nil
}

func (a *Account) sendMedia(ctx context.Context, s sending, media tg.InputMediaClass, caption text.Text) (*Message, error) {
	request := &tg.MessagesSendMediaRequest{
		Peer: s.Chat.Input, ReplyTo: s.ReplyTo, Media: media, Message: caption.Plain, Entities: a.entities(ctx, caption.Entities),
		RandomID: newRandomID(), Silent: s.Silent, Background: s.Background, ClearDraft: s.ClearDraft, Noforwards: s.Protected,
		InvertMedia: s.InvertMedia, ScheduleDate: s.Schedule, SendAs: s.SendAs, Effect: s.Effect, ReplyMarkup: s.Buttons,
	}
	drafts := []*tg.Message{a.draft(s, caption.Plain, request.Entities, unknownMedia())}
	sent, err := a.sendCall(ctx, s.Chat, drafts, []int64{request.RandomID}, func(ctx context.Context) (tg.UpdatesClass, error) {
		return a.API().MessagesSendMedia(ctx, request)
	})
	if err != nil {
		return nil, err
	}
	return sent[0], nil
}

// unknownMedia stands for media until Telegram has told what it has made of them.
func unknownMedia() tg.MessageMediaClass { return &tg.MessageMediaUnsupported{} }

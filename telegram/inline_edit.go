package telegram

import (
	"context"
	"fmt"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/text"
)

// EditInline changes a message that was sent through this bot, inline. Of the options Buttons, DropButtons, KeepText,
// Media, NoPreview and InvertMedia count; buttons that aren't given are taken away, for nobody tells the bot which the
// message has.
func (a *Account) EditInline(ctx context.Context, id tg.InputBotInlineMessageIDClass, body text.Text, opts EditOptions) error {
	markup, err := a.readyMarkup(ctx, opts.Buttons)
	if err != nil {
		return fmt.Errorf("edit inline message: %w", err)
	}
	request := &tg.MessagesEditInlineBotMessageRequest{
		ID: id, NoWebpage: opts.NoPreview, InvertMedia: opts.InvertMedia, ReplyMarkup: markup,
	}
	if opts.Media != nil {
		request.SetMedia(opts.Media)
	}
	if !opts.KeepText {
		request.Entities = a.entities(ctx, body.Entities)
		request.SetMessage(body.Plain)
	}
	// Only the data center that the id names knows the message: https://core.telegram.org/method/messages.editInlineBotMessage
	api, err := a.apiOn(ctx, id.GetDCID())
	if err == nil {
		_, err = api.MessagesEditInlineBotMessage(ctx, request)
	}
	if err != nil {
		return fmt.Errorf("edit inline message: %w", err)
	}
	return nil
}

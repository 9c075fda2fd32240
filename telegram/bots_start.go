package telegram

import (
	"context"
	"fmt"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/text"
)

// StartBot starts a bot as its deep link does: https://core.telegram.org/api/links#bot-links. The parameter may be
// empty. chat is nil for the chat with the bot; in a group, the bot is added to it.
func (a *Account) StartBot(ctx context.Context, bot Target, param string, chat Target) (*Message, error) {
	if chat == nil {
		chat = bot
	}
	var sent *Message
	err := a.withPeer(ctx, chat, func(peer Peer) error {
		user, err := a.userNamed(ctx, bot)
		if err != nil {
			return err
		}
		if param == "" && peer.IsUser() { // Telegram starts nothing without a parameter: apps write the command
			sent, err = a.Send(ctx, peer, text.Of("/start"), SendOptions{})
			return err
		}
		request := &tg.MessagesStartBotRequest{Bot: user, Peer: peer.Input, RandomID: newRandomID(), StartParam: param}
		drafts := []*tg.Message{a.draft(sending{Chat: peer}, "/start", nil, nil)}
		messages, err := a.sendCall(ctx, peer, drafts, []int64{request.RandomID}, func(ctx context.Context) (tg.UpdatesClass, error) {
			return a.API().MessagesStartBot(ctx, request)
		})
		if err == nil {
			sent = messages[0]
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("start bot: %w", err)
	}
	return sent, nil
}

// WebViewOptions say which mini app of a bot is opened, and where.
type WebViewOptions struct {
	Chat       Target // in which it opens; nil for the chat with the bot
	URL        string // empty for the bot's main one
	StartParam string
	Platform   string // "tgscript" if empty
	Simple     bool   // one of a reply keyboard, which learns less of the account
}

// WebView is the address of a mini app, with what tells it who this account is. Nothing is opened.
func (a *Account) WebView(ctx context.Context, bot Target, o WebViewOptions) (string, error) {
	url, err := a.webView(ctx, bot, o)
	if err != nil {
		return "", fmt.Errorf("open mini app: %w", err)
	}
	return url, nil
}

func (a *Account) webView(ctx context.Context, bot Target, o WebViewOptions) (string, error) {
	if o.Chat == nil {
		o.Chat = bot
	}
	if o.Platform == "" {
		o.Platform = "tgscript"
	}
	user, err := a.userNamed(ctx, bot)
	if err != nil {
		return "", err
	}
	chat, err := a.Resolve(ctx, o.Chat)
	if err != nil {
		return "", err
	}
	var answer *tg.WebViewResultURL
	switch {
	case o.Simple:
		request := &tg.MessagesRequestSimpleWebViewRequest{Bot: user, Platform: o.Platform}
		setGiven(o.URL, request.SetURL)
		setGiven(o.StartParam, request.SetStartParam)
		answer, err = a.API().MessagesRequestSimpleWebView(ctx, request)
	case o.URL == "":
		request := &tg.MessagesRequestMainWebViewRequest{Peer: chat.Input, Bot: user, Platform: o.Platform}
		setGiven(o.StartParam, request.SetStartParam)
		answer, err = a.API().MessagesRequestMainWebView(ctx, request)
	default:
		request := &tg.MessagesRequestWebViewRequest{Peer: chat.Input, Bot: user, Platform: o.Platform}
		request.SetURL(o.URL)
		setGiven(o.StartParam, request.SetStartParam)
		answer, err = a.API().MessagesRequestWebView(ctx, request)
	}
	if err != nil {
		return "", err
	}
	return answer.URL, nil
}

// AnswerWebView sends a message for the person who uses a mini app of this bot: queryID is what the app was told. It
// returns the message's id, nil for one without buttons.
func (a *Account) AnswerWebView(ctx context.Context, queryID string, offer InlineOffer) (tg.InputBotInlineMessageIDClass, error) {
	result, err := a.offered(ctx, offer)
	if err != nil {
		return nil, fmt.Errorf("answer mini app: %w", err)
	}
	sent, err := a.API().MessagesSendWebViewResultMessage(ctx, &tg.MessagesSendWebViewResultMessageRequest{BotQueryID: queryID, Result: result})
	if err != nil {
		return nil, fmt.Errorf("answer mini app: %w", err)
	}
	return sent.MsgID, nil
}

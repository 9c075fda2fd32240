package telegram

import (
	"context"
	"fmt"
	"time"

	"github.com/gotd/td/tg"
)

// InlineQueryOptions say where and how a bot is asked.
type InlineQueryOptions struct {
	Chat   Target            // where the result will be sent; nil doesn't tell the bot
	Offset string            // InlineResults.NextOffset of the page before
	Geo    *tg.InputGeoPoint // where this account is; nil doesn't tell the bot
}

// InlineResults are what a bot offers.
type InlineResults struct {
	*tg.MessagesBotResults
	Account *Account
	Bot     Peer
	Query   string
	Offers  []*InlineResult

	options InlineQueryOptions
	until   time.Time
}

// InlineResult is one of a bot's offers.
type InlineResult struct {
	tg.BotInlineResultClass
	Of *InlineResults
}

// QueryInline asks a bot for its offers, as if its name and a query were typed. A bot that knows no inline mode is
// refused with BOT_INLINE_DISABLED, one that doesn't answer in time with BOT_RESPONSE_TIMEOUT.
// https://core.telegram.org/method/messages.getInlineBotResults
func (a *Account) QueryInline(ctx context.Context, bot Target, query string, o InlineQueryOptions) (*InlineResults, error) {
	found, err := a.queryInline(ctx, bot, query, o)
	if err != nil {
		return nil, fmt.Errorf("inline query: %w", err)
	}
	return found, nil
}

func (a *Account) queryInline(ctx context.Context, bot Target, query string, o InlineQueryOptions) (*InlineResults, error) {
	peer, err := a.Resolve(ctx, bot)
	if err != nil {
		return nil, err
	}
	user, err := a.userNamed(ctx, peer)
	if err != nil {
		return nil, err
	}
	request := &tg.MessagesGetInlineBotResultsRequest{Bot: user, Peer: &tg.InputPeerEmpty{}, Query: query, Offset: o.Offset}
	if o.Chat != nil {
		chat, err := a.Resolve(ctx, o.Chat)
		if err != nil {
			return nil, err
		}
		request.Peer, o.Chat = chat.Input, chat
	}
	if o.Geo != nil {
		request.SetGeoPoint(o.Geo)
	}
	answer, err := a.API().MessagesGetInlineBotResults(ctx, request)
	if err != nil {
		return nil, err
	}
	r := &InlineResults{MessagesBotResults: answer, Account: a, Bot: peer, Query: query, options: o}
	r.until = a.tune.now().Add(time.Duration(answer.CacheTime) * time.Second)
	for _, one := range answer.Results {
		r.Offers = append(r.Offers, &InlineResult{one, r})
	}
	return r, nil
}

// Valid says whether the bot has promised that the offers still hold. Others may be sent, too, for about an hour.
func (r *InlineResults) Valid() bool { return r.Account.tune.now().Before(r.until) }

// More asks the bot for what comes after these offers; nil if there is nothing.
func (r *InlineResults) More(ctx context.Context) (*InlineResults, error) {
	if r.NextOffset == "" {
		return nil, nil
	}
	o := r.options
	o.Offset = r.NextOffset
	return r.Account.QueryInline(ctx, r.Bot, r.Query, o)
}

// Send sends the offer. hideVia leaves out the name of the bot, for those bots for which Telegram allows that. Of the
// options, those about text and buttons have no meaning. A nil chat is the one that was asked for.
func (r *InlineResult) Send(ctx context.Context, chat Target, o SendOptions, hideVia bool) (*Message, error) {
	a := r.Of.Account
	if chat == nil {
		chat = r.Of.options.Chat
	}
	if chat == nil {
		chat = Name("")
	}
	var sent *Message
	err := a.withPeer(ctx, chat, func(peer Peer) error {
		s, err := a.sending(ctx, peer, o)
		if err != nil {
			return err
		}
		request := &tg.MessagesSendInlineBotResultRequest{
			Peer: s.Chat.Input, ReplyTo: s.ReplyTo, RandomID: newRandomID(), QueryID: r.Of.QueryID, ID: r.GetID(),
			Silent: s.Silent, Background: s.Background, ClearDraft: s.ClearDraft, HideVia: hideVia, ScheduleDate: s.Schedule, SendAs: s.SendAs,
		}
		drafts := []*tg.Message{a.draft(s, r.Says(), nil, r.media())}
		messages, err := a.sendCall(ctx, s.Chat, drafts, []int64{request.RandomID}, func(ctx context.Context) (tg.UpdatesClass, error) {
			return a.API().MessagesSendInlineBotResult(ctx, request)
		})
		if err == nil {
			sent = messages[0]
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("send inline result: %w", err)
	}
	return sent, nil
}

// Says is the text that the message will have.
func (r *InlineResult) Says() string {
	if m, ok := r.Message().(interface{ GetMessage() string }); ok {
		return m.GetMessage()
	}
	return ""
}

// media stands for what the message will have beside text.
func (r *InlineResult) media() tg.MessageMediaClass {
	if _, ok := r.Message().(*tg.BotInlineMessageText); ok {
		return nil
	}
	return unknownMedia()
}

// Message is what is sent.
func (r *InlineResult) Message() tg.BotInlineMessageClass {
	switch one := r.BotInlineResultClass.(type) {
	case *tg.BotInlineResult:
		return one.SendMessage
	case *tg.BotInlineMediaResult:
		return one.SendMessage
	}
	return nil
}

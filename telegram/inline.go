package telegram

import (
	"context"
	"fmt"

	"github.com/gotd/td/tg"
)

// The events of inline mode: https://core.telegram.org/api/bots/inline
const (
	EventInlineQuery  = "inline_query"  // somebody types a query to this bot. Its Detail is an *InlineQuery
	EventInlineChosen = "inline_chosen" // somebody has sent what this bot offered. Its Detail is a *InlineChosen
)

// InlineQuery is what somebody has typed after the name of this bot.
type InlineQuery struct {
	Told
	Account *Account
	ID      int64
	Sender  Peer
	Text    string
	Offset  string       // what this bot named as the place to go on; empty at the beginning
	Geo     *tg.GeoPoint // where the person is, for bots that ask for it; else nil
	Place   tg.InlineQueryPeerTypeClass
}

// InlineChosen is an offer of this bot that was sent. BotFather has to be told that a bot wants to know.
type InlineChosen struct {
	Told
	Account *Account
	Sender  Peer
	ID      string // of the result
	Query   string
	Geo     *tg.GeoPoint
	Message tg.InputBotInlineMessageIDClass // nil for one without buttons, which can't be edited
}

// inlineIn makes events of inline mode.
func inlineIn(a *Account, u tg.UpdateClass) (kind string, detail any) {
	switch u := u.(type) {
	case *tg.UpdateBotInlineQuery:
		geo, _ := u.Geo.(*tg.GeoPoint)
		return EventInlineQuery, &InlineQuery{
			Account: a, ID: u.QueryID, Sender: a.peers.get(u.UserID), Text: u.Query, Offset: u.Offset, Geo: geo, Place: u.PeerType,
		}
	case *tg.UpdateBotInlineSend:
		geo, _ := u.Geo.(*tg.GeoPoint)
		return EventInlineChosen, &InlineChosen{
			Account: a, Sender: a.peers.get(u.UserID), ID: u.ID, Query: u.Query, Geo: geo, Message: u.MsgID,
		}
	}
	return "", nil
}

// InlineAnswer says how the offers of a bot are shown. The zero value shows a list that Telegram doesn't keep.
type InlineAnswer struct {
	CacheTime  int    // seconds for which Telegram gives the same answer to the same query
	Private    bool   // and only to the same person
	Gallery    bool   // as a grid of pictures, not as a list
	NextOffset string // comes back as InlineQuery.Offset when the person scrolls to the end; empty if that was all

	SwitchPM      string // text of a button above the offers that opens the chat with the bot
	SwitchPMParam string // what the bot's /start gets by that button
	WebApp        string // address of a mini app that the button opens in place of the chat
}

// Answer gives the person the offers to choose from, up to 50. One that can't be made is an *OfferError with its
// number, and nothing is answered then. Telegram waits for some seconds only: QUERY_ID_INVALID says that it was too
// late.
// https://core.telegram.org/method/messages.setInlineBotResults
func (q *InlineQuery) Answer(ctx context.Context, offers []InlineOffer, how InlineAnswer) error {
	request := &tg.MessagesSetInlineBotResultsRequest{
		QueryID: q.ID, Gallery: how.Gallery, Private: how.Private, CacheTime: how.CacheTime,
		Results: make([]tg.InputBotInlineResultClass, len(offers)),
	}
	for i, offer := range offers {
		result, err := q.Account.offered(ctx, offer)
		if err != nil {
			return fmt.Errorf("answer an inline query: %w", &OfferError{i + 1, err})
		}
		request.Results[i] = result
	}
	if how.NextOffset != "" {
		request.SetNextOffset(how.NextOffset)
	}
	switch {
	case how.WebApp != "":
		request.SetSwitchWebview(tg.InlineBotWebView{Text: how.SwitchPM, URL: how.WebApp})
	case how.SwitchPM != "":
		request.SetSwitchPm(tg.InlineBotSwitchPM{Text: how.SwitchPM, StartParam: how.SwitchPMParam})
	}
	if _, err := q.Account.API().MessagesSetInlineBotResults(ctx, request); err != nil {
		return fmt.Errorf("answer an inline query: %w", err)
	}
	return nil
}

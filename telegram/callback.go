package telegram

import (
	"context"
	"fmt"
	"sync/atomic"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

// EventCallback is a button pressed below a message of this bot. Its Detail is a *CallbackQuery.
const EventCallback = "callback"

// CallbackQuery is a pressed button, as its bot hears of it:
// https://core.telegram.org/api/bots/buttons#callback-queries
type CallbackQuery struct {
	Told
	Account *Account
	ID      int64
	Sender  Peer // who pressed it
	Data    []byte
	Game    string // short name of the game, of a button that plays one

	Chat      Peer                            // zero for a message that was sent through the bot, inline
	MessageID int                             // 0 for those, too
	Inline    tg.InputBotInlineMessageIDClass // of those only
	Instance  int64                           // the same for all buttons of a chat

	answered atomic.Bool
}

// callbackIn makes an event of a pressed button.
func callbackIn(a *Account, u tg.UpdateClass) (kind string, detail any) {
	switch u := u.(type) {
	case *tg.UpdateBotCallbackQuery:
		return EventCallback, &CallbackQuery{
			Account: a, ID: u.QueryID, Sender: a.peers.get(u.UserID), Chat: a.peers.get(MarkedID(u.Peer)),
			MessageID: u.MsgID, Data: u.Data, Game: u.GameShortName, Instance: u.ChatInstance,
		}
	case *tg.UpdateInlineBotCallbackQuery:
		return EventCallback, &CallbackQuery{
			Account: a, ID: u.QueryID, Sender: a.peers.get(u.UserID), Inline: u.MsgID, Data: u.Data, Game: u.GameShortName, Instance: u.ChatInstance,
		}
	}
	return "", nil
}

// CallbackAnswer is what a bot says to a pressed button. The zero value says nothing, and ends the waiting.
type CallbackAnswer struct {
	Text      string // up to 200 characters
	Alert     bool   // Text is a box that has to be closed, not a passing notice
	URL       string // to be opened: t.me links of the bot, or the address of a game
	CacheTime int    // seconds for which the person's app remembers the answer
}

// Answered says whether the query was answered by this process.
func (q *CallbackQuery) Answered() bool { return q.answered.Load() }

// Answer answers the query. Telegram takes one answer, and waits a quarter of a minute for it; QUERY_ID_INVALID says
// that it was too late. https://core.telegram.org/method/messages.setBotCallbackAnswer
func (q *CallbackQuery) Answer(ctx context.Context, answer CallbackAnswer) error {
	was := q.answered.Swap(true)
	request := &tg.MessagesSetBotCallbackAnswerRequest{QueryID: q.ID, Alert: answer.Alert, CacheTime: answer.CacheTime}
	if answer.Text != "" {
		request.SetMessage(answer.Text)
	}
	if answer.URL != "" {
		request.SetURL(answer.URL)
	}
	if _, err := q.Account.API().MessagesSetBotCallbackAnswer(ctx, request); err != nil {
		q.answered.Store(was) // a text that is too long is refused, and the person waits on
		return fmt.Errorf("answer a button: %w", err)
	}
	return nil
}

// Close answers the query with nothing if nobody has answered it, so that the person doesn't wait.
func (q *CallbackQuery) Close(ctx context.Context) {
	if q.answered.Load() {
		return
	}
	err := q.Answer(ctx, CallbackAnswer{})
	if err != nil && ctx.Err() == nil && !tgerr.Is(err, "QUERY_ID_INVALID") { // then it was too late, or answered elsewhere
		q.Account.log.WarnContext(ctx, "a pressed button was not answered", "error", err)
	}
}

// Message asks Telegram for the message below which the button is; nil if it is gone, or the bot can't see it.
func (q *CallbackQuery) Message(ctx context.Context) (*Message, error) {
	if q.MessageID == 0 {
		return nil, nil
	}
	found, err := q.Account.messagesByID(ctx, q.Chat, []int{q.MessageID}, false)
	if err != nil {
		return nil, fmt.Errorf("get the message of a button: %w", err)
	}
	return found[0], nil
}

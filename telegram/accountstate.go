package telegram

import (
	"context"
	"errors"
	"time"
)

// EventAccountState is an account that has become usable, or is lost. Its Detail is an *AccountStateEvent.
const EventAccountState = "account_state"

// AccountStateEvent is how the account stands with Telegram. It says "ready" after each sign-in; everything else is a
// LostReason, after which the account makes no more calls, and its Run returns.
type AccountStateEvent struct {
	Happening
	State  string
	Reason string // a sentence for people; "" for ready
}

// lastWords is how long the handler may take to hear that the account is lost.
const lastWords = time.Second

// tellLost tells the handler why the account has ended, if Telegram has ended it. Nothing else is told after it.
func (a *Account) tellLost(ctx context.Context, cause error) {
	var lost *AccountLostError
	if a.opts.Handler == nil || a.Self() == nil || !errors.As(cause, &lost) {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastWords)
	defer cancel()
	a.opts.Handler(ctx, &Event{
		Kind: EventAccountState, Account: a,
		Detail: &AccountStateEvent{Happening{Account: a}, string(lost.Reason), lost.Error()},
	})
}

func (a *Account) ready() *Event {
	return &Event{Kind: EventAccountState, Account: a, Detail: &AccountStateEvent{Happening: Happening{Account: a}, State: "ready"}}
}

// signedIn is a note that the account is usable.
type signedIn struct{}

package telegram

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/gotd/td/tg"
)

// The events of payments: https://core.telegram.org/api/payments#5-checkout
const (
	EventPreCheckout = "pre_checkout" // somebody is about to pay. Its Detail is a *PreCheckout
	EventShipping    = "shipping"     // somebody has given an address. Its Detail is a *ShippingQuery
	EventPayment     = "payment"      // somebody has paid. Its Detail is a *Payment
	EventWebAppData  = "web_app_data" // a mini app of a reply keyboard has sent something. Its Detail is a *WebAppData
	EventShared      = "peers_shared" // somebody has chosen people or chats by a button. Its Detail is a *PeersShared
)

// PreCheckout waits for the bot's word, for ten seconds.
type PreCheckout struct {
	Told
	Account  *Account
	ID       int64
	Sender   Peer
	Payload  string
	Currency string
	Total    int64 // in the smallest unit of the currency
	Info     tg.PaymentRequestedInfo
	Shipping string // id of the option that was chosen
}

// Accept lets the person pay.
func (q *PreCheckout) Accept(ctx context.Context) error { return q.answer(ctx, "") }

// Refuse tells the person why they can't pay.
func (q *PreCheckout) Refuse(ctx context.Context, reason string) error { return q.answer(ctx, reason) }

func (q *PreCheckout) answer(ctx context.Context, reason string) error {
	request := &tg.MessagesSetBotPrecheckoutResultsRequest{QueryID: q.ID, Success: reason == ""}
	setGiven(reason, request.SetError)
	if _, err := q.Account.API().MessagesSetBotPrecheckoutResults(ctx, request); err != nil {
		return fmt.Errorf("answer a checkout: %w", err)
	}
	return nil
}

// ShippingQuery waits for the ways to ship, and their prices.
type ShippingQuery struct {
	Told
	Account *Account
	ID      int64
	Sender  Peer
	Payload string
	Address tg.PostAddress
}

// Answer gives the person the options to choose from; with a reason, none.
func (q *ShippingQuery) Answer(ctx context.Context, options []tg.ShippingOption, reason string) error {
	request := &tg.MessagesSetBotShippingResultsRequest{QueryID: q.ID}
	if reason != "" {
		request.SetError(reason)
	} else {
		request.SetShippingOptions(options)
	}
	if _, err := q.Account.API().MessagesSetBotShippingResults(ctx, request); err != nil {
		return fmt.Errorf("answer a shipping query: %w", err)
	}
	return nil
}

// Payment is money that has come in.
type Payment struct {
	Told
	*Message
	Paid *tg.MessageActionPaymentSentMe
}

// WebAppData is what a mini app has sent.
type WebAppData struct {
	Told
	*Message
	Button, Data string
}

// PeersShared are people or chats that somebody has chosen.
type PeersShared struct {
	Told
	*Message
	Button int // the number that the button was given
	Peers  []Peer
}

// paymentIn makes events of payments, and of other things that only bots are told.
func paymentIn(a *Account, u tg.UpdateClass) (kind string, detail any) {
	switch u := u.(type) {
	case *tg.UpdateBotPrecheckoutQuery:
		return EventPreCheckout, &PreCheckout{
			Account: a, ID: u.QueryID, Sender: a.peers.get(u.UserID), Payload: string(u.Payload), Currency: u.Currency, Total: u.TotalAmount,
			Info: u.Info, Shipping: u.ShippingOptionID,
		}
	case *tg.UpdateBotShippingQuery:
		return EventShipping, &ShippingQuery{Account: a, ID: u.QueryID, Sender: a.peers.get(u.UserID), Payload: string(u.Payload), Address: u.ShippingAddress}
	case *tg.UpdateNewMessage:
		if service, ok := u.Message.(*tg.MessageService); ok {
			return a.toldByService(service)
		}
	}
	return "", nil
}

func (a *Account) toldByService(service *tg.MessageService) (kind string, detail any) {
	switch action := service.Action.(type) {
	case *tg.MessageActionPaymentSentMe:
		return EventPayment, &Payment{Message: a.messageFrom(service), Paid: action}
	case *tg.MessageActionWebViewDataSentMe:
		return EventWebAppData, &WebAppData{Message: a.messageFrom(service), Button: action.Text, Data: action.Data}
	case *tg.MessageActionRequestedPeerSentMe:
		shared := &PeersShared{Message: a.messageFrom(service), Button: action.ButtonID}
		for _, p := range action.Peers {
			shared.Peers = append(shared.Peers, a.peers.get(sharedID(p)))
		}
		return EventShared, shared
	}
	return "", nil
}

func sharedID(p tg.RequestedPeerClass) int64 {
	switch p := p.(type) {
	case *tg.RequestedPeerUser:
		return p.UserID
	case *tg.RequestedPeerChat:
		return groupID(p.ChatID)
	case *tg.RequestedPeerChannel:
		return channelID(p.ChannelID)
	}
	return 0
}

// StarsBalance is how many Stars the account has, in billionths where they aren't whole.
func (a *Account) StarsBalance(ctx context.Context) (tg.StarsAmount, error) {
	answer, err := a.API().PaymentsGetStarsStatus(ctx, &tg.PaymentsGetStarsStatusRequest{Peer: &tg.InputPeerSelf{}})
	if err != nil {
		return tg.StarsAmount{}, fmt.Errorf("get balance: %w", err)
	}
	amount, _ := answer.Balance.(*tg.StarsAmount)
	if amount == nil {
		return tg.StarsAmount{}, nil
	}
	return *amount, nil
}

// TransactionOptions choose transactions of Stars.
type TransactionOptions struct {
	Incoming, Outgoing bool // neither stands for both
	Ascending          bool // the oldest first
	Limit              int
}

// Transaction is a movement of Stars.
type Transaction struct {
	tg.StarsTransaction
	With Peer // the other side, if it is one of Telegram's peers
}

// Time is when it happened.
func (t Transaction) Time() time.Time { return time.Unix(int64(t.Date), 0) }

// StarsTransactions goes through the account's transactions.
func (a *Account) StarsTransactions(o TransactionOptions) *Cursor[Transaction] {
	request := &tg.PaymentsGetStarsTransactionsRequest{
		Peer: &tg.InputPeerSelf{}, Inbound: o.Incoming && !o.Outgoing, Outbound: o.Outgoing && !o.Incoming, Ascending: o.Ascending, Limit: 100,
	}
	return newCursor(o.Limit, func(ctx context.Context) ([]Transaction, int, error) {
		answer, err := a.API().PaymentsGetStarsTransactions(ctx, request)
		if err != nil {
			return nil, -1, fmt.Errorf("list transactions: %w", err)
		}
		a.peers.learn(answer.Users, answer.Chats)
		page := make([]Transaction, len(answer.History))
		for i, t := range answer.History {
			page[i] = Transaction{StarsTransaction: t}
			if with, ok := t.Peer.(*tg.StarsTransactionPeer); ok {
				page[i].With = a.peers.get(MarkedID(with.Peer))
			}
		}
		if request.Offset = answer.NextOffset; request.Offset == "" {
			return page, -1, io.EOF
		}
		return page, -1, nil
	})
}

// RefundStars gives a person their Stars back. The charge is told by Payment.
func (a *Account) RefundStars(ctx context.Context, who Target, charge string) error {
	user, err := a.userNamed(ctx, who)
	if err == nil {
		_, err = a.API().PaymentsRefundStarsCharge(ctx, &tg.PaymentsRefundStarsChargeRequest{UserID: user, ChargeID: charge})
	}
	if err != nil {
		return fmt.Errorf("refund stars: %w", err)
	}
	return nil
}

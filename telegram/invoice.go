package telegram

import (
	"context"
	"fmt"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/text"
)

// Stars is the currency of Telegram itself, which bots take for digital goods: https://core.telegram.org/api/stars
const Stars = "XTR"

// Invoice asks for money: https://core.telegram.org/api/payments
type Invoice struct {
	Title, Description string
	Payload            string // comes back to the bot; the person doesn't see it
	Currency           string // three letters; Stars if empty
	Prices             []tg.LabeledPrice
	Provider           string // token of the payment provider, from BotFather; empty for Stars
	ProviderData       string // JSON for the provider
	Photo              *tg.InputWebDocument
	StartParam         string // of the deep link below forwarded copies; without it, they can be paid by anybody

	Subscription  int  // seconds for which a payment lasts, of a subscription in Stars
	Test          bool // no real money
	AskName       bool
	AskPhone      bool
	AskEmail      bool
	AskAddress    bool
	TellPhone     bool // the provider is told the phone number
	TellEmail     bool
	Flexible      bool // the price depends on the address: the event EventShipping
	MaxTip        int64
	SuggestedTips []int64
}

// Media is the invoice as Telegram takes it, for SendMedia.
func (i Invoice) Media() *tg.InputMediaInvoice {
	currency := i.Currency
	if currency == "" {
		currency = Stars
	}
	media := &tg.InputMediaInvoice{
		Title: i.Title, Description: i.Description, Payload: []byte(i.Payload), ProviderData: tg.DataJSON{Data: "{}"},
		Invoice: tg.Invoice{
			Currency: currency, Prices: i.Prices, Test: i.Test, NameRequested: i.AskName, PhoneRequested: i.AskPhone, EmailRequested: i.AskEmail,
			ShippingAddressRequested: i.AskAddress, PhoneToProvider: i.TellPhone, EmailToProvider: i.TellEmail, Flexible: i.Flexible,
		},
	}
	setGiven(i.Provider, media.SetProvider)
	setGiven(i.StartParam, media.SetStartParam)
	if i.ProviderData != "" {
		media.ProviderData.Data = i.ProviderData
	}
	if i.Photo != nil {
		media.SetPhoto(*i.Photo)
	}
	if i.Subscription > 0 {
		media.Invoice.SetSubscriptionPeriod(i.Subscription)
	}
	if i.MaxTip > 0 {
		media.Invoice.SetMaxTipAmount(i.MaxTip)
		media.Invoice.SetSuggestedTipAmounts(i.SuggestedTips)
	}
	return media
}

// SendInvoice sends an invoice. A button that pays is made by Telegram if none is given.
func (a *Account) SendInvoice(ctx context.Context, to Target, invoice Invoice, opts SendOptions) (*Message, error) {
	sent, err := a.SendMedia(ctx, to, invoice.Media(), text.Text{}, opts)
	if err != nil {
		return nil, fmt.Errorf("send invoice: %w", err)
	}
	return sent, nil
}

// ExportInvoice makes a link by which anybody can pay, as often as they like.
func (a *Account) ExportInvoice(ctx context.Context, invoice Invoice) (link string, err error) {
	answer, err := a.API().PaymentsExportInvoice(ctx, invoice.Media())
	if err != nil {
		return "", fmt.Errorf("export invoice: %w", err)
	}
	return answer.URL, nil
}

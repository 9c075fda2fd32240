package telegram

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/gotd/td/tg"
)

// ErrNotStars says that an invoice wants a card: only Stars are paid from here.
var ErrNotStars = errors.New("the invoice is not in Stars: pay it in an app")

// PriceError says that an invoice costs more than one was ready to pay.
type PriceError struct{ Price, Limit int64 }

func (e *PriceError) Error() string {
	return fmt.Sprintf("the invoice costs %d Stars, and the limit is %d", e.Price, e.Limit)
}

// LuaFields are the fields of the error as scripts see it.
func (e *PriceError) LuaFields() map[string]any {
	return map[string]any{"kind": "PRICE", "price": e.Price, "limit": e.Limit}
}

// PaymentForm is what is to be paid, and to whom.
type PaymentForm struct {
	*tg.PaymentsPaymentFormStars
	Bot   Peer
	Price int64

	invoice tg.InputInvoiceClass
}

// InvoiceForm asks what an invoice costs: a message, or a link as ExportInvoice makes it.
func (a *Account) InvoiceForm(ctx context.Context, m *Message, link string) (*PaymentForm, error) {
	form := &PaymentForm{}
	if m != nil {
		form.invoice = &tg.InputInvoiceMessage{Peer: m.Chat.Input, MsgID: m.ID}
	} else {
		form.invoice = &tg.InputInvoiceSlug{Slug: invoiceSlug(link)}
	}
	answer, err := a.API().PaymentsGetPaymentForm(ctx, &tg.PaymentsGetPaymentFormRequest{Invoice: form.invoice})
	if err == nil {
		var ok bool
		if form.PaymentsPaymentFormStars, ok = answer.(*tg.PaymentsPaymentFormStars); !ok {
			err = ErrNotStars
		}
	}
	if err != nil {
		return nil, fmt.Errorf("get payment form: %w", err)
	}
	for _, p := range form.Invoice.Prices {
		form.Price += p.Amount
	}
	form.Bot = a.peers.get(form.BotID)
	return form, nil
}

// invoiceSlug is what names the invoice in https://t.me/$slug and https://t.me/invoice/slug.
func invoiceSlug(link string) string {
	slug := link[strings.LastIndex(link, "/")+1:]
	if _, after, ok := strings.Cut(slug, "slug="); ok { // tg://invoice?slug=
		slug = after
	}
	return strings.TrimPrefix(slug, "$")
}

// Pay pays an invoice in Stars if it costs no more than limit: else it is a *PriceError, and nothing is paid. It is
// never made twice: if the answer is lost, it fails with *OutcomeUnknownError. BALANCE_TOO_LOW says that there aren't
// enough.
// https://core.telegram.org/method/payments.sendStarsForm
func (a *Account) Pay(ctx context.Context, form *PaymentForm, limit int64) error {
	if form.Price > limit {
		return fmt.Errorf("pay: %w", &PriceError{form.Price, limit})
	}
	answer, err := a.API().PaymentsSendStarsForm(ctx, &tg.PaymentsSendStarsFormRequest{FormID: form.FormID, Invoice: form.invoice})
	if err != nil {
		return fmt.Errorf("pay: %w", err)
	}
	if result, ok := answer.(*tg.PaymentsPaymentResult); ok { // the updates in it are the account's own
		a.peers.learnUpdates(result.Updates)
		if box := a.updates.get(); box != nil && result.Updates != nil {
			box.PushOwn(result.Updates)
		}
	}
	return nil
}

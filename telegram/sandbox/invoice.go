package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// invoice is what a bot asks to be paid for. A server with a folder keeps it: hence the exported
// fields. See https://core.telegram.org/api/payments.
type invoice struct {
	Bot         int64
	Title, Text string
	Photo       []byte // an inputWebDocument
	Asked       []byte // an invoice
	Payload     []byte
	StartParam  string
}

// payment is a sum that was paid. See https://core.telegram.org/api/stars.
type payment struct {
	ID       string // of the charge, or of what came from elsewhere
	With     int64  // the other side
	Amount   int64  // below zero if it went away
	Currency string
	Date     int
	Title    string
	Text     string
	Payload  []byte
	Message  int // the service message that tells of it
	Refund   bool
	Refunded bool
}

// stars is the currency in which what isn't sent to anybody's door is paid.
const stars = "XTR"

// starsAtFirst is what every person here has to spend.
const starsAtFirst = 1000

// The limits of https://core.telegram.org/constructor/inputMediaInvoice.
const (
	invoiceTitle   = 32
	invoiceText    = 255
	invoicePayload = 128
	invoicePrices  = 1 << 53
)

func (i *invoice) asked() tg.Invoice {
	var out tg.Invoice
	_ = out.Decode(&bin.Buffer{Buf: i.Asked}) // what bill has written can be read
	return out
}

func (i *invoice) photo() tg.WebDocumentClass {
	var in tg.InputWebDocument
	if len(i.Photo) == 0 || in.Decode(&bin.Buffer{Buf: i.Photo}) != nil {
		return nil
	}
	return &tg.WebDocumentNoProxy{URL: in.URL, Size: in.Size, MimeType: in.MimeType, Attributes: in.Attributes}
}

func total(in tg.Invoice) int64 {
	sum := int64(0)
	for _, price := range in.Prices {
		sum += price.Amount
	}
	return sum
}

// bill checks an invoice that a bot has made.
func (c *call) bill(in *tg.InputMediaInvoice) (*invoice, error) {
	out := &invoice{Bot: c.me.id, Title: in.Title, Text: in.Description, Payload: in.Payload, StartParam: in.StartParam}
	sum := total(in.Invoice)
	switch {
	case !c.me.bot:
		return nil, bad("MEDIA_INVALID")
	case in.Title == "" || len([]rune(in.Title)) > invoiceTitle:
		return nil, bad("INVOICE_TITLE_INVALID")
	case in.Description == "" || len([]rune(in.Description)) > invoiceText:
		return nil, bad("INVOICE_DESCRIPTION_INVALID")
	case len(in.Payload) == 0 || len(in.Payload) > invoicePayload:
		return nil, bad("INVOICE_PAYLOAD_INVALID")
	case in.Invoice.Currency == stars && len(in.Invoice.Prices) != 1:
		return nil, bad("STARS_INVOICE_INVALID")
	case in.Invoice.Currency != stars && in.Provider == "":
		return nil, bad("PAYMENT_PROVIDER_INVALID")
	case len(in.Invoice.Currency) != 3:
		return nil, bad("CURRENCY_INVALID")
	case sum <= 0 || sum > invoicePrices:
		return nil, bad("CURRENCY_TOTAL_AMOUNT_INVALID")
	case len(in.StartParam) > startParam:
		return nil, bad("START_PARAM_INVALID")
	}
	var asked, photo bin.Buffer
	if err := in.Invoice.Encode(&asked); err != nil {
		return nil, bad("INVOICE_INVALID")
	}
	if web, given := in.GetPhoto(); given {
		if _, err := webDocument(web); err != nil {
			return nil, err
		}
		if err := web.Encode(&photo); err != nil {
			return nil, bad("PHOTO_INVALID")
		}
	}
	out.Asked, out.Photo = asked.Buf, photo.Buf
	return out, nil
}

// media is what a message shows of an invoice.
func (i *invoice) media() *tg.MessageMediaInvoice {
	asked := i.asked()
	m := &tg.MessageMediaInvoice{
		ShippingAddressRequested: asked.ShippingAddressRequested, Test: asked.Test, Title: i.Title, Description: i.Text,
		Currency: asked.Currency, TotalAmount: total(asked), StartParam: i.StartParam,
	}
	if photo := i.photo(); photo != nil {
		m.SetPhoto(photo)
	}
	return m
}

// payButton is the first one below an invoice.
func payButton() tg.KeyboardInlineButton {
	return tg.KeyboardInlineButton{Text: "Pay", Type: &tg.InlineButtonTypeBuy{}}
}

// paid is what only the bot reads in the message that tells of a payment, or of something else that it is given.
type paid struct {
	Bot    int64
	Action []byte // such as a messageActionPaymentSentMe
}

// show replaces what everybody reads by what the bot reads.
func (p *paid) show(viewer *user, m *tg.MessageService) {
	if p == nil || viewer == nil || viewer.id != p.Bot {
		return
	}
	if action, err := tg.DecodeMessageAction(&bin.Buffer{Buf: p.Action}); err == nil {
		m.Action = action
	}
}

// starsOf is what an account has.
func (u *user) starsOf() int64 {
	sum := int64(0)
	if u.person() {
		sum = starsAtFirst
	}
	for _, p := range u.prefs.Payments {
		if p.Currency == stars {
			sum += p.Amount
		}
	}
	return sum
}

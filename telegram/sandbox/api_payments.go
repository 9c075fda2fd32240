package sandbox

import (
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func paymentsMethods(t table) {
	on(t, bots, (*call).exportInvoice)
	on(t, people, (*call).getPaymentForm)
	onWaiting(t, people, (*call).sendStarsForm)
	onWaiting(t, people, (*call).sendPaymentForm)
	onWaiting(t, people, (*call).validateRequestedInfo)
	on(t, bots, (*call).setBotPrecheckoutResults)
	on(t, bots, (*call).setBotShippingResults)
	on(t, people, (*call).getPaymentReceipt)
}

// invoiceSite is what links to invoices begin with: https://core.telegram.org/api/links#invoice-links.
const invoiceSite = "https://t.me/$"

// exportInvoice: https://core.telegram.org/method/payments.exportInvoice
func (c *call) exportInvoice(in *tg.PaymentsExportInvoiceRequest) (bin.Encoder, error) {
	media, ok := in.InvoiceMedia.(*tg.InputMediaInvoice)
	if !ok {
		return nil, bad("MEDIA_INVALID")
	}
	i, err := c.bill(media)
	if err != nil {
		return nil, err
	}
	slug := c.freshHash()
	c.slugs[slug] = i
	return &tg.PaymentsExportedInvoice{URL: invoiceSite + slug}, nil
}

// due is an invoice that the caller means to pay.
type due struct {
	*invoice
	form   int64
	asked  tg.Invoice
	record *record // the message that asks for it; nil for a link
}

// due finds the invoice that a client means.
func (c *call) due(in tg.InputInvoiceClass) (*due, error) {
	switch in := in.(type) {
	case *tg.InputInvoiceMessage:
		_, r, err := c.meant(in.Peer, in.MsgID)
		if err != nil {
			return nil, err
		}
		if r.post.extra == nil || r.post.extra.invoice == nil {
			return nil, bad("MESSAGE_ID_INVALID")
		}
		i := r.post.extra.invoice
		if m, ok := r.said(); ok && receiptOf(m) != 0 {
			return nil, bad("INVOICE_ALREADY_PAID")
		}
		return &due{invoice: i, form: c.hash(c.me.id, peer{peerInline, int64(r.id)}), asked: i.asked(), record: r}, nil
	case *tg.InputInvoiceSlug:
		i := c.slugs[strings.TrimPrefix(in.Slug, "$")]
		if i == nil {
			return nil, bad("SLUG_INVALID")
		}
		return &due{invoice: i, form: c.hash(c.me.id, peer{peerInline, int64(len(in.Slug)) << 32}), asked: i.asked()}, nil
	default:
		return nil, bad("INVOICE_INVALID")
	}
}

// dueBy is due for somebody who pays by a form: it must be the one that was shown last.
func (c *call) dueBy(in tg.InputInvoiceClass, form int64) (*due, error) {
	d, err := c.due(in)
	if err == nil && form != d.form {
		return nil, bad("FORM_EXPIRED")
	}
	return d, err
}

// getPaymentForm: https://core.telegram.org/method/payments.getPaymentForm
func (c *call) getPaymentForm(in *tg.PaymentsGetPaymentFormRequest) (bin.Encoder, error) {
	d, err := c.due(in.Invoice)
	if err != nil {
		return nil, err
	}
	cast := c.cast(c.me)
	cast.add(peer{peerUser, d.Bot})
	if d.asked.Currency == stars {
		form := &tg.PaymentsPaymentFormStars{
			FormID: d.form, BotID: d.Bot, Title: d.Title, Description: d.Text, Invoice: d.asked, Users: cast.users,
		}
		if photo := d.photo(); photo != nil {
			form.SetPhoto(photo)
		}
		return form, nil
	}
	form := &tg.PaymentsPaymentForm{
		FormID: d.form, BotID: d.Bot, Title: d.Title, Description: d.Text, Invoice: d.asked, ProviderID: d.Bot,
		URL: "https://sandbox.invalid/pay", Users: cast.users,
	}
	if photo := d.photo(); photo != nil {
		form.SetPhoto(photo)
	}
	return form, nil
}

// sendStarsForm: https://core.telegram.org/method/payments.sendStarsForm
func (c *call) sendStarsForm(in *tg.PaymentsSendStarsFormRequest) (*waiting, error) {
	d, err := c.dueBy(in.Invoice, in.FormID)
	switch {
	case err != nil:
		return nil, err
	case d.asked.Currency != stars:
		return nil, bad("FORM_UNSUPPORTED")
	case c.me.starsOf() < total(d.asked):
		return nil, bad("BALANCE_TOO_LOW")
	}
	return c.checkout(d, order{amount: total(d.asked)}), nil
}

// order is what goes along with a payment.
type order struct {
	info     *tg.PaymentRequestedInfo
	shipping string // an option's id
	amount   int64
}

// sendPaymentForm: https://core.telegram.org/method/payments.sendPaymentForm
func (c *call) sendPaymentForm(in *tg.PaymentsSendPaymentFormRequest) (*waiting, error) {
	d, err := c.dueBy(in.Invoice, in.FormID)
	switch {
	case err != nil:
		return nil, err
	case d.asked.Currency == stars:
		return nil, bad("FORM_UNSUPPORTED")
	case in.TipAmount < 0 || in.TipAmount > d.asked.MaxTipAmount:
		return nil, bad("TIP_AMOUNT_INVALID")
	}
	if card, ok := in.Credentials.(*tg.InputPaymentCredentials); !ok || card.Data.Data == "" {
		return nil, bad("PAYMENT_CREDENTIALS_INVALID")
	}
	o := order{amount: total(d.asked) + in.TipAmount}
	if needsInfo(d.asked) {
		told := c.orders[in.RequestedInfoID]
		if told == nil || told.user != c.me.id {
			return nil, bad("REQUESTED_INFO_INVALID")
		}
		o.info = &told.info
		if d.asked.Flexible {
			option := told.option(in.ShippingOptionID)
			if option == nil {
				return nil, bad("SHIPPING_OPTION_INVALID")
			}
			o.shipping, o.amount = option.ID, o.amount+total(tg.Invoice{Prices: option.Prices})
		}
	}
	return c.checkout(d, o), nil
}

// checkout asks the bot whether it still sells, and takes the money if it does.
//
// See https://core.telegram.org/constructor/updateBotPrecheckoutQuery.
func (c *call) checkout(d *due, o order) *waiting {
	bot := c.users[d.Bot]
	id, q := c.Server.ask(c.me, bot, func(id int64) tg.UpdateClass {
		u := &tg.UpdateBotPrecheckoutQuery{QueryID: id, UserID: c.me.id, Payload: d.Payload, Currency: d.asked.Currency, TotalAmount: o.amount}
		if o.info != nil {
			u.SetInfo(*o.info)
		}
		if o.shipping != "" {
			u.SetShippingOptionID(o.shipping)
		}
		return u
	})
	return &waiting{id: id, question: q, late: bad("BOT_PRECHECKOUT_TIMEOUT"), finish: func(answer any) (bin.Encoder, error) {
		if answer.(*tg.MessagesSetBotPrecheckoutResultsRequest).Error != "" {
			return nil, bad("BOT_PRECHECKOUT_FAILED")
		}
		if d.asked.Currency == stars && c.me.starsOf() < o.amount {
			return nil, bad("BALANCE_TOO_LOW") // it was spent meanwhile
		}
		return &tg.PaymentsPaymentResult{Updates: c.pay(d, o)}, nil
	}}
}

// setBotPrecheckoutResults: https://core.telegram.org/method/messages.setBotPrecheckoutResults
func (c *call) setBotPrecheckoutResults(in *tg.MessagesSetBotPrecheckoutResultsRequest) (bin.Encoder, error) {
	if in.Success == (in.Error != "") {
		return nil, bad("ERROR_TEXT_EMPTY")
	}
	if err := c.respond(in.QueryID, in); err != nil {
		return nil, err
	}
	return yes()
}

// pay moves the money and tells of it where the invoice was, or in the bot's chat.
func (c *call) pay(d *due, o order) *tg.Updates {
	bot := c.users[d.Bot]
	charge := c.freshHash()
	action := &tg.MessageActionPaymentSent{Currency: d.asked.Currency, TotalAmount: o.amount}
	me := &tg.MessageActionPaymentSentMe{
		Currency: d.asked.Currency, TotalAmount: o.amount, Payload: d.Payload,
		Charge: tg.PaymentCharge{ID: charge, ProviderChargeID: charge},
	}
	if o.info != nil {
		me.SetInfo(*o.info)
	}
	if o.shipping != "" {
		me.SetShippingOptionID(o.shipping)
	}
	var raw bin.Buffer
	c.report(me.Encode(&raw))
	message := draft{from: c.me, to: peer{peerUser, bot.id}, action: action, origin: c.session, paid: &paid{bot.id, raw.Buf}}
	if d.record != nil {
		message.to, message.replyTo = d.record.chat, d.record.id
	}
	r, update := c.post(message)
	one := payment{
		ID: charge, With: bot.id, Amount: -o.amount, Currency: d.asked.Currency, Date: c.today, Title: d.Title, Text: d.Text, Payload: d.Payload, Message: r.id,
	}
	c.me.prefs.Payments = append(c.me.prefs.Payments, one)
	one.With, one.Amount, one.Message = c.me.id, o.amount, c.copyOf(r, bot)
	bot.prefs.Payments = append(bot.prefs.Payments, one)
	if d.record != nil && message.to.kind == peerUser {
		c.receipt(d.record, r.id)
	}
	for _, u := range []*user{c.me, bot} {
		if d.asked.Currency == stars {
			c.pushShort(u, nil, &tg.UpdateStarsBalance{Balance: &tg.StarsAmount{Amount: u.starsOf()}})
		}
	}
	c.touched()
	return c.answer([]tg.UpdateClass{update})
}

func receiptOf(m *tg.Message) int {
	if media, ok := m.Media.(*tg.MessageMediaInvoice); ok {
		return media.ReceiptMsgID
	}
	return 0
}

// receipt shows the payer of an invoice that it is paid.
func (c *call) receipt(r *record, id int) {
	m, ok := r.said()
	if !ok {
		return
	}
	media, sells := m.Media.(*tg.MessageMediaInvoice)
	if !sells {
		return
	}
	media.SetReceiptMsgID(id)
	c.report(r.put(m))
	pts := c.me.box.note(happenedEdit, 1, c.today, r.id).pts
	c.push(c.me, nil, &tg.UpdateEditMessage{Message: shown(c.me, r, m), Pts: pts, PtsCount: 1})
}

// getPaymentReceipt: https://core.telegram.org/method/payments.getPaymentReceipt
func (c *call) getPaymentReceipt(in *tg.PaymentsGetPaymentReceiptRequest) (bin.Encoder, error) {
	_, r, err := c.meant(in.Peer, in.MsgID)
	if err != nil {
		return nil, err
	}
	for _, p := range c.me.prefs.Payments {
		if p.Message != r.id || p.Amount > 0 {
			continue
		}
		cast := c.cast(c.me)
		cast.add(peer{peerUser, p.With})
		asked := tg.Invoice{Currency: p.Currency, Prices: []tg.LabeledPrice{{Label: p.Title, Amount: -p.Amount}}}
		if p.Currency == stars {
			return &tg.PaymentsPaymentReceiptStars{
				Date: p.Date, BotID: p.With, Title: p.Title, Description: p.Text, Invoice: asked, Currency: p.Currency,
				TotalAmount: -p.Amount, TransactionID: p.ID, Users: cast.users,
			}, nil
		}
		return &tg.PaymentsPaymentReceipt{
			Date: p.Date, BotID: p.With, ProviderID: p.With, Title: p.Title, Description: p.Text, Invoice: asked, Currency: p.Currency,
			TotalAmount: -p.Amount, CredentialsTitle: "Card", Users: cast.users,
		}, nil
	}
	return nil, bad("MESSAGE_ID_INVALID")
}

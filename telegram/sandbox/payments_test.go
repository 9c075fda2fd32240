package sandbox

import (
	"strings"
	"testing"
	"time"

	"github.com/gotd/td/tg"
)

// selling is an invoice as a bot sends it.
func selling(currency string, prices ...int64) *tg.InputMediaInvoice {
	in := &tg.InputMediaInvoice{Title: "Tea", Description: "A cup of it", Payload: []byte("tea-1"), ProviderData: tg.DataJSON{Data: "{}"}}
	in.Invoice.Currency = currency
	for _, price := range prices {
		in.Invoice.Prices = append(in.Invoice.Prices, tg.LabeledPrice{Label: "tea", Amount: price})
	}
	if currency != stars {
		in.SetProvider("TEST:1")
	}
	return in
}

// sells lets EchoBot send an invoice to alice, and returns how alice finds it.
func sells(t *testing.T, bot, alice someone, media *tg.InputMediaInvoice) (*tg.Message, *tg.InputInvoiceMessage) {
	t.Helper()
	alice.send(t, alice.peer("EchoBot"), "/buy")
	if _, err := bot.api.MessagesSendMedia(t.Context(), &tg.MessagesSendMediaRequest{Peer: bot.peer("alice"), Media: media, RandomID: random()}); err != nil {
		t.Fatal(err)
	}
	for {
		m, ok := next[*tg.UpdateNewMessage](t, alice.client).Message.(*tg.Message)
		if ok && m.Media != nil {
			return m, &tg.InputInvoiceMessage{Peer: alice.peer("EchoBot"), MsgID: m.ID}
		}
	}
}

// checkout lets a bot answer the next pre-checkout query.
func checkout(t *testing.T, bot someone, refusal string) chan *tg.UpdateBotPrecheckoutQuery {
	t.Helper()
	asked := make(chan *tg.UpdateBotPrecheckoutQuery, 1)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for u := range bot.updates {
			q, ok := u.(*tg.UpdateBotPrecheckoutQuery)
			if !ok {
				continue
			}
			in := &tg.MessagesSetBotPrecheckoutResultsRequest{QueryID: q.QueryID, Success: refusal == ""}
			if refusal != "" {
				in.SetError(refusal)
			}
			if _, err := bot.api.MessagesSetBotPrecheckoutResults(t.Context(), in); err != nil {
				t.Errorf("answer the query: %v", err)
			}
			asked <- q
			return
		}
	}()
	t.Cleanup(func() { <-done })
	return asked
}

func TestPayingInStars(t *testing.T) {
	s := serve(t, Options{})
	bot, alice := enter(t, s, "EchoBot"), enter(t, s, "alice")
	ctx := t.Context()
	m, invoice := sells(t, bot, alice, selling(stars, 300))
	media := m.Media.(*tg.MessageMediaInvoice)
	if media.Title != "Tea" || media.TotalAmount != 300 || media.Currency != stars {
		t.Errorf("alice sees %v", media)
	}
	if b := m.ReplyMarkup.(*tg.ReplyInlineMarkup).Rows[0].Buttons[0]; b.Type.TypeID() != tg.InlineButtonTypeBuyTypeID {
		t.Errorf("the button is %v", b)
	}
	got, err := alice.api.PaymentsGetPaymentForm(ctx, &tg.PaymentsGetPaymentFormRequest{Invoice: invoice})
	if err != nil {
		t.Fatal(err)
	}
	form := got.(*tg.PaymentsPaymentFormStars)
	if form.Title != "Tea" || form.BotID != bot.id || len(form.Users) != 1 {
		t.Errorf("the form is %v", form)
	}
	_, err = alice.api.PaymentsSendStarsForm(ctx, &tg.PaymentsSendStarsFormRequest{FormID: 1, Invoice: invoice})
	wantError(t, err, "FORM_EXPIRED")
	asked := checkout(t, bot, "")
	answer, err := alice.api.PaymentsSendStarsForm(ctx, &tg.PaymentsSendStarsFormRequest{FormID: form.FormID, Invoice: invoice})
	if err != nil {
		t.Fatal(err)
	}
	if q := <-asked; string(q.Payload) != "tea-1" || q.TotalAmount != 300 || q.UserID != alice.id {
		t.Errorf("the bot was asked %v", q)
	}
	said := answer.(*tg.PaymentsPaymentResult).Updates.(*tg.Updates).Updates[0].(*tg.UpdateNewMessage).Message.(*tg.MessageService)
	if action := said.Action.(*tg.MessageActionPaymentSent); action.TotalAmount != 300 || said.ReplyTo.(*tg.MessageReplyHeader).ReplyToMsgID != m.ID {
		t.Errorf("alice reads %v", said)
	}
	var me *tg.MessageActionPaymentSentMe
	for me == nil {
		if m, ok := next[*tg.UpdateNewMessage](t, bot.client).Message.(*tg.MessageService); ok {
			me = m.Action.(*tg.MessageActionPaymentSentMe)
		}
	}
	if string(me.Payload) != "tea-1" || me.Charge.ID == "" {
		t.Errorf("the bot reads %v", me)
	}
	if edit := next[*tg.UpdateEditMessage](t, alice.client).Message.(*tg.Message); edit.Media.(*tg.MessageMediaInvoice).ReceiptMsgID != said.ID {
		t.Errorf("the invoice became %v", edit)
	}
	_, err = alice.api.PaymentsGetPaymentForm(ctx, &tg.PaymentsGetPaymentFormRequest{Invoice: invoice})
	wantError(t, err, "INVOICE_ALREADY_PAID")
	receipt, err := alice.api.PaymentsGetPaymentReceipt(ctx, &tg.PaymentsGetPaymentReceiptRequest{Peer: alice.peer("EchoBot"), MsgID: said.ID})
	if r, ok := receipt.(*tg.PaymentsPaymentReceiptStars); err != nil || !ok || r.TransactionID != me.Charge.ID || r.TotalAmount != 300 {
		t.Errorf("the receipt: %v, %v", receipt, err)
	}
	_, err = alice.api.PaymentsGetPaymentReceipt(ctx, &tg.PaymentsGetPaymentReceiptRequest{Peer: alice.peer("EchoBot"), MsgID: m.ID})
	wantError(t, err, "MESSAGE_ID_INVALID")
	purses(t, alice, bot, me.Charge.ID)
}

// purses checks what is in them after a payment of 300, and takes it back.
func purses(t *testing.T, alice, bot someone, charge string) {
	t.Helper()
	ctx := t.Context()
	status := func(c someone) *tg.PaymentsStarsStatus {
		t.Helper()
		got, err := c.api.PaymentsGetStarsStatus(ctx, &tg.PaymentsGetStarsStatusRequest{Peer: &tg.InputPeerSelf{}})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	for _, row := range []struct {
		c    someone
		want int64
	}{{alice, starsAtFirst - 300}, {bot, 300}} {
		if got := status(row.c); got.Balance.GetAmount() != row.want || len(got.History) != 1 || got.History[0].ID != charge {
			t.Errorf("the purse has %v, want %d", got, row.want)
		}
	}
	if got := next[*tg.UpdateStarsBalance](t, bot.client); got.Balance.GetAmount() != 300 {
		t.Errorf("the bot was told %v", got)
	}
	refund := func(charge string) error {
		return second(bot.api.PaymentsRefundStarsCharge(ctx, &tg.PaymentsRefundStarsChargeRequest{UserID: bot.user("alice"), ChargeID: charge}))
	}
	wantError(t, refund("x"), "CHARGE_ID_INVALID")
	if err := refund(charge); err != nil {
		t.Fatal(err)
	}
	wantError(t, refund(charge), "CHARGE_ALREADY_REFUNDED")
	if got := status(alice); got.Balance.GetAmount() != starsAtFirst || len(got.History) != 2 || !got.History[0].Refund {
		t.Errorf("after the refund: %v", got)
	}
	in, err := alice.api.PaymentsGetStarsTransactions(ctx, &tg.PaymentsGetStarsTransactionsRequest{Inbound: true, Peer: &tg.InputPeerSelf{}, Limit: 10})
	if err != nil || len(in.History) != 1 || in.History[0].Amount.GetAmount() != 300 {
		t.Errorf("what came in: %v, %v", in, err)
	}
	page, err := alice.api.PaymentsGetStarsTransactions(ctx, &tg.PaymentsGetStarsTransactionsRequest{Ascending: true, Peer: &tg.InputPeerSelf{}, Limit: 1})
	if err != nil || len(page.History) != 1 || page.History[0].Refund || page.NextOffset == "" {
		t.Errorf("the first page: %v, %v", page, err)
	}
	one, err := alice.api.PaymentsGetStarsTransactionsByID(ctx, &tg.PaymentsGetStarsTransactionsByIDRequest{Peer: &tg.InputPeerSelf{}, ID: []tg.InputStarsTransaction{{ID: charge, Refund: true}}})
	if err != nil || len(one.History) != 1 || !one.History[0].Refund {
		t.Errorf("by id: %v, %v", one, err)
	}
	_, err = alice.api.PaymentsGetStarsTransactionsByID(ctx, &tg.PaymentsGetStarsTransactionsByIDRequest{Peer: &tg.InputPeerSelf{}, ID: []tg.InputStarsTransaction{{ID: "x"}}})
	wantError(t, err, "TRANSACTION_ID_INVALID")
	_, err = alice.api.PaymentsGetStarsStatus(ctx, &tg.PaymentsGetStarsStatusRequest{Peer: alice.peer("bob")})
	wantError(t, err, "PEER_ID_INVALID")
	if options, err := alice.api.PaymentsGetStarsTopupOptions(ctx); err != nil || len(options) != 0 {
		t.Errorf("for sale: %v, %v", options, err)
	}
}

func TestAPaymentFails(t *testing.T) {
	clock := NewVirtualClock(time.Now(), true)
	s := serve(t, Options{Clock: clock})
	bot, alice := enter(t, s, "EchoBot"), enter(t, s, "alice")
	ctx := t.Context()
	pay := func(invoice tg.InputInvoiceClass) error {
		t.Helper()
		form, err := alice.api.PaymentsGetPaymentForm(ctx, &tg.PaymentsGetPaymentFormRequest{Invoice: invoice})
		if err != nil {
			t.Fatal(err)
		}
		return second(alice.api.PaymentsSendStarsForm(ctx, &tg.PaymentsSendStarsFormRequest{FormID: form.(*tg.PaymentsPaymentFormStars).FormID, Invoice: invoice}))
	}
	_, dear := sells(t, bot, alice, selling(stars, starsAtFirst+1))
	wantError(t, pay(dear), "BALANCE_TOO_LOW")
	_, invoice := sells(t, bot, alice, selling(stars, 1))
	checkout(t, bot, "sold out")
	wantError(t, pay(invoice), "BOT_PRECHECKOUT_FAILED")
	result := make(chan error, 1)
	go func() {
		result <- pay(invoice)
	}()
	next[*tg.UpdateBotPrecheckoutQuery](t, bot.client)
	clock.Advance(botPatience)
	wantError(t, <-result, "BOT_PRECHECKOUT_TIMEOUT")
	_, err := bot.api.MessagesSetBotPrecheckoutResults(ctx, &tg.MessagesSetBotPrecheckoutResultsRequest{QueryID: 1, Success: true})
	wantError(t, err, "QUERY_ID_INVALID")
	_, err = bot.api.MessagesSetBotPrecheckoutResults(ctx, &tg.MessagesSetBotPrecheckoutResultsRequest{QueryID: 1})
	wantError(t, err, "ERROR_TEXT_EMPTY")
	_, err = alice.api.PaymentsGetPaymentForm(ctx, &tg.PaymentsGetPaymentFormRequest{Invoice: &tg.InputInvoiceMessage{Peer: alice.peer("EchoBot"), MsgID: 1}})
	wantError(t, err, "MESSAGE_ID_INVALID")
	_, err = alice.api.PaymentsGetPaymentForm(ctx, &tg.PaymentsGetPaymentFormRequest{Invoice: &tg.InputInvoiceSlug{Slug: "none"}})
	wantError(t, err, "SLUG_INVALID")
}

func TestInvoicesAreChecked(t *testing.T) {
	s := serve(t, Options{})
	bot, alice := enter(t, s, "EchoBot"), enter(t, s, "alice")
	export := func(c someone, change func(in *tg.InputMediaInvoice)) error {
		in := selling("EUR", 100)
		change(in)
		return second(c.api.PaymentsExportInvoice(t.Context(), in))
	}
	for want, change := range map[string]func(in *tg.InputMediaInvoice){
		"INVOICE_TITLE_INVALID":         func(in *tg.InputMediaInvoice) { in.Title = strings.Repeat("x", 33) },
		"INVOICE_DESCRIPTION_INVALID":   func(in *tg.InputMediaInvoice) { in.Description = "" },
		"INVOICE_PAYLOAD_INVALID":       func(in *tg.InputMediaInvoice) { in.Payload = nil },
		"PAYMENT_PROVIDER_INVALID":      func(in *tg.InputMediaInvoice) { in.Provider = "" },
		"CURRENCY_INVALID":              func(in *tg.InputMediaInvoice) { in.Invoice.Currency = "EURO" },
		"CURRENCY_TOTAL_AMOUNT_INVALID": func(in *tg.InputMediaInvoice) { in.Invoice.Prices[0].Amount = -1 },
		"START_PARAM_INVALID":           func(in *tg.InputMediaInvoice) { in.SetStartParam(strings.Repeat("x", 65)) },
		"WEBDOCUMENT_URL_INVALID":       func(in *tg.InputMediaInvoice) { in.SetPhoto(tg.InputWebDocument{URL: "x"}) },
		"STARS_INVOICE_INVALID": func(in *tg.InputMediaInvoice) {
			in.Invoice.Currency, in.Invoice.Prices = stars, append(in.Invoice.Prices, in.Invoice.Prices[0])
		},
	} {
		wantError(t, export(bot, change), want)
	}
	wantError(t, export(alice, func(*tg.InputMediaInvoice) {}), "USER_BOT_REQUIRED")
	_, err := bot.api.PaymentsExportInvoice(t.Context(), &tg.InputMediaEmpty{})
	wantError(t, err, "MEDIA_INVALID")
	send := func(c someone, markup tg.ReplyMarkupClass) error {
		return second(c.api.MessagesSendMedia(t.Context(), &tg.MessagesSendMediaRequest{Peer: &tg.InputPeerChat{ChatID: 3001}, Media: selling(stars, 1), ReplyMarkup: markup, RandomID: random()}))
	}
	wantError(t, send(alice, nil), "MEDIA_INVALID")
	row := func(kinds ...tg.InlineButtonTypeClass) *tg.ReplyInlineMarkup {
		out := &tg.ReplyInlineMarkup{Rows: make([]tg.KeyboardInlineButtonRow, 1)}
		for _, kind := range kinds {
			out.Rows[0].Buttons = append(out.Rows[0].Buttons, tg.KeyboardInlineButton{Text: "b", Type: kind})
		}
		return out
	}
	callback := &tg.InlineButtonTypeCallback{Data: []byte("x")}
	wantError(t, send(bot, row(callback, &tg.InlineButtonTypeBuy{})), "BUTTON_TYPE_INVALID")
	wantError(t, send(bot, row()), "REPLY_MARKUP_INVALID")
	wantError(t, send(bot, row(&tg.InlineButtonTypeBuy{}, &tg.InlineButtonTypeCallback{})), "BUTTON_DATA_INVALID")
	if err := send(bot, row(&tg.InlineButtonTypeBuy{}, callback)); err != nil {
		t.Error(err)
	}
}

func TestPayingWithMoneyAndShipping(t *testing.T) {
	s := serve(t, Options{})
	bot, alice := enter(t, s, "EchoBot"), enter(t, s, "alice")
	ctx := t.Context()
	media := selling("EUR", 400, 100)
	media.Invoice.ShippingAddressRequested, media.Invoice.Flexible, media.Invoice.NameRequested = true, true, true
	media.Invoice.SetMaxTipAmount(50)
	media.Invoice.SetSuggestedTipAmounts([]int64{50})
	exported, err := bot.api.PaymentsExportInvoice(ctx, media)
	if err != nil {
		t.Fatal(err)
	}
	slug, _ := strings.CutPrefix(exported.URL, invoiceSite)
	invoice := &tg.InputInvoiceSlug{Slug: slug}
	got, err := alice.api.PaymentsGetPaymentForm(ctx, &tg.PaymentsGetPaymentFormRequest{Invoice: invoice})
	if err != nil {
		t.Fatal(err)
	}
	form := got.(*tg.PaymentsPaymentForm)
	if form.BotID != bot.id || !form.Invoice.Flexible || form.URL == "" {
		t.Errorf("the form is %v", form)
	}
	info := tg.PaymentRequestedInfo{}
	validate := func() (*tg.PaymentsValidatedRequestedInfo, error) {
		return alice.api.PaymentsValidateRequestedInfo(ctx, &tg.PaymentsValidateRequestedInfoRequest{Invoice: invoice, Info: info})
	}
	wantError(t, second(validate()), "REQ_INFO_NAME_INVALID")
	info.SetName("Alice")
	wantError(t, second(validate()), "ADDRESS_STREET_LINE1_INVALID")
	info.SetShippingAddress(tg.PostAddress{StreetLine1: "1 Road", City: "Town", CountryISO2: "GER"})
	wantError(t, second(validate()), "ADDRESS_COUNTRY_INVALID")
	info.SetShippingAddress(tg.PostAddress{StreetLine1: "1 Road", City: "Town", CountryISO2: "DE"})
	shipped := make(chan error, 1)
	go func() {
		q := next[*tg.UpdateBotShippingQuery](t, bot.client)
		in := &tg.MessagesSetBotShippingResultsRequest{QueryID: q.QueryID}
		in.SetShippingOptions([]tg.ShippingOption{{ID: "post", Title: "By post", Prices: []tg.LabeledPrice{{Label: "stamp", Amount: 80}}}})
		if q.ShippingAddress.City != "Town" {
			t.Errorf("the bot was asked %v", q)
		}
		shipped <- second(bot.api.MessagesSetBotShippingResults(ctx, in))
	}()
	told, err := validate()
	if err != nil || len(told.ShippingOptions) != 1 {
		t.Fatalf("validated: %v, %v", told, err)
	}
	if err := <-shipped; err != nil {
		t.Error(err)
	}
	in := &tg.PaymentsSendPaymentFormRequest{FormID: form.FormID, Invoice: invoice, Credentials: &tg.InputPaymentCredentialsSaved{}}
	pay := func() (tg.PaymentsPaymentResultClass, error) { return alice.api.PaymentsSendPaymentForm(ctx, in) }
	wantError(t, second(pay()), "PAYMENT_CREDENTIALS_INVALID")
	in.Credentials = &tg.InputPaymentCredentials{Data: tg.DataJSON{Data: `{"card":"4242"}`}}
	in.SetTipAmount(51)
	wantError(t, second(pay()), "TIP_AMOUNT_INVALID")
	in.SetTipAmount(50)
	wantError(t, second(pay()), "REQUESTED_INFO_INVALID")
	in.SetRequestedInfoID(told.ID)
	wantError(t, second(pay()), "SHIPPING_OPTION_INVALID")
	in.SetShippingOptionID("post")
	asked := checkout(t, bot, "")
	if _, err := pay(); err != nil {
		t.Fatal(err)
	}
	if q := <-asked; q.TotalAmount != 630 || q.ShippingOptionID != "post" || q.Info.Name != "Alice" {
		t.Errorf("the bot was asked %v", q)
	}
	me := next[*tg.UpdateNewMessage](t, bot.client).Message.(*tg.MessageService).Action.(*tg.MessageActionPaymentSentMe)
	if me.TotalAmount != 630 || me.Info.ShippingAddress.City != "Town" || me.ShippingOptionID != "post" {
		t.Errorf("the bot reads %v", me)
	}
	_, err = alice.api.PaymentsSendStarsForm(ctx, &tg.PaymentsSendStarsFormRequest{FormID: form.FormID, Invoice: invoice})
	wantError(t, err, "FORM_UNSUPPORTED")
	_, err = bot.api.MessagesSetBotShippingResults(ctx, &tg.MessagesSetBotShippingResultsRequest{QueryID: 5})
	wantError(t, err, "SHIPPING_OPTIONS_EMPTY")
}

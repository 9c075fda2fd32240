package bindings

import (
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// prices is what is to be paid: a number of Stars, or { { "Shirt", 1500 }, { "Postage", 300 } }.
type prices struct{ list []tg.LabeledPrice }

// DecodeLua reads an amount or a list of labelled amounts.
func (p *prices) DecodeLua(_ *vm.State, v vm.Value) error {
	if n, ok := v.(vm.Number); ok {
		amount, exact := whole(n)
		if !exact {
			return spec.Expected("whole number", v)
		}
		p.list = []tg.LabeledPrice{{Label: "Price", Amount: amount}}
		return nil
	}
	table, ok := v.(*vm.Table)
	if !ok || table.Len() == 0 {
		return spec.Expected("amount or list of { label, amount }", v)
	}
	for i := range table.Len() {
		pair, ok := table.RawGetInt(i + 1).(*vm.Table)
		if !ok {
			return spec.Expected("{ label, amount }", table.RawGetInt(i+1))
		}
		label, labelled := pair.RawGetInt(1).(vm.String)
		number, _ := pair.RawGetInt(2).(vm.Number)
		amount, exact := whole(number)
		if !labelled || !exact || pair.RawGetInt(2).Type() != vm.TypeNumber {
			return spec.Expected("{ label, amount } with a whole number", pair)
		}
		p.list = append(p.list, tg.LabeledPrice{Label: string(label), Amount: amount})
	}
	return nil
}

// LuaType is how the editor types write it.
func (prices) LuaType() string { return "integer|{ [1]: string, [2]: integer }[]" }

// invoiceOptions say what an invoice is for.
type invoiceOptions struct {
	Description    words         `lua:"description" doc:"What it is for, up to 255 characters."`
	Payload        string        `lua:"payload" doc:"What tells the bot later which payment it is; the person doesn't see it."`
	Currency       string        `lua:"currency,optional" doc:"Three letters; XTR, which are Stars, if not given."`
	Provider       string        `lua:"provider_token,optional" doc:"Token of the payment provider, from BotFather; not for Stars."`
	ProviderData   string        `lua:"provider_data,optional" doc:"JSON for the provider."`
	Photo          string        `lua:"photo,optional" doc:"Address of a picture of the goods."`
	StartParam     string        `lua:"start_param,optional" doc:"Of the deep link in forwarded copies; without it, these can be paid by anybody."`
	Subscription   time.Duration `lua:"subscription,optional" doc:"How long a payment lasts, of a subscription in Stars: 30 days."`
	Test           bool          `lua:"test,optional" doc:"No real money."`
	NeedName       bool          `lua:"need_name,optional" doc:"Ask for the person's name."`
	NeedPhone      bool          `lua:"need_phone,optional" doc:"Ask for the person's phone number."`
	NeedEmail      bool          `lua:"need_email,optional" doc:"Ask for the person's e-mail address."`
	NeedAddress    bool          `lua:"need_address,optional" doc:"Ask where to ship to."`
	PhoneToProvide bool          `lua:"phone_to_provider,optional" doc:"Tell the provider the phone number."`
	EmailToProvide bool          `lua:"email_to_provider,optional" doc:"Tell the provider the e-mail address."`
	Flexible       bool          `lua:"flexible,optional" doc:"The price depends on the address: the event shipping."`
	MaxTip         int64         `lua:"max_tip,optional" doc:"The highest tip."`
	Tips           []int         `lua:"suggested_tips,optional" doc:"Up to four tips to choose from."`
}

func (o invoiceOptions) invoice(title words, price prices) telegram.Invoice {
	i := telegram.Invoice{
		Title: string(title), Description: string(o.Description), Payload: o.Payload, Currency: o.Currency, Prices: price.list, Provider: o.Provider,
		ProviderData: o.ProviderData, StartParam: o.StartParam, Subscription: int(o.Subscription / time.Second), Test: o.Test,
		AskName: o.NeedName, AskPhone: o.NeedPhone, AskEmail: o.NeedEmail, AskAddress: o.NeedAddress,
		TellPhone: o.PhoneToProvide, TellEmail: o.EmailToProvide, Flexible: o.Flexible, MaxTip: o.MaxTip,
	}
	for _, tip := range o.Tips {
		i.SuggestedTips = append(i.SuggestedTips, int64(tip))
	}
	if o.Photo != "" {
		i.Photo = telegram.WebPicture(o.Photo)
	}
	return i
}

type sendInvoiceOptions struct {
	invoiceOptions
	plainSendOptions
}

type sendInvoiceArgs struct {
	Chat  target             `lua:"chat" doc:"Where to."`
	Title words              `lua:"title" doc:"What is sold, up to 32 characters."`
	Price prices             `lua:"price" doc:"A number of Stars, or a list of { label, amount } in the smallest unit of the currency, as cents."`
	Opts  sendInvoiceOptions `lua:"options" doc:"What for, and how."`
}

var sendInvoice = spec.Method("send_invoice", "Ask for money, in Stars or through a payment provider. The events pre_checkout and payment follow.",
	func(c *spec.Call, cl *client, in sendInvoiceArgs) (*message, error) {
		o := in.Opts.delivery()
		in.Opts.plainSendOptions.apply(&o)
		sent, err := cl.account.SendInvoice(c, in.Chat.Target, in.Opts.invoice(in.Title, in.Price), o)
		return messageOf(sent), err
	},
).InOrder().Example(`client:send_invoice("@friend", "A coffee", 5, { description = "Thank you!", payload = "coffee" })
client:send_invoice("@friend", "A shirt", { { "Shirt", 1500 }, { "Postage", 300 } }, {
  description = "Blue", payload = "shirt:17", currency = "EUR", provider_token = tg.args.provider, need_address = true,
})`).Raises("CURRENCY_TOTAL_AMOUNT_INVALID", "PAYMENT_PROVIDER_INVALID")

type exportInvoiceArgs struct {
	Title words          `lua:"title" doc:"What is sold, up to 32 characters."`
	Price prices         `lua:"price" doc:"A number of Stars, or a list of { label, amount } in the smallest unit of the currency."`
	Opts  invoiceOptions `lua:"options" doc:"What for."`
}

var exportInvoice = spec.Method("export_invoice", "Make a link by which anybody can pay.",
	func(c *spec.Call, cl *client, in exportInvoiceArgs) (string, error) {
		return cl.account.ExportInvoice(c, in.Opts.invoice(in.Title, in.Price))
	},
).Example(`print(client:export_invoice("A coffee", 5, { description = "Thank you!", payload = "coffee" }))`).Raises("CURRENCY_TOTAL_AMOUNT_INVALID")

// paidFor is the invoice that is meant: a message, or a link.
type paidFor struct {
	message *message
	link    string
}

// DecodeLua reads a message or a link.
func (p *paidFor) DecodeLua(_ *vm.State, v vm.Value) error {
	switch v := v.(type) {
	case vm.String:
		p.link = string(v)
		return nil
	case *vm.UserData:
		if m, ok := v.Value.(*message); ok {
			p.message = m
			return nil
		}
	}
	return spec.Expected("message with an invoice, or a link", v)
}

// LuaType is how the editor types write it.
func (paidFor) LuaType() string { return "Message|string" }

func (p paidFor) form(c *spec.Call, cl *client) (*telegram.PaymentForm, error) {
	if p.message != nil {
		return cl.account.InvoiceForm(c, p.message.Message, "")
	}
	return cl.account.InvoiceForm(c, nil, p.link)
}

type invoiceArgs struct {
	Invoice paidFor `lua:"invoice" doc:"The message, or the link."`
}

type shownForm struct {
	Title       string `lua:"title"`
	Description string `lua:"description"`
	Price       int64  `lua:"price"`
	Currency    string `lua:"currency"`
	Bot         *peer  `lua:"bot"`
}

var getPaymentForm = spec.Method("get_payment_form", "Tell what an invoice in Stars costs. Not for bots.",
	func(c *spec.Call, cl *client, in invoiceArgs) (shownForm, error) {
		form, err := in.Invoice.form(c, cl)
		if err != nil {
			return shownForm{}, err
		}
		return shownForm{form.Title, form.Description, form.Price, form.Invoice.Currency, peerOf(form.Bot)}, nil
	},
).Result("{ title: string, description: string, price: integer, currency: string, bot: Peer }").Example(`print(client:get_payment_form("https://t.me/$abc").price)`).Raises("SLUG_INVALID")

type payArgs struct {
	Invoice paidFor    `lua:"invoice" doc:"The message, or the link."`
	Opts    payOptions `lua:"options" doc:"How much at most."`
}

type payOptions struct {
	Max int64 `lua:"max" doc:"The most that it may cost, in Stars."`
}

// payMethod is what a script must be allowed to call.
const payMethod = "payments.sendStarsForm"

var pay = spec.Method("pay", "Pay an invoice in Stars, if it costs no more than you say. Needs `methods: [payments.sendStarsForm]` among the script's permissions. Not for bots.",
	func(c *spec.Call, cl *client, in payArgs) (spec.None, error) {
		if err := mayCall(envOf(c).Allow, payMethod); err != nil {
			return spec.None{}, err
		}
		form, err := in.Invoice.form(c, cl)
		if err != nil {
			return spec.None{}, err
		}
		return spec.None{}, cl.account.Pay(c, form, in.Opts.Max)
	},
).InOrder().Example(`client:on("message", { from = "@shop_bot" }, function(event)
  local form = client:get_payment_form(event)
  if form.price <= 10 then client:pay(event, { max = 10 }) end
end)`).Raises("PERMISSION_DENIED", "PRICE", "BALANCE_TOO_LOW")

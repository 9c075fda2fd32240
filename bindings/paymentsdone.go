package bindings

import (
	"reflect"
	"slices"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// shippingOptions are the ways to ship.
type shippingOptions struct{ list []tg.ShippingOption }

var shippingRead = spec.OptionsOf[struct {
	ID    string `lua:"id"`
	Title words  `lua:"title"`
	Price prices `lua:"price"`
}]()

// DecodeLua reads a list of { id, title, price }.
func (o *shippingOptions) DecodeLua(L *vm.State, v vm.Value) error {
	table, ok := v.(*vm.Table)
	if !ok || table.Len() == 0 {
		return spec.Expected("list of { id, title, price }", v)
	}
	for i := range table.Len() {
		one, ok := table.RawGetInt(i + 1).(*vm.Table)
		if !ok {
			return spec.Expected("{ id, title, price }", table.RawGetInt(i+1))
		}
		way, err := shippingRead.Decode(L, "", one)
		if err != nil {
			return err
		}
		o.list = append(o.list, tg.ShippingOption{ID: way.ID, Title: string(way.Title), Prices: way.Price.list})
	}
	return nil
}

// LuaType is how the editor types write it.
func (shippingOptions) LuaType() string {
	return "{ id: string, title: string, price: integer|table }[]"
}

// payment is money that has come in.
type payment struct {
	*telegram.Payment
	matches []any
}

var paymentRow = botEvent[*telegram.Payment]{
	kind: telegram.EventPayment, class: "PaymentEvent", doc: "Somebody has paid.",
	sample: `client:on("payment", { text = "coffee" }, function(event)
  tg.log(event.sender.name, "paid", event.total_amount, event.currency, event.charge_id)
  event.message:reply("Thank you!")
end)`,
	text: func(p *telegram.Payment) string { return string(p.Paid.Payload) },
	wrap: func(p *telegram.Payment, matches []any) any { return &payment{p, matches} },
}.row()

// paymentClass is the class PaymentEvent.
var paymentClass = spec.Class{
	Name: "PaymentEvent", Call: "event", Go: reflect.TypeFor[*payment](),
	Doc: "Money that has come in, as the handlers of `payment` get it.",
	Text: func(v any) string {
		p := v.(*payment)
		return "PaymentEvent(" + decimal(p.Paid.TotalAmount) + " " + p.Paid.Currency + " from " + decimal(p.Sender.ID) + ")"
	},
	Fields: slices.Concat([]spec.Field{
		spec.Get("payload", "The payload of the invoice.", func(p *payment) string { return string(p.Paid.Payload) }),
		spec.Get("matches", "What the captures of the `pattern` filter matched in the payload.", func(p *payment) []any { return p.matches }).Is("string[]"),
		spec.Get("currency", "Three letters; XTR are Stars.", func(p *payment) string { return p.Paid.Currency }),
		spec.Get("total_amount", "How much, in the smallest unit of the currency.", func(p *payment) int64 { return p.Paid.TotalAmount }),
		spec.Get("charge_id", "What names the payment, for client:refund_stars: keep it.", func(p *payment) string { return p.Paid.Charge.ID }),
		spec.Get("provider_charge_id", "What the payment provider calls it.", func(p *payment) string { return p.Paid.Charge.ProviderChargeID }).Maybe(),
		spec.Get("info", "What the person said for the order.", func(p *payment) *buyer { return buyerOf(p.Paid.Info) }).Is(buyerType),
		spec.Get("shipping_option_id", "How it shall be shipped.", func(p *payment) string { return p.Paid.ShippingOptionID }).Maybe(),
		spec.Get("subscription_until", "Until when a subscription is paid: seconds since 1970.", func(p *payment) int { return p.Paid.SubscriptionUntilDate }).Maybe(),
		spec.Get("is_recurring", "A further payment of a subscription.", func(p *payment) bool { return p.Paid.RecurringUsed }),
		spec.Get("message", "The service message that tells of it.", func(p *payment) *message { return messageOf(p.Message) }).OutOfTable(),
	}, sceneFields[*payment]()),
	Methods: slices.Concat([]spec.Func{
		spec.Method("refund", "Give the Stars back.",
			func(c *spec.Call, p *payment, _ spec.None) (spec.None, error) {
				return spec.None{}, p.Account.RefundStars(c, p.Sender, p.Paid.Charge.ID)
			},
		).InOrder().Example(`event:refund()`).Raises("CHARGE_ALREADY_REFUNDED"),
	}, sceneMethods[*payment](telegram.EventPayment)),
}

type refundArgs struct {
	User   target `lua:"user" doc:"Who has paid."`
	Charge string `lua:"charge_id" doc:"The charge_id of the event payment."`
}

var refundStars = spec.Method("refund_stars", "Give somebody back what they have paid to this bot in Stars.",
	func(c *spec.Call, cl *client, in refundArgs) (spec.None, error) {
		return spec.None{}, cl.account.RefundStars(c, in.User.Target, in.Charge)
	},
).InOrder().Example(`client:refund_stars("@friend", "stxABC")`).Raises("CHARGE_ALREADY_REFUNDED", "CHARGE_ID_INVALID")

var starsBalance = spec.Method("get_stars_balance", "How many Stars the account has.",
	func(c *spec.Call, cl *client, _ spec.None) (float64, error) {
		amount, err := cl.account.StarsBalance(c)
		return float64(amount.Amount) + float64(amount.Nanos)/1e9, err
	},
).Example(`print(client:get_stars_balance())`)

// transaction is a movement of Stars as scripts see it.
type transaction struct {
	ID          string    `lua:"id"`
	Amount      float64   `lua:"amount"`
	Date        time.Time `lua:"date"`
	Peer        *peer     `lua:"peer"`
	Title       string    `lua:"title"`
	Description string    `lua:"description"`
	Payload     string    `lua:"payload"`
	Refund      bool      `lua:"refund"`
}

// LuaType is its name in the editor types.
func (transaction) LuaType() string { return "StarsTransaction" }

func transactionOf(t telegram.Transaction) transaction {
	out := transaction{
		ID: t.ID, Date: t.Time(), Peer: peerOf(t.With), Title: t.Title, Description: t.Description, Payload: string(t.BotPayload), Refund: t.Refund,
	}
	if amount, ok := t.Amount.(*tg.StarsAmount); ok {
		out.Amount = float64(amount.Amount) + float64(amount.Nanos)/1e9
	}
	return out
}

type transactionArgs struct {
	Limit int                `lua:"limit,optional" doc:"How many at most; all if not given."`
	Opts  transactionOptions `lua:"options,optional" doc:"Which."`
}

type transactionOptions struct {
	Incoming bool `lua:"incoming,optional" doc:"Only what was received."`
	Outgoing bool `lua:"outgoing,optional" doc:"Only what was paid."`
	Reverse  bool `lua:"reverse,optional" doc:"The oldest first."`
}

func (in transactionArgs) cursor(cl *client) *telegram.Cursor[telegram.Transaction] {
	return cl.account.StarsTransactions(telegram.TransactionOptions{Incoming: in.Opts.Incoming, Outgoing: in.Opts.Outgoing, Ascending: in.Opts.Reverse, Limit: in.Limit})
}

var iterTransactions = spec.Iterator("iter_stars_transactions", "Go through what the account has received and paid in Stars: id, amount (less than 0 for what was paid), date, peer, title, description, payload, refund.",
	func(_ *spec.Call, cl *client, in transactionArgs) (spec.Cursor[transaction], error) {
		return pages(in.cursor(cl), transactionOf), nil
	},
).Example(`for one in client:iter_stars_transactions() do print(one.date, one.amount) end`)

var getTransactions = spec.Method("get_stars_transactions", "List what the account has received and paid in Stars, as iter_stars_transactions gives it.",
	func(c *spec.Call, cl *client, in transactionArgs) (spec.List[transaction], error) {
		return collected(c, in.cursor(cl), transactionOf)
	},
).Example(`print(client:get_stars_transactions(10).total)`)

// webAppData is what a mini app has sent.
type webAppData struct {
	*telegram.WebAppData
	matches []any
}

var webAppDataRow = botEvent[*telegram.WebAppData]{
	kind: telegram.EventWebAppData, class: "WebAppDataEvent", doc: "A mini app that was opened by a button of a reply keyboard has sent something.",
	sample: `client:on("web_app_data", function(event)
  event.message:reply("You chose " .. event.data)
end)`,
	text: func(d *telegram.WebAppData) string { return d.Data },
	wrap: func(d *telegram.WebAppData, matches []any) any { return &webAppData{d, matches} },
}.row()

// webAppDataClass is the class WebAppDataEvent.
var webAppDataClass = spec.Class{
	Name: "WebAppDataEvent", Call: "event", Go: reflect.TypeFor[*webAppData](),
	Doc:  "What a mini app has sent, as the handlers of `web_app_data` get it.",
	Text: func(v any) string { return "WebAppDataEvent(from " + decimal(v.(*webAppData).Sender.ID) + ")" },
	Fields: slices.Concat([]spec.Field{
		spec.Get("data", "What it has sent. A person may have made it up.", func(d *webAppData) string { return d.Data }),
		spec.Get("matches", "What the captures of the `pattern` filter matched in the data.", func(d *webAppData) []any { return d.matches }).Is("string[]"),
		spec.Get("button_text", "What was written on the button.", func(d *webAppData) string { return d.Button }),
		spec.Get("message", "The service message that tells of it.", func(d *webAppData) *message { return messageOf(d.Message) }).OutOfTable(),
	}, sceneFields[*webAppData]()),
	Methods: sceneMethods[*webAppData](telegram.EventWebAppData),
}

// peersShared is a choice of people or chats.
type peersShared struct{ *telegram.PeersShared }

var peersSharedRow = botEvent[*telegram.PeersShared]{
	kind: telegram.EventShared, class: "PeersSharedEvent", doc: "Somebody has chosen people or chats by a button of tg.button.request_peer.",
	sample: `client:on("peers_shared", function(event)
  for _, peer in ipairs(event.peers) do print(event.button_id, peer.id) end
end)`,
	text: func(*telegram.PeersShared) string { return "" },
	wrap: func(s *telegram.PeersShared, _ []any) any { return &peersShared{s} },
}.row()

// peersSharedClass is the class PeersSharedEvent.
var peersSharedClass = spec.Class{
	Name: "PeersSharedEvent", Call: "event", Go: reflect.TypeFor[*peersShared](),
	Doc:  "A choice of people or chats, as the handlers of `peers_shared` get it.",
	Text: func(v any) string { return "PeersSharedEvent(from " + decimal(v.(*peersShared).Sender.ID) + ")" },
	Fields: slices.Concat([]spec.Field{
		spec.Get("button_id", "The option id of the button.", func(s *peersShared) int { return s.Button }),
		spec.Get("peers", "Who or what was chosen. The bot may not be able to write to them.", func(s *peersShared) []*peer {
			list := make([]*peer, len(s.Peers))
			for i, p := range s.Peers {
				list[i] = peerOf(p)
			}
			return list
		}),
		spec.Get("message", "The service message that tells of it.", func(s *peersShared) *message { return messageOf(s.Message) }).OutOfTable(),
	}, sceneFields[*peersShared]()),
	Methods: sceneMethods[*peersShared](telegram.EventShared),
}

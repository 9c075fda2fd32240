package bindings

import (
	"reflect"
	"slices"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// buyer is what a person has said about themselves, for an order.
type buyer struct {
	Name    string       `lua:"name"`
	Phone   string       `lua:"phone"`
	Email   string       `lua:"email"`
	Address *postAddress `lua:"address"`
}

type postAddress struct {
	Street1 string `lua:"street1"`
	Street2 string `lua:"street2"`
	City    string `lua:"city"`
	State   string `lua:"state"`
	Country string `lua:"country"`
	Code    string `lua:"post_code"`
}

const (
	buyerType   = "{ name: string, phone: string, email: string, address?: table }"
	addressType = "{ street1: string, street2: string, city: string, state: string, country: string, post_code: string }"
)

func buyerOf(info tg.PaymentRequestedInfo) *buyer {
	b := &buyer{Name: info.Name, Phone: info.Phone, Email: info.Email}
	if !info.ShippingAddress.Zero() {
		b.Address = addressOf(info.ShippingAddress)
	}
	return b
}

func addressOf(a tg.PostAddress) *postAddress {
	return &postAddress{a.StreetLine1, a.StreetLine2, a.City, a.State, a.CountryISO2, a.PostCode}
}

// preCheckout is a payment that waits for the bot's word.
type preCheckout struct {
	*telegram.PreCheckout
	matches []any
}

var preCheckoutRow = botEvent[*telegram.PreCheckout]{
	kind: telegram.EventPreCheckout, class: "PreCheckoutEvent",
	doc: "Somebody is about to pay. The bot has ten seconds to accept or refuse; without an answer nothing is paid.",
	sample: `client:on("pre_checkout", function(event)
  if event.payload == "coffee" then event:accept() else event:refuse("Sold out.") end
end)`,
	text: func(q *telegram.PreCheckout) string { return q.Payload },
	wrap: func(q *telegram.PreCheckout, matches []any) any { return &preCheckout{q, matches} },
}.row()

type reasonArgs struct {
	Reason words `lua:"reason" doc:"What the person is told."`
}

// preCheckoutClass is the class PreCheckoutEvent.
var preCheckoutClass = spec.Class{
	Name: "PreCheckoutEvent", Call: "event", Go: reflect.TypeFor[*preCheckout](),
	Doc: "A payment that waits for the bot's word, as the handlers of `pre_checkout` get it.",
	Text: func(v any) string {
		q := v.(*preCheckout)
		return "PreCheckoutEvent(" + decimal(q.Total) + " " + q.Currency + " from " + decimal(q.Sender.ID) + ")"
	},
	Fields: slices.Concat([]spec.Field{
		spec.Get("id", "Number of the query; a string, for it has 64 bits.", func(q *preCheckout) string { return decimal(q.ID) }),
		spec.Get("payload", "The payload of the invoice.", func(q *preCheckout) string { return q.Payload }),
		spec.Get("matches", "What the captures of the `pattern` filter matched in the payload.", func(q *preCheckout) []any { return q.matches }).Is("string[]"),
		spec.Get("currency", "Three letters; XTR are Stars.", func(q *preCheckout) string { return q.Currency }),
		spec.Get("total_amount", "How much, in the smallest unit of the currency.", func(q *preCheckout) int64 { return q.Total }),
		spec.Get("info", "What the person said for the order.", func(q *preCheckout) *buyer { return buyerOf(q.Info) }).Is(buyerType),
		spec.Get("shipping_option_id", "How it shall be shipped.", func(q *preCheckout) string { return q.Shipping }).Maybe(),
	}, sceneFields[*preCheckout]()),
	Methods: slices.Concat([]spec.Func{
		spec.Method("accept", "Let the person pay. The event payment follows.",
			func(c *spec.Call, q *preCheckout, _ spec.None) (spec.None, error) { return spec.None{}, q.Accept(c) },
		).InOrder().Example(`event:accept()`).Raises("QUERY_ID_INVALID"),
		spec.Method("refuse", "Don't let the person pay, and say why.",
			func(c *spec.Call, q *preCheckout, in reasonArgs) (spec.None, error) {
				return spec.None{}, q.Refuse(c, string(in.Reason))
			},
		).InOrder().Example(`event:refuse("Sold out.")`).Raises("QUERY_ID_INVALID"),
	}, sceneMethods[*preCheckout](telegram.EventPreCheckout)),
}

// shippingQuery is an address that waits for the ways to ship there.
type shippingQuery struct {
	*telegram.ShippingQuery
	matches []any
}

var shippingRow = botEvent[*telegram.ShippingQuery]{
	kind: telegram.EventShipping, class: "ShippingEvent",
	doc: "Somebody has given an address for an invoice with `flexible`, and waits for the ways to ship there.",
	sample: `client:on("shipping", function(event)
  if event.address.country ~= "NL" then return event:refuse("We only ship within the Netherlands.") end
  event:answer({ { id = "post", title = "By post", price = { { "Postage", 500 } } } })
end)`,
	text: func(q *telegram.ShippingQuery) string { return q.Payload },
	wrap: func(q *telegram.ShippingQuery, matches []any) any { return &shippingQuery{q, matches} },
}.row()

// shippingClass is the class ShippingEvent.
var shippingClass = spec.Class{
	Name: "ShippingEvent", Call: "event", Go: reflect.TypeFor[*shippingQuery](),
	Doc:  "An address, as the handlers of `shipping` get it.",
	Text: func(v any) string { return "ShippingEvent(from " + decimal(v.(*shippingQuery).Sender.ID) + ")" },
	Fields: slices.Concat([]spec.Field{
		spec.Get("id", "Number of the query; a string, for it has 64 bits.", func(q *shippingQuery) string { return decimal(q.ID) }),
		spec.Get("payload", "The payload of the invoice.", func(q *shippingQuery) string { return q.Payload }),
		spec.Get("matches", "What the captures of the `pattern` filter matched in the payload.", func(q *shippingQuery) []any { return q.matches }).Is("string[]"),
		spec.Get("address", "Where to.", func(q *shippingQuery) *postAddress { return addressOf(q.Address) }).Is(addressType),
	}, sceneFields[*shippingQuery]()),
	Methods: slices.Concat([]spec.Func{
		spec.Method("answer", "Give the ways to ship, and what they cost.",
			func(c *spec.Call, q *shippingQuery, in shippingArgs) (spec.None, error) {
				return spec.None{}, q.Answer(c, in.Options.list, "")
			},
		).InOrder().Example(`event:answer({ { id = "post", title = "By post", price = 500 }, { id = "fast", title = "By bike", price = 900 } })`).Raises("QUERY_ID_INVALID"),
		spec.Method("refuse", "Say why nothing can be shipped there.",
			func(c *spec.Call, q *shippingQuery, in reasonArgs) (spec.None, error) {
				return spec.None{}, q.Answer(c, nil, string(in.Reason))
			},
		).InOrder().Example(`event:refuse("Too far.")`).Raises("QUERY_ID_INVALID"),
	}, sceneMethods[*shippingQuery](telegram.EventShipping)),
}

type shippingArgs struct {
	Options shippingOptions `lua:"ways" doc:"List of { id, title, price }; a price is an amount, or a list of { label, amount }."`
}

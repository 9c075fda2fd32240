package sandbox

import (
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// requestedInfo is what somebody has told about the way to them, and how a bot would ship there.
type requestedInfo struct {
	user    int64
	info    tg.PaymentRequestedInfo
	options []tg.ShippingOption
}

func (r *requestedInfo) option(id string) *tg.ShippingOption {
	at := slices.IndexFunc(r.options, func(o tg.ShippingOption) bool { return o.ID == id })
	if at < 0 {
		return nil
	}
	return &r.options[at]
}

func needsInfo(in tg.Invoice) bool {
	return in.NameRequested || in.PhoneRequested || in.EmailRequested || in.ShippingAddressRequested
}

// validateRequestedInfo checks an order, and asks the bot what it takes to ship there.
//
// See https://core.telegram.org/method/payments.validateRequestedInfo.
func (c *call) validateRequestedInfo(in *tg.PaymentsValidateRequestedInfoRequest) (*waiting, error) {
	d, err := c.due(in.Invoice)
	if err != nil {
		return nil, err
	}
	address, addressed := in.Info.GetShippingAddress()
	for _, field := range []struct {
		wanted bool
		given  bool
		refuse string
	}{
		{d.asked.NameRequested, in.Info.Name != "", "REQ_INFO_NAME_INVALID"},
		{d.asked.PhoneRequested, digits(in.Info.Phone) != "", "REQ_INFO_PHONE_INVALID"},
		{d.asked.EmailRequested, in.Info.Email != "", "REQ_INFO_EMAIL_INVALID"},
		{d.asked.ShippingAddressRequested, addressed, "ADDRESS_STREET_LINE1_INVALID"},
		{addressed, len(address.CountryISO2) == 2, "ADDRESS_COUNTRY_INVALID"},
		{addressed, address.StreetLine1 != "", "ADDRESS_STREET_LINE1_INVALID"},
		{addressed, address.City != "", "ADDRESS_CITY_INVALID"},
	} {
		if field.wanted && !field.given {
			return nil, bad(field.refuse)
		}
	}
	told := &requestedInfo{user: c.me.id, info: in.Info}
	finish := func(any) (bin.Encoder, error) {
		id := c.freshHash()
		c.orders[id] = told
		answer := &tg.PaymentsValidatedRequestedInfo{}
		answer.SetID(id)
		if len(told.options) > 0 {
			answer.SetShippingOptions(told.options)
		}
		return answer, nil
	}
	if !d.asked.Flexible {
		return &waiting{finish: finish}, nil
	}
	id, q := c.Server.ask(c.me, c.users[d.Bot], func(id int64) tg.UpdateClass {
		return &tg.UpdateBotShippingQuery{QueryID: id, UserID: c.me.id, Payload: d.Payload, ShippingAddress: address}
	})
	return &waiting{id: id, question: q, finish: func(answer any) (bin.Encoder, error) {
		said := answer.(*tg.MessagesSetBotShippingResultsRequest)
		if said.Error != "" {
			return nil, bad("SHIPPING_NOT_AVAILABLE")
		}
		told.options = said.ShippingOptions
		return finish(nil)
	}}, nil
}

// setBotShippingResults: https://core.telegram.org/method/messages.setBotShippingResults
func (c *call) setBotShippingResults(in *tg.MessagesSetBotShippingResultsRequest) (bin.Encoder, error) {
	if in.Error == "" && len(in.ShippingOptions) == 0 {
		return nil, bad("SHIPPING_OPTIONS_EMPTY")
	}
	if err := c.respond(in.QueryID, in); err != nil {
		return nil, err
	}
	return yes()
}

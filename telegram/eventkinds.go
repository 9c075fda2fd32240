package telegram

import "github.com/gotd/td/tg"

// makers are what turns updates that are no messages into events: the kind of event, and what it is about. One that
// returns no kind doesn't know the update.
var makers = []func(a *Account, u tg.UpdateClass) (kind string, detail any){
	callbackIn, inlineIn, paymentIn,
}

// further is the event of an update that is no message, beside the raw one; nil if there is none.
func (a *Account) further(u tg.UpdateClass) *Event {
	for _, of := range makers {
		if kind, detail := of(a, u); kind != "" {
			return &Event{Kind: kind, Detail: detail, Update: u, Account: a}
		}
	}
	return nil
}

package telegram

import (
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/inbox"
)

// makers are what turns updates that are no messages into events: the kind of event, and what it is about. One that
// returns no kind doesn't know the update.
var makers = []func(a *Account, u tg.UpdateClass) (kind string, detail any){
	callbackIn, inlineIn, paymentIn,
}

// occasions are makers of what may be several events.
var occasions = []func(a *Account, u tg.UpdateClass) []occasion{
	deletedIn, readIn, chatActionIn, userUpdateIn, userChangeIn, reactionIn, pollIn, joinRequestIn, boostIn, viewsIn, pinnedIn,
	storyIn, memberIn, blockedIn,
}

// further are the events of an update that is no message, beside the raw one.
func (a *Account) further(item *inbox.Item) (events []*Event) {
	u := item.Update
	for _, of := range makers {
		if kind, detail := of(a, u); kind != "" {
			e := eventOf(kind, detail)
			e.Update, e.Account, e.Late = u, a, item.Late
			return []*Event{e}
		}
	}
	for _, of := range occasions {
		for part, what := range of(a, u) {
			events = append(events, &Event{Kind: what.kind, Detail: what.detail, Update: u, Account: a, Late: item.Late, part: part})
		}
	}
	return events
}

package telegram

import (
	"context"
	"slices"
	"strconv"

	"github.com/tgscript/tgscript/telegram/inbox"
)

// CatchUp says what happens to events of the time when the account was down. The zero value hands all of them over, as
// late ones.
type CatchUp = inbox.CatchUp

// delivery is one update on its way through the handler, as one event or several. What the handler has not done with
// when it returns is remembered, and comes again if the process does not live to see its end.
type delivery struct {
	receipt inbox.Receipt
	refused bool
}

// hand gives the events of an item to the handler, and says whether it has taken them.
func (a *Account) hand(ctx context.Context, item *inbox.Item, d *delivery, events ...*Event) (taken bool) {
	item.Track(&d.receipt)
	return a.handTracked(ctx, d, events...)
}

func (a *Account) handTracked(ctx context.Context, d *delivery, events ...*Event) (taken bool) {
	for _, e := range events {
		if e == nil {
			continue
		}
		e.delivery = d
		if a.opts.Handler(ctx, e); d.refused {
			d.receipt.Void()
			return false
		}
	}
	d.receipt.End()
	return true
}

// Refuse is for a handler that could not take the event because its context has ended: the event then comes again
// at the next start, as late. A handler that returns without it has taken the event.
func (e *Event) Refuse() {
	if e.delivery != nil {
		e.delivery.refused = true
	}
	e.refused = true
}

// Take says that a party goes on working on the event after the handler has returned: until it is Done, the event
// comes again when the account is opened after a crash. Parties have names of their own, the same in each process.
func (e *Event) Take(string) {
	if e.delivery != nil {
		e.delivery.receipt.Take()
	}
	for _, part := range e.parts {
		part.receipt.Take()
	}
}

// Done says that a party which took the event has finished.
func (e *Event) Done(party string) {
	if e.delivery != nil {
		e.delivery.receipt.Done(e.label(), party)
	}
	doneTogether(e.Kind, party, e.parts)
}

// doneTogether says that a party has finished with updates that it took as one.
func doneTogether(kind, party string, parts []*delivery) {
	if len(parts) == 0 {
		return
	}
	receipts := make([]*inbox.Receipt, len(parts))
	for i, part := range parts {
		receipts[i] = &part.receipt
	}
	inbox.DoneTogether(kind, party, receipts)
}

// HandledBy says whether a party was done with the event in an earlier process, and it comes again because others
// were not.
func (e *Event) HandledBy(party string) bool {
	if len(e.parts) > 0 {
		return !slices.ContainsFunc(e.parts, func(d *delivery) bool { return !d.receipt.HandledBy(e.Kind, party) })
	}
	return e.delivery != nil && e.delivery.receipt.HandledBy(e.label(), party)
}

// label tells the events apart that an update makes.
func (e *Event) label() string {
	if e.part == 0 {
		return e.Kind
	}
	return e.Kind + "#" + strconv.Itoa(e.part)
}

// Wanted says whether the event, if it is late, is one that a policy hands over.
func (e *Event) Wanted(by CatchUp) bool { return !e.Late || !by.Stale(e.Update, e.Account.tune.now()) }

package inbox

import (
	"slices"

	"github.com/gotd/td/tg"
)

// Receipt says how far an update is handled. Whoever takes it from the sink makes one with Item.Track;
// its methods may be called from any goroutine. The zero value counts for nothing.
type Receipt struct {
	ledger  *ledger
	key     key
	slot    uint64 // its place among all that were handed over
	update  tg.UpdateClass
	before  []party  // those that were done with it when an earlier process was killed
	handled []party  // and those that are done since
	open    int      // parties that are not done; the sink's own share is one
	taken   bool     // by any party
	kept    bool     // its update may be in the store
	noted   int      // parties that stand there with it
	written bool     // its update is in the journal
	sole    bool     // no difference is sure to bring it again
	void    bool     // comes again by itself
	became  *Receipt // the one that goes on with it, for one that has waited for its turn
}

// Track begins the count of an item. End has to follow in the sink.
func (i *Item) Track(r *Receipt) {
	if i.ledger != nil {
		*r = Receipt{ledger: i.ledger, key: i.key, slot: i.slot, update: i.Update, before: i.handled, kept: i.kept, noted: i.noted, written: i.written, sole: i.sole, open: 1}
		if i.waited != nil {
			i.waited.became = r
		}
	}
}

// HandledBy says whether a party has handled the update in an earlier run.
func (r *Receipt) HandledBy(kind, name string) bool {
	return len(r.before) > 0 && slices.Contains(r.before, partyOf(kind, name))
}

// Take notes that a party works on the update. Until it is done the update comes again after a crash,
// to all parties that were not done.
func (r *Receipt) Take() {
	if r.ledger == nil {
		return
	}
	r.ledger.mu.Lock()
	r.open++
	r.taken = true
	r.ledger.mu.Unlock()
}

// Done notes that a party has finished with what it took the update for: one that takes it twice, for two
// kinds of things, is done twice.
func (r *Receipt) Done(kind, name string) {
	if r.ledger == nil {
		return
	}
	r.ledger.mu.Lock()
	defer r.ledger.mu.Unlock()
	r.done(partyOf(kind, name))
}

func (r *Receipt) done(p party) {
	if r.open--; r.open == 0 && !r.void {
		r.ledger.close(r)
		return
	}
	r.handled = append(r.handled, p)
	r.ledger.mark(r, p)
}

// DoneTogether is Done for several updates that a party took as one: a crash leaves all of them done, or none.
func DoneTogether(kind, name string, receipts []*Receipt) {
	receipts = slices.DeleteFunc(slices.Clone(receipts), func(r *Receipt) bool { return r.ledger == nil })
	if len(receipts) == 0 {
		return
	}
	l := receipts[0].ledger
	l.mu.Lock()
	defer l.mu.Unlock()
	l.together(func() {
		for _, r := range receipts {
			r.done(partyOf(kind, name))
		}
	})
}

// End gives the sink's share back. What is not done then outlives the process.
func (r *Receipt) End() {
	if r.ledger == nil {
		return
	}
	r.ledger.mu.Lock()
	defer r.ledger.mu.Unlock()
	if r.open--; r.open == 0 {
		r.ledger.close(r)
		return
	}
	r.ledger.hold(r)
}

// Void gives the sink's share back for an item that the sink has not taken: it comes again by itself.
func (r *Receipt) Void() {
	if r.ledger == nil {
		return
	}
	r.ledger.mu.Lock()
	defer r.ledger.mu.Unlock()
	r.open--
	r.void = true
}

package inbox

import "github.com/gotd/td/tg"

// What Telegram tells only once is lost when it is lost by us. So a question is held, and written down, when it
// arrives: before its message is acknowledged, which is when whoever pushed it goes on, and before its turn comes.

// arrive holds an update that waits for its turn, under the slot and key that it will be handed over with.
func (l *ledger) arrive(u tg.UpdateClass) *Receipt {
	l.mu.Lock()
	defer l.mu.Unlock()
	r := l.waiting(u, l.last.Add(1))
	l.hold(r)
	return r
}

// arriveTogether holds updates that were written elsewhere, whose slots they keep. They are written as one.
func (l *ledger) arriveTogether(records []record) (all []*Receipt) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var kept []record
	for _, r := range records {
		if u, err := decode(r.body); err == nil {
			all, kept = append(all, l.waiting(u, r.slot)), append(kept, r)
		}
	}
	written := len(kept) > 0 && l.write(bundled(kept))
	for _, r := range all {
		r.written = written
		l.open[r] = struct{}{}
	}
	return all
}

func (l *ledger) waiting(u tg.UpdateClass, slot uint64) *Receipt {
	return &Receipt{ledger: l, key: keyOf(u, slot), slot: slot, update: u, sole: true, open: 1}
}

// arrived gives a test of whether the last process had an update held, by its slot.
func (l *ledger) arrived() func(slot uint64) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	slots := l.slots
	l.slots = nil
	return func(slot uint64) bool { return slots[slot] }
}

// pass says that slots up to this one are taken. Nobody takes any yet.
func (l *ledger) pass(slot uint64) { l.last.Store(max(l.last.Load(), slot)) }

// release makes an item of what has waited: its turn has come.
func (l *ledger) release(r *Receipt, late bool) Item {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.open, r)
	return Item{Update: r.update, Late: late, ledger: l, key: r.key, slot: r.slot, kept: r.kept, noted: r.noted, written: r.written, sole: true, waited: r}
}

package inbox

// Deed is a call of ours that makes or changes a message. After a crash Telegram tells of that as if another device had
// done it: what stands in the journal tells the difference.
type Deed struct {
	Chat int64
	Says uint64 // a name of what the message says; the caller's business
	ID   int    // of the message; 0 if its call had no answer yet
	At   int    // unix time when the call began
}

// deedLife is how often the state is stored before a deed is forgotten that has ended: its numbers may wait for others.
const deedLife = 3

// deed is one that may have to be known again.
type deed struct {
	Deed
	left int // times that the state may be stored; negative while its call goes on
}

func (d *deed) record() record {
	return record{key: key{keyDeed, d.Chat, d.Says}, party: party(d.ID), slot: uint64(d.At)}
}

func deedIn(r record) Deed {
	return Deed{Chat: r.key.channel, Says: r.key.number, ID: int(r.party), At: int(r.slot)}
}

// Doing notes what a call is about to do, until done tells which messages that made; those that it did not make are 0.
// After a crash Left tells of them.
func (b *Inbox) Doing(deeds ...Deed) (done func(ids ...int)) {
	l := b.engine.ledger
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.journal == nil {
		return func(...int) {}
	}
	all := make([]*deed, len(deeds))
	l.together(func() {
		for i := range deeds {
			all[i] = &deed{deeds[i], -1}
			l.deeds = append(l.deeds, all[i])
			l.say(all[i].record())
		}
	})
	return func(ids ...int) {
		l.mu.Lock()
		defer l.mu.Unlock()
		for i, d := range all {
			if d.left = 0; i < len(ids) && ids[i] != 0 {
				d.ID, d.left = ids[i], deedLife
			}
		}
	}
}

// Left are the deeds of an earlier process that was ended before the state was stored. It may be called once the inbox
// has started.
func (b *Inbox) Left() []Deed {
	l := b.engine.ledger
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.undone
}

// deedsAgain writes into a new journal what the old one knew of deeds.
func (l *ledger) deedsAgain() {
	kept := l.deeds[:0]
	l.together(func() {
		for _, d := range l.deeds {
			if d.left == 0 {
				continue
			}
			d.left = max(d.left-1, -1)
			kept = append(kept, d)
			l.say(d.record())
		}
	})
	clear(l.deeds[len(kept):])
	l.deeds = kept
}

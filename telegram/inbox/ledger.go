package inbox

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/store"
)

// openKey is where updates are stored that were not handled when the state went past them.
const openKey = "open/"

// ledger knows which updates have been handed over and not been handled. The state in the store may
// pass them, since their content is stored with it; those that are handled before the next time it is
// stored stand in the journal. So after a crash each comes again that was not handled, and no other.
type ledger struct {
	log *slog.Logger

	mu        sync.Mutex
	journal   *notes // nil in memory
	troubled  bool   // the journal can't be written; said once
	open      map[*Receipt]struct{}
	gone      []uint64      // slots of updates that were handled since they were stored
	last      atomic.Uint64 // slot that was given
	behind    bool          // the state has stopped at an update that the sink refused, and some after it were handled
	unsaid    []record      // of what was handled, when the journal could not be written
	bundle    []record      // that will be written as one
	bundling  bool
	recovered map[key]*recovery
	slots     map[uint64]bool // of what the last process left unhandled; until the inbox has started
	asked     memory
	deeds     []*deed
	undone    []Deed // of an earlier process
}

// recovery is what the last process left of one update.
type recovery struct {
	all     bool // handled by everybody
	parties []party
}

func newLedger(log *slog.Logger) *ledger {
	l := &ledger{log: log, open: map[*Receipt]struct{}{}}
	l.pass(uint64(time.Now().UnixNano()))
	return l
}

// close notes that an update was handled by all.
func (l *ledger) close(r *Receipt) {
	delete(l.open, r)
	if r.kept {
		l.gone = append(l.gone, r.slot)
	}
	if r.taken || r.written {
		l.mark(r, 0)
	}
	r.update = nil
}

// mark writes that a party is done with an update, unless nobody would ever ask.
func (l *ledger) mark(r *Receipt, p party) {
	if r.key.kind == keyOnce && !r.written && !r.kept { // nobody would ask
		return
	}
	l.say(record{key: r.key, party: p})
	if as := changedKey(r.update); as.kind != keyNone {
		l.say(record{key: as, party: p}) // a difference may tell of the change alone
	}
}

// say writes that something was handled; what can't be written is kept until it can.
func (l *ledger) say(r record) {
	if l.bundling {
		l.bundle = append(l.bundle, r)
	} else if !l.write(r) && l.journal != nil && len(l.unsaid) < unsaidLimit {
		l.unsaid = append(l.unsaid, r)
	}
}

// together writes what f says as one record.
func (l *ledger) together(f func()) {
	l.bundling = true
	f()
	l.bundling = false
	if len(l.bundle) > 0 {
		l.say(bundled(l.bundle))
	}
	clear(l.bundle)
	l.bundle = l.bundle[:0]
}

// notNoted is for an update that may be in the store or not.
const notNoted = -1

// unsaidLimit bounds the memory that a disk costs which stays full.
const unsaidLimit = 100_000

// catchUp writes what could not be written when it was due.
func (l *ledger) catchUp() {
	for i, r := range l.unsaid {
		if !l.write(r) {
			l.unsaid = l.unsaid[i:]
			return
		}
	}
	l.unsaid = nil
}

// hold keeps what is not done when the sink returns. Of what may not come again the journal has the
// sole copy, until the next time the state is stored.
func (l *ledger) hold(r *Receipt) {
	l.open[r] = struct{}{}
	if r.sole && !r.written && !r.kept && l.journal != nil {
		body, err := encode(r.update)
		if err != nil {
			return // gotd has decoded it, so this can't be
		}
		if r.written = l.write(record{key: r.key, slot: r.slot, body: body}); r.written && r.key.kind == keyOnce {
			for _, p := range r.handled { // before it was held
				l.mark(r, p)
			}
		}
	}
}

func (l *ledger) write(r record) bool {
	if l.journal == nil {
		return false
	}
	err := l.journal.write(r)
	if err != nil && !l.troubled {
		l.log.Warn("what is handled can't be noted: after a crash some events would be handled twice", "error", err)
	}
	l.troubled = err != nil
	return err == nil
}

// collect gives what has to be stored together with the state, and the number of the journal that is
// needless after that.
func (l *ledger) collect() (ops []store.Op, receipts []*Receipt, journal int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for r := range l.open {
		if r.void || r.kept && r.noted == len(r.before)+len(r.handled) { // who is done since then stands in a journal that goes
			continue
		}
		body, err := encode(r.update)
		if err != nil {
			continue // gotd has decoded it, so this can't be
		}
		r.kept, r.noted = true, len(r.before)+len(r.handled)
		receipts = append(receipts, r)
		ops = append(ops, store.Op{Namespace: namespace, Key: storeKey(r.slot), Value: openValue(slices.Concat(r.before, r.handled), body)})
	}
	for _, slot := range l.gone {
		ops = append(ops, store.Op{Namespace: namespace, Key: storeKey(slot), Delete: true})
	}
	l.gone = nil
	if l.journal == nil || l.journal.Size() == 0 && len(l.unsaid) == 0 {
		return ops, receipts, 0
	}
	journal = l.journal.Number()
	if err := l.journal.Next(); err != nil {
		l.log.Warn("journal can't be begun anew, the old one stays", "error", err)
		journal = 0
	}
	l.catchUp()
	l.deedsAgain()
	return ops, receipts, journal
}

// stored says that what collect gave has been stored, or has not.
func (l *ledger) stored(ops []store.Op, receipts []*Receipt, journal int, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err != nil {
		for _, r := range receipts {
			r.noted = notNoted
			if r.became != nil {
				r.became.noted = notNoted
			}
		}
		for _, op := range ops {
			if op.Delete {
				l.gone = append(l.gone, slotOf(op.Key))
			}
		}
		return
	}
	if l.journal == nil || journal == 0 || l.recovered != nil || l.behind { // what it tells may be asked for again
		return
	}
	if err := l.journal.Drop(journal); err != nil {
		l.log.Warn("old journal can't be removed", "error", err)
	}
}

// shut ends the journal.
func (l *ledger) shut() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.journal == nil {
		return nil
	}
	err := l.journal.Close()
	l.journal = nil
	return err
}

// storeKey is the key of an update in the store: sorted as they came.
func storeKey(slot uint64) string {
	return openKey + string(binary.BigEndian.AppendUint64(nil, slot))
}

func slotOf(key string) uint64 {
	if len(key) != len(openKey)+8 {
		return 0
	}
	return binary.BigEndian.Uint64([]byte(key[len(openKey):]))
}

func encode(u tg.UpdateClass) ([]byte, error) {
	var b bin.Buffer
	if u == nil {
		return nil, errors.New("encode update: there is none")
	}
	if err := u.Encode(&b); err != nil {
		return nil, fmt.Errorf("encode update: %w", err)
	}
	return b.Buf, nil
}

func decode(body []byte) (tg.UpdateClass, error) { return tg.DecodeUpdate(&bin.Buffer{Buf: body}) }

// openValue is who is done with an update, and the update as of which layer.
func openValue(handled []party, body []byte) []byte {
	v := binary.AppendUvarint(nil, tg.Layer)
	v = binary.AppendUvarint(v, uint64(len(handled)))
	for _, p := range handled {
		v = binary.LittleEndian.AppendUint32(v, uint32(p))
	}
	return append(v, body...)
}

func parseOpenValue(v []byte) (handled []party, update tg.UpdateClass, err error) {
	layer, n := binary.Uvarint(v)
	if n <= 0 {
		return nil, nil, errors.New("it is cut off")
	}
	count, m := binary.Uvarint(v[n:])
	v = v[max(0, n+m):]
	if m <= 0 || count > uint64(len(v)/4) {
		return nil, nil, errors.New("it is cut off")
	}
	for range count {
		handled = append(handled, party(binary.LittleEndian.Uint32(v)))
		v = v[4:]
	}
	update, err = decode(v)
	if err != nil {
		return nil, nil, fmt.Errorf("read update of layer %s: %w", strconv.FormatUint(layer, 10), err)
	}
	return handled, update, nil
}

// recover reads what the last process left: the updates that it had not handled, and into recovered
// what it had handled since the state was stored.
func (l *ledger) recover(ctx context.Context, s store.Store, dir string) (left []Item, err error) {
	var records []record
	if dir != "" {
		if l.journal, records, err = openNotes(dir); err != nil {
			return nil, err
		}
	}
	l.recovered = map[key]*recovery{}
	for _, r := range records {
		switch {
		case r.key.kind == keyDeed:
			l.undone = append(l.undone, deedIn(r))
		case r.body == nil:
			l.note(r.key, r.party)
		}
	}
	stored := map[uint64]bool{}
	for entry, err := range s.Iterate(ctx, namespace, openKey) {
		if err != nil {
			return nil, fmt.Errorf("read unhandled updates: %w", err)
		}
		slot := slotOf(entry.Key)
		l.pass(slot)
		handled, update, err := parseOpenValue(entry.Value)
		if err != nil {
			l.log.Warn("an update that was left unhandled is lost", "error", err)
			l.gone = append(l.gone, slot)
			continue
		}
		stored[slot] = true
		left = append(left, Item{Update: update, Late: true, ledger: l, key: keyOf(update, slot), slot: slot, handled: handled, kept: true, noted: len(handled)})
	}
	for _, r := range records {
		if r.body == nil || stored[r.slot] {
			continue
		}
		stored[r.slot] = true
		l.pass(r.slot)
		if update, err := decode(r.body); err == nil {
			left = append(left, Item{Update: update, Late: true, ledger: l, key: r.key, slot: r.slot, written: true})
		}
	}
	l.slots = stored
	slices.SortFunc(left, func(a, b Item) int { return cmp.Compare(a.slot, b.slot) })
	return left, nil
}

func (l *ledger) note(k key, p party) {
	r := l.recovered[k]
	if r == nil {
		r = &recovery{}
		l.recovered[k] = r
	}
	if p == 0 {
		r.all = true
	} else {
		r.parties = append(r.parties, p)
	}
}

// forget drops a stored update that nobody has to handle any more.
func (l *ledger) forget(slot uint64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.gone = append(l.gone, slot)
}

// enter gives an item its slot and its key.
func (l *ledger) enter(item *Item) {
	slot := l.last.Add(1)
	item.ledger, item.slot, item.key = l, slot, keyOf(item.Update, slot)
}

// known completes an item with what the last process knew of it, and says whether it had been handled.
func (l *ledger) known(item *Item) (handled bool) {
	r := l.recovered[item.key]
	if r == nil {
		return false
	}
	item.handled = append(item.handled, r.parties...)
	return r.all
}

// edited is for a message that was handled when it was new, and comes once more: if it was changed
// since then, that is the news. A difference tells of both at once.
func (l *ledger) edited(item *Item) bool {
	as := changedKey(item.Update)
	if as.kind == keyNone {
		return false
	}
	switch u := item.Update.(type) {
	case *tg.UpdateNewMessage:
		item.Update = &tg.UpdateEditMessage{Message: u.Message, Pts: u.Pts, PtsCount: u.PtsCount}
	case *tg.UpdateNewChannelMessage:
		item.Update = &tg.UpdateEditChannelMessage{Message: u.Message, Pts: u.Pts, PtsCount: u.PtsCount}
	}
	item.key, item.handled = as, nil
	return !l.known(item)
}

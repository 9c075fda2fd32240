package inbox

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/tgscript/tgscript/telegram/store"
)

// Namespace is where an inbox keeps its state.
const Namespace = "updates"

const (
	namespace  = Namespace
	commonKey  = "common"
	channelKey = "channel/"

	saveEvery = time.Second     // what a crash may deliver twice
	saveLimit = 5 * time.Second // for the last write, when the inbox ends
)

// load reads the stored state, or asks for the present one.
func (e *engine) load(ctx context.Context) error {
	value, ok, err := e.opts.Store.Get(ctx, namespace, commonKey)
	if err != nil {
		return fmt.Errorf("read update state: %w", err)
	}
	var n [4]int
	if !ok || !unpack(value, n[:]) || n[0] <= 0 {
		state, err := e.opts.API.UpdatesGetState(ctx)
		if err != nil {
			return fmt.Errorf("get update state: %w", err)
		}
		n = [...]int{state.Pts, state.Qts, state.Seq, state.Date}
		e.newcomer = true
		value := pack(n[:]...) // at once, for nothing that follows may be missed
		if err := e.opts.Store.Put(ctx, namespace, commonKey, value); err != nil {
			return fmt.Errorf("store update state: %w", err)
		}
	}
	if e.origin = n[3] - slack; e.newcomer {
		e.origin = n[3]
	}
	e.pts.stored, e.qts.stored = true, true
	e.pts.pts, e.qts.pts, e.common = n[0], n[1], common{seq: n[2], date: n[3]}
	e.pts.accepted.pts, e.qts.accepted.pts, e.accepted = n[0], n[1], e.common

	if e.left, err = e.ledger.recover(ctx, e.opts.Store, e.opts.Journal); err != nil {
		return err
	}
	if err := e.loadQuestions(ctx); err != nil {
		return err
	}
	for entry, err := range e.opts.Store.Iterate(ctx, namespace, channelKey) {
		if err != nil {
			return fmt.Errorf("read update state: %w", err)
		}
		id, err := strconv.ParseInt(entry.Key[len(channelKey):], 10, 64)
		var n [3]int // the last one is there for channels whose begin is not known yet
		if err != nil || !unpack(entry.Value, n[:2]) && !unpack(entry.Value, n[:]) {
			e.log.Warn("stored state of a channel is damaged, starting it anew", "channel", entry.Key)
			continue
		}
		b := &box{channel: id, pts: n[0], top: n[1], since: n[2], stored: true}
		b.accepted.pts, b.accepted.top, b.accepted.since = b.pts, b.top, b.since
		e.channels[id] = b
	}
	return nil
}

// saver collects what has to be written. Writing goes on beside the engine, one batch at a time.
type saver struct {
	at     time.Time // when the next batch may be written
	boxes  []*box
	goners []int64
	busy   *batch // is being written; nil if none is
}

var errCutOff = errors.New("the inbox has ended meanwhile")

// batch is one write of the state: where the sequences are, and what was not handled on the way there.
type batch struct {
	ops      []store.Op
	boxes    []*box
	receipts []*Receipt
	journal  int // is needless after it
}

func (s *saver) changed(b *box) {
	if !b.dirty {
		b.dirty = true
		s.boxes = append(s.boxes, b)
		s.plan()
	}
}

func (s *saver) gone(b *box) {
	s.goners = append(s.goners, b.channel)
	s.plan()
}

func (s *saver) plan() {
	if s.at.IsZero() {
		s.at = time.Now().Add(saveEvery)
	}
}

// due is when the engine has to call save; zero if there is nothing to write or it is being written.
func (s *saver) due() time.Time {
	if s.busy != nil {
		return time.Time{}
	}
	return s.at
}

// save writes what the sink has taken over, if it is time.
func (e *engine) save() {
	if at := e.saver.due(); at.IsZero() || time.Now().Before(at) {
		return
	}
	b := e.pack()
	if len(b.ops) == 0 {
		e.stored(b, nil)
		return
	}
	e.saver.busy = &b
	e.spawn(func(ctx context.Context) func(time.Time) {
		err := e.opts.Store.Batch(ctx, b.ops)
		return func(time.Time) {
			e.saver.busy = nil
			e.stored(b, err)
			if err != nil {
				e.log.Warn("update state can't be stored, trying again", "error", err)
			}
		}
	})
}

// stored takes note of what has become of a batch.
func (e *engine) stored(b batch, err error) {
	e.ledger.stored(b.ops, b.receipts, b.journal, err)
	if err != nil {
		e.ledger.unlearned()
		e.saver.plan()
	}
	for _, box := range b.boxes {
		if err != nil {
			e.saver.changed(box)
		} else {
			box.stored = true
		}
	}
	if e.ledger.recovered != nil && e.caughtUp() {
		e.ledger.recovered = nil
	}
}

// caughtUp says whether all that was missed while the account was down has been fetched. Channels that nobody knows how
// to ask are not waited for without end.
func (e *engine) caughtUp() bool {
	patient := time.Now().Unix() < int64(e.started+lookFor)
	if e.pts.late || e.pts.fetching {
		return false
	}
	for _, b := range e.channels {
		if b.late && patient || b.fetching || b.lined {
			return false
		}
	}
	return true
}

// saveLast writes what is left at the end, and once more what was being written: it may not have
// got through.
func (e *engine) saveLast(ctx context.Context) {
	if b := e.saver.busy; b != nil {
		e.stored(*b, errCutOff)
	}
	for _, b := range e.channels {
		if b.fresh {
			e.saver.changed(b)
		}
	}
	ctx, cancel := context.WithTimeout(ctx, saveLimit)
	defer cancel()
	if b := e.pack(); len(b.ops) > 0 {
		err := e.opts.Store.Batch(ctx, b.ops)
		if err != nil {
			e.log.ErrorContext(ctx, "update state can't be stored, some updates will come again", "error", err)
		}
		e.ledger.stored(b.ops, b.receipts, b.journal, err)
	}
}

func (e *engine) pack() batch {
	ops, receipts, journal := e.ledger.collect()
	var boxes []*box
	boxes, e.saver.boxes, e.saver.at = e.saver.boxes, nil, time.Time{}
	for _, b := range boxes {
		b.dirty = false
		switch {
		case b.channel == 0:
			ops = append(ops, store.Op{Namespace: namespace, Key: commonKey,
				Value: pack(e.pts.accepted.pts, e.qts.accepted.pts, e.accepted.seq, e.accepted.date)})
		case e.channels[b.channel] == b:
			ops = append(ops, store.Op{Namespace: namespace, Key: channelKey + strconv.FormatInt(b.channel, 10),
				Value: e.place(b)})
		}
	}
	for _, id := range e.saver.goners {
		if _, back := e.channels[id]; !back {
			ops = append(ops, store.Op{Namespace: namespace, Key: channelKey + strconv.FormatInt(id, 10), Delete: true})
		}
	}
	e.saver.goners = nil
	if op, ok := e.packQuestions(); ok {
		ops = append(ops, op)
	}
	return batch{ops, boxes, receipts, journal}
}

// place is how far a channel has come, as it is stored. Of one whose begin is not known yet, that is from where it is
// looked for, and which time counts.
func (e *engine) place(b *box) []byte {
	at := b.accepted
	switch {
	case b.fresh && len(b.pending) > 0:
		at.pts, at.since = max(1, b.pending[0].start()-lookBack), e.newsSince(b)
	case at.look > 0:
		at.pts = at.look
	}
	if at.since > 0 {
		return pack(at.pts, at.top, at.since)
	}
	return pack(at.pts, at.top)
}

func pack(numbers ...int) []byte {
	value := make([]byte, 0, 5*len(numbers))
	for _, n := range numbers {
		value = binary.AppendVarint(value, int64(n))
	}
	return value
}

func unpack(value []byte, numbers []int) bool {
	for i := range numbers {
		n, size := binary.Varint(value)
		if size <= 0 {
			return false
		}
		numbers[i], value = int(n), value[size:]
	}
	return len(value) == 0
}
